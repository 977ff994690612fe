import { asList, asObject, type Loose } from '../../../kube/loose';
import { arnOf, aws, eksctl, eksctlWith, ofCluster, retag } from './commands';
import type { Context, Draft, Section } from './draft';
import { replacementMinutes, timeout } from './drains';
import { Fates } from './fields';
import { type GroupFate, MANAGED } from './group-fields';
import {
  creation,
  deletion,
  type GroupSection,
  renaming,
  replaceGroup,
  scaling,
  sizesOf,
  takesThePlace,
} from './groups';
import { at, changedMembers, type Member, type Members } from './members';
import { nextName } from './next-name';
import { texts } from './settings';

const SECTION = 'managedNodeGroups';

/** Groups of nodes that EKS replaces by itself. */
export const managedNodeGroups: Section = (context, draft) => {
  const members = changedMembers(context, SECTION);
  addAndRemove(context, draft, SECTION, members);
  for (const member of members.kept) {
    change(context, draft, member);
  }
};

/** New groups first; one with the labels and taints of a removed one takes its place. */
export function addAndRemove(
  context: Context,
  draft: Draft,
  section: GroupSection,
  { added, removed }: Pick<Members, 'added' | 'removed'>,
): void {
  const left = [...removed];
  const other = section === 'nodeGroups' ? 'managedNodeGroups' : 'nodeGroups';
  const taken = new Set(asList(context.old[other]).map((group) => group.name));
  for (const { name, path, new: next } of added) {
    if (taken.has(name)) {
      draft.step('prepare', renaming(context, section, name, [path], 'a group of the other kind has this name'));
      draft.step('capacity', {
        ...creation(context.target, nextName(name, context.new[section]), next, name),
        fields: [path],
        replaces: `node group '${name}'`,
      });
      continue;
    }
    const i = left.findIndex(({ old }) => takesThePlace(next, old));
    const [replaced] = i < 0 ? [] : left.splice(i, 1);
    draft.step('capacity', {
      ...creation(context.target, name, next, replaced?.name),
      fields: [path],
      ...(replaced ? { replaces: `node group '${replaced.name}'` } : {}),
    });
  }
  for (const { name, path, old } of removed) {
    draft.step('remove-capacity', { ...deletion(context, name, old), fields: [path] });
  }
}

type Kept = Members['kept'][number];

/** Whether a launch template of one's own stays the same but for its version. */
const onlyTemplateVersion = ({ old, new: next }: Pick<Kept, 'old' | 'new'>): boolean => {
  const [was, is] = [asObject(old.launchTemplate), asObject(next.launchTemplate)];
  return was.id !== undefined && was.id === is.id && is.version !== undefined;
};

/** Whether another group takes the place of a group that differs. */
export function isReplaced(member: Kept): boolean {
  const fates = new Fates<GroupFate>(member.path, member.changed, MANAGED);
  return fates.has('replace') || (fates.has('template') && !onlyTemplateVersion(member));
}

function change(context: Context, draft: Draft, member: Kept): void {
  const { name, path, changed, old, new: next } = member;
  const { target } = context;
  const fates = new Fates<GroupFate>(path, changed, MANAGED);
  draft.ignored(
    fates.of('ignored'),
    'only the creation of a group reads it; `aws autoscaling` changes processes and tags of a group that exists',
  );
  if (isReplaced(member)) {
    const all = changed.filter((field) => !fates.of('ignored').includes(field));
    const own = fates.of('replace', 'template').map((field) => field.slice(path.length + 1));
    const why = `eksctl has no command that changes ${[...new Set(own)].join(', ')} of a group`;
    replaceGroup(context, draft, { section: SECTION, name, group: next, fields: all, why });
    return;
  }
  if (fates.has('size')) {
    draft.step('nodes', { ...scaling(target, name, old, next, true), fields: fates.of('size') });
  }
  labels(context, draft, member, fates.of('labels'));
  taints(context, draft, member, fates.of('taints'));
  updateConfig(context, draft, member, fates.of('update-config'));
  repair(context, draft, member, fates.of('repair'));
  upgrades(context, draft, member, fates);
  retag(target, arnOf(target, 'nodegroup', name), texts(old.tags), texts(next.tags)).forEach((command, i) => {
    draft.step('nodes', {
      id: `node-group/${name}/tags/${i + 1}`,
      command,
      text: `Change the tags of the node group '${name}'; instances and volumes that exist keep theirs, and new ones get the old ones`,
      fields: fates.of('tags'),
      risk: 'none',
    });
  });
}

function labels({ target }: Context, draft: Draft, { name, old, new: next }: Member, fields: readonly string[]): void {
  const [was, is] = [texts(old!.labels), texts(next!.labels)];
  const set = Object.entries(is).filter(([key, value]) => was[key] !== value);
  const gone = Object.keys(was).filter((key) => !Object.hasOwn(is, key));
  const group = [...ofCluster(target), '--nodegroup', name, '--labels'];
  if (fields.length > 0 && set.length > 0) {
    draft.step('nodes', {
      id: `node-group/${name}/labels/set`,
      command: eksctl('set', 'labels', ...group, set.map(([key, value]) => `${key}=${value}`).join(',')),
      text: `Set labels of the node group '${name}' and its nodes`,
      fields,
      minutes: [1, 3],
      risk: 'notice',
    });
  }
  if (fields.length > 0 && gone.length > 0) {
    draft.step('nodes', {
      id: `node-group/${name}/labels/unset`,
      command: eksctl('unset', 'labels', ...group, gone.join(',')),
      text: `Remove labels of the node group '${name}' and its nodes`,
      fields,
      minutes: [1, 3],
      disturbs: 'pods that select these labels stay until they end, and then start only where another group has them',
      risk: 'danger',
    });
  }
}

