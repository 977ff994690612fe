import type { Construct } from 'constructs';
import type { Region } from '../../eks/values';
import { MANAGED_BY } from '../../kube/labels';
import { contentHash } from '../../kube/names';
import { AppSlot } from '../core/app-state';
import { Check } from '../core/check';
import { clusterOf } from '../core/cluster-context';
import { KubeObject } from '../core/kube-object';
import type { SecretStore } from '../core/secret-objects';
import type { AwsSecret } from './aws-secret';
import { API_VERSION } from './secret-operator';
import type { SourceModel } from './secret-source';
import { accountName } from './store-account';

type External = Extract<SourceModel, { kind: 'external' }>;
type Named = Extract<SourceModel, { kind: 'external' | 'store' }>;

const SERVICES = { secretsmanager: 'SecretsManager', ssm: 'ParameterStore' } as const;
const NAMES = { secretsmanager: 'secrets-manager', ssm: 'parameter-store' } as const;
const labels = () => ({ 'app.kubernetes.io/managed-by': MANAGED_BY });

/** A store that this app writes, and the namespaces that use it. */
interface WrittenStore {
  readonly object: KubeObject<SecretStore>;
  readonly namespaces: Set<string>;
}

const written = new AppSlot<Map<string, WrittenStore>>('secret-stores', () => new Map());
/** The region that a source reads. */
export function regionOf(owner: Construct, { region }: External): Region {
  const found = region ?? clusterOf(owner)?.facts.region;
  if (found === undefined) {
    throw Check.of(owner).error(
      'required',
      'source',
      'source must have a region of AWS, but neither it nor a Cluster of the app has one',
      "write SecretSource.externalSecrets({ region: 'us-west-2' }), or create a Cluster in the app",
    );
  }
  return found;
}

/** How the operator logs in; with its own identity where nothing is said. */
export function loginOf(source: External) {
  const { role, by } = source;
  if (by === 'irsa') {
    return { auth: { jwt: { serviceAccountRef: { name: accountName(source) } } } };
  }
  return role === undefined ? {} : { role };
}

/** The store that a source names, made when the first needs it. */
export function storeOf(owner: Construct, service: AwsSecret['service'], source: Named, namespace: string) {
  if (source.kind === 'store') {
    return source.store;
  }
  const { store, role, by } = source;
  const region = regionOf(owner, source);
  const kind = store === 'cluster' ? 'ClusterSecretStore' : 'SecretStore';
  const isUsual = role === undefined && source.region === undefined && by !== 'irsa';
  const name = `${NAMES[service]}${isUsual ? '' : `-${contentHash(JSON.stringify([role, region, ...(by === 'irsa' ? [by] : [])]))}`}`;
  const key = `${kind} ${store === 'cluster' ? '' : namespace} ${name}`;
  const stores = written.of(owner);
  const known =
    stores.get(key) ?? writeStore(owner, { kind, name, namespace, service, region, login: loginOf(source) });
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
  readonly login: ReturnType<typeof loginOf>;
}

function writeStore(owner: Construct, { kind, name, namespace, service, region, login }: StoreModel): WrittenStore {
  const namespaces = new Set<string>();
  const render = (): SecretStore => ({
    apiVersion: API_VERSION,
    kind,
    metadata: { name, ...(kind === 'SecretStore' ? { namespace } : {}), labels: labels() },
    spec: {
      ...(kind === 'SecretStore' ? {} : { conditions: [{ namespaces: [...namespaces].sort() }] }),
      provider: { aws: { service: SERVICES[service], region, ...login } },
    },
  });
  return { object: new KubeObject<SecretStore>(owner, kind, render(), render), namespaces };
}
