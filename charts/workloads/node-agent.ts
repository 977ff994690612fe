import type { Construct } from 'constructs';
import { describe } from '../../kube/describe';
import { ANNOTATION_PREFIX, selectorLabels } from '../../kube/labels';
import type { KeyTable } from '../../kube/values';
import type { Check } from '../core/check';
import { addCheck } from '../core/checks';
import { clusterOf } from '../core/cluster-context';
import { applyCustomize } from '../core/customize';
import type { DaemonSet, ObjectMeta, PodTemplate, Service } from '../core/k8s';
import type { KubeObject } from '../core/kube-object';
import type { PortModel } from '../core/ports';
import type { TenantContext } from '../core/tenant-context';
import { checkScheme } from '../core/url-scheme';
import type { Because, Customize, Path } from '../core/values';
import type { PodReferences } from '../core/workload-info';
import type { WrittenDaemonSet, WrittenService } from '../core/written';
import { type Connectable, type ConnectionTarget, policyPorts, vpcPeers } from '../network/targets';
import { type HostPath, hostVolumes } from '../pods/host-paths';
import { checkLevel } from '../pods/security';
import { MIN_READY_SECONDS, REVISIONS } from '../scaling/availability';
import { type AgentParts, resolveAgent } from './agent-parts';
import {
  type AgentPorts,
  type AgentPortsModel,
  agentPort,
  agentService,
  checkReach,
  nodeAddress,
  portNames,
  resolveAgentPorts,
} from './agent-ports';
import type { WorkloadObjects } from './objects';
import { POD_PROPS, type PodProps } from './pod-props';
import type { WorkloadContext, WorkloadShape } from './shape';
import { Workload } from './workload';

/** Objects of a NodeAgent, by the names that `customize` uses. */
export interface NodeAgentObjects extends WorkloadObjects {
  daemonSet: WrittenDaemonSet;
  service: WrittenService;
}
/** Props of a NodeAgent. P is the union of the names in `port`. */
export interface NodeAgentProps<P extends string = string> extends PodProps, AgentParts, AgentPorts<P> {
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
  /**
   * Sees the processes of the node, with a reason, which becomes an annotation. Requires a tenant of level 'privileged'.
   *
   * @default - the pod sees its own processes
   */
  readonly hostPID?: Because;
  /** Nodes that are updated at once: 1 or more, or a percentage. @default '10%' - an update must not stop the agent everywhere */
  readonly maxUnavailable?: number | string;
  /** Edits of the rendered objects: { daemonSet: (d) => { ... } }. Runs last. @default - none */
  readonly customize?: Customize<NodeAgentObjects>;
}

const PROPS: KeyTable<NodeAgentProps> = {
  ...POD_PROPS,
  probes: 'object',
  metrics: 'object',
  hostPaths: 'list',
  hostNetwork: 'object',
  hostPID: 'object',
  port: true,
  reach: true,
  maxUnavailable: true,
  customize: 'object',
};
/** The name of a pod is the id, '-' and 5 random characters: 63 at most. */
const MAX_NAME = 57;
const MAX_UNAVAILABLE = '10%';

/** The validated props of the DaemonSet. */
interface NodeAgentModel {
  readonly called: AgentPortsModel;
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
export class NodeAgent<P extends string = never> extends Workload<NodeAgentModel> implements Connectable {
  /** The Service of its ports; undefined without `port`, and with reach: 'node-ip'. */
  readonly service: KubeObject<WrittenService> | undefined;
  /** DNS name of the Service; undefined without one. */
  readonly host: string | undefined;
  /** Number of the main port; undefined without `port`. */
  readonly port: number | undefined;
  readonly daemonSet: KubeObject<WrittenDaemonSet>;

  constructor(scope: Construct, id: string, props: NodeAgentProps<P>) {
    super(scope, id, {
      props,
      keys: PROPS,
      maxName: MAX_NAME,
      controller: 'daemonSet',
      describe: (context) => {
        const called = resolveAgentPorts(context.check, props as AgentPorts, props.hostNetwork !== undefined);
        return { shape: shapeOf(context, props, called), model: resolve(context.check, props, called) };
      },
    });
    const { called } = this.model;
    this.port = called.ports[0]?.port;
    if (called.reach === 'service') {
      this.host = `${this.name}.${this.namespace}.svc.cluster.local`;
      this.service = this.object<Service>('Service', 'v1', 'Service', (m) => agentService(m, called));
    }
    checkNodeRange(this, called.reach === 'node-ip' || (this.shape.hostNetwork ?? false), called);
    this.daemonSet = this.object<DaemonSet>('DaemonSet', 'apps/v1', 'DaemonSet', (m) =>
      daemonSet(m, this.podTemplate(), this.model),
    );
    const own = { daemonSet: this.daemonSet, service: this.service };
    applyCustomize(this.check, props.customize, this.commonObjects(), own);
  }

  /** host:port of the Service, with the main port. Only with reach: 'service'. */
  get address(): string {
    return this.serviceAddress('address');
  }

  /** A URL of the Service, which leads to the agent of the caller's node. Only with reach: 'service'. @param port @default - the main port */
  url(scheme: string, port?: P): string {
    const { called } = this.model;
    checkScheme(this.check, 'url', scheme, port, portNames(called));
    return `${scheme}://${this.serviceAddress('url()', port)}`;
  }

