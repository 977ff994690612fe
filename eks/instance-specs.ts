import { INSTANCE_DATA } from './instance-data';
import { architectureOf } from './instance-types';
import type { Architecture } from './values';

/** The resources of an EC2 instance type. */
export interface InstanceSpec {
  /** 'm5.large'. */
  readonly name: string;
  readonly vcpu: number;
  /** As EC2 reports it; a node has less. */
  readonly memoryMiB: number;
  readonly architecture: Architecture;
  /** Network interfaces. */
  readonly enis: number;
  /** IPv4 addresses per interface. */
  readonly ipsPerEni: number;
  /** NVIDIA GPUs. */
  readonly gpus: number;
  /** EBS volumes that can be attached for pods. */
  readonly volumes: number;
}

/** Known instance types by name; `custom` types are added and win over the table. */
export function instanceSpecs(custom: readonly InstanceSpec[] = []): ReadonlyMap<string, InstanceSpec> {
  return custom.length === 0 ? table() : new Map([...table(), ...custom.map((spec) => [spec.name, spec] as const)]);
}

let parsed: ReadonlyMap<string, InstanceSpec> | undefined;

/** Parsed on first use, since most programs ask for few types or none. */
function table(): ReadonlyMap<string, InstanceSpec> {
  parsed ??= new Map(
    INSTANCE_DATA.split('\n')
      .filter((line) => line !== '' && !line.startsWith('#'))
      .map(parseSpec)
      .map((spec) => [spec.name, spec]),
  );
  return parsed;
}

function parseSpec(line: string): InstanceSpec {
  const [name = '', vcpu, memoryMiB, enis, ipsPerEni, attachments = '', gpus = '0'] = line.split(' ');
  // the root volume takes one attachment, and where the limit is shared the first network interface another
  const taken = attachments.endsWith('s') ? 2 : 1;
  return {
    name,
    vcpu: Number(vcpu),
    memoryMiB: Number(memoryMiB),
    enis: Number(enis),
    ipsPerEni: Number(ipsPerEni),
    architecture: architectureOf(name),
    gpus: Number(gpus),
    volumes: Number.parseInt(attachments, 10) - taken,
  };
}
