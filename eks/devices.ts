import { knownInstanceSpec, typesWith } from './instance-specs';
import { acceleratorOf, familyOf } from './instance-types';

/** Families whose GPU is shared: their nodes have no whole one to hand out. */
const SHARED_GPU = /^gr?6f\./;
/** Families that Auto Mode makes. */
const GPU_FAMILIES = 'g4dn g5 g5g g6 g6e g7e gr6 p3dn p4d p4de p5 p5e p5en p6-b200 p6-b300'.split(' ');
const NEURON_FAMILIES = 'inf1 inf2 trn1 trn1n trn2'.split(' ');

/** Devices that a pod asks for as a resource. */
export interface Device {
  /** 'an NVIDIA GPU'. */
  readonly what: string;
  /** A type that has it: 'g5.xlarge'. */
  readonly example: string;
  /** Families that Auto Mode makes with it. */
  readonly families: readonly string[];
  /** Whether an instance type has it. */
  readonly on: (type: string) => boolean;
}

const neuron: Device = {
  what: 'an AWS Neuron device',
  example: 'inf2.xlarge',
  families: NEURON_FAMILIES,
  on: (type) => ['Inferentia', 'Trainium'].includes(acceleratorOf(type) ?? ''),
};
const efa: Device = {
  what: 'an Elastic Fabric Adapter',
  example: 'c6in.32xlarge',
  get families() {
    return [...new Set(typesWith(({ efas }) => efas > 0).map(familyOf))];
  },
  // a type that is not in the table may have one
  on: (type) => knownInstanceSpec(type)?.efas !== 0,
};
/** By the name of the resource. What other resources need is not known. */
export const DEVICES: Readonly<Record<string, Device>> = {
  'nvidia.com/gpu': {
    what: 'an NVIDIA GPU',
    example: 'g5.xlarge',
    families: GPU_FAMILIES,
    on: (type) => acceleratorOf(type) === 'NVIDIA' && !SHARED_GPU.test(type),
  },
  'amd.com/gpu': {
    what: 'an AMD GPU',
    example: 'g4ad.xlarge',
    families: ['g4ad'],
    on: (type) => familyOf(type) === 'g4ad',
  },
  'vpc.amazonaws.com/efa': efa,
  'aws.amazon.com/neuron': neuron,
  'aws.amazon.com/neuroncore': neuron,
  'aws.amazon.com/neurondevice': neuron,
};

/**
 * Devices by the DeviceClass that their driver brings. What other classes need is not known. As of 2026-11.
 *
 * @see https://docs.aws.amazon.com/eks/latest/userguide/device-management.html
 */
export const DEVICE_CLASSES: Readonly<Record<string, Device>> = {
  'gpu.nvidia.com': DEVICES['nvidia.com/gpu']!,
  'mig.nvidia.com': DEVICES['nvidia.com/gpu']!,
  'neuron.aws.com': DEVICES['aws.amazon.com/neuron']!,
};
