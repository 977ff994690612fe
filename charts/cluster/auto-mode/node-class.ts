import { Construct } from 'constructs';
import { accessPolicyArn } from '../../../eks/arn';
import type { Arn } from '../../../eks/values';
import type { KeyTable } from '../../../kube/values';
import { Check } from '../../core/check';
import { applyCustomize } from '../../core/customize';
import type { NodeClass as NodeClassManifest } from '../../core/k8s';
import { KubeObject } from '../../core/kube-object';
import { type Requirement, Requirements } from '../../core/requirements';
import { clusterLabels } from '../cluster-objects';
import type { NodeClassProps } from './node-class-props';
import { nodeClassSpec } from './node-class-spec';
import { checkName, clusterOfNodes } from './scope';

const KEYS: KeyTable<NodeClassProps> = {
  role: 'text',
  instanceProfile: 'text',
  subnets: 'list',
  securityGroups: 'list',
  podSubnets: 'list',
  podSecurityGroups: 'list',
  storage: 'object',
  networkPolicy: true,
  networkPolicyLogs: 'boolean',
  snatPolicy: true,
  publicIp: 'boolean',
  ipv4PrefixSize: true,
  proxy: 'object',
  certificates: 'map',
  fips: 'boolean',
  capacityReservations: 'list',
  tags: 'map',
  customize: 'object',
};

/**
 * How EKS Auto Mode creates nodes: role, subnets, security groups, disk. A NodePool refers to it. Its name is the id.
 *
 * @example
 * const nodeClass = new NodeClass(cluster, 'private', {
 *   role: 'arn:aws:iam::111122223333:role/nodes',
 *   subnets: [{ tags: { tier: 'private' } }],
 * });
 * new NodePool(cluster, 'batch', { limits: { cpu: '64' }, nodeClass });
 *
 * @see https://docs.aws.amazon.com/eks/latest/userguide/create-node-class.html
 */
export class NodeClass extends Construct {
  /** The NodeClass object. */
  readonly nodeClass: KubeObject<NodeClassManifest>;
  /** metadata.name, which is the construct id. */
  readonly name: string;

  constructor(scope: Construct, id: string, props: NodeClassProps) {
    super(scope, id);
    const check = Check.of(this);
    check.keys<NodeClassProps>('props', props ?? null, KEYS);
    const { facts } = clusterOfNodes(this, check, 'NodeClass', ['auto']);
    checkName(check, 'NodeClass', id, ['default']);
    this.name = id;
    this.nodeClass = new KubeObject<NodeClassManifest>(this, 'NodeClass', {
      apiVersion: 'eks.amazonaws.com/v1',
      kind: 'NodeClass',
      metadata: { name: id, labels: clusterLabels(facts.name) },
      spec: nodeClassSpec(check, props, facts),
    });
    applyCustomize(check, props.customize, { nodeClass: this.nodeClass });
    Requirements.add(this, nodeAccess(this.node.path, props.role));
  }
}

/** EKS creates the access entry of the role of its own class only. */
function nodeAccess(path: string, role: Arn): Requirement {
  return {
    id: `access-entry/${role}`,
    because: `nodes of '${path}' have this role`,
    check: ({ region }) => ({
      status: 'provided',
      addition: {
        kind: 'access-entry',
        entry: {
          principalARN: role,
          type: 'EC2',
          accessPolicies: [
            {
              policyARN: accessPolicyArn(region, 'AmazonEKSAutoNodePolicy'),
              accessScope: { type: 'cluster' },
            },
          ],
        },
      },
    }),
  };
}
