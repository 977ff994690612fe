import type { AccessEntry } from '../../../eksctl/types';
import { asList, asObject, type Loose } from '../../../kube/loose';
import { isSame } from './changes';
import { aws, eksctl, ofCluster } from './commands';
import type { Context, Draft, Section } from './draft';
import { Fates, type Fields } from './fields';
import { at, changedMembers, type Members } from './members';
import { textList } from './network';

/** In the order in which EKS lets a cluster go, and not back. */
const MODES = ['CONFIG_MAP', 'API_AND_CONFIG_MAP', 'API'];

const ENTRY: Fields<AccessEntry, 'update' | 'username' | 'policies' | 'replace'> = {
  principalARN: 'replace',
  type: 'replace',
  kubernetesGroups: 'update',
  kubernetesUsername: 'username',
  accessPolicies: 'policies',
};

/** Who reaches the Kubernetes API. */
export const access: Section = (context, draft) => {
  mode(context, draft);
  const { target } = context;
  const { added, kept, removed } = changedMembers(context, 'accessConfig.accessEntries');
  const replaced = kept.filter(isReplaced);
  for (const { name, path } of replaced) {
    draft.step('identity', {
      ...removal(context, name),
      id: `access-entry/${name}/replace`,
      fields: context.changes.under(path),
      replaces: `access entry of '${name}'`,
    });
  }
  const fields = [...added.map(({ path }) => path), ...replaced.flatMap(({ path }) => context.changes.under(path))];
  if (fields.length > 0) {
    draft.step('identity', {
      id: 'access-entry/create',
      command: eksctl('create', 'accessentry', '-f', target.file),
      text: 'Create the access entries of the file that do not exist',
      fields,
      minutes: [1, 3],
      risk: 'notice',
    });
  }
  for (const member of kept.filter((one) => !isReplaced(one))) {
    update(context, draft, member);
  }
  for (const { name, path } of removed) {
    draft.step('remove-identity', { ...removal(context, name), fields: [path] });
  }
};

function removal({ target }: Context, principal: string) {
  return {
    id: `access-entry/${principal}/delete`,
    command: eksctl('delete', 'accessentry', ...ofCluster(target), '--principal-arn', principal),
    text: `Delete the access entry of '${principal}'`,
    disturbs: `'${principal}' loses the Kubernetes API`,
    risk: 'danger',
  } as const;
}

/** What cannot be changed, and a user name that is taken away. */
function isReplaced({ changed, path, new: next }: Members['kept'][number]): boolean {
  const fates = new Fates(path, changed, ENTRY);
  return fates.has('replace') || (fates.has('username') && next.kubernetesUsername === undefined);
}

function update(
  { target }: Context,
  draft: Draft,
  { name, path, changed, old, new: next }: Members['kept'][number],
): void {
  const fates = new Fates(path, changed, ENTRY);
  const entry = { 'cluster-name': target.cluster, 'principal-arn': name };
  const fields = fates.of('update', 'username');
  if (fields.length > 0) {
    draft.step('identity', {
      id: `access-entry/${name}/update`,
      command: aws(target, 'eks', 'update-access-entry', {
        ...entry,
        ...(fates.has('update') ? { 'kubernetes-groups': groupsOf(next) } : {}),
        username: fates.has('username') ? next.kubernetesUsername : undefined,
      }),
      text: `Change the groups or the user name of '${name}'`,
      fields,
      disturbs: 'permissions that came by a group that is gone are lost',
      risk: 'notice',
    });
  }
  const policies = fates.of('policies');
  const [was, is] = [policiesOf(old), policiesOf(next)];
  for (const [arn, scope] of policies.length > 0 ? is : []) {
    if (!isSame(was.get(arn), scope)) {
      draft.step('identity', {
        id: `access-entry/${name}/give/${arn}`,
        command: aws(target, 'eks', 'associate-access-policy', { ...entry, 'policy-arn': arn, 'access-scope': scope }),
        text: `Give '${name}' the access policy '${arn}'`,
        fields: policies,
        risk: 'notice',
      });
    }
  }
  for (const arn of policies.length > 0 ? was.keys() : []) {
    if (!is.has(arn)) {
      draft.step('remove-identity', {
        id: `access-entry/${name}/take/${arn}`,
        command: aws(target, 'eks', 'disassociate-access-policy', { ...entry, 'policy-arn': arn }),
        text: `Take the access policy '${arn}' away from '${name}'`,
        fields: policies,
        risk: 'danger',
      });
    }
  }
}

const groupsOf = ({ kubernetesGroups }: Loose): unknown => {
  const groups = textList(kubernetesGroups);
  return groups.length > 0 ? groups : '[]';
};

/** The scopes of the policies of an entry. */
const policiesOf = ({ accessPolicies }: Loose): ReadonlyMap<string, Loose> =>
  new Map(asList(accessPolicies).map(({ policyARN, accessScope }) => [String(policyARN), asObject(accessScope)]));

function mode({ changes, old, new: next, target }: Context, draft: Draft): void {
  const path = 'accessConfig.authenticationMode';
  const fields = changes.under(path);
  const [from, to] = [old, next].map((config) => MODES.indexOf(String(at(config, path)))) as [number, number];
  if (fields.length > 0 && (from < 0 || to < from)) {
    draft.newCluster(fields, 'EKS lets a cluster go from aws-auth to access entries, and never back');
    return;
  }
  for (const name of fields.length > 0 ? MODES.slice(from + 1, to + 1) : []) {
    draft.step('identity', {
      id: `access/mode/${name}`,
      command: eksctl('utils', 'update-authentication-mode', ...ofCluster(target), '--authentication-mode', name),
      text:
        name === 'API'
          ? 'Let only access entries decide who reaches the Kubernetes API'
          : 'Let access entries decide too who reaches the Kubernetes API',
      fields,
      minutes: [1, 5],
      ...(name === 'API'
        ? { disturbs: 'whoever and whatever node is only in the ConfigMap aws-auth loses the API' }
        : {}),
      risk: name === 'API' ? 'danger' : 'notice',
    });
  }
}
