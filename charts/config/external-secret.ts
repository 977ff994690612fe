import type { Construct, IConstruct } from 'constructs';
import { CONTROLLERS } from '../../eks/controllers';
import type { Region } from '../../eks/values';
import { MANAGED_BY } from '../../kube/labels';
import { contentHash } from '../../kube/names';
import { AppSlot } from '../core/app-state';
import { Check } from '../core/check';
import { clusterOf } from '../core/cluster-context';
import { KubeObject } from '../core/kube-object';
import { type Requirement, Requirements } from '../core/requirements';
import type { ExternalSecret, SecretStore } from '../core/secret-objects';
import { type AwsSecret, type SecretStatement, WHOLE } from './aws-secret';
import type { SourceModel } from './secret-source';

type External = Extract<SourceModel, { kind: 'external' }>;
type Named = Extract<SourceModel, { kind: 'external' | 'store' }>;

const API_VERSION = 'external-secrets.io/v1';
const SERVICES = { secretsmanager: 'SecretsManager', ssm: 'ParameterStore' } as const;
const NAMES = { secretsmanager: 'secrets-manager', ssm: 'parameter-store' } as const;
/** Of the operator, as its chart names it. */
const ACCOUNT = 'external-secrets';
const labels = () => ({ 'app.kubernetes.io/managed-by': MANAGED_BY });

/** A store that this app writes, and the namespaces that use it. */
interface WrittenStore {
  readonly object: KubeObject<SecretStore>;
  readonly namespaces: Set<string>;
}

const written = new AppSlot<Map<string, WrittenStore>>('secret-stores', () => new Map());
const asked = new AppSlot<(() => readonly SecretStatement[])[]>('external-secrets-permissions', () => []);

/** An ExternalSecret, and the store that it names. */
export function externalSecret(
  owner: Construct,
  secret: AwsSecret,
  source: Named,
  { namespace, name }: { readonly namespace: string; readonly name: string },
): KubeObject<ExternalSecret> {
  const store = source.kind === 'store' ? source.store : storeOf(owner, secret.service, source, namespace);
  const render = (): ExternalSecret => ({
    apiVersion: API_VERSION,
    kind: 'ExternalSecret',
    metadata: { name, namespace, labels: labels() },
    spec: {
      refreshInterval: `${source.refresh}s`,
      secretStoreRef: { kind: store.kind, name: store.name },
      // the Secret goes with the ExternalSecret, but stays when the value in AWS is deleted
      target: { name, creationPolicy: 'Owner', deletionPolicy: 'Retain' },
      data: (secret.keys ?? [undefined]).map((property) => ({
        secretKey: property ?? WHOLE,
        remoteRef: { key: secret.name, ...(property === undefined ? {} : { property }) },
      })),
    },
  });
  return new KubeObject<ExternalSecret>(owner, 'ExternalSecret', render(), render);
}

/** The store for a service, made when the first secret needs it. */
function storeOf(owner: Construct, service: AwsSecret['service'], source: External, namespace: string) {
  const { store, role } = source;
  const region = source.region ?? clusterOf(owner)?.facts.region;
  if (region === undefined) {
    throw Check.of(owner).error(
      'required',
      'source',
      'source must have a region of AWS, but neither it nor a Cluster of the app has one',
      "write SecretSource.externalSecrets({ region: 'us-west-2' }), or create a Cluster in the app",
    );
  }
  const kind = store === 'cluster' ? 'ClusterSecretStore' : 'SecretStore';
  const isUsual = role === undefined && source.region === undefined;
  const name = `${NAMES[service]}${isUsual ? '' : `-${contentHash(JSON.stringify([role, region]))}`}`;
  const key = `${kind} ${store === 'cluster' ? '' : namespace} ${name}`;
  const stores = written.of(owner);
  const known = stores.get(key) ?? writeStore(owner, { kind, name, namespace, service, region, role });
  known.namespaces.add(namespace);
  stores.set(key, known);
  return { kind, name } as const;
}

interface StoreModel {
  readonly kind: SecretStore['kind'];
  readonly name: string;
  readonly namespace: string;
  readonly service: AwsSecret['service'];
  readonly region: Region;
  readonly role: string | undefined;
}

