import { isObject } from '../../../../kube/loose';
import type { Draft } from '../draft';
import { isEmpty } from '../values';
import type { Defaults } from './default';

const THREE_HOURS = 10800;
const WITH_NODES: ReadonlySet<unknown> = new Set(['NodePort', 'LoadBalancer']);
const WITH_ADDRESS: ReadonlySet<unknown> = new Set(['ClusterIP', 'NodePort', 'LoadBalancer']);

function serviceSpec(draft: Draft): void {
  draft.sessionAffinity ||= 'None';
  if (draft.sessionAffinity === 'None') {
    draft.sessionAffinityConfig = undefined;
  } else if (draft.sessionAffinity === 'ClientIP') {
    draft.sessionAffinityConfig = affinityConfig(draft.sessionAffinityConfig);
  }
  draft.type ||= 'ClusterIP';
  const fromOutside = WITH_NODES.has(draft.type) || (draft.type === 'ClusterIP' && !isEmpty(draft.externalIPs));
  if (fromOutside) {
    draft.externalTrafficPolicy ||= 'Cluster';
  }
  if (WITH_ADDRESS.has(draft.type)) {
    draft.internalTrafficPolicy ??= 'Cluster';
  } else {
    // the server leaves it out when it is read
    draft.internalTrafficPolicy = undefined;
  }
  if (draft.type === 'LoadBalancer') {
    draft.allocateLoadBalancerNodePorts ??= true;
  }
}

function affinityConfig(config: unknown): unknown {
  const seconds = isObject(config) && isObject(config.clientIP) ? config.clientIP.timeoutSeconds : undefined;
  return seconds === undefined || seconds === null ? { clientIP: { timeoutSeconds: THREE_HOURS } } : config;
}

export const NETWORK_DEFAULTS: Defaults = {
  IngressClassParametersReference: { values: { scope: 'Cluster' } },
  NetworkPolicyPort: { values: { protocol: 'TCP' } },
  NetworkPolicySpec: {
    fill: (draft) => {
      if (isEmpty(draft.policyTypes)) {
        draft.policyTypes = isEmpty(draft.egress) ? ['Ingress'] : ['Ingress', 'Egress'];
      }
    },
  },
  ServicePort: {
    values: { protocol: 'TCP' },
    fill: (draft) => {
      draft.targetPort ||= draft.port;
    },
  },
  ServiceSpec: { fill: serviceSpec },
  'core.EndpointPort': { values: { protocol: 'TCP' } },
  'discovery.EndpointPort': { values: { name: '', protocol: 'TCP' } },
};
