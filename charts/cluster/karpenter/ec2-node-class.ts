import { Construct } from 'constructs';
import type { Arn } from '../../../eks/values';
import type { KeyTable } from '../../../kube/values';
import { Check } from '../../core/check';
import { applyCustomize } from '../../core/customize';
import { KubeObject } from '../../core/kube-object';
import { type Requirement, Requirements } from '../../core/requirements';
import { checkName, clusterOfNodes } from '../auto-mode/scope';
import { clusterLabels } from '../cluster-objects';
import type { Ec2NodeClassProps } from './ec2-node-class-props';
import { ec2NodeClassSpec } from './ec2-node-class-spec';
import { addNodeRole, karpenterSubnets } from './node-roles';
import type { Ec2NodeClassManifest } from './objects';

const KEYS: KeyTable<Ec2NodeClassProps> = {
  ami: true,
  role: 'text',
  subnets: 'list',
  securityGroups: 'list',
  storage: 'object',
  kubelet: 'object',
  metadataHopLimit: true,
  userData: 'text',
  instanceStorePolicy: true,
  publicIp: 'boolean',
  detailedMonitoring: 'boolean',
  tags: 'map',
  customize: 'object',
};

/**
 * How nodes of a Karpenter of your own are made: an EC2NodeClass, for clusters with `karpenter`. NodePools name it.
 *
 * @example
 * const large = new Ec2NodeClass(cluster, 'large-disks', {
 *   ami: 'bottlerocket@v1.49.0',
 *   storage: { size: '500Gi', iops: 6000 },
 *   kubelet: { maxPods: 58 },
 * });
 * new NodePool(cluster, 'batch', { limits: { cpu: '200' }, capacityTypes: ['spot'], nodeClass: large });
 * @see https://karpenter.sh/docs/concepts/nodeclasses/
 */
export class Ec2NodeClass extends Construct {
  /** The EC2NodeClass object. */
  readonly ec2NodeClass: KubeObject<Ec2NodeClassManifest>;
  /** metadata.name, which is the construct id. */
  readonly name: string;
  /** The operating system of its nodes. */
  readonly system: 'linux' | 'windows';

  constructor(scope: Construct, id: string, props: Ec2NodeClassProps = {}) {
    super(scope, id);
    const check = Check.of(this);
    check.keys<Ec2NodeClassProps>('props', props ?? null, KEYS);
    const { facts } = clusterOfNodes(this, check, 'Ec2NodeClass', ['karpenter']);
    checkName(check, 'Ec2NodeClass', id, facts.made ? ['default'] : []);
    this.name = id;
    const { spec, system } = ec2NodeClassSpec(check, props, facts, karpenterSubnets(this));
    this.system = system;
    this.ec2NodeClass = new KubeObject<Ec2NodeClassManifest>(this, 'Ec2NodeClass', {
      apiVersion: 'karpenter.k8s.aws/v1',
      kind: 'EC2NodeClass',
      metadata: { name: id, labels: clusterLabels(facts.name) },
      spec,
    });
    applyCustomize(check, props.customize, { ec2NodeClass: this.ec2NodeClass });
    if (props.role !== undefined) {
      addNodeRole(this, spec.role);
      Requirements.add(this, nodeAccess(this.node.path, props.role, system));
    }
  }
}

/** Nodes join by an access entry of their operating system. */
function nodeAccess(path: string, role: Arn, system: 'linux' | 'windows'): Requirement {
  const type = system === 'windows' ? 'EC2_WINDOWS' : 'EC2_LINUX';
  return {
    id: `access-entry/${role}`,
    because: `nodes of '${path}' have this role`,
    check: ({ name, region, made }) => ({
      status: 'provided',
      addition: made
        ? { kind: 'access-entry', entry: { principalARN: role, type } }
        : {
            kind: 'step',
            step: {
              title: `Access of nodes with role ${role}`,
              text: `Nodes of '${path}' join the cluster with this role, which the controller of Karpenter has to be allowed to pass to EC2 (iam:PassRole).`,
              commands: [
                `aws eks create-access-entry --cluster-name ${name} --region ${region} --type ${type} --principal-arn ${role}`,
              ],
            },
          },
    }),
  };
}
