import { architectureOf, isInstanceType } from '../../eks/instance-types';
import type { Architecture } from '../../eks/values';
import { DEFAULT_AMI_FAMILY, DEFAULT_NODES, DEFAULT_VOLUME_SIZE } from '../../eksctl/node-group-defaults';
import type { ManagedNodeGroup } from '../../eksctl/types';
import { describe } from '../../kube/describe';
import { isKubernetesLabel } from '../../kube/kubelet-labels';
import { isLabelValue, isQualifiedName } from '../../kube/names';
import type { KeyTable, Mutable } from '../../kube/values';
import type { Check } from '../core/check';
import type { NodeGroup, NodeTaint } from './props';

const KEYS: KeyTable<NodeGroup> = {
  name: true,
  instanceType: true,
  minSize: true,
  desiredCapacity: true,
  maxSize: true,
  spot: true,
  amiFamily: true,
  volumeSize: true,
  labels: true,
  taints: true,
  availabilityZones: true,
};
const TAINT_KEYS: KeyTable<NodeTaint> = { key: true, value: true, effect: true };

/** A node group with its defaults filled in. */
export interface NodeGroupPlan {
  readonly name: string;
  readonly types: readonly string[];
  readonly architecture: Architecture;
  readonly minSize: number;
  readonly desiredCapacity: number;
  readonly maxSize: number;
  readonly spot: boolean;
  readonly amiFamily: string;
  readonly volumeSize: number;
  readonly labels: Readonly<Record<string, string>> | undefined;
  readonly taints: readonly NodeTaint[];
  readonly zones: readonly string[] | undefined;
}

/** Checks the groups of a cluster with these zones. */
export function planNodeGroups(check: Check, groups: unknown, zones: readonly string[]): NodeGroupPlan[] {
  if (!Array.isArray(groups) || groups.length === 0) {
    check.fail(
      `nodeGroups is ${describe(groups)}: nothing to run on`,
      "write at least one, such as { name: 'standard-workers', instanceType: 'm5.large' }, or autoMode: true",
    );
  }
  const plans = groups.map((group: NodeGroup, i) => planNodeGroup(check, group, `nodeGroups[${i}]`, zones));
  const names = plans.map((plan) => plan.name);
  const twice = names.find((name, i) => names.indexOf(name) !== i);
  if (twice !== undefined) {
    check.fail(`two node groups are named '${twice}'`, 'give each its own name');
  }
  return plans;
}

