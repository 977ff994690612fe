import type { Region } from '../../eks/values';
import type { PodIdentityAssociation } from '../../eksctl/types';
import type { ClusterFacts, Requirement, Step } from '../core/requirements';
import { statementsOf } from './allowed';
import type { AwsAccess } from './aws-props';
import { policyArns, policyDocument, wellKnown } from './policy-document';
import type { AwsStatement } from './statement';

/** A service account and its permissions. */
export interface AwsIdentity {
  readonly path: string;
  readonly namespace: string;
  readonly serviceAccountName: string;
  readonly aws: AwsAccess | undefined;
  /** Statements for the secrets that the pod mounts. */
  readonly extra: readonly AwsStatement[];
}

/** The pod identity association of a workload, and steps for the owner of a role that is not made here. */
export function identityRequirements(identity: AwsIdentity): Requirement[] {
  const { aws, extra, namespace, serviceAccountName, path } = identity;
  if (!aws && extra.length === 0) {
    return [];
  }
  const because = `'${path}' has permissions in AWS`;
  const account = `${namespace}/${serviceAccountName}`;
  const step = (id: string, of: (cluster: ClusterFacts) => Step): Requirement => ({
    id: `step/${id}/${path}`,
    because,
    check: (cluster) => ({ status: 'provided', addition: { kind: 'step', step: of(cluster) } }),
  });
  const found: Requirement[] = [
    {
      id: `pod-identity/${account}`,
      need: { kind: 'pod-identity', name: account },
      because,
      check: ({ region }) => ({
        status: 'provided',
        addition: { kind: 'pod-identity', association: associationOf(identity, region) },
      }),
    },
  ];
  const { role, targetRole } = aws ?? {};
  // the pods have the permissions of the last role
  const last = targetRole ?? role;
  if (last !== undefined && extra.length > 0) {
    found.push(step(`Permissions of role ${last}`, () => permissionsStep(path, last, extra)));
  }
  if (targetRole !== undefined) {
    if (role !== undefined) {
      found.push(step(`Permissions of role ${role}`, () => permissionsStep(path, role, [takeOn(targetRole)])));
    }
    found.push(step(`Trust of role ${targetRole}`, (cluster) => trustStep(identity, targetRole, cluster)));
  }
  return found;
}

const takeOn = (role: string): AwsStatement => ({ actions: ['sts:AssumeRole', 'sts:TagSession'], resources: [role] });

function associationOf({ aws, extra, ...account }: AwsIdentity, region: Region): PodIdentityAssociation {
  const { namespace, serviceAccountName } = account;
  const { role, targetRole, sessionTags, managedPolicies = [], wellKnownPolicies = [] } = aws ?? {};
  const subject = {
    namespace,
    serviceAccountName,
    createServiceAccount: false,
    ...(sessionTags === false ? { disableSessionTags: true } : {}),
    ...(targetRole === undefined ? {} : { targetRoleARN: targetRole }),
  };
  if (role !== undefined) {
    return { ...subject, roleARN: role };
  }
  const statements = targetRole === undefined ? [...statementsOf(aws, region), ...extra] : [takeOn(targetRole)];
  return {
    ...subject,
    ...(statements.length > 0 ? { permissionPolicy: policyDocument(statements) } : {}),
    ...(managedPolicies.length > 0 ? { permissionPolicyARNs: policyArns(region, managedPolicies) } : {}),
    ...(wellKnownPolicies.length > 0 ? { wellKnownPolicies: wellKnown(wellKnownPolicies) } : {}),
    ...(aws?.permissionsBoundary === undefined ? {} : { permissionsBoundaryARN: aws.permissionsBoundary }),
  };
}

function permissionsStep(path: string, role: string, statements: readonly AwsStatement[]): Step {
  const list = statements.map((s) => `\`${s.actions.join(', ')}\` on \`${s.resources.join(', ')}\``).join('; ');
  return {
    title: `Permissions of role ${role}`,
    text: `The role of '${path}' exists already; allow it ${list}.`,
  };
}

/** Role and ID of the association are known once the cluster exists: the shell fills them in. */
function trustStep({ path, namespace, serviceAccountName }: AwsIdentity, target: string, cluster: ClusterFacts): Step {
  const statement = {
    Effect: 'Allow',
    Principal: { AWS: '$1' },
    Action: ['sts:AssumeRole', 'sts:TagSession'],
    Condition: { StringEquals: { 'sts:ExternalId': '$2' } },
  };
  const of = `--cluster-name ${cluster.name} --region ${cluster.region}`;
  return {
    title: `Trust of role ${target}`,
    text: `'${path}' takes it on from its own role. After the cluster exists, the commands print the statement that its trust policy needs; the owner of the role adds it.`,
    commands: [
      [
        `ID=$(aws eks list-pod-identity-associations ${of} --namespace ${namespace} --service-account ${serviceAccountName} --query 'associations[0].associationId' --output text)`,
        `set -- $(aws eks describe-pod-identity-association ${of} --association-id "$ID" --query 'association.[roleArn,externalId]' --output text)`,
        'cat <<EOF',
        JSON.stringify(statement, undefined, 2),
        'EOF',
      ].join('\n'),
    ],
  };
}
