import { familyOf } from '../../eks/instance-types';
import {
  ARCH,
  AUTO_PREFIX,
  CAPACITY_TYPE,
  INSTANCE_TYPE,
  isOwnLabel,
  KARPENTER_PREFIX,
  MANAGED_CAPACITY,
  MANAGED_GROUP,
  NODE_POOL,
  OS,
  ZONE,
} from '../../eks/node-labels';
import type { LabelRequirement } from '../../kube/label-requirements';
import type { Taint } from '../../kube/tolerations';
import type { Mismatch, NodeTemplate } from './node-template';

const MOST = 4;
const CRITICAL = 'CriticalAddonsOnly';

/** What each template has against the pods; of many the first few. */
export function explainUnschedulable(templates: readonly NodeTemplate[], mismatches: readonly Mismatch[]): string {
  const more = templates.length - MOST;
  const first = templates.slice(0, MOST).map((template, i) => reasonOf(template, mismatches[i]!));
  return [...first, ...(more > 0 ? [`and ${more} more`] : [])].join('; ');
}

/** "managedNodeGroups[0] 'workers' has no label 'disktype'". */
function reasonOf(template: NodeTemplate, mismatch: Mismatch): string {
  switch (mismatch.kind) {
    case 'taint':
      return `${template.name} has the taint '${taintText(mismatch.taint)}', which they do not tolerate`;
    case 'device':
      return `${template.name} has no type with ${mismatch.device.what}`;
    case 'affinity':
      return `${template.name} is in no term of their node affinity: an empty one matches no node`;
    case 'label':
      return `${template.name} ${labelReason(mismatch)}`;
  }
}

function labelReason({ key, has, asked }: Extract<Mismatch, { kind: 'label' }>): string {
  const wanted =
    asked && `, and they ask for ${asked.operator === 'In' ? quoted(asked.values ?? []) : conditionText(asked)}`;
  if (has.only?.size === 0) {
    return `has no label '${key}'`;
  }
  return `has '${key}' ${valuesText(has)}${wanted ?? ', which its other labels exclude'}`;
}

function conditionText({ operator, values = [] }: { operator: string; values?: readonly string[] }): string {
  return [operator, ...values].join(' ');
}

function valuesText({ only, except, above, below }: LabelRequirement): string {
  if (only) {
    return quoted([...only]);
  }
  const parts = [
    ...(Number.isFinite(above) ? [`above ${above}`] : []),
    ...(Number.isFinite(below) ? [`below ${below}`] : []),
    ...(except.size > 0 ? [`other than ${quoted([...except])}`] : []),
  ];
  return parts.length > 0 ? parts.join(', ') : 'of some value';
}

const quoted = (values: readonly string[]) => values.map((value) => `'${value}'`).join(', ');

function taintText({ key, value, effect }: Taint): string {
  return `${key}${value ? `=${value}` : ''}:${effect}`;
}

/** The change that is nearest: to tolerate, then a device, then the label. */
export function suggestFix(
  templates: readonly NodeTemplate[],
  mismatches: readonly Mismatch[],
  zones: readonly string[],
): string {
  const pools = templates.some(({ kind }) => kind === 'pool');
  const taints = mismatches.filter((mismatch) => mismatch.kind === 'taint');
  // few pods belong on the pool 'system': another one is the better way, where the taint is not all
  const taint = taints.find((mismatch) => mismatch.taint.key !== CRITICAL || taints.length === mismatches.length);
  if (taint) {
    const { key, value, effect } = taint.taint;
    const match = value ? `operator: 'Equal', value: '${value}'` : "operator: 'Exists'";
    return `tolerate it (tolerations: [{ key: '${key}', ${match}, effect: '${effect}' }]), or ${pools ? 'add a NodePool' : 'leave a node group'} without a taint`;
  }
  const device = mismatches.find((mismatch) => mismatch.kind === 'device');
  if (device) {
    const { example } = device.device;
    const nodes = pools
      ? newPool('accelerated', `instanceFamilies: ['${familyOf(example)}']`)
      : `add a node group such as { name: 'accelerated', instanceType: '${example}' }`;
    return `${nodes}, or ask for nothing of the kind`;
  }
  const label = mismatches.find((mismatch) => mismatch.kind === 'label');
  return label ? labelFix(label, pools, zones) : 'add nodes that have what they ask for';
}

/** A pool that would do, as it is written. */
function newPool(id: string, props: string): string {
  return `create new NodePool(cluster, '${id}', { ${props}, limits: { cpu: '64' } })`;
}

function labelFix(
  { key, asked }: Extract<Mismatch, { kind: 'label' }>,
  pools: boolean,
  zones: readonly string[],
): string {
  const value = asked?.values?.[0] ?? '...';
  if (key === ZONE) {
    return `ask for a zone of the cluster's nodes${zones.length > 0 ? ` (the cluster has ${zones.join(', ')})` : ''}, or add nodes in that zone`;
  }
  if (key === OS) {
    return pools
      ? 'run it elsewhere: Auto Mode makes Linux nodes only; with a Karpenter of your own, add a NodePool with an Ec2NodeClass of that system'
      : "add a node group of that system, by 'amiFamily'";
  }
  if (key === ARCH) {
    return pools
      ? `${newPool(value, `architectures: ['${value}']`)}, or take '${key}' out`
      : `add a node group with ${value === 'arm64' ? "a Graviton type such as 'm7g.large'" : "an x86 type such as 'm5.large'"}, or take '${key}' out`;
  }
  return pools ? poolFix(key, value) : groupFix(key, value);
}

function poolFix(key: string, value: string): string {
  if (key === MANAGED_GROUP || key.startsWith('alpha.eksctl.io/')) {
    return `select a pool by '${NODE_POOL}', since Auto Mode has no node groups, or take '${key}' out`;
  }
  if (key === MANAGED_CAPACITY) {
    return `write '${CAPACITY_TYPE}': '${value === 'SPOT' ? 'spot' : 'on-demand'}', as nodes of Auto Mode call it`;
  }
  if (key.startsWith(KARPENTER_PREFIX)) {
    return `write '${AUTO_PREFIX}${key.slice(KARPENTER_PREFIX.length)}', as nodes of Auto Mode call it`;
  }
  if (key === `${AUTO_PREFIX}instance-family`) {
    return newPool(value, `instanceFamilies: ['${value}']`);
  }
  return isOwnLabel(key)
    ? `${newPool('own', `labels: { '${key}': '${value}' }`)}, or take '${key}' out`
    : `create a NodePool that makes such nodes, or take '${key}' out`;
}

function groupFix(key: string, value: string): string {
  if (key === CAPACITY_TYPE) {
    return `write '${MANAGED_CAPACITY}': '${value === 'spot' ? 'SPOT' : 'ON_DEMAND'}', as nodes of managed groups call it`;
  }
  if (key === INSTANCE_TYPE) {
    return `add a node group of '${value}', or take '${key}' out`;
  }
  return isOwnLabel(key)
    ? `give a node group the label (labels: { '${key}': '${value}' }), or take '${key}' out`
    : `ask for what a node group has, or take '${key}' out`;
}
