import { parseArn, partitionOf, roleNameOf } from '../../eks/arn';
import type { Arn, Region } from '../../eks/values';
import type { ClusterConfig } from '../../eksctl/types';
import { contentHash } from '../../kube/names';
import type { Mutable } from '../../kube/values';
import type { ClusterFacts, Requirement, Step } from './requirements';
import { stringifyDocuments } from './synthesis/yaml';

const LONGEST_ROLE = 64;

/** A service account that takes a role by its OpenID Connect token. */
export interface IrsaAccount {
  readonly path: string;
  readonly namespace: string;
  readonly name: string;
  /** A role that exists. @default - one that eksctl makes */
  readonly role?: Arn | undefined;
  /** The account of a role that eksctl makes. */
  readonly account?: string | undefined;
  /** What a role that eksctl makes may do, as fields of an entry of iam.serviceAccounts. */
  readonly policies: (region: Region) => object;
}
type Site = Pick<ClusterFacts, 'name' | 'region'>;

/** The name of the role that eksctl makes, which must be known before it exists: the ServiceAccount names it. */
function roleName({ namespace, name }: IrsaAccount, cluster: Site): string {
  const whole = `${cluster.name}-${namespace}-${name}`;
  return whole.length <= LONGEST_ROLE ? whole : `${whole.slice(0, LONGEST_ROLE - 11)}-${contentHash(whole)}`;
}

/** The role in the annotation of the ServiceAccount. */
export function irsaRole(account: IrsaAccount, cluster: Site): Arn {
  const partition = partitionOf(cluster.region);
  return account.role ?? `arn:${partition}:iam::${account.account}:role/${roleName(account, cluster)}`;
}

/** The entry of iam.serviceAccounts in a ClusterConfig that makes the role. */
function serviceAccount(account: IrsaAccount, cluster: Site) {
  const { namespace, name, policies } = account;
  return {
    metadata: { name, namespace },
    roleName: roleName(account, cluster),
    roleOnly: true,
    ...policies(cluster.region),
  };
}

/** The OIDC provider of the cluster, and the role or its trust. */
export function irsaRequirements(account: IrsaAccount): Requirement[] {
  const because = `'${account.path}' has permissions in AWS by IRSA`;
  const id = `irsa/${account.namespace}/${account.name}`;
  const provider: Requirement = {
    id: 'irsa/oidc',
    because,
    check: (cluster) =>
      cluster.made
        ? { status: 'provided', addition: { kind: 'edit', edit: withProvider } }
        : { status: 'provided', addition: { kind: 'step', step: providerStep(cluster) } },
  };
  const role: Requirement = {
    id,
    because,
    check: (cluster) => {
      if (account.role !== undefined) {
        return { status: 'provided', addition: { kind: 'step', step: trustStep(account, cluster) } };
      }
      const entry = serviceAccount(account, cluster);
      return cluster.made
        ? { status: 'provided', addition: { kind: 'edit', edit: (config) => addAccount(config, entry) } }
        : { status: 'provided', addition: { kind: 'step', step: roleStep(account, cluster) } };
    },
  };
  return [provider, role];
}

function withProvider(config: Mutable<ClusterConfig>): void {
  config.iam = { ...config.iam, withOIDC: true };
}

function addAccount(config: Mutable<ClusterConfig>, entry: ReturnType<typeof serviceAccount>): void {
  const accounts = [...(config.iam?.serviceAccounts ?? []), entry as never];
  config.iam = { ...config.iam, serviceAccounts: accounts };
}

function providerStep({ name, region }: Site): Step {
  return {
    title: 'OpenID Connect provider of the cluster',
    text: 'IAM trusts the tokens of service accounts through it. What exists already is left as it is.',
    commands: [`eksctl utils associate-iam-oidc-provider --cluster ${name} --region ${region} --approve`],
  };
}

function roleStep(account: IrsaAccount, cluster: Site): Step {
  const config = {
    apiVersion: 'eksctl.io/v1alpha5',
    kind: 'ClusterConfig',
    metadata: { name: cluster.name, region: cluster.region },
    iam: { withOIDC: true, serviceAccounts: [serviceAccount(account, cluster)] },
  };
  return {
    title: `Role of service account ${account.namespace}/${account.name}`,
    text: `The ServiceAccount of '${account.path}' names it by annotation. What exists already is left as it is.`,
    commands: [
      `eksctl create iamserviceaccount --approve -f - <<'EOF'\n${stringifyDocuments([config]).trimEnd()}\nEOF`,
    ],
  };
}

/** The provider of the cluster is known once the cluster exists: the shell fills it in. */
function trustStep({ role = '', path, namespace, name }: IrsaAccount, cluster: Site): Step {
  const { partition, account } = parseArn(role)!;
  const policy = {
    Version: '2012-10-17',
    Statement: [
      {
        Effect: 'Allow',
        Principal: { Federated: `arn:${partition}:iam::${account}:oidc-provider/$OIDC` },
        Action: 'sts:AssumeRoleWithWebIdentity',
        Condition: {
          StringEquals: {
            '$OIDC:aud': 'sts.amazonaws.com',
            '$OIDC:sub': `system:serviceaccount:${namespace}:${name}`,
          },
        },
      },
    ],
  };
  const issuer = `aws eks describe-cluster --name ${cluster.name} --region ${cluster.region} --query cluster.identity.oidc.issuer --output text`;
  return {
    title: `Trust of role ${role} in service account ${namespace}/${name}`,
    text: `The role of '${path}' exists already and must trust the token of its service account. The command replaces the whole trust policy: if others take the role on too, add the statement to theirs.`,
    commands: [
      [
        `OIDC=$(${issuer} | sed 's|^https://||')`,
        `aws iam update-assume-role-policy --role-name ${roleNameOf(role)} --policy-document "$(cat <<EOF`,
        JSON.stringify(policy, undefined, 2),
        'EOF',
        ')"',
      ].join('\n'),
    ],
  };
}
