import type { Capability } from '../../../eksctl/types';
import type { Loose } from '../../../kube/loose';
import { isSame } from './changes';
import { arnOf, eksctl, eksctlWith, ofCluster, retag, type Target } from './commands';
import type { Context, Draft, Section } from './draft';
import { Fates, type Fields } from './fields';
import { at, changedMembers, type Members } from './members';
import { texts } from './settings';

type Fate = 'update' | 'configuration' | 'role' | 'policies' | 'tags' | 'replace';

const CAPABILITY: Fields<Capability, Fate> = {
  name: 'replace',
  type: 'replace',
  roleArn: 'update',
  deletePropagationPolicy: 'update',
  configuration: 'configuration',
  attachPolicy: 'role',
  attachPolicyARNs: 'role',
  permissionsBoundary: 'role',
  accessPolicies: 'policies',
  tags: 'tags',
};

const MINUTES = [2, 15] as const;

/** Controllers that EKS runs for the cluster. */
export const capabilities: Section = (context, draft) => {
  const { target, changes } = context;
  const { added, kept, removed } = changedMembers(context, 'capabilities');
  const replaced = kept.filter(isReplaced);
  for (const { name, path } of replaced) {
    draft.step('addons', { ...removal(target, name), fields: changes.under(path), replaces: `capability '${name}'` });
  }
  for (const { name, path, new: next } of [...added, ...replaced]) {
    draft.step('addons', {
      id: `capability/${name}/create`,
      command: eksctlWith(target, { capabilities: [next] }, 'create', 'capability'),
      text: `Make the capability '${name}'`,
      fields: changes.under(path),
      minutes: MINUTES,
      risk: 'notice',
    });
  }
  for (const member of kept.filter((one) => !isReplaced(one))) {
    change(context, draft, member);
  }
  for (const { name, path } of removed) {
    draft.step('remove-addons', { ...removal(target, name), fields: [path] });
  }
};

/** What is fixed when a capability is made. */
function isReplaced({ path, changed, old, new: next }: Members['kept'][number]): boolean {
  const fixed = ['configuration.argocd.namespace', 'configuration.argocd.awsIdc'];
  return (
    new Fates(path, changed, CAPABILITY).has('replace') ||
    fixed.some((field) => !isSame(at(old, field), at(next, field)))
  );
}

function removal(target: Target, name: string) {
  return {
    id: `capability/${name}/delete`,
    command: eksctl('delete', 'capability', ...ofCluster(target), '--name', name),
    text: `Delete the capability '${name}'; the AWS resources and objects that it made stay`,
    minutes: MINUTES,
    disturbs: 'nothing follows changes of its objects any more',
    risk: 'danger',
  } as const;
}

function change(
  { target }: Context,
  draft: Draft,
  { name, path, changed, old, new: next }: Members['kept'][number],
): void {
  const fates = new Fates(path, changed, CAPABILITY);
  draft.ignored(fates.of('role'), 'the role of a capability keeps the policies and the boundary that it was made with');
  draft.ignored(
    fates.of('policies'),
    'only the creation of a capability gives it access policies; `aws eks associate-access-policy` adds one',
  );
  const unset = ['roleArn', 'deletePropagationPolicy'].filter(
    (key) => old[key] !== undefined && next[key] === undefined,
  );
  const stays = fates.of('update').filter((field) => unset.some((key) => field === `${path}.${key}`));
  draft.ignored(stays, 'a value that is taken out of the file stays in the capability');
  const fields = fates.of('update', 'configuration').filter((field) => !stays.includes(field));
  if (fields.length > 0) {
    draft.step('addons', {
      id: `capability/${name}/update`,
      command: eksctlWith(target, { capabilities: [next as Loose] }, 'update', 'capability'),
      text: `Change the capability '${name}'; endpoints and roles that are taken out of the file stay`,
      fields,
      minutes: MINUTES,
      risk: 'notice',
    });
  }
  retag(target, arnOf(target, 'capability', name), texts(old.tags), texts(next.tags)).forEach((command, i) => {
    draft.step('addons', {
      id: `capability/${name}/tags/${i + 1}`,
      command,
      text: `Change the tags of the capability '${name}'`,
      fields: fates.of('tags'),
      risk: 'none',
    });
  });
}
