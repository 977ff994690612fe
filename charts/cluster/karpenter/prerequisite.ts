import { partitionOf } from '../../../eks/arn';
import type { ClusterFacts, Prerequisite } from '../../core/requirements';
import { nodeRole } from './objects';

const NAMESPACE = 'kube-system';
const ACCOUNT = 'karpenter';

/**
 * How Karpenter is installed: the role of its nodes and its queue, their way into the cluster, and the controller.
 *
 * @param roles further roles of nodes
 */
export function karpenterPrerequisite(
  { name, region }: ClusterFacts,
  version: string,
  roles: readonly string[] = [],
): Prerequisite {
  const template = `https://raw.githubusercontent.com/aws/karpenter-provider-aws/v${version}/website/content/en/preview/getting-started/getting-started-with-karpenter/cloudformation.yaml`;
  const stack = [
    `curl -fsSL ${template} -o /tmp/karpenter-${name}.yaml`,
    [
      'aws cloudformation deploy',
      `--stack-name Karpenter-${name}`,
      `--region ${region}`,
      `--template-file /tmp/karpenter-${name}.yaml`,
      '--capabilities CAPABILITY_NAMED_IAM',
      `--parameter-overrides ClusterName=${name}`,
    ].join(' \\\n  '),
  ].join('\n');
  const entry = [
    'aws eks create-access-entry',
    `--cluster-name ${name}`,
    `--region ${region}`,
    '--type EC2_LINUX',
    `--principal-arn "arn:${partitionOf(region)}:iam::$(aws sts get-caller-identity --query Account --output text):role/${nodeRole(name)}"`,
  ].join(' \\\n  ');
  const helm = [
    'helm upgrade --install karpenter oci://public.ecr.aws/karpenter/karpenter',
    `--version ${version}`,
    `--namespace ${NAMESPACE}`,
    `--set settings.clusterName=${name}`,
    `--set settings.interruptionQueue=${name}`,
    `--set serviceAccount.name=${ACCOUNT}`,
    '--wait',
  ].join(' \\\n  ');
  return {
    name: 'Karpenter',
    commands: [stack, entry, helm],
    podIdentity: {
      namespace: NAMESPACE,
      serviceAccountName: ACCOUNT,
      permissionPolicy: controllerPolicy(name, region, [nodeRole(name), ...roles]),
    },
  };
}

/**
 * What the controller calls. Instances are made and ended by tag, so that those of others are not reached.
 *
 * @see https://karpenter.sh/docs/reference/cloudformation/
 */
function controllerPolicy(name: string, region: ClusterFacts['region'], roles: readonly string[]) {
  const partition = partitionOf(region);
  const owned = { StringEquals: { [`aws:ResourceTag/kubernetes.io/cluster/${name}`]: 'owned' } };
  const requested = { StringEquals: { [`aws:RequestTag/kubernetes.io/cluster/${name}`]: 'owned' } };
  const ec2 = (kind: string) => `arn:${partition}:ec2:${region}:*:${kind}/*`;
  const made = ['fleet', 'instance', 'volume', 'network-interface', 'launch-template', 'spot-instances-request'].map(
    ec2,
  );
  const profiles = `arn:${partition}:iam::*:instance-profile/*`;
  const passed = roles.map((role) => `arn:${partition}:iam::*:role/${role}`);
  const allow = (Action: string[], Resource: string | string[], Condition?: object) => ({
    Effect: 'Allow',
    Action,
    Resource,
    ...(Condition ? { Condition } : {}),
  });
  return {
    Version: '2012-10-17',
    Statement: [
      allow(
        ['ec2:RunInstances', 'ec2:CreateFleet'],
        [
          `arn:${partition}:ec2:${region}::image/*`,
          `arn:${partition}:ec2:${region}::snapshot/*`,
          ...['security-group', 'subnet', 'capacity-reservation', 'placement-group'].map(ec2),
        ],
      ),
      allow(['ec2:RunInstances', 'ec2:CreateFleet'], ec2('launch-template'), owned),
      allow(['ec2:RunInstances', 'ec2:CreateFleet', 'ec2:CreateLaunchTemplate', 'ec2:CreateTags'], made, requested),
      allow(['ec2:CreateTags', 'ec2:TerminateInstances', 'ec2:DeleteLaunchTemplate'], made, owned),
      allow(['ec2:Describe*', 'pricing:GetProducts'], '*'),
      allow(['ssm:GetParameter'], `arn:${partition}:ssm:${region}::parameter/aws/service/*`),
      allow(['eks:DescribeCluster'], `arn:${partition}:eks:${region}:*:cluster/${name}`),
      allow(['iam:PassRole'], passed.length === 1 ? passed[0]! : passed, {
        StringEquals: { 'iam:PassedToService': ['ec2.amazonaws.com', 'ec2.amazonaws.com.cn'] },
      }),
      allow(['iam:CreateInstanceProfile', 'iam:TagInstanceProfile'], profiles, requested),
      allow(
        [
          'iam:AddRoleToInstanceProfile',
          'iam:RemoveRoleFromInstanceProfile',
          'iam:DeleteInstanceProfile',
          'iam:TagInstanceProfile',
        ],
        profiles,
        owned,
      ),
      allow(['iam:GetInstanceProfile'], profiles),
      allow(['iam:ListInstanceProfiles'], '*'),
      allow(['sqs:DeleteMessage', 'sqs:GetQueueUrl', 'sqs:ReceiveMessage'], `arn:${partition}:sqs:${region}:*:${name}`),
    ],
  };
}
