import type { Section } from './draft';
import { Fates } from './fields';
import { type GroupFate, SELF_MANAGED } from './group-fields';
import { replaceGroup, scaling } from './groups';
import { addAndRemove } from './managed-node-groups';
import { changedMembers } from './members';

const SECTION = 'nodeGroups';

/** Groups of nodes by Auto Scaling alone: eksctl changes their size, and nothing else. */
export const selfManagedNodeGroups: Section = (context, draft) => {
  const members = changedMembers(context, SECTION);
  addAndRemove(context, draft, SECTION, members);
  for (const { name, path, changed, old, new: next } of members.kept) {
    const fates = new Fates<GroupFate>(path, changed, SELF_MANAGED);
    const ignored = fates.of('ignored');
    draft.ignored(
      ignored,
      'only the creation of a group reads it; `aws autoscaling` changes processes and tags of a group that exists',
    );
    if (fates.has('replace')) {
      replaceGroup(context, draft, {
        section: SECTION,
        name,
        group: next,
        fields: changed.filter((field) => !ignored.includes(field)),
        why: 'of a group that EKS does not manage, eksctl changes the size only',
      });
    } else if (fates.has('size')) {
      draft.step('nodes', { ...scaling(context.target, name, old, next, false), fields: fates.of('size') });
    }
  }
};
