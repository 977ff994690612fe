/** Random values of the props of a Tenant. */
import { Mesh, SecretSource } from 'cdk8s-eks-patterns';
import { pick } from '../../review/damage';
import { because, drawn, either, oneOf, type Value, type Values } from './draw';
import { PATTERN_VALUES } from './pattern-values';
import { TENANT_EDITS } from './tenant-edits';

const ROLE = 'arn:aws:iam::111122223333:role/payments';
const USER = 'arn:aws:iam::111122223333:user/path/anna';

/** Defaults that have values in the patterns, and those that only a tenant or an app has. */
const DEFAULTS: Values = {
  ...Object.fromEntries(
    [
      'user',
      'resources',
      'security',
      'placement',
      'shutdown',
      'priority',
      'imagePullPolicy',
      'imagePullSecrets',
      'onSecretChange',
      'dns',
      'runtimeClass',
      'labels',
      'annotations',
      'disruption',
      'rollout',
      'probes',
      'alerts',
    ].map((name) => [name, (PATTERN_VALUES.WebService as Values)[name]!]),
  ),
  scraper: oneOf({ namespace: 'observability' }, { namespace: 'observability', podLabels: { app: 'prometheus' } }),
  secretSource: oneOf(
    SecretSource.driver(),
    SecretSource.externalSecrets({ by: 'irsa', account: '111122223333' }),
    SecretSource.externalSecrets({ by: 'pod-identity' }),
    SecretSource.store({ name: 'aws', kind: 'ClusterSecretStore' }),
  ),
};

const grantees: Value = oneOf([ROLE], [USER, { group: 'payments' }], [{ group: 'oncall' }, { group: 'pay.ments:all' }]);

const mesh: Value = oneOf(
  Mesh.istio({ mode: 'sidecar' }),
  Mesh.istio({
    mode: 'sidecar',
    mtls: { mode: 'permissive', ...because },
    authorization: { open: true, ...because },
    revision: 'stable',
    namespaces: ['ingress'],
    proxy: { cpu: '50m', cpuLimit: 'none', memory: '64Mi', memoryLimit: '1Gi' },
  }),
  Mesh.istio({ mode: 'ambient', mtls: 'strict', authorization: 'connections' }),
  Mesh.lattice(),
  Mesh.lattice({ ports: [443, 8080] }),
);

/** All but `podSecurity`, which decides the namespace that a program is tried in. */
export const TENANT_VALUES: Values = {
  team: oneOf('payments', 'Team_1.a', 'x'),
  defaults: (random, tenant) => drawn(DEFAULTS, pick(random, [0.05, 0.1, 0.3]), random, tenant),
  quota: oneOf(
    'none',
    { pods: 100 },
    { 'requests.cpu': '20', 'requests.memory': '40Gi', 'limits.memory': '80Gi', pods: '100' },
    {
      'requests.storage': '1Ti',
      persistentvolumeclaims: 20,
      'gp3.storageclass.storage.k8s.io/requests.storage': '1Ti',
    },
    { 'services.loadbalancers': 0, 'services.nodeports': 0, 'count/jobs.batch': 50 },
    { 'requests.ephemeral-storage': '10Gi', 'requests.nvidia.com/gpu': 2 },
  ),
  containers: oneOf(
    { min: { cpu: '10m' } },
    { min: { cpu: '10m', memory: '16Mi' }, max: { cpu: '4', memory: '8Gi' } },
    { max: { memory: '4Gi' } },
  ),
  network: oneOf('isolated', { open: true, ...because }),
  mesh,
  access: either(
    (random, tenant) => ({ edit: grantees(random, tenant) }),
    (random, tenant) => ({ view: grantees(random, tenant) }),
    oneOf({ admin: [ROLE], edit: [{ group: 'payments' }], view: [USER, { group: 'oncall' }] }),
  ),
  admission: oneOf(
    'deny',
    'warn',
    { action: 'warn', registries: ['111122223333.dkr.ecr.us-west-2.amazonaws.com', 'public.ecr.aws/docker'] },
    { action: 'deny', labels: ['cost-center'] },
    { labels: ['example.com/cost-center'], registries: ['localhost:5000'] },
  ),
  contact: oneOf('#payments', 'payments@example.com', "https://example.com/oncall?team=a&b='c'"),
  costs: oneOf({ 'cost-center': '42' }, { 'cost-center': '', 'example.com/unit': 'retail' }),
  nodes: oneOf('shared', 'dedicated'),
  labels: oneOf({ stage: 'prod' }, { 'example.com/stage': '', 'elbv2.k8s.aws/other': 'x' }),
  waive: oneOf(
    { 'availability/no-budget': 'the test draws it' },
    {
      'images/latest': 'until=2036-01-01 it',
      'availability/single-replica': 'the vendor asks for it until=2036-01-01',
    },
  ),
  customize: (random) => pick(random, TENANT_EDITS),
};

export const POD_SECURITY = ['restricted', 'baseline', 'privileged'] as const;

/** The prop for a Pod Security Standard. */
export const podSecurity = (level: (typeof POD_SECURITY)[number]): Value =>
  level === 'restricted' ? oneOf('restricted', undefined) : oneOf({ level, ...because });
