import type { IAMIdentityMapping, IdentityProvider } from '../../../eksctl/types';
import type { Loose } from '../../../kube/loose';
import { aws, eksctl, Output, ofCluster, retag } from './commands';
import type { Context, Section } from './draft';
import { Fates, type Fields } from './fields';
import { changedMembers } from './members';
import { textList } from './network';
import { texts } from './settings';

const PROVIDER: Fields<IdentityProvider, 'replace' | 'tags'> = {
  type: 'replace',
  name: 'replace',
  clientID: 'replace',
  issuerURL: 'replace',
  groupsClaim: 'replace',
  groupsPrefix: 'replace',
  requiredClaims: 'replace',
  usernameClaim: 'replace',
  usernamePrefix: 'replace',
  tags: 'tags',
};

/** Where the users of the Kubernetes API come from beside IAM; a cluster has one at most. */
export const identityProviders: Section = (context, draft) => {
  const { target, changes } = context;
  const { added, kept, removed } = changedMembers(context, 'identityProviders');
  const replaced = kept.filter(({ path, changed }) => new Fates(path, changed, PROVIDER).has('replace'));
  for (const { name, path } of [...removed, ...replaced]) {
    draft.step('identity', {
      id: `identity-provider/${name}/disassociate`,
      command: eksctl(
        'disassociate',
        'identityprovider',
        ...ofCluster(target),
        '--name',
        name,
        '--type',
        'oidc',
        '--wait',
      ),
      text: `Take away the identity provider '${name}', which cannot be changed`,
      fields: changes.under(path),
      ...(replaced.some((one) => one.name === name) ? { replaces: `identity provider '${name}'` } : {}),
      minutes: [10, 30],
      disturbs: 'its users lose the Kubernetes API',
      risk: 'danger',
    });
  }
  const fields = [...added, ...replaced].flatMap(({ path }) => changes.under(path));
  if (fields.length > 0) {
    draft.step('identity', {
      id: 'identity-provider/associate',
      command: eksctl('associate', 'identityprovider', '-f', target.file, '--wait'),
      text: 'Add the identity provider of the file',
      fields,
      minutes: [10, 30],
      risk: 'notice',
    });
  }
  for (const { name, path, changed, old, new: next } of kept.filter((one) => !replaced.includes(one))) {
    retag(target, providerArn(context, name), texts(old.tags), texts(next.tags)).forEach((command, i) => {
      draft.step('identity', {
        id: `identity-provider/${name}/tags/${i + 1}`,
        command,
        text: `Change the tags of the identity provider '${name}'`,
        fields: new Fates(path, changed, PROVIDER).of('tags'),
        risk: 'none',
      });
    });
  }
};

function providerArn({ target }: Context, name: string): Output {
  const command = aws(target, 'eks', 'describe-identity-provider-config', {
    'cluster-name': target.cluster,
    'identity-provider-config': `type=oidc,name=${name}`,
    query: 'identityProviderConfig.oidc.identityProviderConfigArn',
  });
  return new Output(`${command} --output text`);
}

const MAPPING: Fields<IAMIdentityMapping, 'mapping'> = {
  account: 'mapping',
  arn: 'mapping',
  groups: 'mapping',
  namespace: 'mapping',
  noDuplicateARNs: 'mapping',
  serviceName: 'mapping',
  username: 'mapping',
};

/** Entries of the ConfigMap aws-auth. */
export const identityMappings: Section = (context, draft) => {
  const { target } = context;
  const { added, kept, removed } = changedMembers(context, 'iamIdentityMappings');
  draft.ignored(
    context.changes.fields.filter((field) => field === 'iamIdentityMappings'),
    'mappings of one principal cannot be told apart; `kubectl -n kube-system edit configmap aws-auth` changes them',
  );
  for (const { name, path, old, changed } of [...kept, ...removed.map((one) => ({ ...one, changed: [one.path] }))]) {
    const again = kept.some((one) => one.name === name);
    const option = optionOf(old);
    if (option === undefined) {
      draft.ignored(
        changed,
        'eksctl takes no mapping of a service away; delete its Role and RoleBinding in the namespace',
      );
      continue;
    }
    draft.step(again ? 'identity' : 'remove-identity', {
      id: `identity-mapping/${name}/delete`,
      command: eksctl('delete', 'iamidentitymapping', ...ofCluster(target), ...option),
      text: `Take the mapping of '${name}' out of aws-auth`,
      fields: again ? new Fates(path, changed, MAPPING).of('mapping') : changed,
      ...(again ? { replaces: `identity mapping of '${name}'` } : {}),
      disturbs: `'${name}' loses the Kubernetes API${again ? ' until the next step is done' : ''}`,
      risk: 'danger',
    });
  }
  for (const { name, path, new: next } of [...added, ...kept.filter(({ old }) => optionOf(old) !== undefined)]) {
    draft.step('identity', {
      id: `identity-mapping/${name}/create`,
      command: eksctl('create', 'iamidentitymapping', ...ofCluster(target), ...optionsOf(next)),
      text: `Write the mapping of '${name}' into aws-auth`,
      fields: context.changes.under(path),
      risk: 'notice',
    });
  }
};

const optionOf = ({ arn, account }: Loose): string[] | undefined =>
  typeof arn === 'string' ? ['--arn', arn] : typeof account === 'string' ? ['--account', account] : undefined;

function optionsOf(mapping: Loose): string[] {
  const { username, groups, serviceName, namespace, noDuplicateARNs } = mapping;
  return [
    ...(optionOf(mapping) ?? []),
    ...(typeof username === 'string' ? ['--username', username] : []),
    ...textList(groups).flatMap((group) => ['--group', group]),
    ...(typeof serviceName === 'string' ? ['--service-name', serviceName, '--namespace', String(namespace)] : []),
    ...(noDuplicateARNs === true ? ['--no-duplicate-arns'] : []),
  ];
}
