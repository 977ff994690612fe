import { isUbuntu, spelledFamily } from '../../../eks/ami-families';
import { DEFAULT_AMI_FAMILY } from '../../../eksctl/node-group-defaults';
import { asList, type Loose } from '../../../kube/loose';
import type { Context } from './draft';
import { Fates } from './fields';
import { SELF_MANAGED } from './group-fields';
import type { GroupSection } from './groups';
import { isReplaced } from './managed-node-groups';
import { changedMembers } from './members';

/** A group of both files that this plan does not replace. */
export interface KeptGroup {
  readonly section: GroupSection;
  readonly name: string;
  readonly group: Loose;
  /** Whether an update gives its nodes another version. */
  readonly inPlace: boolean;
  /** Whether the plan gives its nodes another image already. */
  readonly newImage: boolean;
}

/** The groups of both files that this plan does not replace. */
export function keptGroups(context: Context): KeptGroup[] {
  const { old, new: next } = context;
  const managed = changedMembers(context, 'managedNodeGroups').kept.filter(isReplaced);
  const own = changedMembers(context, 'nodeGroups').kept.filter(({ path, changed }) =>
    new Fates(path, changed, SELF_MANAGED).has('replace'),
  );
  const replaced = new Set([...managed, ...own].map(({ name }) => name));
  const stays = (section: string, name: unknown): boolean =>
    asList(old[section]).some((one) => one.name === name) && !replaced.has(String(name));
  const keptIn = (section: GroupSection, inPlace: (group: Loose) => boolean): KeptGroup[] =>
    asList(next[section])
      .filter(({ name }) => stays(section, name))
      .map((group) => ({
        section,
        name: String(group.name),
        group,
        inPlace: inPlace(group),
        newImage:
          context.changes.under(`${section}[${group.name}].releaseVersion`).length > 0 &&
          group.releaseVersion !== undefined,
      }));
  return [...keptIn('managedNodeGroups', isUpgradable), ...keptIn('nodeGroups', () => false)];
}

/** With an image of EKS; eksctl gives groups of Ubuntu an image of its own choice, which no update replaces. */
const isUpgradable = ({ ami, amiFamily }: Loose): boolean =>
  ami === undefined && !isUbuntu(spelledFamily(typeof amiFamily === 'string' ? amiFamily : DEFAULT_AMI_FAMILY));
