import type { FargateProfile } from '../../../eksctl/types';
import { arnOf, eksctl, ofCluster, retag, type Target } from './commands';
import type { Section } from './draft';
import { Fates, type Fields } from './fields';
import { changedMembers } from './members';
import { nextName } from './next-name';
import { texts } from './settings';

const PROFILE: Fields<FargateProfile, 'replace' | 'tags' | 'status'> = {
  name: 'replace',
  podExecutionRoleARN: 'replace',
  selectors: 'replace',
  subnets: 'replace',
  tags: 'tags',
  status: 'status',
};

const MINUTES = [1, 5] as const;

/** Which pods run on Fargate. Of a profile only its tags change. */
export const fargate: Section = (context, draft) => {
  const { target, new: config } = context;
  const { added, kept, removed } = changedMembers(context, 'fargateProfiles');
  const replaced = kept.flatMap((member) => {
    const fields = new Fates(member.path, member.changed, PROFILE).of('replace');
    return fields.length > 0 ? [{ ...member, fields }] : [];
  });
  for (const { name, fields } of replaced) {
    const other = nextName(name, config.fargateProfiles);
    draft.step('prepare', {
      id: `fargate-profile/${name}/rename`,
      text: `Give the Fargate profile '${name}' another name, such as '${other}', in the program, and write the file again: a profile never changes`,
      fields,
      risk: 'notice',
    });
  }
  if (added.length + replaced.length > 0) {
    draft.step('capacity', {
      id: 'fargate-profile/create',
      command: eksctl('create', 'fargateprofile', '-f', target.file),
      text: 'Create the Fargate profiles of the file that do not exist; pods that run stay where they are',
      fields: [...added.map(({ path }) => path), ...replaced.flatMap(({ fields }) => fields)],
      minutes: MINUTES,
      risk: 'notice',
    });
  }
  for (const { name, fields, replaces } of [
    ...removed.map(({ name, path }) => ({ name, fields: [path], replaces: undefined })),
    ...replaced.map(({ name, fields }) => ({ name, fields, replaces: `Fargate profile '${name}'` })),
  ]) {
    draft.step('remove-capacity', { ...removal(target, name), fields, ...(replaces ? { replaces } : {}) });
  }
  for (const { name, path, changed, old, new: next } of kept) {
    const fates = new Fates(path, changed, PROFILE);
    draft.ignored(fates.of('status'), 'eksctl writes it, and reads it nowhere');
    retag(target, arnOf(target, 'fargateProfile', name), texts(old.tags), texts(next.tags)).forEach((command, i) => {
      draft.step('settings', {
        id: `fargate-profile/${name}/tags/${i + 1}`,
        command,
        text: `Change the tags of the Fargate profile '${name}'`,
        fields: fates.of('tags'),
        risk: 'none',
      });
    });
  }
};

function removal(target: Target, name: string) {
  return {
    id: `fargate-profile/${name}/delete`,
    command: eksctl('delete', 'fargateprofile', ...ofCluster(target), '--name', name, '--wait'),
    text: `Delete the Fargate profile '${name}'`,
    minutes: MINUTES,
    disturbs:
      'EKS deletes the pods that run by it, all at once; they start again where another profile or a node takes them',
    risk: 'danger',
  } as const;
}
