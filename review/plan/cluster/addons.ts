import { addonSpec } from '../../../eks/addons';
import type { Addon } from '../../../eksctl/types';
import type { Loose } from '../../../kube/loose';
import { updateAddon, updateVersion } from './addon-commands';
import { arnOf, aws, eksctl, ofCluster, retag, type Target } from './commands';
import type { Context, Draft, Section } from './draft';
import { Fates, type Fields } from './fields';
import { changedMembers, type Members } from './members';
import { texts } from './settings';
import { isByEksctl, isByUpgrade } from './versions';

type Fate = 'version' | 'values' | 'conflicts' | 'role' | 'identities' | 'tags' | 'replace' | 'unread';

const ADDON: Fields<Addon, Fate> = {
  name: 'replace',
  namespaceConfig: 'replace',
  version: 'version',
  configurationValues: 'values',
  resolveConflicts: 'conflicts',
  serviceAccountRoleARN: 'role',
  attachPolicy: 'role',
  attachPolicyARNs: 'role',
  wellKnownPolicies: 'role',
  permissionsBoundary: 'role',
  podIdentityAssociations: 'identities',
  useDefaultPodIdentityAssociations: 'identities',
  tags: 'tags',
  owners: 'unread',
  publishers: 'unread',
  types: 'unread',
};

/** The add-on that pods need before they get a role by Pod Identity. */
const AGENT = 'eks-pod-identity-agent';
const MINUTES = [1, 5] as const;

/** Add-ons of EKS. */
export const addons: Section = (context, draft) => {
  const { target, changes } = context;
  const { added, kept, removed } = changedMembers(context, 'addons');
  const present = added.filter(({ name }) => isByEksctl(context.old, name));
  const replaced = kept.filter(({ path, changed }) => new Fates(path, changed, ADDON).has('replace'));
  for (const { name, path } of replaced) {
    draft.step('addons', { ...removal(target, name), fields: changes.under(path), replaces: `add-on '${name}'` });
  }
  create(context, draft, [...added.filter((one) => !present.includes(one)), ...replaced]);
  for (const { name, path, new: next } of present) {
    if (Object.keys(next).length === 1) {
      draft.ignored([path], 'eksctl installed the add-on with the cluster already');
      continue;
    }
    draft.step('addons', {
      id: `addon/${name}/update`,
      command: updateAddon(target, context.new, next),
      text: `Update the add-on '${name}', which eksctl installed with the cluster, to what the file says`,
      fields: [path],
      minutes: MINUTES,
      disturbs: disturbance(name),
      risk: 'notice',
    });
  }
  for (const member of kept.filter((one) => !replaced.includes(one))) {
    change(context, draft, member);
  }
  for (const { name, path } of removed) {
    if (isByEksctl(context.new, name)) {
      draft.ignored(
        [path],
        `the add-on stays, since eksctl installs it in every cluster; \`eksctl delete addon --name ${name}\` deletes it`,
      );
    } else {
      draft.step('remove-addons', { ...removal(target, name), fields: [path] });
    }
  }
};

function create(
  { target, changes }: Context,
  draft: Draft,
  all: readonly { readonly name: string; readonly path: string }[],
): void {
  const agent = all.filter(({ name }) => name === AGENT);
  const others = all.filter(({ name }) => name !== AGENT);
  if (agent.length > 0) {
    draft.step('identity', {
      id: `addon/${AGENT}/create`,
      command: eksctl('create', 'addon', ...ofCluster(target), '--name', AGENT, '--wait'),
      text: 'Install the agent that gives pods their AWS permissions; eksctl makes no pod identity without it',
      fields: agent.flatMap(({ path }) => changes.under(path)),
      minutes: MINUTES,
      risk: 'none',
    });
  }
  if (others.length > 0) {
    draft.step('addons', {
      id: 'addon/create',
      command: eksctl('create', 'addon', '-f', target.file, '--wait'),
      text: `Install ${others.map(({ name }) => `'${name}'`).join(', ')}; add-ons that exist are left as they are`,
      fields: others.flatMap(({ path }) => changes.under(path)),
      minutes: MINUTES,
      risk: 'notice',
    });
  }
}