/** EKS's names of the effects. */
const EFFECTS: Readonly<Record<string, string>> = {
  NoSchedule: 'NO_SCHEDULE',
  NoExecute: 'NO_EXECUTE',
  PreferNoSchedule: 'PREFER_NO_SCHEDULE',
};

function taints({ target }: Context, draft: Draft, { name, old, new: next }: Member, fields: readonly string[]): void {
  if (fields.length === 0) {
    return;
  }
  const [was, is] = [taintsOf(old!), taintsOf(next!)];
  const gone = was.filter((taint) => !is.some((one) => one.key === taint.key && one.effect === taint.effect));
  draft.step('nodes', {
    id: `node-group/${name}/taints`,
    command: aws(target, 'eks', 'update-nodegroup-config', {
      'cluster-name': target.cluster,
      'nodegroup-name': name,
      taints: {
        ...(is.length > 0 ? { addOrUpdateTaints: is } : {}),
        ...(gone.length > 0 ? { removeTaints: gone } : {}),
      },
    }),
    text: `Change the taints of the node group '${name}'; eksctl has no command for it`,
    fields,
    minutes: [1, 3],
    ...(is.some(({ effect }) => effect === 'NO_EXECUTE')
      ? { disturbs: 'pods without a matching toleration are evicted at once, whatever budgets say' }
      : { disturbs: 'pods without a matching toleration stay, and start elsewhere once they end' }),
    risk: is.some(({ effect }) => effect === 'NO_EXECUTE') ? 'danger' : 'notice',
  });
}

function taintsOf({ taints: list }: Loose): readonly Loose[] {
  return (Array.isArray(list) ? list.map(asObject) : []).map(({ key, value, effect }) => ({
    key,
    ...(value === undefined ? {} : { value }),
    effect: EFFECTS[String(effect)] ?? effect,
  }));
}

/** The group alone: eksctl stops at the groups of a file that have no updateConfig. */
function updateConfig({ target }: Context, draft: Draft, { name, new: next }: Member, fields: readonly string[]): void {
  if (fields.length > 0) {
    draft.step('nodes', {
      id: `node-group/${name}/update-config`,
      command: eksctlWith(
        target,
        // without one, EKS takes one node at a time
        { managedNodeGroups: [{ name, updateConfig: next!.updateConfig ?? { maxUnavailable: 1 } }] },
        ...['update', 'nodegroup', '--wait'],
      ),
      text: `Change how many nodes of '${name}' an update replaces at once`,
      fields,
      minutes: [1, 3],
      risk: 'none',
    });
  }
}

function repair({ target }: Context, draft: Draft, { name, new: next }: Member, fields: readonly string[]): void {
  if (fields.length > 0) {
    draft.step('nodes', {
      id: `node-group/${name}/repair`,
      command: aws(target, 'eks', 'update-nodegroup-config', {
        'cluster-name': target.cluster,
        'nodegroup-name': name,
        'node-repair-config': next!.nodeRepairConfig ?? { enabled: false },
      }),
      text: `Change what EKS does about nodes of '${name}' that do not work; eksctl has no command for it`,
      fields,
      minutes: [1, 3],
      risk: 'notice',
    });
  }
}

/** A newer image, or a newer version of one's own launch template: EKS replaces the nodes. */
function upgrades(context: Context, draft: Draft, { name, new: next }: Member, fates: Fates<GroupFate>): void {
  const release = fates.of('release');
  const template = fates.of('template');
  const { releaseVersion } = next!;
  if (release.length > 0 && releaseVersion === undefined && template.length === 0) {
    draft.ignored(release, 'without a release, a group keeps its image until it is upgraded');
    return;
  }
  const fields = [...release, ...template];
  if (fields.length === 0) {
    return;
  }
  const version = at(next!, 'launchTemplate.version');
  const replaced = replacedNodes(context, name, next!);
  draft.step('nodes', {
    ...replaced,
    id: `node-group/${name}/image`,
    command: eksctl(
      ...['upgrade', 'nodegroup', ...ofCluster(context.target), '--name', name],
      ...(release.length > 0 && releaseVersion !== undefined ? ['--release-version', String(releaseVersion)] : []),
      ...(template.length > 0 ? ['--launch-template-version', String(version)] : []),
      ...timeout(replaced.minutes, UPGRADE_LIMIT),
    ),
    text: `Replace the nodes of '${name}' by nodes with ${template.length > 0 ? `version ${version} of the launch template` : `the image ${releaseVersion}`}`,
    fields,
  });
}

/** eksctl gives an upgrade so many minutes. */
export const UPGRADE_LIMIT = 45;

/** What an update of a managed group does to its nodes. */
export function replacedNodes({ budgets }: Context, name: string, group: Loose) {
  const { desired } = sizesOf(group);
  const { maxUnavailable, maxUnavailablePercentage } = asObject(group.updateConfig);
  const share =
    typeof maxUnavailablePercentage === 'number' ? Math.ceil((desired * maxUnavailablePercentage) / 100) : 1;
  return {
    replaces: `the nodes of '${name}'`,
    minutes: replacementMinutes(desired, typeof maxUnavailable === 'number' ? maxUnavailable : share),
    disturbs:
      'pods are evicted node by node; EKS waits 15 minutes for those that a budget or a long shutdown holds, and then gives up',
    risk: 'danger',
    ...budgets.on(name),
  } as const;
}
