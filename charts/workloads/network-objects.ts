import type { IConstruct } from 'constructs';
import { clusterOf } from '../core/cluster-context';
import type {
  AuthorizationPolicy,
  NetworkPolicy,
  NetworkPolicyPort,
  ObjectMeta,
  PeerAuthentication,
} from '../core/k8s';
import type { KubeObject } from '../core/kube-object';
import type { TenantContext } from '../core/tenant-context';
import type { WrittenNetworkPolicy } from '../core/written';
import type { Connections } from '../network/connections';
import { authorizationPolicy, peerAuthentication } from '../network/mesh/authorization';
import type { Meshed } from '../network/mesh/members';
import { latticePeers } from '../network/mesh/tenant-policy';
import { tunnelRules } from '../network/mesh/tunnel';
import { memberRules, type PolicyInput, type PolicyRule, workloadPolicy } from '../network/policy';
import { policyPorts } from '../network/targets';
import type { ObjectFactory } from './objects';
import type { WorkloadShape } from './shape';

/** Who may call a workload, and whom it may call. */
export interface NetworkObjects {
  /** Undefined unless the tenant is isolated. */
  readonly networkPolicy: KubeObject<WrittenNetworkPolicy> | undefined;
  /** Undefined unless the tenant is in Istio, and takes mutual TLS alone. */
  readonly peerAuthentication: KubeObject<PeerAuthentication> | undefined;
  /** Undefined unless the tenant is in Istio, and is isolated by it. */
  readonly authorizationPolicy: KubeObject<AuthorizationPolicy> | undefined;
}

/** What is known of a workload when its objects are rendered. */
interface Networked extends Pick<PolicyInput, 'callsAws'> {
  readonly construct: IConstruct;
  readonly connections: Connections;
  readonly shape: WorkloadShape;
  readonly tenant: TenantContext | undefined;
  readonly callsKubernetes: () => boolean;
}

const SECURITY = 'security.istio.io/v1';

const NONE: NetworkObjects = {
  networkPolicy: undefined,
  peerAuthentication: undefined,
  authorizationPolicy: undefined,
};
const NO_PORTS: readonly NetworkPolicyPort[] = [];

export function networkObjects(workload: Networked, make: ObjectFactory): NetworkObjects {
  const { connections, shape, tenant } = workload;
  const mesh = tenant?.mesh;
  const isolated = tenant?.isolated ?? false;
  if (!isolated && mesh?.provider !== 'istio') {
    return NONE;
  }
  const { owner } = connections;
  const { ports } = shape;
  const members = shape.hasMembers ? (shape.memberPorts ?? policyPorts(ports)) : NO_PORTS;
  const self: Meshed | undefined = mesh?.provider === 'istio' && !shape.hostNetwork ? { ...owner, mesh } : undefined;
  const listens = ports.length > 0 || shape.metrics !== undefined || members.length > 0;
  const authorizes = self?.mesh.authorizes && isolated && listens;
  return {
    networkPolicy: isolated
      ? make<NetworkPolicy>('NetworkPolicy', 'networking.k8s.io/v1', 'NetworkPolicy', (metadata) =>
          networkPolicy(metadata, workload, members, self),
        )
      : undefined,
    peerAuthentication:
      self && listens && self.mesh.permissiveBecause === undefined
        ? make<PeerAuthentication>('PeerAuthentication', SECURITY, 'PeerAuthentication', (metadata) =>
            peerAuthentication(metadata, self, ingressOf(connections, members)),
          )
        : undefined,
    authorizationPolicy: authorizes
      ? make<AuthorizationPolicy>('AuthorizationPolicy', SECURITY, 'AuthorizationPolicy', (metadata) =>
          authorizationPolicy(metadata, self, ingressOf(connections, members)),
        )
      : undefined,
  };
}

const ingressOf = (connections: Connections, members: readonly NetworkPolicyPort[]): readonly PolicyRule[] => [
  ...connections.ingress,
  ...memberRules(connections.owner, members),
];

function networkPolicy(
  metadata: ObjectMeta & { name: string },
  workload: Networked,
  members: readonly NetworkPolicyPort[],
  self: Meshed | undefined,
): NetworkPolicy {
  const { connections } = workload;
  const { egress, owner } = connections;
  const called = [...egress, ...memberRules(owner, members)];
  return workloadPolicy(metadata, {
    owner,
    egress: [...egress, ...(self ? tunnelRules(called, self) : [])],
    ingress: [
      ...connections.ingress,
      ...(self ? tunnelRules(ingressOf(connections, members), self) : latticeRules(workload)),
    ],
    memberPorts: members,
    callsAws: workload.callsAws,
    callsKubernetes: workload.callsKubernetes(),
    cluster: clusterOf(workload.construct),
  });
}

/** Who may call there is said by auth policies of VPC Lattice. */
const latticeRules = ({ construct, shape, tenant }: Networked): readonly PolicyRule[] =>
  tenant?.mesh?.provider === 'lattice' && shape.clientPorts.length > 0
    ? [{ peers: latticePeers(clusterOf(construct)), ports: policyPorts(shape.clientPorts) }]
    : [];
