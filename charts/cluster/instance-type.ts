import { type InstanceSpec, instanceSpecs } from '../../eks/instance-specs';
import { architectureOf, isInstanceType } from '../../eks/instance-types';
import type { Architecture } from '../../eks/values';
import type { KeyTable } from '../../kube/values';
import { Check } from '../core/check';

/** Props of an instance type that the library does not know. Read them with `aws ec2 describe-instance-types --instance-types NAME`. */
export interface InstanceTypeProps {
  /** As EC2 calls it: 'm9i.large'. */
  readonly name: string;
  /** Virtual CPUs, at least 1: `VCpuInfo.DefaultVCpus`. */
  readonly vcpu: number;
  /** Memory in MiB, at least 512: `MemoryInfo.SizeInMiB`. */
  readonly memoryMiB: number;
  /** Network interfaces, 1 or more, of the default network card: `NetworkInfo.MaximumNetworkInterfaces`. */
  readonly enis: number;
  /** IPv4 addresses of an interface, 2 or more: `NetworkInfo.Ipv4AddressesPerInterface`. */
  readonly ipsPerEni: number;
  /** @default - by the name: 'm7g' is arm64, 'm7i' is amd64 */
  readonly architecture?: Architecture;
  /** NVIDIA GPUs, as pods ask for them by `nvidia.com/gpu`. @default 0 */
  readonly gpus?: number;
  /** EBS volumes of pods that can be attached, as `kubectl get csinode NODE -o yaml` shows. @default 25, what the EBS CSI driver takes for a type that it does not know */
  readonly volumes?: number;
}

const KEYS: KeyTable<InstanceTypeProps> = {
  name: true,
  vcpu: true,
  memoryMiB: true,
  enis: true,
  ipsPerEni: true,
  architecture: true,
  gpus: true,
  volumes: true,
};
const ARCHITECTURES: readonly Architecture[] = ['amd64', 'arm64'];

/** What an instance type of EC2 has, from which follows what its nodes have for pods. */
export class InstanceType implements InstanceSpec {
  /** 'm5.large'. */
  readonly name: string;
  /** Virtual CPUs. */
  readonly vcpu: number;
  /** Memory in MiB as EC2 tells it; a node has less. */
  readonly memoryMiB: number;
  /** Of its processors. */
  readonly architecture: Architecture;
  /** Network interfaces. */
  readonly enis: number;
  /** IPv4 addresses of each interface. */
  readonly ipsPerEni: number;
  /** NVIDIA GPUs. */
  readonly gpus: number;
  /** EBS volumes of pods that can be attached. */
  readonly volumes: number;

  private constructor(props: InstanceSpec) {
    this.name = props.name;
    this.vcpu = props.vcpu;
    this.memoryMiB = props.memoryMiB;
    this.architecture = props.architecture;
    this.enis = props.enis;
    this.ipsPerEni = props.ipsPerEni;
    this.gpus = props.gpus;
    this.volumes = props.volumes;
  }

  /** One of the common types, by its name: `InstanceType.of('m5.large')`. A type that the library does not know is refused. */
  static of(name: string): InstanceType {
    const spec = instanceSpecs().get(name);
    if (!spec) {
      throw new Check('InstanceType.of').error(
        `unknown instance type '${name}'`,
        `write InstanceType.custom({ name: '${name}', vcpu, memoryMiB, enis, ipsPerEni })`,
      );
    }
    return new InstanceType(spec);
  }

  /** Any other type. */
  static custom(props: InstanceTypeProps): InstanceType {
    const check = new Check('InstanceType.custom');
    check.keys<InstanceTypeProps>('props', props ?? null, KEYS);
    if (!isInstanceType(props.name)) {
      check.fail(`the name is '${props.name}'`, "write it as EC2 does: 'm9i.large'");
    }
    const number = (key: keyof InstanceTypeProps, value: unknown, min: number) =>
      check.integer(`${key} of '${props.name}'`, value, min);
    if (props.architecture !== undefined) {
      check.oneOf(`architecture of '${props.name}'`, props.architecture, ARCHITECTURES);
    }
    return new InstanceType({
      name: props.name,
      vcpu: number('vcpu', props.vcpu, 1),
      memoryMiB: number('memoryMiB', props.memoryMiB, 512),
      enis: number('enis', props.enis, 1),
      ipsPerEni: number('ipsPerEni', props.ipsPerEni, 2),
      architecture: props.architecture ?? architectureOf(props.name),
      gpus: number('gpus', props.gpus ?? 0, 0),
      volumes: number('volumes', props.volumes ?? 25, 0),
    });
  }
}
