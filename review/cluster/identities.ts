import type { IConstruct } from 'constructs';
import { ManifestError } from '../../charts/core/errors';
import { OS } from '../../eks/node-labels';
import { type AccountRole, associationsOf, irsaRolesOf } from '../../eksctl/roles';
import { addTo } from '../../kube/collections';
import { errorAt, namespaceIn, title } from '../../kube/objects';
import type { FitFindings, FitInput, FitObject, FitWarning } from './input';
import { podObjects } from './pods';

const ROLE_ANNOTATION = 'eks.amazonaws.com/role-arn';

/** Service accounts with two roles, of which AWS takes one, and permissions that do not arrive. */
export function identityFindings(input: FitInput): FitFindings {
  const { config, objects } = input;
  const byAccount = new Map<string, AccountRole[]>();
  for (const role of [...associationsOf(config), ...irsaRolesOf(config)]) {
    addTo(byAccount, role.account, role);
  }
  const accounts = objects.filter(({ manifest }) => manifest.kind === 'ServiceAccount' && manifest.apiVersion === 'v1');
  const errors: ManifestError[] = [...byAccount].flatMap(([account, all]) =>
    twoRoles(account, all, ownerOf(account, input, accounts), input),
  );
  const warnings: FitWarning[] = [];
  for (const object of accounts) {
    const annotation = object.manifest.metadata.annotations?.[ROLE_ANNOTATION];
    if (annotation === undefined) {
      continue;
    }
    const account = `${namespaceIn(object.manifest)}/${object.manifest.metadata.name}`;
    const association = byAccount.get(account)?.find(({ by }) => by === 'pod-identity');
    if (association) {
      errors.push(
        errorAt(
          object,
          `${title(object)} has two roles: '${annotation}' by the annotation '${ROLE_ANNOTATION}', and that of ${association.path} in the ClusterConfig`,
          'take the annotation out: pod identity needs none',
        ),
      );
    } else if (config.iam?.withOIDC !== true) {
      warnings.push({
        construct: object.construct,
        message: `${title(object)} names the role '${annotation}' by annotation, which takes an OIDC provider, and 'iam.withOIDC' of the cluster is not true. Give the permissions by 'aws' of the workload, or set 'iam.withOIDC'`,
      });
    }
  }
  errors.push(...windowsPods(input, byAccount));
  return { errors, warnings };
}

/** Who asks for the permissions of an account, or makes it. */
function ownerOf(account: string, { identities }: FitInput, accounts: readonly FitObject[]): IConstruct | undefined {
  return (
    identities.get(account) ??
    accounts.find(({ manifest }) => `${namespaceIn(manifest)}/${manifest.metadata.name}` === account)?.construct
  );
}

/** Two entries of the file alone are told by its own rules. */
function twoRoles(
  account: string,
  roles: readonly AccountRole[],
  owner: IConstruct | undefined,
  { cluster }: FitInput,
): ManifestError[] {
  const [first, second] = roles;
  const oneList = roles.every(({ path }) => path.startsWith('iam.podIdentityAssociations'));
  if (!first || !second || (oneList && !owner) || roles.every(({ by }) => by === 'irsa')) {
    return [];
  }
  const who = owner ? `which '${owner.node.path}' uses, ` : '';
  return [
    new ManifestError(
      (owner ?? cluster).node.path,
      `service account '${account}', ${who}has two roles: ${roles.map(({ path }) => path).join(' and ')} of the ClusterConfig`,
      `keep one: the permissions of a workload are in its 'aws'${second.by === 'irsa' ? `, so take ${second.path} out` : ''}`,
    ),
  ];
}

/** The agent of pod identity runs on Linux alone. */
function windowsPods({ objects }: FitInput, byAccount: ReadonlyMap<string, readonly AccountRole[]>): ManifestError[] {
  return podObjects(objects).flatMap((pod) => {
    const account = `${pod.namespace}/${pod.serviceAccount}`;
    const association = byAccount.get(account)?.find(({ by }) => by === 'pod-identity');
    return pod.spec.nodeSelector?.[OS] === 'windows' && association
      ? [
          errorAt(
            pod,
            `the pods of ${title(pod)} run on Windows, where pod identity does not reach, and service account '${account}' has its permissions from ${association.path} of the ClusterConfig`,
            'give the permissions by IRSA (iam.withOIDC: true, iam.serviceAccounts)',
          ),
        ]
      : [];
  });
}
