import type { IConstruct } from 'constructs';
import { clusterOf } from '../core/cluster-context';
import type { AuthorizationPolicy, NetworkPolicy, PeerAuthentication } from '../core/k8s';
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

export function networkObjects(workload: Networked, make: ObjectFactory): NetworkObjects {
  const { connections, shape, tenant } = workload;
  const { owner } = connections;
  const { ports, hasMembers, memberPorts = policyPorts(ports) } = shape;
  const members = hasMembers ? memberPorts : [];
  const mesh = tenant?.mesh;
  const self: Meshed | undefined = mesh?.provider === 'istio' && !shape.hostNetwork ? { ...owner, mesh } : undefined;
  const ingress = () => [...connections.ingress, ...memberRules(owner, members)];
  // who may call there is said by auth policies of VPC Lattice
  const lattice = (): readonly PolicyRule[] =>
    mesh?.provider === 'lattice' && shape.clientPorts.length > 0
      ? [{ peers: latticePeers(clusterOf(workload.construct)), ports: policyPorts(shape.clientPorts) }]
      : [];
  const listens = ports.length > 0 || shape.metrics !== undefined || members.length > 0;
  const authorizes = self?.mesh.authorizes && tenant?.isolated && listens;
  return {
    networkPolicy: tenant?.isolated
      ? make<NetworkPolicy>('NetworkPolicy', 'networking.k8s.io/v1', 'NetworkPolicy', (metadata) => {
          const { egress } = connections;
          const called = [...egress, ...memberRules(owner, members)];
          return workloadPolicy(metadata, {
            owner,
            egress: [...egress, ...(self ? tunnelRules(called, self) : [])],
            ingress: [...connections.ingress, ...(self ? tunnelRules(ingress(), self) : lattice())],
            memberPorts: members,
            callsAws: workload.callsAws,
            callsKubernetes: workload.callsKubernetes(),
            cluster: clusterOf(workload.construct),
          });
        })
      : undefined,
    peerAuthentication:
      self && listens && self.mesh.permissiveBecause === undefined
        ? make<PeerAuthentication>('PeerAuthentication', SECURITY, 'PeerAuthentication', (metadata) =>
            peerAuthentication(metadata, self, ingress()),
          )
        : undefined,
    authorizationPolicy: authorizes
      ? make<AuthorizationPolicy>('AuthorizationPolicy', SECURITY, 'AuthorizationPolicy', (metadata) =>
          authorizationPolicy(metadata, self, ingress()),
        )
      : undefined,
  };
}
