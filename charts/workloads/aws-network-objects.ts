import type { ApplicationNetworkPolicy, SecurityGroupPolicy } from '../core/k8s';
import type { KubeObject } from '../core/kube-object';
import { Requirements } from '../core/requirements';
import type { Connections } from '../network/connections';
import { domainPolicy, domainsRequirement } from '../network/domains';
import { checkSecurityGroups, securityGroupPolicy } from '../network/security-groups';
import type { ObjectFactory } from './objects';
import type { WorkloadContext, WorkloadShape } from './shape';

/** What AwsNetworkObjects are made of. */
interface AwsNetworkParts {
  readonly shape: WorkloadShape;
  readonly connections: Connections;
  readonly make: ObjectFactory;
  /** Whether it has a NetworkPolicy. */
  readonly isolated: boolean;
}

/** What AWS offers beside network policies: domain names, and security groups of pods. */
export class AwsNetworkObjects {
  readonly securityGroupPolicy: KubeObject<SecurityGroupPolicy> | undefined;
  private domains: KubeObject<ApplicationNetworkPolicy> | undefined;
  private readonly connections: Connections;
  private readonly make: ObjectFactory;
  private readonly isolated: boolean;

  constructor(context: WorkloadContext, parts: AwsNetworkParts) {
    const { check, props } = context;
    const { shape, make } = parts;
    this.connections = parts.connections;
    this.make = make;
    this.isolated = parts.isolated;
    const { securityGroups } = props;
    this.update();
    if (securityGroups !== undefined) {
      checkSecurityGroups(check, securityGroups, { hostNetwork: shape.hostNetwork, os: props.placement?.os });
      this.securityGroupPolicy = make<SecurityGroupPolicy>(
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
    const { connections } = this;
    if (this.domains || !this.isolated || !connections.callsDomains) {
      return;
    }
    const { construct, name } = connections.owner;
    const [first] = connections.calledDomains;
    this.domains = this.make<ApplicationNetworkPolicy>(
      'ApplicationNetworkPolicy',
      'networking.k8s.aws/v1alpha1',
      'ApplicationNetworkPolicy',
      (metadata) => domainPolicy(metadata, name, connections.calledDomains),
      `${name}-domains`,
    );
    Requirements.add(construct, domainsRequirement(`'${construct.node.path}' connects to ${first!.domain}`));
  }
}
