import type { ClusterIAMServiceAccount } from '../../../eksctl/types';
import { asObject } from '../../../kube/loose';
import { aws, eksctl, Output, ofCluster, quoted } from './commands';
import type { Context, Draft, Section } from './draft';
import { Fates, type Fields } from './fields';
import { at, changedMembers, type Members } from './members';
import { texts } from './settings';

type Fate = 'policies' | 'object' | 'tags' | 'replace' | 'status';

const ACCOUNT: Fields<ClusterIAMServiceAccount, Fate> = {
  metadata: 'object',
  attachPolicy: 'policies',
  attachPolicyARNs: 'policies',
  wellKnownPolicies: 'policies',
  permissionsBoundary: 'policies',
  subjectPattern: 'policies',
  attachRoleARN: 'replace',
  roleName: 'replace',
  roleOnly: 'replace',
  tags: 'tags',
  status: 'status',
};

const LOST = 'pods that start meanwhile get no AWS permissions; those that run keep theirs until their token ends';

/** Roles that pods take through the OIDC provider of the cluster. */
export const serviceAccounts: Section = (context, draft) => {
  oidc(context, draft);
  const { target } = context;
  const { added, kept, removed } = changedMembers(context, 'iam.serviceAccounts');
  for (const { name, path } of added) {
    draft.step('identity', {
      id: `service-account/${name}/create`,
      command: eksctl('create', 'iamserviceaccount', '-f', target.file, '--include', name, '--approve'),
      text: `Make the role of ServiceAccount '${name}', and the object unless roleOnly is set`,
      fields: [path],
      minutes: [1, 3],
      risk: 'notice',
    });
  }
  for (const member of kept) {
    change(context, draft, member);
  }
  for (const { name, path } of removed) {
    draft.step('remove-identity', { ...removal(context, name), fields: [path] });
  }
};

function removal({ target }: Context, name: string) {
  const [namespace, account] = name.split('/') as [string, string];
  return {
    id: `service-account/${name}/delete`,
    command: eksctl(
      'delete',
      'iamserviceaccount',
      ...ofCluster(target),
      '--namespace',
      namespace,
      '--name',
      account,
      '--wait',
    ),
    text: `Delete the role of ServiceAccount '${name}', and the object that eksctl made`,
    minutes: [1, 3],
    disturbs: `pods of ServiceAccount '${name}' lose their AWS permissions`,
    risk: 'danger',
  } as const;
}

function change(
  context: Context,
  draft: Draft,
  { name, path, changed, old, new: next }: Members['kept'][number],
): void {
  const { target } = context;
  const fates = new Fates(path, changed, ACCOUNT);
  draft.ignored(fates.of('status'), 'eksctl writes it, and reads it nowhere');
  if (fates.has('replace')) {
    const fields = fates.of('replace', 'policies', 'object', 'tags');
    const replaces = `role of ServiceAccount '${name}'`;
    draft.step('identity', { ...removal(context, name), disturbs: LOST, fields, replaces });
    draft.step('identity', {
      id: `service-account/${name}/create`,
      command: eksctl(
        ...['create', 'iamserviceaccount', '-f', target.file, '--include', name],
        ...['--override-existing-serviceaccounts', '--approve'],
      ),
      text: `Make the role of ServiceAccount '${name}' again`,
      fields,
      replaces,
      minutes: [1, 3],
      risk: 'danger',
    });
    return;
  }
  const policies = fates.of('policies');
  if (policies.length > 0) {
    draft.step('identity', {
      id: `service-account/${name}/update`,
      command: eksctl('update', 'iamserviceaccount', '-f', target.file, '--include', name, '--approve'),
      text: `Change the permissions of ServiceAccount '${name}'`,
      fields: policies,
      minutes: [1, 3],
      risk: 'notice',
    });
  }
  draft.ignored(fates.of('tags'), 'eksctl leaves the tags of a role as they are; `aws iam tag-role` changes them');
  const object = fates.of('object');
  const commands =
    next.roleOnly === true ? [] : metadataCommands(name, asObject(old.metadata), asObject(next.metadata));
  if (commands.length === 0) {
    draft.ignored(object, 'with roleOnly, eksctl makes no object that could have labels or annotations');
  }
  commands.forEach((command, i) => {
    draft.step('identity', {
      id: `service-account/${name}/metadata/${i + 1}`,
      command,
      text: `Change the labels or annotations of ServiceAccount '${name}'; eksctl writes them only when it makes the object`,
      fields: object,
      risk: 'none',
    });
  });
}

/** kubectl's commands for labels and annotations. */
function metadataCommands(
  name: string,
  old: Readonly<Record<string, unknown>>,
  next: Readonly<Record<string, unknown>>,
): string[] {
  const [namespace, account] = name.split('/') as [string, string];
  return [
    ['label', 'labels'],
    ['annotate', 'annotations'],
  ].flatMap(([verb, key]) => {
    const [was, is] = [texts(old[key!]), texts(next[key!])];
    const words = [
      ...Object.entries(is).flatMap(([label, value]) => (was[label] === value ? [] : [`${label}=${value}`])),
      ...Object.keys(was).flatMap((label) => (Object.hasOwn(is, label) ? [] : [`${label}-`])),
    ];
    return words.length === 0
      ? []
      : [['kubectl', '-n', namespace, verb!, 'serviceaccount', account, '--overwrite', ...words].map(quoted).join(' ')];
  });
}

function oidc({ changes, new: next, target }: Context, draft: Draft): void {
  const fields = changes.under('iam.withOIDC');
  if (fields.length === 0) {
    return;
  }
  if (at(next, 'iam.withOIDC') === true) {
    draft.step('identity', {
      id: 'oidc/associate',
      command: eksctl('utils', 'associate-iam-oidc-provider', ...ofCluster(target), '--approve'),
      text: 'Make an OIDC provider in IAM, by which pods can take roles',
      fields,
      risk: 'none',
    });
    return;
  }
  const issuer = aws(target, 'eks', 'describe-cluster', {
    name: target.cluster,
    query: 'cluster.identity.oidc.issuer',
  });
  const provider = `aws iam list-open-id-connect-providers --output text --query "OpenIDConnectProviderList[].Arn" | tr '\\t' '\\n' | grep "$(${issuer} --output text | cut -d/ -f5)"`;
  draft.step('remove-identity', {
    id: 'oidc/delete',
    command: aws(target, 'iam', 'delete-open-id-connect-provider', {
      'open-id-connect-provider-arn': new Output(provider),
    }),
    text: 'Delete the OIDC provider; eksctl has no command for it',
    fields,
    disturbs: 'pods whose ServiceAccount has an annotation with a role lose their AWS permissions',
    risk: 'danger',
  });
}