function writeStore(owner: Construct, { kind, name, namespace, service, region, role }: StoreModel): WrittenStore {
  const namespaces = new Set<string>();
  const render = (): SecretStore => ({
    apiVersion: API_VERSION,
    kind,
    metadata: { name, ...(kind === 'SecretStore' ? { namespace } : {}), labels: labels() },
    spec: {
      ...(kind === 'SecretStore' ? {} : { conditions: [{ namespaces: [...namespaces].sort() }] }),
      provider: { aws: { service: SERVICES[service], region, ...(role === undefined ? {} : { role }) } },
    },
  });
  return { object: new KubeObject<SecretStore>(owner, kind, render(), render), namespaces };
}

/** What the operator must be allowed for a secret; the owner of a store that exists, or of a role, allows it. */
export function externalRequirements(
  owner: IConstruct,
  source: Named,
  statements: (region: Region | undefined) => readonly SecretStatement[],
): Requirement[] {
  const because = `secret '${owner.node.path}' is copied by External Secrets`;
  const api = Requirements.api(`${API_VERSION}/ExternalSecret`, { because });
  if (source.kind === 'store') {
    return [api];
  }
  const { role } = source;
  return [
    api,
    Requirements.feature('pod-identity', { because }),
    operatorReads(owner),
    ...(role === undefined ? [] : [roleStep(owner, role, statements(source.region ?? clusterOf(owner)?.facts.region))]),
  ];
}

/** Adds what the operator itself may do. */
export function allowOperator(owner: IConstruct, statements: () => readonly SecretStatement[]): void {
  asked.of(owner).push(statements);
}

/** The same for every secret, so that it is added once. */
function operatorReads(owner: IConstruct): Requirement {
  const { namespace } = CONTROLLERS.externalSecrets;
  return {
    id: `pod-identity/${namespace}/${ACCOUNT}`,
    because: 'External Secrets reads secrets of AWS',
    check: () => ({
      status: 'provided',
      addition: {
        kind: 'pod-identity',
        association: {
          namespace,
          serviceAccountName: ACCOUNT,
          createServiceAccount: false,
          permissionPolicy: {
            Version: '2012-10-17',
            Statement: statementsOf(owner).map(({ actions, resources, conditions }) => ({
              Effect: 'Allow',
              Action: [...actions],
              Resource: [...resources],
              ...(conditions === undefined ? {} : { Condition: { ...conditions } }),
            })),
          },
        },
      },
    }),
  };
}

/** One statement for the same actions and conditions, in the same order whatever the order of the constructs. */
function statementsOf(owner: IConstruct): SecretStatement[] {
  const byActions = new Map<string, SecretStatement>();
  for (const one of asked.of(owner).flatMap((statements) => statements())) {
    const key = JSON.stringify([one.actions, one.conditions]);
    const resources = new Set([...(byActions.get(key)?.resources ?? []), ...one.resources]);
    byActions.set(key, { ...one, resources: [...resources].sort() });
  }
  return [...byActions].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, statement]) => statement);
}

function roleStep(owner: IConstruct, role: string, statements: readonly SecretStatement[]): Requirement {
  const { namespace } = CONTROLLERS.externalSecrets;
  const list = statements.map((s) => `\`${s.actions.join(', ')}\` on \`${s.resources.join(', ')}\``).join('; ');
  return {
    id: `step/Role ${role}/${owner.node.path}`,
    because: `External Secrets assumes it for '${owner.node.path}'`,
    check: ({ name, region }) => ({
      status: 'provided',
      addition: {
        kind: 'step',
        step: {
          title: `Role ${role} of External Secrets`,
          text: `The role exists already. Its policy allows ${list}, and its trust policy \`sts:AssumeRole\` and \`sts:TagSession\` to the role of the operator, which the command prints.`,
          commands: [
            [
              `ID=$(aws eks list-pod-identity-associations --cluster-name ${name} --region ${region} --namespace ${namespace} --service-account ${ACCOUNT} --query 'associations[0].associationId' --output text)`,
              `aws eks describe-pod-identity-association --cluster-name ${name} --region ${region} --association-id "$ID" --query association.roleArn --output text`,
            ].join('\n'),
          ],
        },
      },
    }),
  };
}
