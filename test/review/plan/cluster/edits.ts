import type { ClusterConfig } from '../../../../eksctl';
import type { AnyKind, StructKind } from '../../../../eksctl/schema/field';
import { CLUSTER_CONFIG } from '../../../../eksctl/schema/shapes';
import { isObject, type Loose } from '../../../../kube/loose';

/** A config with something in every section, and a member in every list that has names. */
export const FULL = {
  apiVersion: 'eksctl.io/v1alpha5',
  kind: 'ClusterConfig',
  metadata: { name: 'prod', region: 'us-west-2', version: '1.34' },
  accessConfig: { accessEntries: [{ principalARN: 'arn:aws:iam::111122223333:role/admin' }] },
  addons: [{ name: 'aws-fsx-csi-driver' }, { name: 'eks-pod-identity-agent' }],
  capabilities: [{ name: 'ack', type: 'ACK' }],
  fargateProfiles: [{ name: 'jobs', selectors: [{ namespace: 'jobs' }] }],
  iam: {
    serviceAccounts: [{ metadata: { name: 'reader', namespace: 'shop' } }],
    podIdentityAssociations: [{ namespace: 'shop', serviceAccountName: 'web' }],
  },
  iamIdentityMappings: [{ arn: 'arn:aws:iam::111122223333:role/dev' }],
  identityProviders: [{ name: 'company', type: 'oidc', clientID: 'kubernetes', issuerURL: 'https://id.example' }],
  managedNodeGroups: [{ name: 'web' }],
  nodeGroups: [{ name: 'own' }],
} as unknown as ClusterConfig;

/** An edit of one field, by its path in the schema: 'managedNodeGroups[].instanceType'. */
export interface Edit {
  readonly path: string;
  readonly old: ClusterConfig;
  readonly new: ClusterConfig;
}

/** For every field of the schema: it is set, changed and removed in `FULL`. */
export function everyEdit(): Edit[] {
  return leavesOf(CLUSTER_CONFIG, '').flatMap(({ path, kind }) => {
    const [one, other] = [1, 2].map((variant) => withValue(FULL as unknown as Loose, path, sampleOf(kind, variant)));
    const none = withValue(FULL as unknown as Loose, path, undefined);
    return [
      [none, one],
      [one, other],
      [other, none],
    ].map(([old, next]) => ({ path, old: old as unknown as ClusterConfig, new: next as unknown as ClusterConfig }));
  });
}

interface Leaf {
  readonly path: string;
  readonly kind: AnyKind;
}

/** Lists of `FULL` whose members are looked into. */
const NAMED =
  /^(addons|capabilities|fargateProfiles|iamIdentityMappings|identityProviders|managedNodeGroups|nodeGroups|iam\.serviceAccounts|iam\.podIdentityAssociations|accessConfig\.accessEntries)$/;
/** What names a member, and what a file always has. */
const FIXED =
  /^(apiVersion|kind)$|\[\]\.(name|metadata\.name|metadata\.namespace|principalARN|arn|account|serviceName|namespace|serviceAccountName)$/;

function leavesOf(kind: StructKind, path: string): Leaf[] {
  return Object.entries(kind.properties).flatMap(([key, property]) => {
    const below = path === '' ? key : `${path}.${key}`;
    if (property.kind === 'struct') {
      return leavesOf(property, below);
    }
    if (property.kind === 'list' && property.of.kind === 'struct' && NAMED.test(below)) {
      return leavesOf(property.of, `${below}[]`);
    }
    return FIXED.test(below) ? [] : [{ path: below, kind: property }];
  });
}

function sampleOf(kind: AnyKind, variant: number): unknown {
  switch (kind.kind) {
    case 'integer':
    case 'number':
      return 10 + variant;
    case 'boolean':
      return variant === 1;
    case 'one-of':
      return kind.values[0];
    case 'list':
      return [sampleOf(kind.of, variant)];
    case 'map':
      return { [`key-${variant}`]: sampleOf(kind.of, variant) };
    case 'list-or-map':
      return sampleOf(kind.list, variant);
    case 'json':
      return { setting: variant };
    case 'struct':
      return Object.fromEntries(Object.entries(kind.properties).map(([key, of]) => [key, sampleOf(of, variant)]));
    default:
      return `value-${variant}`;
  }
}

/** A copy with a value at a path; '[]' is the first member of a list. */
export function withValue(config: Loose, path: string, value: unknown): Loose {
  const [, key, member, rest] = /^([^.[]+)(\[\])?\.?(.*)$/s.exec(path)!;
  const current = config[key!];
  const inner = member ? (Array.isArray(current) ? current[0] : undefined) : current;
  const next = rest === '' ? value : withValue(isObject(inner) ? inner : {}, rest!, value);
  const { [key!]: _, ...others } = config;
  if (member) {
    return { ...config, [key!]: [next, ...(Array.isArray(current) ? current.slice(1) : [])] };
  }
  return next === undefined ? others : { ...config, [key!]: next };
}