function removal(target: Target, name: string) {
  return {
    id: `addon/${name}/delete`,
    command: eksctl('delete', 'addon', ...ofCluster(target), '--name', name),
    text: `Delete the add-on '${name}' and its pods`,
    minutes: MINUTES,
    disturbs: addonSpec(name)?.driver
      ? 'volumes of its driver can no longer be made, attached or released'
      : 'what the add-on does ends',
    risk: 'danger',
  } as const;
}

const disturbance = (name: string): string =>
  name === 'vpc-cni'
    ? 'pods that start on a node while its agent restarts wait for their address'
    : 'the pods of the add-on are replaced';

function change(
  context: Context,
  draft: Draft,
  { name, path, changed, old, new: next }: Members['kept'][number],
): void {
  const { target, new: config } = context;
  const fates = new Fates(path, changed, ADDON);
  draft.ignored(fates.of('unread'), 'eksctl reads it only where it lists versions of add-ons');
  const stays: string[] = [];
  if (fates.has('version') && next.version === undefined) {
    draft.ignored(fates.of('version'), 'without a version, eksctl keeps the one that runs');
    stays.push('version');
  }
  if (fates.has('version') && isByUpgrade(context, name)) {
    stays.push('version');
  }
  if (fates.has('role') && !hasRole(next)) {
    draft.ignored(fates.of('role'), 'without a role or policies, eksctl keeps the role that the add-on has');
    stays.push('role');
  }
  if (fates.has('conflicts') && fates.of('version', 'values', 'role', 'identities').length === 0) {
    draft.ignored(fates.of('conflicts'), 'it says what the next update does with fields that others changed');
    stays.push('conflicts');
  }
  if (fates.has('values') && next.configurationValues === undefined) {
    draft.step('addons', {
      id: `addon/${name}/reset`,
      command: aws(target, 'eks', 'update-addon', {
        'cluster-name': target.cluster,
        'addon-name': name,
        'configuration-values': '{}',
      }),
      text: `Give the add-on '${name}' its default configuration; eksctl would keep the values that it has`,
      fields: fates.of('values'),
      minutes: MINUTES,
      disturbs: disturbance(name),
      risk: 'notice',
    });
    stays.push('values');
  }
  const fields = (['version', 'values', 'conflicts', 'role', 'identities'] as const)
    .filter((fate) => !stays.includes(fate))
    .flatMap((fate) => fates.of(fate));
  if (fields.length > 0) {
    draft.step('addons', {
      id: `addon/${name}/update`,
      command: fields.every((field) => field.endsWith('.version'))
        ? updateVersion(target, config, next, String(next.version))
        : updateAddon(target, config, withoutIdentities(next, fates)),
      text: `Update the add-on '${name}'`,
      fields,
      minutes: MINUTES,
      disturbs: disturbance(name),
      risk: 'notice',
    });
  }
  retag(target, arnOf(target, 'addon', name), texts(old.tags), texts(next.tags)).forEach((line, i) => {
    draft.step('addons', {
      id: `addon/${name}/tags/${i + 1}`,
      command: line,
      text: `Change the tags of the add-on '${name}'`,
      fields: fates.of('tags'),
      risk: 'none',
    });
  });
}

const hasRole = ({ serviceAccountRoleARN, attachPolicy, attachPolicyARNs, wellKnownPolicies }: Loose): boolean =>
  [serviceAccountRoleARN, attachPolicy, attachPolicyARNs, wellKnownPolicies].some((value) => value !== undefined);

/** eksctl takes the pod identities of an add-on away only where the list is empty, not where it is missing. */
const withoutIdentities = (addon: Loose, fates: Fates<Fate>): Loose =>
  fates.has('identities') &&
  addon.podIdentityAssociations === undefined &&
  addon.useDefaultPodIdentityAssociations !== true
    ? { ...addon, podIdentityAssociations: [] }
    : addon;
