import type { Construct, IConstruct } from 'constructs';
import { CONTROLLERS } from '../../eks/controllers';
import type { Region } from '../../eks/values';
import { AppSlot } from '../core/app-state';
import { clusterOf } from '../core/cluster-context';
import { type Requirement, Requirements } from '../core/requirements';
import type { SecretStatement } from './aws-secret';
import { policyOf } from './secret-policy';
import type { SourceModel } from './secret-source';
import { allowAccount } from './store-account';

type Named = Extract<SourceModel, { kind: 'external' | 'store' }>;

export const API_VERSION = 'external-secrets.io/v1';
/** Of the operator, as its chart names it. */
const ACCOUNT = 'external-secrets';
/** To assume a role, with the session tags that EKS Pod Identity adds. */
const TAKE_ON = ['sts:AssumeRole', 'sts:TagSession'];

const asked = new AppSlot<(() => readonly SecretStatement[])[]>('external-secrets-permissions', () => []);

/** What the operator does for a construct, by the identity that the source says. */
export function allowReader(
  owner: Construct,
  source: Named,
  namespace: string,
  statements: (region: Region | undefined) => readonly SecretStatement[],
): void {
  if (source.kind === 'store') {
    return;
  }
  const { role, region } = source;
  const own = () => statements(region ?? clusterOf(owner)?.facts.region);
  if (source.by === 'irsa') {
    allowAccount(owner, source, namespace, own);
  } else {
    asked.of(owner).push(role === undefined ? own : () => [{ actions: TAKE_ON, resources: [role] }]);
  }
}

/** What is needed of the cluster; the owner of a store that exists, or of a role, allows what the operator does. */
export function operatorRequirements(
  owner: IConstruct,
  source: Named,
  statements: (region: Region | undefined) => readonly SecretStatement[],
): Requirement[] {
  const because = `'${owner.node.path}' is for External Secrets`;
  const api = Requirements.api(`${API_VERSION}/ExternalSecret`, { because });
  if (source.kind === 'store' || source.by === 'irsa') {
    return [api];
  }
  const { role } = source;
  return [
    api,
    Requirements.feature('pod-identity', { because }),
    operatorReads(owner),
    ...(role === undefined ? [] : [roleStep(owner, role, statements(source.region ?? clusterOf(owner)?.facts.region))]),
  ];
}

/** The same for every secret, so that it is added once. */
function operatorReads(owner: IConstruct): Requirement {
  const { namespace } = CONTROLLERS.externalSecrets;
  return {
    id: `pod-identity/${namespace}/${ACCOUNT}`,
    because: 'External Secrets reads secrets of AWS',
    check: () => ({
      status: 'provided',
      addition: {
        kind: 'pod-identity',
        association: {
          namespace,
          serviceAccountName: ACCOUNT,
          createServiceAccount: false,
          permissionPolicy: policyOf(asked.of(owner)),
        },
      },
    }),
  };
}

function roleStep(owner: IConstruct, role: string, statements: readonly SecretStatement[]): Requirement {
  const { namespace } = CONTROLLERS.externalSecrets;
  const list = statements.map((s) => `\`${s.actions.join(', ')}\` on \`${s.resources.join(', ')}\``).join('; ');
  return {
    id: `step/Role ${role}/${owner.node.path}`,
    because: `External Secrets assumes it for '${owner.node.path}'`,
    check: ({ name, region }) => ({
      status: 'provided',
      addition: {
        kind: 'step',
        step: {
          title: `Role ${role} of External Secrets`,
          text: `The role exists already. Its policy allows ${list}, and its trust policy \`sts:AssumeRole\` and \`sts:TagSession\` to the role of the operator, which the command prints.`,
          commands: [
            [
              `ID=$(aws eks list-pod-identity-associations --cluster-name ${name} --region ${region} --namespace ${namespace} --service-account ${ACCOUNT} --query 'associations[0].associationId' --output text)`,
              `aws eks describe-pod-identity-association --cluster-name ${name} --region ${region} --association-id "$ID" --query association.roleArn --output text`,
            ].join('\n'),
          ],
        },
      },
    }),
  };
}
