import { Construct } from 'constructs';
import { isOwnLabel, OS } from '../../../eks/node-labels';
import type { NodePoolSpecTemplateSpecTaints } from '../../../imports/karpenter';
import type { KeyTable } from '../../../kube/values';
import { Check } from '../../core/check';
import { applyCustomize } from '../../core/customize';
import type { NodePool as NodePoolManifest } from '../../core/k8s';
import { KubeObject } from '../../core/kube-object';
import type { Duration } from '../../core/values';
import { clusterLabels } from '../cluster-objects';
import { Ec2NodeClass } from '../karpenter/ec2-node-class';
import type { NodeTaint } from '../props';
import { checkTaint, dedicated } from '../taints';
import { disruption, goDuration } from './disruption';
import { instanceConditions } from './instances';
import { NodeClass } from './node-class';
import type { NodePoolLimits, NodePoolProps } from './node-pool-props';
import { checkName, clusterOfNodes, type NodeMaker } from './scope';

const KEYS: KeyTable<NodePoolProps> = {
  limits: true,
  architectures: 'texts',
  capacityTypes: 'texts',
  zones: 'texts',
  requirements: 'list',
  tenant: 'text',
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
 * Nodes that the built-in pools of EKS Auto Mode, or the pool of `karpenter` of the cluster, do not create: Graviton, Spot,
 * GPUs, dedicated nodes. With only limits it creates the same nodes as the pool 'general-purpose'. Its name is the id.
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
    const { facts, maker } = clusterOfNodes(this, check, 'NodePool', ['auto', 'karpenter']);
    checkName(check, 'NodePool', id, maker === 'auto' ? ['general-purpose', 'system'] : facts.made ? ['default'] : []);
    this.name = id;
    const requirements = [
      ...instanceConditions(check, props, { region: facts.region, maker }),
      ...systemOf(check, props, maker),
    ];
    const given = { labels: nodeLabels(check, props.labels), taints: nodeTaints(check, 'taints', props.taints) };
    const { labels, taints } = dedicated(check, '', { ...props, ...given });
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
            nodeClassRef: classRef(check, props.nodeClass, maker),
            requirements,
            ...(taints.length > 0 ? { taints } : {}),
            ...(startupTaints ? { startupTaints } : {}),
            ...lifetime(check, props, maker),
          },
        },
      },
    });
    applyCustomize(check, props.customize, { nodePool: this.nodePool });
  }
}

function lifetime(
  check: Check,
  { expireAfter = '336h', terminationGracePeriod = '24h' }: NodePoolProps,
  maker: NodeMaker,
) {
  const grace = check.seconds('terminationGracePeriod', terminationGracePeriod, 1);
  if (expireAfter === 'Never' && maker === 'karpenter') {
    return { expireAfter, terminationGracePeriod: goDuration(grace) };
  }
  const expires = check.seconds('expireAfter', expireAfter as Duration, 60);
  if (maker === 'auto' && expires + grace > OLDEST_NODE) {
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

/** Nodes of Auto Mode are of Linux; Karpenter makes those that the image of their class is of. */
function systemOf(check: Check, { nodeClass, architectures }: NodePoolProps, maker: NodeMaker) {
  if (maker === 'auto') {
    return [];
  }
  const system = nodeClass instanceof Ec2NodeClass ? nodeClass.system : 'linux';
  if (system === 'windows' && architectures?.includes('arm64')) {
    check.fail(
      'unsupported',
      'architectures',
      "architectures must be ['amd64'] with a class of Windows, but has 'arm64'",
      'leave it out',
    );
  }
  return [{ key: OS, operator: 'In' as const, values: [system] }];
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

function classRef(check: Check, nodeClass: NodePoolProps['nodeClass'], maker: NodeMaker) {
  const [group, kind] = maker === 'auto' ? ['eks.amazonaws.com', 'NodeClass'] : ['karpenter.k8s.aws', 'EC2NodeClass'];
  if (nodeClass instanceof NodeClass || nodeClass instanceof Ec2NodeClass) {
    if (nodeClass instanceof NodeClass !== (maker === 'auto')) {
      check.fail(
        'forbidden',
        'nodeClass',
        `nodeClass must be ${maker === 'auto' ? 'a NodeClass in Auto Mode' : 'an Ec2NodeClass with Karpenter'}, but is the other`,
        `write new ${maker === 'auto' ? 'NodeClass' : 'Ec2NodeClass'}(cluster, '...', { ... })`,
      );
    }
    return { group, kind, name: nodeClass.name };
  }
  return { group, kind, name: nodeClass === undefined ? 'default' : check.text('nodeClass', nodeClass) };
}
