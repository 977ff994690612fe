import { Construct } from 'constructs';
import { isOwnLabel } from '../../../eks/node-labels';
import type { NodePoolSpecTemplateSpecTaints } from '../../../imports/karpenter';
import type { KeyTable } from '../../../kube/values';
import { Check } from '../../core/check';
import { applyCustomize } from '../../core/customize';
import type { NodePool as NodePoolManifest } from '../../core/k8s';
import { KubeObject } from '../../core/kube-object';
import { clusterLabels } from '../cluster-objects';
import type { NodeTaint } from '../props';
import { checkTaint } from '../taints';
import { disruption, goDuration } from './disruption';
import { instanceConditions } from './instances';
import { NodeClass } from './node-class';
import type { NodePoolLimits, NodePoolProps } from './node-pool-props';
import { autoModeCluster, checkName } from './scope';

const KEYS: KeyTable<NodePoolProps> = {
  limits: true,
  architectures: 'texts',
  capacityTypes: 'texts',
  zones: 'texts',
  requirements: 'list',
  labels: 'map',
  taints: 'list',
  startupTaints: 'list',
  disruption: 'object',
  expireAfter: true,
  terminationGracePeriod: true,
  weight: true,
  nodeClass: true,
  customize: 'object',
  instanceCategories: 'texts',
  instanceFamilies: 'texts',
  minGeneration: true,
  instanceSizes: 'texts',
  instanceCpus: 'list',
  instanceTypes: 'texts',
};
/** The maximum lifetime of a node of Auto Mode, including its termination. */
const OLDEST_NODE = 21 * 24 * 3600;

/**
 * Nodes of EKS Auto Mode that the built-in pools do not create: Graviton, Spot, GPUs, dedicated nodes. With only limits
 * it creates the same nodes as the pool 'general-purpose'. Its name is the id.
 *
 * @example
 * new NodePool(cluster, 'batch', {
 *   limits: { cpu: '64' },
 *   architectures: ['arm64'],
 *   capacityTypes: ['spot', 'on-demand'],
 *   taints: [{ key: 'batch', effect: 'NoSchedule' }],
 * });
 *
 * @see https://docs.aws.amazon.com/eks/latest/best-practices/automode.html
 */
export class NodePool extends Construct {
  /** The NodePool object. */
  readonly nodePool: KubeObject<NodePoolManifest>;
  /** metadata.name, which is the construct id; also the label 'karpenter.sh/nodepool' of its nodes. */
  readonly name: string;

  constructor(scope: Construct, id: string, props: NodePoolProps) {
    super(scope, id);
    const check = Check.of(this);
    check.keys<NodePoolProps>('props', props ?? null, KEYS);
    const { facts } = autoModeCluster(this, check, 'NodePool');
    checkName(check, 'NodePool', id, ['general-purpose', 'system']);
    this.name = id;
    const requirements = instanceConditions(check, props, facts.region);
    const labels = nodeLabels(check, props.labels);
    const taints = nodeTaints(check, 'taints', props.taints);
    const startupTaints = nodeTaints(check, 'startupTaints', props.startupTaints);
    const limits = poolLimits(check, props.limits);
    const weight = props.weight === undefined ? undefined : check.integer('weight', props.weight, 1, 100);
    this.nodePool = new KubeObject<NodePoolManifest>(this, 'NodePool', {
      apiVersion: 'karpenter.sh/v1',
      kind: 'NodePool',
      metadata: { name: id, labels: clusterLabels(facts.name) },
      spec: {
        ...(weight === undefined ? {} : { weight }),
        ...(limits ? { limits } : {}),
        disruption: disruption(check, props.disruption ?? {}),
        template: {
          ...(labels ? { metadata: { labels } } : {}),
          spec: {
            nodeClassRef: { group: 'eks.amazonaws.com', kind: 'NodeClass', name: className(check, props.nodeClass) },
            requirements,
            ...(taints ? { taints } : {}),
            ...(startupTaints ? { startupTaints } : {}),
            ...lifetime(check, props),
          },
        },
      },
    });
    applyCustomize(check, props.customize, { nodePool: this.nodePool });
  }
}

function lifetime(check: Check, { expireAfter = '336h', terminationGracePeriod = '24h' }: NodePoolProps) {
  const expires = check.seconds('expireAfter', expireAfter, 60);
  const grace = check.seconds('terminationGracePeriod', terminationGracePeriod, 1);
  if (expires + grace > OLDEST_NODE) {
    check.fail(
      'invalid',
      'expireAfter',
      `expireAfter and terminationGracePeriod must be at most 21 days together, but are ${goDuration(expires)} and ${goDuration(grace)}`,
      grace < OLDEST_NODE - 60
        ? `write at most expireAfter: '${goDuration(OLDEST_NODE - grace)}'`
        : 'write a terminationGracePeriod of some hours',
    );
  }
  return { expireAfter: goDuration(expires), terminationGracePeriod: goDuration(grace) };
}

function poolLimits(check: Check, limits: NodePoolLimits | 'none'): Record<string, string> | undefined {
  if (limits === 'none') {
    return undefined;
  }
  if (limits === undefined) {
    check.fail(
      'required',
      'limits',
      'limits is required, since it bounds the cost of the pool',
      "write for example limits: { cpu: '64' }, or limits: 'none'",
    );
  }
  check.keys<NodePoolLimits>('limits', limits, { cpu: 'text', memory: 'text' });
  const { cpu, memory } = limits;
  if (cpu === undefined && memory === undefined) {
    check.fail(
      'invalid',
      'limits',
      'limits must have cpu or memory, but is empty',
      "write for example limits: { cpu: '64' }, or limits: 'none'",
    );
  }
  if (cpu !== undefined) {
    check.quantity('limits.cpu', cpu, '64');
  }
  if (memory !== undefined) {
    check.quantity('limits.memory', memory, '256Gi');
  }
  return { ...(cpu === undefined ? {} : { cpu }), ...(memory === undefined ? {} : { memory }) };
}

/** Karpenter refuses labels in reserved domains; those that it knows are requirements instead. */
function nodeLabels(check: Check, labels: NodePoolProps['labels']): Record<string, string> | undefined {
  check.labels('labels', labels);
  const foreign = Object.keys(labels ?? {}).find((key) => !isOwnLabel(key));
  if (foreign !== undefined) {
    check.fail(
      'forbidden',
      `labels['${foreign}']`,
      `label '${foreign}' is in a reserved domain`,
      "use no domain or your own, or a condition in 'requirements'",
    );
  }
  return labels && { ...labels };
}

function nodeTaints(
  check: Check,
  field: string,
  taints: readonly NodeTaint[] | undefined,
): NodePoolSpecTemplateSpecTaints[] | undefined {
  return taints?.map((taint, i) => {
    const place = `${field}[${i}]`;
    checkTaint(check, taint, place, false);
    return { key: taint.key, ...(taint.value === undefined ? {} : { value: taint.value }), effect: taint.effect };
  });
}

function className(check: Check, nodeClass: NodeClass | string | undefined): string {
  if (nodeClass instanceof NodeClass) {
    return nodeClass.name;
  }
  return nodeClass === undefined ? 'default' : check.text('nodeClass', nodeClass);
}
