import { acceleratorOf } from '../../eks/instance-families';
import { architectureOf } from '../../eks/instance-types';
import { ARCH, INSTANCE_TYPE } from '../../eks/node-labels';
import type { LabelDomain } from './label-domain';
import { admits, filtered, isEmpty } from './label-domain';

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
/** By the name of the resource. What other resources need, nobody knows here. */
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
  'aws.amazon.com/neuron': neuron,
  'aws.amazon.com/neuroncore': neuron,
  'aws.amazon.com/neurondevice': neuron,
};

/** 'm7g' of 'm7g.large'. */
export function familyOf(type: string): string {
  return type.split('.')[0]!;
}

/** The labels, below the prefix of whoever makes the nodes, that follow from an instance type or from a family. */
function implied(value: string, prefix: string): readonly (readonly [string, string])[] {
  const [family = '', size] = value.split('.');
  const [, category, generation] = /^([a-z]+)(\d+)/.exec(family) ?? [];
  return [
    [ARCH, architectureOf(`${family}.`)],
    ...(category && generation
      ? ([
          [`${prefix}instance-category`, category],
          [`${prefix}instance-generation`, generation],
        ] as const)
      : []),
    ...(size === undefined
      ? []
      : ([
          [`${prefix}instance-family`, family],
          [`${prefix}instance-size`, size],
        ] as const)),
  ];
}

/** The label under which no instance type is left, when its other labels exclude all that are named. */
export function impossibleType(domainOf: (key: string) => LabelDomain, prefix: string): string | undefined {
  return [INSTANCE_TYPE, `${prefix}instance-family`].find((key) => {
    const left = filtered(domainOf(key), (value) =>
      implied(value, prefix).every(([label, text]) => admits(domainOf(label), text)),
    );
    return isEmpty(left);
  });
}