  /** 'host:port' of the caller's node, as a value of `env`. Only with reach: 'node-ip'. @param port @default - the main port */
  nodeAddress(port?: P): (self: PodReferences) => string {
    const { called } = this.model;
    checkReach(this.check, called, 'node-ip', 'nodeAddress()');
    return nodeAddress(clusterOf(this), agentPort(this.check, called, port, 'nodeAddress()').port);
  }

  /** A URL of the caller's node, as a value of `env`. Only with reach: 'node-ip'. @param port @default - the main port */
  nodeUrl(scheme: string, port?: P): (self: PodReferences) => string {
    checkScheme(this.check, 'nodeUrl', scheme, port, portNames(this.model.called));
    const address = this.nodeAddress(port);
    return (self) => `${scheme}://${address(self)}`;
  }

  /** A target for `connectsTo` with only these ports. */
  on(...ports: [P, ...P[]]): Connectable {
    const chosen = ports.map((name) => agentPort(this.check, this.model.called, name, 'on()'));
    return { toConnectionTarget: () => this.targetOf(chosen) };
  }

  /** The agents, on all ports. */
  toConnectionTarget(): ConnectionTarget {
    agentPort(this.check, this.model.called, undefined, 'connectsTo');
    return this.targetOf(this.model.called.ports);
  }

  private serviceAddress(of: string, port?: P): string {
    const { called } = this.model;
    checkReach(this.check, called, 'service', of);
    return `${this.host}:${agentPort(this.check, called, port, of).port}`;
  }

  private targetOf(ports: readonly PortModel[]): ConnectionTarget {
    const byNode = this.model.called.reach === 'node-ip' || this.shape.hostNetwork === true;
    return { peers: (byNode && vpcPeers(clusterOf(this))) || [], ports: policyPorts(ports), workload: this };
  }
}

function shapeOf(
  { check, name, namespace, tenant, props: { security } }: WorkloadContext,
  props: NodeAgentProps,
  called: AgentPortsModel,
): WorkloadShape {
  const agent = resolveAgent(check, props, called.ports);
  checkHost(check, props, tenant);
  return {
    component: 'node-agent',
    controller: 'daemonSet',
    self: { name, namespace },
    ports: agent.ports,
    clientPorts: called.ports,
    probes: agent.probes,
    metrics: agent.metrics,
    traffic: called.reach === 'service' ? 'service' : 'none',
    defaultPriority: 'agent',
    maxPods: undefined,
    // a DaemonSet has one pod per node already
    defaultSpread: 'none',
    toleratesAll: true,
    restartPolicy: 'Always',
    hostNetwork: props.hostNetwork !== undefined,
    hostPID: props.hostPID !== undefined,
    volumesProp: 'hostPaths',
    podAnnotations: {
      ...(props.hostNetwork && { [`${ANNOTATION_PREFIX}/host-network-because`]: props.hostNetwork.because }),
      ...(props.hostPID && { [`${ANNOTATION_PREFIX}/host-pid-because`]: props.hostPID.because }),
    },
    ...hostVolumes(check, props.hostPaths ?? [], { privileged: security?.privileged !== undefined }),
  };
}

function resolve(check: Check, props: NodeAgentProps, called: AgentPortsModel): NodeAgentModel {
  const maxUnavailable = check.numberOrPercent('maxUnavailable', props.maxUnavailable ?? MAX_UNAVAILABLE);
  if (maxUnavailable === 0 || maxUnavailable === '0%') {
    check.fail(
      'invalid',
      'maxUnavailable',
      `maxUnavailable must be above 0, but is ${describe(maxUnavailable)}: no node would be updated`,
      "write 1 or more, or a percentage such as '10%'",
    );
  }
  return { maxUnavailable, called };
}

/** In an IPv6 cluster only AWS may know the range of the nodes, so that no rule can name it. */
function checkNodeRange(agent: Construct, byNode: boolean, { ports }: AgentPortsModel): void {
  addCheck(agent, (report) => {
    const cluster = clusterOf(agent);
    if (byNode && ports.length > 0 && cluster && vpcPeers(cluster) === undefined) {
      report({
        rule: 'network/node-range',
        severity: 'warning',
        field: 'port',
        message: `the nodes of cluster '${cluster.facts.name}' have addresses of a range that is not known, so no egress rule of a client names it: only the VPC CNI lets a pod call its own node without one`,
        fix: "set a range of your own on the cluster: config: { vpc: { ipv6Cidr: '2001:db8:1234::/56', ipv6Pool: '...' } }",
      });
    }
  });
}

/** Access to the node is refused where the level of the namespace does not allow it. */
function checkHost(check: Check, props: NodeAgentProps, tenant: TenantContext | undefined): void {
  for (const field of ['hostNetwork', 'hostPID'] as const) {
    const reason = props[field];
    if (reason !== undefined) {
      check.keys<Because>(field, reason, { because: 'text' });
      check.because(field, reason.because);
    }
  }
  const asked = { hostPaths: props.hostPaths?.length, hostNetwork: props.hostNetwork, hostPID: props.hostPID };
  const found = Object.entries(asked).find(([, value]) => Boolean(value))?.[0];
  const byNode = props.reach === 'node-ip' ? 'reach' : undefined;
  const field = found ?? byNode;
  if (field) {
    checkLevel(check, field, 'privileged', tenant?.podSecurity ?? 'privileged');
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
