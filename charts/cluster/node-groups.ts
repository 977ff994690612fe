import { AMI_FAMILIES, isWindows } from '../../eks/ami-families';
import { INSTANCE_STORE, type InstanceStore, nodeConfigOf } from '../../eks/instance-store';
import { architectureOf, isInstanceType } from '../../eks/instance-types';
import type { Architecture } from '../../eks/values';
import { DEFAULT_AMI_FAMILY, DEFAULT_NODES, DEFAULT_VOLUME_SIZE } from '../../eksctl/node-group-defaults';
import type { ManagedNodeGroup } from '../../eksctl/types';
import { describe } from '../../kube/describe';
import { isKubernetesLabel } from '../../kube/kubelet-labels';
import type { KeyTable, Mutable } from '../../kube/values';
import type { Check } from '../core/check';
import { checkInstanceStore } from './instance-store';
import { nodeTemplateTags } from './node-template-tags';
import type { AmiFamily, NodeGroup, NodeTaint } from './props';
import { checkItems, ruleOf } from './rule-of';
import { checkTaint, dedicated } from './taints';

const KEYS: KeyTable<NodeGroup> = {
  name: 'text',
  instanceType: true,
  minSize: true,
  desiredCapacity: true,
  maxSize: true,
  spot: 'boolean',
  amiFamily: true,
  volumeSize: true,
  tenant: 'text',
  instanceStore: true,
  labels: 'map',
  taints: 'list',
  availabilityZones: 'texts',
};

const FAMILIES = AMI_FAMILIES.filter(
  (family): family is AmiFamily => ['AmazonLinux2023', 'Bottlerocket'].includes(family) || isWindows(family),
);

/** A node group with its defaults filled in. */
export interface ResolvedNodeGroup {
  readonly name: string;
  readonly types: readonly string[];
  readonly architecture: Architecture;
  readonly minSize: number;
  readonly desiredCapacity: number;
  readonly maxSize: number;
  readonly spot: boolean;
  readonly amiFamily: string;
  readonly volumeSize: number;
  readonly instanceStore: InstanceStore | undefined;
  readonly labels: Readonly<Record<string, string>> | undefined;
  readonly taints: readonly NodeTaint[];
  readonly zones: readonly string[] | undefined;
}

/** Validates the groups of a cluster in these zones, and fills in their defaults. */
export function resolveNodeGroups(check: Check, groups: unknown, zones: readonly string[]): ResolvedNodeGroup[] {
  checkItems(
    check,
    'nodeGroups',
    groups,
    'group',
    "write for example { name: 'standard-workers', instanceType: 'm5.large' }, or autoMode: true",
  );
  const resolved = groups.map((group: NodeGroup, i) => resolveNodeGroup(check, group, `nodeGroups[${i}]`, zones));
  const names = resolved.map(({ name }) => name);
  const twice = names.findIndex((name, i) => names.indexOf(name) !== i);
  if (twice >= 0) {
    check.fail(
      'duplicate',
      `nodeGroups[${twice}].name`,
      `duplicate name '${names[twice]}' in nodeGroups`,
      'give each group its own name',
    );
  }
  return resolved;
}

