import { type InstanceSpec, knownInstanceSpec } from '../../eks/instance-specs';
import { architectureOf, isInstanceType } from '../../eks/instance-types';
import type { Architecture } from '../../eks/values';
import { describe } from '../../kube/describe';
import type { KeyTable } from '../../kube/values';
import { Check } from '../core/check';
import { ruleOf } from './rule-of';

/** Props of an instance type that the library does not know. `aws ec2 describe-instance-types --instance-types NAME` shows them. */
export interface InstanceTypeProps {
  /** The name in EC2: 'm9i.large'. */
  readonly name: string;
  /** Virtual CPUs, at least 1: `VCpuInfo.DefaultVCpus`. */
  readonly vcpu: number;
  /** Memory in MiB, at least 512: `MemoryInfo.SizeInMiB`. */
  readonly memoryMiB: number;
  /** Network interfaces, 1 or more, of the default network card: `NetworkInfo.MaximumNetworkInterfaces`. */
  readonly enis: number;
  /** IPv4 addresses of an interface, 2 or more: `NetworkInfo.Ipv4AddressesPerInterface`. */
  readonly ipsPerEni: number;
  /** CPU architecture. @default - from the name: 'm7g' is arm64, 'm7i' is amd64 */
  readonly architecture?: Architecture;
  /** NVIDIA GPUs, which pods request as `nvidia.com/gpu`. @default 0 */
  readonly gpus?: number;
  /** EBS volumes of pods that can be attached, as `kubectl get csinode NODE -o yaml` shows. @default 25, as the EBS CSI driver assumes for unknown types */
  readonly volumes?: number;
  /** Branch network interfaces, of which a pod with security groups of its own takes one; `vpc.amazonaws.com/pod-eni` of a node. @default 0 */
  readonly branchInterfaces?: number;
}

const KEYS: KeyTable<InstanceTypeProps> = {
  name: 'text',
  vcpu: true,
  memoryMiB: true,
  enis: true,
  ipsPerEni: true,
  architecture: true,
  gpus: true,
  volumes: true,
  branchInterfaces: true,
};
const ARCHITECTURES: readonly Architecture[] = ['amd64', 'arm64'];

/** The resources of an EC2 instance type, from which the allocatable resources of its nodes follow. */
export class InstanceType implements InstanceSpec {
  /** The name in EC2: 'm5.large'. */
  readonly name: string;
  /** Virtual CPUs. */
  readonly vcpu: number;
  /** Memory in MiB as EC2 reports it; a node has less. */
  readonly memoryMiB: number;
  /** CPU architecture. */
  readonly architecture: Architecture;
  /** Network interfaces. */
  readonly enis: number;
  /** IPv4 addresses per interface. */
  readonly ipsPerEni: number;
  /** NVIDIA GPUs. */
  readonly gpus: number;
  /** EBS volumes of pods that can be attached. */
  readonly volumes: number;
  /** Branch network interfaces. */
  readonly branchInterfaces: number;

  private constructor(props: InstanceSpec) {
    this.name = props.name;
    this.vcpu = props.vcpu;
    this.memoryMiB = props.memoryMiB;
    this.architecture = props.architecture;
    this.enis = props.enis;
    this.ipsPerEni = props.ipsPerEni;
    this.gpus = props.gpus;
    this.volumes = props.volumes;
    this.branchInterfaces = props.branchInterfaces;
  }

  /** A common type by name: `InstanceType.of('m5.large')`. Types that the library does not know are refused. */
  static of(name: string): InstanceType {
    const spec = knownInstanceSpec(name);
    if (!spec) {
      throw new Check('InstanceType.of').error(
        'unsupported',
        'name',
        `unknown instance type ${describe(name)}`,
        `write InstanceType.custom({ name: '${name}', vcpu, memoryMiB, enis, ipsPerEni })`,
      );
    }
    return new InstanceType(spec);
  }

  /** A type that the library does not know, or whose values differ. */
  static custom(props: InstanceTypeProps): InstanceType {
    const check = new Check('InstanceType.custom');
    check.keys<InstanceTypeProps>('props', props ?? null, KEYS);
    if (!isInstanceType(props.name)) {
      check.fail(
        ruleOf(props.name),
        'name',
        `name must be an EC2 instance type, but is ${describe(props.name)}`,
        "write for example 'm9i.large'",
      );
    }
    if (props.architecture !== undefined) {
      check.oneOf('architecture', props.architecture, ARCHITECTURES);
    }
    return new InstanceType({
      name: props.name,
      vcpu: check.integer('vcpu', props.vcpu, 1),
      memoryMiB: check.integer('memoryMiB', props.memoryMiB, 512),
      enis: check.integer('enis', props.enis, 1),
      ipsPerEni: check.integer('ipsPerEni', props.ipsPerEni, 2),
      architecture: props.architecture ?? architectureOf(props.name),
      gpus: check.integer('gpus', props.gpus ?? 0, 0),
      volumes: check.integer('volumes', props.volumes ?? 25, 0),
      branchInterfaces: check.integer('branchInterfaces', props.branchInterfaces ?? 0, 0),
    });
  }
}
