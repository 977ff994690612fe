import { describe } from '../../kube/describe';
import { selectorLabels } from '../../kube/labels';
import type { Check } from '../core/check';
import type { ClusterContext } from '../core/cluster-context';
import type { ObjectMeta, Service } from '../core/k8s';
import { type PortModel, type Ports, resolvePorts, servicePorts } from '../core/ports';
import type { NamedPorts } from '../core/url-scheme';
import type { PodReferences } from '../core/workload-info';

/** How the pods of the other workloads call an agent. */
export type Reach = 'service' | 'node-ip';

/** Props of an agent that is called. P is the union of the names in `port`. */
export interface AgentPorts<P extends string = string> {
  /** The ports on which it is called: one number, or ports by name. @default - none: it is not called */
  readonly port?: Ports<P>;
  /**
   * How a pod calls the agent of its own node: 'service' by a Service that sends traffic only to that agent
   * (internalTrafficPolicy: Local); 'node-ip' by the address of the node, on a port of the node (hostPort), for clients that
   * are configured with one. The latter requires a tenant of level 'privileged'.
   *
   * @default 'service' - no port of the node is open, and policies select pods
   * @see https://kubernetes.io/docs/concepts/services-networking/service-traffic-policy/
   */
  readonly reach?: Reach;
}

/** The validated ports of an agent. */
export interface AgentPortsModel {
  readonly ports: readonly PortModel[];
  /** Whether `port` is a number. */
  readonly sole: boolean;
  /** undefined where nothing calls it. */
  readonly reach: Reach | undefined;
}

export function resolveAgentPorts(check: Check, { port, reach }: AgentPorts, hostNetwork: boolean): AgentPortsModel {
  if (reach !== undefined) {
    check.oneOf('reach', reach, ['service', 'node-ip']);
  }
  if (port === undefined) {
    if (reach !== undefined) {
      check.fail('required', 'port', `port is required with reach, but is ${describe(port)}`, 'write port: 4317');
    }
    return { ports: [], sole: false, reach: undefined };
  }
  const way = reach ?? 'service';
  const models = resolvePorts(check, port, 'main');
  // in the network of the node every port is one of the node's
  const ofNode = way === 'node-ip' && !hostNetwork;
  return {
    ports: ofNode ? models.map((model) => ({ ...model, hostPort: model.port })) : models,
    sole: typeof port === 'number',
    reach: way,
  };
}

/** The port of that name; the first one without a name. */
export function agentPort(check: Check, { ports }: AgentPortsModel, name: string | undefined, of: string): PortModel {
  const port = name === undefined ? ports[0] : ports.find((p) => p.name === name);
  const names = ports.map((p) => `'${p.name}'`).join(', ');
  return (
    port ??
    check.fail(
      ports.length === 0 ? 'required' : 'unsupported',
      ports.length === 0 ? 'port' : '',
      ports.length === 0 ? `port is required for ${of}` : `the port of ${of} must be one of ${names}, but is '${name}'`,
      ports.length === 0 ? 'write port: 4317, or ports by name' : `use one of ${names}`,
    )
  );
}

/** The names of the ports, which a port that is a number has not. */
export const portNames = ({ ports, sole }: AgentPortsModel): NamedPorts => ({
  names: sole ? [] : ports.map(({ name }) => name),
  main: ports[0]?.name,
});

/** Refuses an address of the way that the agent is not reached by. */
export function checkReach(check: Check, { reach }: AgentPortsModel, wanted: Reach, of: string): void {
  if (reach !== undefined && reach !== wanted) {
    check.fail(
      'unsupported',
      'reach',
      `${of} needs reach: '${wanted}', but it is '${reach}'`,
      wanted === 'service' ? 'use nodeUrl() or nodeAddress()' : "write reach: 'node-ip', or use url() or address",
    );
  }
}

/** host:port of the node that the calling pod runs on, for a variable. An address of IPv6 has brackets. */
export function nodeAddress(cluster: ClusterContext | undefined, port: number) {
  const [before, after] = cluster?.ipFamily === 'IPv6' ? ['[', ']'] : ['', ''];
  return ({ nodeIp }: PodReferences): string => `${before}${nodeIp}${after}:${port}`;
}

export function agentService(metadata: ObjectMeta & { name: string }, { ports }: AgentPortsModel): Service {
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata,
    spec: {
      internalTrafficPolicy: 'Local',
      ports: servicePorts(ports),
      selector: selectorLabels(metadata.name),
      type: 'ClusterIP',
    },
  };
}