function planNodeGroup(check: Check, group: NodeGroup, place: string, zones: readonly string[]): NodeGroupPlan {
  check.keys<NodeGroup>(place, group ?? null, KEYS);
  const name = check.text(`the name of ${place}`, group.name);
  const what = `node group '${name}'`;
  if (!/^[a-zA-Z0-9]([a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?$/.test(name)) {
    check.fail(
      `${what} has no valid name`,
      "use letters, digits and '-', at most 63, beginning and ending with a letter or digit",
    );
  }
  const types = planTypes(check, group, what);
  const minSize = check.integer(`minSize of ${what}`, group.minSize ?? DEFAULT_NODES, 0);
  const desiredCapacity = check.integer(`desiredCapacity of ${what}`, group.desiredCapacity ?? minSize, 0);
  const maxSize = check.integer(`maxSize of ${what}`, group.maxSize ?? Math.max(1, minSize, desiredCapacity), 1);
  if (minSize > desiredCapacity || desiredCapacity > maxSize) {
    check.fail(
      `${what} has minSize ${minSize}, desiredCapacity ${desiredCapacity} and maxSize ${maxSize}`,
      `write minSize <= desiredCapacity <= maxSize${group.minSize === undefined ? ' (minSize is 2 unless given)' : ''}`,
    );
  }
  if (group.amiFamily !== undefined) {
    check.oneOf(`amiFamily of ${what}`, group.amiFamily, ['AmazonLinux2023', 'Bottlerocket']);
  }
  if (group.spot !== undefined && typeof group.spot !== 'boolean') {
    check.fail(`spot of ${what} is ${describe(group.spot)}`, 'write true or false');
  }
  planLabels(check, group.labels, what);
  for (const taint of group.taints ?? []) {
    planTaint(check, taint, what);
  }
  // subnets of one's own may not say their zones
  for (const zone of zones.length > 0 ? (group.availabilityZones ?? []) : []) {
    check.oneOf(`a zone of ${what}`, zone, zones);
  }
  const groupZones = group.availabilityZones;
  if (groupZones && (groupZones.length === 0 || new Set(groupZones).size !== groupZones.length)) {
    check.fail(
      `availabilityZones of ${what} are ${describe(groupZones)}`,
      "name some, each once, or leave the key out for all of the cluster's",
    );
  }
  return {
    name,
    types,
    architecture: architectureOf(types[0]!),
    minSize,
    desiredCapacity,
    maxSize,
    spot: group.spot ?? false,
    amiFamily: group.amiFamily ?? DEFAULT_AMI_FAMILY,
    volumeSize: check.integer(`volumeSize of ${what}`, group.volumeSize ?? DEFAULT_VOLUME_SIZE, 20, 65536),
    labels: group.labels && { ...group.labels },
    taints: (group.taints ?? []).map((taint) => ({ ...taint })),
    zones: group.availabilityZones && [...group.availabilityZones],
  };
}

function planTypes(check: Check, group: NodeGroup, what: string): readonly string[] {
  const types: readonly unknown[] = Array.isArray(group.instanceType) ? [...group.instanceType] : [group.instanceType];
  const wrong = types.find((type) => !isInstanceType(type));
  if (types.length === 0 || wrong !== undefined || types.includes(undefined)) {
    check.fail(`${what} has the instance type ${describe(wrong)}`, "write for example 'm5.large'");
  }
  const texts = types as readonly string[];
  const twice = texts.find((type, i) => texts.indexOf(type) !== i);
  if (twice !== undefined) {
    check.fail(`${what} names '${twice}' twice`, 'name each instance type once');
  }
  const other = texts.find((type) => architectureOf(type) !== architectureOf(texts[0]!));
  if (other !== undefined) {
    check.fail(
      `${what} mixes architectures: '${texts[0]}' is ${architectureOf(texts[0]!)}, '${other}' is ${architectureOf(other)}`,
      'a group has one image: make a group of each architecture',
    );
  }
  return texts;
}

/** The kubelet may not label its own node in the domains of Kubernetes: the node would never join. */
function planLabels(check: Check, labels: NodeGroup['labels'], what: string): void {
  check.labels(`label of ${what}`, labels);
  for (const key of Object.keys(labels ?? {})) {
    if (isKubernetesLabel(key)) {
      check.fail(
        `label '${key}' of ${what} is in a domain that belongs to Kubernetes`,
        `write it without a domain or in one of your own, such as 'example.com/${key.slice(key.indexOf('/') + 1)}'`,
      );
    }
  }
}

function planTaint(check: Check, taint: NodeTaint, what: string): void {
  check.keys<NodeTaint>(`a taint of ${what}`, taint ?? null, TAINT_KEYS);
  if (typeof taint.key !== 'string' || !isQualifiedName(taint.key)) {
    check.fail(`a taint of ${what} has the key ${describe(taint.key)}`, "write it like a label's key: 'dedicated'");
  }
  if (taint.value !== undefined && (typeof taint.value !== 'string' || !isLabelValue(taint.value))) {
    check.fail(
      `taint '${taint.key}' of ${what} has the value ${describe(taint.value)}`,
      "write it like a label's value",
    );
  }
  check.oneOf(`the effect of taint '${taint.key}' of ${what}`, taint.effect, [
    'NoSchedule',
    'PreferNoSchedule',
    'NoExecute',
  ]);
}

/** As eksctl spells it, with the practices of the EKS guide where eksctl's own defaults are laxer. */
export function managedNodeGroup(group: NodeGroupPlan): Mutable<ManagedNodeGroup> {
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
    disableIMDSv1: true,
    // pods get their permissions by pod identity, never the node's
    disablePodIMDS: true,
    nodeRepairConfig: { enabled: true },
    updateConfig: { maxUnavailablePercentage: 33 },
    ...(group.labels ? { labels: { ...group.labels } } : {}),
    ...(group.taints.length > 0 ? { taints: group.taints.map((taint) => ({ ...taint })) } : {}),
    ...(group.zones ? { availabilityZones: [...group.zones] } : {}),
  };
}
