import { remembered } from '../kube/collections';
import { INSTANCE_DATA } from './instance-data';
import { architectureOf, familyOf, isBurstable } from './instance-types';
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
  /** Branch interfaces: pods with security groups of their own. */
  readonly branchInterfaces: number;
}

/** A type of the table, with what only the rules of the ClusterConfig ask. */
export interface KnownInstanceSpec extends InstanceSpec {
  /** Elastic Fabric Adapters. */
  readonly efas: number;
  /** Of the Nitro system, which IPv6 and address prefixes require; older types run on Xen. */
  readonly nitro: boolean;
  /** GB of its own NVMe disks together (the instance store). */
  readonly disks: number;
}

/** Gives a type by its name; undefined for one that is not known. */
type SpecOf = (type: string) => InstanceSpec | undefined;

/** The types of the table, and `custom` ones, which win over it. */
export function specsWith(custom: readonly InstanceSpec[] = []): SpecOf {
  return (type) => custom.filter(({ name }) => name === type).at(-1) ?? knownInstanceSpec(type);
}

/** A type of the table; undefined for one that is not known. */
export function knownInstanceSpec(type: string): KnownInstanceSpec | undefined {
  return family(familyOf(type)).find(({ name }) => name === type);
}

/** The types of the table that belong to a family: those of 'm7g'. */
export function typesOfFamily(name: string): readonly string[] {
  return family(name).map((spec) => spec.name);
}

/** The types of the table that have something. */
export function typesWith(has: (spec: KnownInstanceSpec) => boolean): readonly string[] {
  return allSpecs()
    .filter(has)
    .map(({ name }) => name);
}

/** All types of the table. */
export function allSpecs(): readonly KnownInstanceSpec[] {
  return INSTANCE_DATA.trim().split('\n').flatMap(parseFamily);
}

/** Whether a type has the branch interfaces that security groups of pods need; true for one that is not known. */
export function hasBranchInterfaces(type: string): boolean {
  const known = knownInstanceSpec(type);
  return known ? known.branchInterfaces > 0 : !isBurstable(type);
}

/** The controller that hands out branch interfaces takes this type for one without, unlike the table; as of 2026-04. */
const WITHOUT_TRUNK: ReadonlySet<string> = new Set(['i4i.large']);

/** Pods that the IPv4 addresses of a type allow, those that use the node's own address included. */
export function podsByAddresses({ enis, ipsPerEni }: Pick<InstanceSpec, 'enis' | 'ipsPerEni'>): number {
  return enis * (ipsPerEni - 1) + 2;
}

/** The same where each address is a prefix of 16. */
export function podsByPrefixes({ enis, ipsPerEni }: Pick<InstanceSpec, 'enis' | 'ipsPerEni'>): number {
  return enis * (ipsPerEni - 1) * 16 + 2;
}

/** Parsed when one of its types is first asked for: most programs ask for few. */
const family = remembered((name): readonly KnownInstanceSpec[] => {
  const start = name === '' ? -1 : INSTANCE_DATA.indexOf(`\n${name} `);
  return start < 0 ? [] : parseFamily(INSTANCE_DATA.slice(start + 1, INSTANCE_DATA.indexOf('\n', start + 1)));
});

function parseFamily(line: string): KnownInstanceSpec[] {
  const space = line.indexOf(' ');
  return line
    .slice(space + 1)
    .split(', ')
    .map((facts) => parseSpec(line.slice(0, space), facts));
}

function parseSpec(family: string, facts: string): KnownInstanceSpec {
  const [size = '', vcpu, memoryMiB, enis, ipsPerEni, rest = ''] = facts.split(' ');
  const [, attachments, sharing, xen, efas, gpus, branches, disks] =
    /^(\d+)([sd])(x?)(?:e(\d+))?(?:g(\d+))?(?:b(\d+))?(?:n([\d.]+))?$/.exec(rest) ?? [];
  const name = `${family}.${size}`;
  return {
    name,
    vcpu: Number(vcpu),
    memoryMiB: Number(memoryMiB),
    enis: Number(enis),
    ipsPerEni: Number(ipsPerEni),
    architecture: architectureOf(name),
    gpus: Number(gpus ?? 0),
    // the root volume takes one attachment, and where the limit is shared the first network interface another
    volumes: Number(attachments) - (sharing === 's' ? 2 : 1),
    efas: Number(efas ?? 0),
    nitro: xen !== 'x',
    branchInterfaces: WITHOUT_TRUNK.has(name) ? 0 : Number(branches ?? 0),
    disks: Number(disks ?? 0),
  };
}
