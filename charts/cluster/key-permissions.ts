import { ADDONS } from '../../eks/addons';
import { managedPolicyArn } from '../../eks/arn';
import type { StorageClass } from '../../imports/kubernetes';
import type { Manifest } from '../../kube/objects';
import type { Requirement } from '../core/requirements';
import { addonPermissions, addPolicy, addStatements } from './addon-permissions';

const EBS = 'aws-ebs-csi-driver';

/**
 * The permissions to encrypt the volumes of a class with its own KMS key, which no managed policy has: those of the add-on in
 * a ClusterConfig, a step where the driver is a part of Auto Mode or the cluster is made elsewhere.
 *
 * @see https://docs.aws.amazon.com/eks/latest/userguide/ebs-csi.html
 */
export function keyPermissions(manifest: Manifest): readonly Requirement[] {
  const key = keyOf(manifest);
  if (key === undefined) {
    return [];
  }
  const statements = keyStatements(key);
  const ofAddon = addonPermissions(EBS, key, (association, region) => {
    // eksctl gives the recommended policy only where the add-on has no association of its own
    addPolicy(association, managedPolicyArn(region, ADDONS[EBS]!.needs!.policy!));
    addStatements(association, statements);
  });
  return [
    {
      ...ofAddon,
      check: (cluster) =>
        cluster.made && cluster.compute === 'node-groups'
          ? ofAddon.check(cluster)
          : {
              status: 'provided',
              addition: {
                kind: 'step',
                step: {
                  title: `KMS key ${key}`,
                  text: `Volumes are encrypted with it. Allow its use to ${cluster.compute === 'auto' ? 'the IAM role of the cluster' : 'the role of the driver of EBS'}, by a policy of the role or of the key: ${ACTIONS.join(', ')}, and ${GRANTS.join(', ')} where \`kms:GrantIsForAWSResource\` is true.`,
                },
              },
            },
    },
  ];
}

const ACTIONS = ['kms:Encrypt', 'kms:Decrypt', 'kms:ReEncrypt*', 'kms:GenerateDataKey*', 'kms:DescribeKey'];
const GRANTS = ['kms:CreateGrant', 'kms:ListGrants', 'kms:RevokeGrant'];

function keyStatements(key: string): object[] {
  return [
    { Effect: 'Allow', Action: ACTIONS, Resource: [key] },
    { Effect: 'Allow', Action: GRANTS, Resource: [key], Condition: { Bool: { 'kms:GrantIsForAWSResource': 'true' } } },
  ];
}

/** The ARN of the key of a class; the driver takes an id or an alias as well, of which IAM has no resource. */
function keyOf(manifest: Manifest): string | undefined {
  const { parameters = {} } = manifest as unknown as Partial<StorageClass>;
  const [, key] = Object.entries(parameters).find(([name]) => name.toLowerCase() === 'kmskeyid') ?? [];
  return manifest.kind === 'StorageClass' && typeof key === 'string' && key.includes(':key/') ? key : undefined;
}