function resolveNodeGroup(check: Check, group: NodeGroup, place: string, zones: readonly string[]): ResolvedNodeGroup {
  check.keys<NodeGroup>(place, group ?? null, KEYS);
  const name = check.text(`${place}.name`, group.name);
  if (!/^[a-zA-Z0-9]([a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?$/.test(name)) {
    check.fail(
      'invalid',
      `${place}.name`,
      `${place}.name must be at most 63 letters, digits and '-', and begin and end with a letter or digit, but is '${name}'`,
      "write for example 'standard-workers'",
    );
  }
  const types = resolveTypes(check, group, `${place}.instanceType`);
  const minSize = check.integer(`${place}.minSize`, group.minSize ?? DEFAULT_NODES, 0);
  const desiredCapacity = check.integer(`${place}.desiredCapacity`, group.desiredCapacity ?? minSize, 0);
  const maxSize = check.integer(`${place}.maxSize`, group.maxSize ?? Math.max(1, minSize, desiredCapacity), 1);
  if (minSize > desiredCapacity || desiredCapacity > maxSize) {
    check.fail(
      'forbidden',
      `${place}.${minSize > desiredCapacity ? 'desiredCapacity' : 'maxSize'}`,
      `${place} must have minSize <= desiredCapacity <= maxSize, but has ${minSize}, ${desiredCapacity} and ${maxSize}`,
      group.minSize === undefined ? `set minSize, which is ${DEFAULT_NODES} by default` : 'correct the sizes',
    );
  }
  if (group.amiFamily !== undefined) {
    check.oneOf(`${place}.amiFamily`, group.amiFamily, FAMILIES);
  }
  checkInstanceStore(check, group, types, place);
  checkLabels(check, group.labels, `${place}.labels`);
  for (const [i, taint] of (group.taints ?? []).entries()) {
    checkTaint(check, taint, `${place}.taints[${i}]`);
  }
  checkZones(check, group.availabilityZones, `${place}.availabilityZones`, zones);
  return {
    name,
    types,
    architecture: architectureOf(types[0]!),
    minSize,
    desiredCapacity,
    maxSize,
    spot: group.spot ?? false,
    amiFamily: group.amiFamily ?? DEFAULT_AMI_FAMILY,
    volumeSize: check.integer(`${place}.volumeSize`, group.volumeSize ?? DEFAULT_VOLUME_SIZE, 20, 65536),
    instanceStore: group.instanceStore,
    ...dedicated(check, place, {
      ...group,
      ...(group.instanceStore === 'Mount' ? { labels: { ...group.labels, [INSTANCE_STORE.label]: 'Mount' } } : {}),
    }),
    zones: group.availabilityZones && [...group.availabilityZones],
  };
}

function resolveTypes(check: Check, { instanceType }: NodeGroup, field: string): readonly string[] {
  const types: readonly unknown[] = Array.isArray(instanceType) ? [...instanceType] : [instanceType];
  const wrong = types.findIndex((type) => !isInstanceType(type));
  if (types.length === 0 || wrong >= 0) {
    check.fail(
      ruleOf(types[wrong]),
      Array.isArray(instanceType) && wrong >= 0 ? `${field}[${wrong}]` : field,
      `${field} must be an EC2 instance type or a list of them, but is ${describe(instanceType)}`,
      "write for example 'm5.large'",
    );
  }
  const names = types as readonly string[];
  const twice = names.findIndex((type, i) => names.indexOf(type) !== i);
  if (twice >= 0) {
    check.fail(
      'duplicate',
      `${field}[${twice}]`,
      `duplicate instance type '${names[twice]}' in ${field}`,
      'list each instance type once',
    );
  }
  const [first] = names as readonly [string, ...string[]];
  const other = names.findIndex((type) => architectureOf(type) !== architectureOf(first));
  if (other >= 0) {
    check.fail(
      'forbidden',
      `${field}[${other}]`,
      `${field} must have one architecture, but '${first}' is ${architectureOf(first)} and '${names[other]}' is ${architectureOf(names[other]!)}`,
      'a group has one image: make a group for each architecture',
    );
  }
  return names;
}

/** The kubelet may not label its own node in the domains of Kubernetes: the node would never join. */
function checkLabels(check: Check, labels: NodeGroup['labels'], field: string): void {
  check.labels(field, labels);
  for (const key of Object.keys(labels ?? {})) {
    if (isKubernetesLabel(key)) {
      check.fail(
        'forbidden',
        `${field}['${key}']`,
        `label '${key}' in ${field} is in a domain that is reserved for Kubernetes`,
        `use no domain or your own, for example 'example.com/${key.slice(key.indexOf('/') + 1)}'`,
      );
    }
  }
}

/** An own VPC may not tell its zones; then those of the group are not compared with them. */
function checkZones(
  check: Check,
  given: NodeGroup['availabilityZones'],
  field: string,
  zones: readonly string[],
): void {
  if (given === undefined) {
    return;
  }
  checkItems(check, field, given, 'zone', 'leave it out for all zones of the cluster');
  for (const [i, zone] of zones.length > 0 ? given.entries() : []) {
    check.oneOf(`${field}[${i}]`, zone, zones);
  }
  if (new Set(given).size !== given.length) {
    check.fail('duplicate', field, `${field} must be unique, but is ${describe(given)}`, 'list each zone once');
  }
}

/**
 * A group in eksctl's spelling, with the EKS Best Practices Guide where eksctl's defaults are less strict.
 *
 * @param over what `config` says of the group
 * @see https://docs.aws.amazon.com/eks/latest/best-practices/identity-and-access-management.html
 */
export function managedNodeGroup(
  group: ResolvedNodeGroup,
  over: Partial<ManagedNodeGroup> | undefined,
): Mutable<ManagedNodeGroup> {
  const tags = nodeTemplateTags(group, over?.efaEnabled === true);
  return {
    name: group.name,
    amiFamily: group.amiFamily,
    ...(group.types.length === 1 ? { instanceType: group.types[0]! } : { instanceTypes: [...group.types] }),
    minSize: group.minSize,
    desiredCapacity: group.desiredCapacity,
    maxSize: group.maxSize,
    ...(group.spot ? { spot: true } : {}),
    privateNetworking: true,
    volumeSize: group.volumeSize,
    volumeType: 'gp3',
    volumeEncrypted: true,
    ...(group.instanceStore ? { overrideBootstrapCommand: nodeConfigOf(group.instanceStore) } : {}),
    disableIMDSv1: true,
    // pods get permissions by pod identity, not from the node
    disablePodIMDS: true,
    // https://docs.aws.amazon.com/eks/latest/userguide/node-health.html: Windows has none
    ...(isWindows(group.amiFamily) ? {} : { nodeRepairConfig: { enabled: true } }),
    updateConfig: { maxUnavailablePercentage: 33 },
    ...(group.labels ? { labels: { ...group.labels } } : {}),
    ...(group.taints.length > 0 ? { taints: group.taints.map((taint) => ({ ...taint })) } : {}),
    ...(group.zones ? { availabilityZones: [...group.zones] } : {}),
    ...(tags ? { tags } : {}),
  };
}
