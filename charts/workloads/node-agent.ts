import type { Construct } from 'constructs';
import { ANNOTATION_PREFIX, selectorLabels } from '../../kube/labels';
import type { KeyTable } from '../../kube/values';
import type { Check } from '../core/check';
import { applyEdits } from '../core/edits';
import type { DaemonSet, ObjectMeta, PodTemplate } from '../core/k8s';
import type { KubeObject } from '../core/kube-object';
import type { TenantContext } from '../core/tenant-context';
import type { Because, Customize, Path } from '../core/values';
import { type HostPath, hostVolumes } from '../pods/host-paths';
import { checkLevel } from '../pods/security';
import { MIN_READY_SECONDS, REVISIONS } from '../scaling/availability';
import { type AgentParts, resolveAgent } from './agent-parts';
import type { WorkloadObjects } from './objects';
import { POD_PROPS, type PodProps } from './pod-props';
import type { WorkloadContext, WorkloadShape } from './shape';
import { Workload } from './workload';

/** Objects of a node agent. */
export interface NodeAgentObjects extends WorkloadObjects {
  daemonSet: DaemonSet;
}
/** Props of a NodeAgent. */
export interface NodeAgentProps extends PodProps, AgentParts {
  /** Folders of the node, read-only; needs a privileged tenant. @default - none */
  readonly hostPaths?: readonly (Path | HostPath)[];
  /** The node's network; needs a privileged tenant, and no network policy applies to it. @default - the pod's own */
  readonly hostNetwork?: Because;
  /** Nodes updated at once: number or percent. @default '10%' */
  readonly maxUnavailable?: number | string;
  /** @default - none */
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
/** '-' and 5 random characters fit behind it. */
const MAX_NAME = 57;
const MAX_UNAVAILABLE = '10%';

/** What a node agent has besides its pods. */
interface NodeAgentModel {
  readonly maxUnavailable: number | string;
}

/** One pod a node: DaemonSet. It tolerates every taint, since it serves every node. */
export class NodeAgent extends Workload<NodeAgentModel> {
  /** The DaemonSet. */
  readonly daemonSet: KubeObject<DaemonSet>;

  constructor(scope: Construct, id: string, props: NodeAgentProps) {
    super(scope, id, {
      props,
      keys: PROPS,
      maxName: MAX_NAME,
      describe: (context) => ({ shape: shapeOf(context, props), model: resolve(context.check, props) }),
    });
    this.daemonSet = this.object<DaemonSet>('DaemonSet', 'apps/v1', 'DaemonSet', (m) =>
      daemonSet(m, this.template(), this.model),
    );
    applyEdits(this.check, props.customize, { ...this.commonObjects(), daemonSet: this.daemonSet });
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
    services: [],
    probes: agent.probes,
    metrics: agent.metrics,
    traffic: 'none',
    defaultPriority: 'agent',
    // one a node already
    defaultSpread: 'none',
    toleratesAll: true,
    restartPolicy: 'Always',
    hostNetwork: props.hostNetwork !== undefined,
    podAnnotations: props.hostNetwork && {
      [`${ANNOTATION_PREFIX}/host-network-because`]: props.hostNetwork.because,
    },
    ...hostVolumes(check, props.hostPaths ?? []),
  };
}

function resolve(check: Check, props: NodeAgentProps): NodeAgentModel {
  const maxUnavailable = check.numberOrPercent('maxUnavailable', props.maxUnavailable ?? MAX_UNAVAILABLE);
  if (maxUnavailable === 0 || maxUnavailable === '0%') {
    check.fail('maxUnavailable is 0: no node could ever be updated', "write 1 or more, or '10%'");
  }
  return { maxUnavailable };
}

/** What reaches into the node is refused where the namespace would refuse it. */
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
