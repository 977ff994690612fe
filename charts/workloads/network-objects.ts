import { clusterOf } from '../core/cluster-context';
import type { ApplicationNetworkPolicy, NetworkPolicy, SecurityGroupPolicy } from '../core/k8s';
import type { KubeObject } from '../core/kube-object';
import { Requirements } from '../core/requirements';
import type { WrittenNetworkPolicy } from '../core/written';
import type { Connections } from '../network/connections';
import { domainPolicy, domainsRequirement } from '../network/domains';
import { workloadPolicy } from '../network/policy';
import { checkSecurityGroups, securityGroupPolicy } from '../network/security-groups';
import { policyPorts } from '../network/targets';
import type { ObjectFactory } from './object-factory';
import type { WorkloadContext, WorkloadShape } from './shape';

/** What NetworkObjects are made of. */
interface NetworkParts {
  readonly shape: WorkloadShape;
  readonly connections: Connections;
  readonly make: ObjectFactory;
  /** Whether its pods have a token for the Kubernetes API; known when the app is complete. */
  readonly hasToken: () => boolean;
}

/** The policies of the network of a workload, and its security groups. */
export class NetworkObjects {
  readonly networkPolicy: KubeObject<WrittenNetworkPolicy> | undefined;
  readonly securityGroupPolicy: KubeObject<SecurityGroupPolicy> | undefined;
  private domains: KubeObject<ApplicationNetworkPolicy> | undefined;

  constructor(
    private readonly context: WorkloadContext,
    private readonly parts: NetworkParts,
  ) {
    const { check, props } = context;
    const { securityGroups } = props;
    this.networkPolicy = context.tenant?.isolated ? this.policy() : undefined;
    this.update();
    if (securityGroups !== undefined) {
      checkSecurityGroups(check, securityGroups, { hostNetwork: parts.shape.hostNetwork, os: props.placement?.os });
      this.securityGroupPolicy = parts.make<SecurityGroupPolicy>(
        'SecurityGroupPolicy',
        'vpcresources.k8s.aws/v1beta1',
        'SecurityGroupPolicy',
        (metadata) => securityGroupPolicy(metadata, securityGroups),
      );
    }
  }

  /** The policy of the domain names that it connects to, of an isolated workload. */
  get applicationNetworkPolicy(): KubeObject<ApplicationNetworkPolicy> | undefined {
    return this.domains;
  }

  /** Makes the policy of domain names when the first is known. */
  update(): void {
    const { construct, name } = this.context;
    const { connections, make } = this.parts;
    const [first] = connections.calledDomains;
    if (this.domains || !first || !this.networkPolicy) {
      return;
    }
    this.domains = make<ApplicationNetworkPolicy>(
      'ApplicationNetworkPolicy',
      'networking.k8s.aws/v1alpha1',
      'ApplicationNetworkPolicy',
      (metadata) => domainPolicy(metadata, name, connections.calledDomains),
      `${name}-domains`,
    );
    Requirements.add(construct, domainsRequirement(`'${construct.node.path}' connects to ${first.domain}`));
  }

  private policy(): KubeObject<WrittenNetworkPolicy> {
    const { construct, props } = this.context;
    const { shape, connections, make, hasToken } = this.parts;
    const { ports, hasMembers, memberPorts = policyPorts(ports) } = shape;
    return make<NetworkPolicy>('NetworkPolicy', 'networking.k8s.io/v1', 'NetworkPolicy', (metadata) =>
      workloadPolicy(metadata, {
        owner: connections.owner,
        egress: connections.egress,
        ingress: connections.ingress,
        memberPorts: hasMembers ? memberPorts : [],
        callsAws: props.aws !== undefined,
        callsKubernetes: hasToken(),
        cluster: clusterOf(construct),
      }),
    );
  }
}
