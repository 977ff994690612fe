import type { Construct } from 'constructs';
import { MANAGED_BY } from '../../kube/labels';
import { contentHash } from '../../kube/names';
import { ROLE_ANNOTATION } from '../../review/account-roles';
import { AppSlot } from '../core/app-state';
import { Check } from '../core/check';
import { clusterOf } from '../core/cluster-context';
import { type IrsaAccount, irsaRequirements, irsaRole } from '../core/irsa';
import type { ServiceAccount } from '../core/k8s';
import { KubeObject } from '../core/kube-object';
import { Requirements } from '../core/requirements';
import type { SecretStatement } from './aws-secret';
import { policyOf } from './secret-policy';
import type { SourceModel } from './secret-source';

type External = Extract<SourceModel, { kind: 'external' }>;
type Asked = (() => readonly SecretStatement[])[];

const ACCOUNT = 'secret-store';

const accounts = new AppSlot<Map<string, Asked>>('store-accounts', () => new Map());

/** The service account of a namespace whose token the operator asks for, by IRSA. */
export function accountName({ role }: External): string {
  return role === undefined ? ACCOUNT : `${ACCOUNT}-${contentHash(role)}`;
}

/** Adds what the role of the account may do; the account is written when the first asks. */
export function allowAccount(
  owner: Construct,
  source: External,
  namespace: string,
  statements: () => readonly SecretStatement[],
): void {
  const name = accountName(source);
  const all = accounts.of(owner);
  const known = all.get(`${namespace}/${name}`);
  if (known) {
    known.push(statements);
    return;
  }
  const asked: Asked = [statements];
  all.set(`${namespace}/${name}`, asked);
  write(owner, source, { namespace, name, asked });
}

function write(
  owner: Construct,
  { role, account }: External,
  { namespace, name, asked }: { readonly namespace: string; readonly name: string; readonly asked: Asked },
): void {
  if (role === undefined && clusterOf(owner) === undefined) {
    throw Check.of(owner).error(
      'required',
      'source',
      'source must have a role by IRSA without a Cluster in the app, which would make the role',
      "write SecretSource.externalSecrets({ by: 'irsa', role: 'arn:aws:iam::111122223333:role/NAME' })",
    );
  }
  const model: IrsaAccount = {
    path: `${owner.node.path}/ServiceAccount`,
    namespace,
    name,
    role,
    account,
    policies: () => ({ attachPolicy: policyOf(asked) }),
  };
  const site = clusterOf(owner)?.facts;
  const head: ServiceAccount = {
    apiVersion: 'v1',
    kind: 'ServiceAccount',
    metadata: {
      name,
      namespace,
      labels: { 'app.kubernetes.io/managed-by': MANAGED_BY },
      annotations: {
        [ROLE_ANNOTATION]: irsaRole(model, { name: site?.name ?? '', region: site?.region ?? 'us-east-1' }),
      },
    },
    automountServiceAccountToken: false,
  };
  const object = new KubeObject<ServiceAccount>(owner, 'StoreAccount', head, undefined);
  Requirements.add(object, ...irsaRequirements(model));
}
