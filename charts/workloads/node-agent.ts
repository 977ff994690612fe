import type { Construct } from 'constructs';
import { describe } from '../../kube/describe';
import { ANNOTATION_PREFIX, selectorLabels } from '../../kube/labels';
import type { KeyTable } from '../../kube/values';
import type { Check } from '../core/check';
import { applyCustomize } from '../core/customize';
import type { DaemonSet, ObjectMeta, PodTemplate } from '../core/k8s';
import type { KubeObject } from '../core/kube-object';
import type { TenantContext } from '../core/tenant-context';
import type { Because, Customize, Path } from '../core/values';
import type { WrittenDaemonSet } from '../core/written';
import { type HostPath, hostVolumes } from '../pods/host-paths';
import { checkLevel } from '../pods/security';
import { MIN_READY_SECONDS, REVISIONS } from '../scaling/availability';
import { type AgentParts, resolveAgent } from './agent-parts';
import type { WorkloadObjects } from './objects';
import { POD_PROPS, type PodProps } from './pod-props';
import type { WorkloadContext, WorkloadShape } from './shape';
import { Workload } from './workload';

/** Objects of a NodeAgent, by the names that `customize` uses. */
export interface NodeAgentObjects extends WorkloadObjects {
  daemonSet: WrittenDaemonSet;
}
/** Props of a NodeAgent. */
export interface NodeAgentProps extends PodProps, AgentParts {
  /**
   * Folders of the node, by path or as a HostPath, mounted read-only unless `readOnly: false`. Requires a tenant of level
   * 'privileged'.
   *
   * @default - none
   * @see https://docs.aws.amazon.com/eks/latest/best-practices/pod-security.html
   */
  readonly hostPaths?: readonly (Path | HostPath)[];
  /**
   * Uses the network of the node, with a reason, which becomes an annotation. Requires a tenant of level 'privileged'.
   * Network policies do not apply to such pods.
   *
   * @default - the pod has its own network
   */
  readonly hostNetwork?: Because;
  /** Nodes that are updated at once: 1 or more, or a percentage. @default '10%' - an update must not stop the agent everywhere */
  readonly maxUnavailable?: number | string;
  /** Edits of the rendered objects: { daemonSet: (d) => { ... } }. Runs last. @default - none */
  readonly customize?: Customize<NodeAgentObjects>;
}

const PROPS: KeyTable<NodeAgentProps> = {
  ...POD_PROPS,
  probes: true,
  metrics: true,
  hostPaths: true,
  hostNetwork: true,
  maxUnavailable: true,
  customize: true,
};
/** The name of a pod is the id, '-' and 5 random characters: 63 at most. */
const MAX_NAME = 57;
const MAX_UNAVAILABLE = '10%';

/** The validated props of the DaemonSet. */
interface NodeAgentModel {
  readonly maxUnavailable: number | string;
}

/**
 * One pod on each node, such as a log collector: a DaemonSet. It tolerates every taint unless `placement.tolerations` is
 * set.
 *
 * @example
 * new NodeAgent(tenant, 'logs', {
 *   image: 'public.ecr.aws/aws-observability/aws-for-fluent-bit:2.32.5',
 *   user: 10001,
 *   resources: { cpu: '50m', memory: '64Mi' },
 *   probes: { liveness: Probe.http('/', { port: 2020 }) },
 *   hostPaths: ['/var/log'],
 * });
 * @see https://kubernetes.io/docs/concepts/workloads/controllers/daemonset/
 */
export class NodeAgent extends Workload<NodeAgentModel> {
  readonly daemonSet: KubeObject<WrittenDaemonSet>;

  constructor(scope: Construct, id: string, props: NodeAgentProps) {
    super(scope, id, {
      props,
      keys: PROPS,
      maxName: MAX_NAME,
      controller: 'daemonSet',
      describe: (context) => ({ shape: shapeOf(context, props), model: resolve(context.check, props) }),
    });
    this.daemonSet = this.object<DaemonSet>('DaemonSet', 'apps/v1', 'DaemonSet', (m) =>
      daemonSet(m, this.template(), this.model),
    );
    applyCustomize(this.check, props.customize, { ...this.commonObjects(), daemonSet: this.daemonSet });
  }
}

function shapeOf({ check, name, namespace, tenant }: WorkloadContext, props: NodeAgentProps): WorkloadShape {
  const agent = resolveAgent(check, props);
  checkHost(check, props, tenant);
  return {
    component: 'node-agent',
    self: { name, namespace },
    ports: agent.ports,
    clientPorts: [],
    probes: agent.probes,
    metrics: agent.metrics,
    traffic: 'none',
    defaultPriority: 'agent',
    // a DaemonSet has one pod per node already
    defaultSpread: 'none',
    toleratesAll: true,
    restartPolicy: 'Always',
    hostNetwork: props.hostNetwork !== undefined,
    volumesProp: 'hostPaths',
    podAnnotations: props.hostNetwork && {
      [`${ANNOTATION_PREFIX}/host-network-because`]: props.hostNetwork.because,
    },
    ...hostVolumes(check, props.hostPaths ?? []),
  };
}

function resolve(check: Check, props: NodeAgentProps): NodeAgentModel {
  const maxUnavailable = check.numberOrPercent('maxUnavailable', props.maxUnavailable ?? MAX_UNAVAILABLE);
  if (maxUnavailable === 0 || maxUnavailable === '0%') {
    check.fail(
      'invalid',
      'maxUnavailable',
      `maxUnavailable must be above 0, but is ${describe(maxUnavailable)}: no node would be updated`,
      "write 1 or more, or a percentage such as '10%'",
    );
  }
  return { maxUnavailable };
}

/** Access to the node is refused where the level of the namespace does not allow it. */
function checkHost(check: Check, props: NodeAgentProps, tenant: TenantContext | undefined): void {
  if (props.hostNetwork !== undefined) {
    check.keys<Because>('hostNetwork', props.hostNetwork, { because: true });
    check.because('hostNetwork', props.hostNetwork.because);
  }
  const reaches = (props.hostPaths?.length ?? 0) > 0 ? 'hostPaths' : props.hostNetwork ? 'hostNetwork' : undefined;
  if (reaches) {
    checkLevel(check, reaches, 'privileged', tenant?.podSecurity ?? 'privileged');
  }
}

function daemonSet(
  metadata: ObjectMeta & { name: string },
  template: PodTemplate,
  { maxUnavailable }: NodeAgentModel,
): DaemonSet {
  return {
    apiVersion: 'apps/v1',
    kind: 'DaemonSet',
    metadata,
    spec: {
      minReadySeconds: MIN_READY_SECONDS,
      revisionHistoryLimit: REVISIONS,
      selector: { matchLabels: selectorLabels(metadata.name) },
      template,
      updateStrategy: { type: 'RollingUpdate', rollingUpdate: { maxUnavailable } },
    },
  };
}
