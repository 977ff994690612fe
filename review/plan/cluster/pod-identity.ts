import type { PodIdentityAssociation } from '../../../eksctl/types';
import type { Loose } from '../../../kube/loose';
import { aws, eksctl, eksctlWith, Output, ofCluster, retag } from './commands';
import type { Context, Draft, Section } from './draft';
import { Fates, type Fields } from './fields';
import { changedMembers, type Members } from './members';
import { texts } from './settings';

type Fate = 'update' | 'removable' | 'role' | 'role-name' | 'tags' | 'once' | 'replace';

const ASSOCIATION: Fields<PodIdentityAssociation, Fate> = {
  namespace: 'replace',
  serviceAccountName: 'replace',
  roleARN: 'role',
  roleName: 'role-name',
  permissionPolicy: 'update',
  permissionPolicyARNs: 'update',
  permissionPolicyName: 'update',
  permissionsBoundaryARN: 'update',
  wellKnownPolicies: 'update',
  disableSessionTags: 'update',
  targetRoleARN: 'removable',
  policy: 'removable',
  createServiceAccount: 'once',
  tags: 'tags',
};

/** What eksctl takes of an association whose role it did not make. */
const OF_A_ROLE = ['namespace', 'serviceAccountName', 'roleARN', 'targetRoleARN', 'disableSessionTags', 'policy'];

/** Roles that pods take by EKS Pod Identity. */
export const podIdentity: Section = (context, draft) => {
  const { added, kept, removed } = changedMembers(context, 'iam.podIdentityAssociations');
  for (const { name, path, new: next } of added) {
    draft.step('identity', { ...creation(context, name, next), fields: [path], risk: 'notice' });
  }
  for (const member of kept) {
    change(context, draft, member);
  }
  for (const { name, path } of removed) {
    draft.step('remove-identity', { ...removal(context, name), fields: [path] });
  }
};

/** The association alone, since eksctl stops at those of the file that exist. */
function creation({ target }: Context, name: string, association: Loose) {
  return {
    id: `pod-identity/${name}/create`,
    command: eksctlWith(
      target,
      { iam: { podIdentityAssociations: [association] } },
      'create',
      'podidentityassociation',
    ),
    text: `Give pods of ServiceAccount '${name}' their AWS permissions; pods that run already get them when they start again`,
    minutes: [1, 3],
  } as const;
}

function removal({ target }: Context, name: string) {
  const [namespace, account] = name.split('/') as [string, string];
  return {
    id: `pod-identity/${name}/delete`,
    command: eksctl(
      ...['delete', 'podidentityassociation', ...ofCluster(target)],
      ...['--namespace', namespace, '--service-account-name', account],
    ),
    text: `Take the AWS permissions of ServiceAccount '${name}' away`,
    minutes: [1, 3],
    disturbs: `pods of ServiceAccount '${name}' lose their AWS permissions when their credentials end, within hours`,
    risk: 'danger',
  } as const;
}

function change(
  context: Context,
  draft: Draft,
  { name, path, changed, old, new: next }: Members['kept'][number],
): void {
  const { target } = context;
  const fates = new Fates(path, changed, ASSOCIATION);
  draft.ignored(fates.of('once'), 'only the creation of the association makes the ServiceAccount');
  if (isReplaced(fates, old, next)) {
    const fields = fates.of('replace', 'role', 'role-name', 'update', 'removable', 'tags');
    const replaces = `pod identity association of '${name}'`;
    draft.step('identity', { ...removal(context, name), fields, replaces });
    draft.step('identity', { ...creation(context, name, next), fields, replaces, risk: 'danger' });
    return;
  }
  const fields = fates.of('update', 'removable', 'role', 'role-name');
  if (fields.length > 0) {
    // a value that is missing would stay as it is
    const whole = { ...next, disableSessionTags: next.disableSessionTags ?? false };
    const entries = Object.entries(fates.has('update') && 'disableSessionTags' in old ? whole : next);
    const written = next.roleARN === undefined ? entries : entries.filter(([key]) => OF_A_ROLE.includes(key));
    draft.step('identity', {
      id: `pod-identity/${name}/update`,
      command: eksctlWith(
        target,
        { iam: { podIdentityAssociations: [Object.fromEntries(written)] } },
        ...['update', 'podidentityassociation'],
      ),
      text: `Change the AWS permissions of ServiceAccount '${name}'`,
      fields,
      minutes: [1, 3],
      disturbs: 'pods get them with their next credentials, within hours, or when they start again',
      risk: 'notice',
    });
  }
  const tags = fates.of('tags');
  retag(target, associationArn(context, name), texts(old.tags), texts(next.tags)).forEach((command, i) => {
    draft.step('identity', {
      id: `pod-identity/${name}/tags/${i + 1}`,
      command,
      text: `Change the tags of the association of '${name}'; its role keeps the old ones`,
      fields: tags,
      risk: 'none',
    });
  });
}

/** Between a role of eksctl and another one, and where a value is taken away that an update does not take away. */
function isReplaced(fates: Fates<Fate>, old: Loose, next: Loose): boolean {
  const foreign = old.roleARN !== undefined;
  return (
    fates.has('replace') ||
    foreign !== (next.roleARN !== undefined) ||
    (fates.has('role-name') && (old.roleName === undefined || next.roleName === undefined || foreign)) ||
    ['targetRoleARN', 'policy'].some((key) => old[key] !== undefined && next[key] === undefined)
  );
}

function associationArn({ target }: Context, name: string): Output {
  const [namespace, account] = name.split('/') as [string, string];
  const command = aws(target, 'eks', 'list-pod-identity-associations', {
    'cluster-name': target.cluster,
    namespace,
    'service-account': account,
    query: 'associations[0].associationArn',
  });
  return new Output(`${command} --output text`);
}
