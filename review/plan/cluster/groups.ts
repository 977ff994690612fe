import { filledSizes } from '../../../eksctl/node-group-defaults';
import type { Loose } from '../../../kube/loose';
import { isSame } from './changes';
import { eksctl, ofCluster, type Target } from './commands';
import type { Context, Draft, Phase } from './draft';
import { deletionMinutes, timeout } from './drains';
import { nextName } from './next-name';

/** The two lists of node groups. */
export type GroupSection = 'managedNodeGroups' | 'nodeGroups';

/** A group that takes the place of another one. */
export interface Replacement {
  readonly section: GroupSection;
  readonly name: string;
  readonly group: Loose;
  readonly fields: readonly string[];
  /** Why it is not changed in place, one sentence without its full stop. */
  readonly why: string;
  /** When the new group comes, and when the old one goes. */
  readonly phases?: readonly [Phase, Phase];
}

/** eksctl gives up after so many minutes. */
const LIMIT = 25;

/** Another group beside the old one, then the end of the old one. The program has to name it. */
export function replaceGroup(
  context: Context,
  draft: Draft,
  { section, name, group, fields, why, phases = ['capacity', 'remove-capacity'] }: Replacement,
): void {
  const { target, new: config } = context;
  const other = nextName(name, config[section]);
  const replaces = `node group '${name}'`;
  draft.step('prepare', renaming(context, section, name, fields, why));
  draft.step(phases[0], { ...creation(target, other, group, name), fields, replaces });
  draft.step(phases[1], { ...deletion(context, name, group), fields, replaces });
}

/** Two groups at a time have two names. */
export function renaming(
  { new: config }: Context,
  section: GroupSection,
  name: string,
  fields: readonly string[],
  why: string,
) {
  return {
    id: `node-group/${name}/rename`,
    text: `Give the node group '${name}' another name, such as '${nextName(name, config[section])}', in the program, and write the file again: ${why}`,
    fields,
    risk: 'notice',
  } as const;
}

/** eksctl creates the group of the file, and leaves the others alone. */
export function creation(target: Target, name: string, group: Loose, replaced?: string) {
  return {
    id: `node-group/${name}/create`,
    command: eksctl('create', 'nodegroup', '-f', target.file, '--include', name),
    text: `Create the node group '${name}' with ${nodesOf(group)}${replaced === undefined ? '' : `, where the pods of '${replaced}' find a place`}`,
    minutes: [3, 10],
    risk: 'notice',
  } as const;
}

/** eksctl drains one node after the other, and deletes the group when all are empty. */
export function deletion({ target, budgets }: Context, name: string, group: Loose) {
  const minutes = deletionMinutes(sizesOf(group).desired);
  return {
    id: `node-group/${name}/delete`,
    command: eksctl(
      ...['delete', 'nodegroup', ...ofCluster(target), '--name', name, '--wait'],
      ...timeout(minutes, LIMIT),
    ),
    text: `Drain the nodes of the node group '${name}' one by one, and delete the group`,
    minutes,
    disturbs: `pods on the nodes of '${name}' are evicted and start elsewhere; those without a controller end for good, and so does data in emptyDir and local volumes`,
    risk: 'danger',
    ...budgets.on(name),
  } as const;
}

const nodesOf = (group: Loose): string => {
  const { desired } = sizesOf(group);
  return desired === 1 ? 'one node' : `${desired} nodes`;
};

/** What is no number counts as missing. */
export function sizesOf({ minSize, desiredCapacity, maxSize }: Loose): ReturnType<typeof filledSizes> {
  const [min, desired, max] = [minSize, desiredCapacity, maxSize].map((size) =>
    typeof size === 'number' ? size : undefined,
  );
  return filledSizes({ minSize: min, desiredCapacity: desired, maxSize: max });
}

/** The scaling of a group whose sizes differ. */
export function scaling(target: Target, name: string, old: Loose, next: Loose, managed: boolean) {
  const [was, is] = [sizesOf(old), sizesOf(next)];
  const outside = was.desired < is.min || was.desired > is.max;
  const words = [
    ...(was.desired !== is.desired || outside ? ['--nodes', String(is.desired)] : []),
    ...(was.min !== is.min ? ['--nodes-min', String(is.min)] : []),
    ...(was.max !== is.max ? ['--nodes-max', String(is.max)] : []),
  ];
  const less = is.desired < was.desired;
  return {
    id: `node-group/${name}/scale`,
    command: eksctl('scale', 'nodegroup', ...ofCluster(target), '--name', name, ...words),
    text: `Set the node group '${name}' to ${is.min} to ${is.max} nodes${words.includes('--nodes') ? `, ${is.desired} now; an autoscaler may have chosen another number` : ''}`,
    minutes: [1, is.desired > was.desired ? 10 : 5],
    ...(less
      ? {
          disturbs: managed
            ? 'EKS drains the nodes that go; after 15 minutes they go with their pods'
            : 'nodes end with their pods, without a drain',
        }
      : {}),
    risk: less ? 'danger' : 'notice',
  } as const;
}

/** Whether a new group does the work of a removed one: equal labels and taints, and the same kind of nodes for pods to choose. */
export const takesThePlace = (next: Loose, old: Loose): boolean =>
  isSame(next.labels, old.labels) && isSame(next.taints, old.taints) && isWindows(next) === isWindows(old);

const isWindows = ({ amiFamily }: Loose): boolean => typeof amiFamily === 'string' && amiFamily.startsWith('Windows');
