import { type EksApp, KubeObject, type Tenant } from 'cdk8s-eks-patterns';
import { type Manifest, newApp, newCluster, newTenant, scheduled, stateful, web } from '../support/app';
import { findingsOf } from '../support/findings';

/** What the API server would refuse is an error of the synthesis, whoever has written it. */
function errorsOf(fill: (tenant: Tenant) => void): (string | undefined)[][] {
  const program = (): EksApp => {
    const app = newApp();
    fill(newTenant({}, newCluster(app)));
    return app;
  };
  return findingsOf(program).map(({ rule, field, construct }) => [rule, field, construct]);
}

const container = (more: object) => ({
  name: 'c',
  image: 'a/b:1.0.0',
  resources: { requests: { cpu: '100m', memory: '64Mi' } },
  ...more,
});
const raw = (manifest: object) => (tenant: Tenant) =>
  void new KubeObject(tenant, 'raw', manifest as ConstructorParameters<typeof KubeObject>[2]);

const DEPLOYMENT = 'prod/shop/web/Deployment';
const TEMPLATE = 'spec.template.spec';

test.each<[string, (deployment: Manifest) => void, string, string]>([
  [
    'labels',
    (d) => (d.spec.template.metadata.labels = { app: 'x' }),
    'selectors/template',
    'spec.template.metadata.labels',
  ],
  [
    'a mount',
    (d) => d.spec.template.spec.containers[0].volumeMounts.push({ name: 'dta', mountPath: '/data' }),
    'volumes/unknown',
    `${TEMPLATE}.containers[0].volumeMounts[1].name`,
  ],
  [
    'a sidecar of the same name',
    (d) => d.spec.template.spec.containers.push(container({ name: 'web' })),
    'containers/name',
    `${TEMPLATE}.containers[1].name`,
  ],
  ['a label', (d) => (d.metadata.labels.team = 'Data & Search'), 'metadata/labels', 'metadata.labels.team'],
  [
    'a probe',
    (d) => (d.spec.template.spec.containers[0].livenessProbe.successThreshold = 2),
    'probes/numbers',
    `${TEMPLATE}.containers[0].livenessProbe.successThreshold`,
  ],
  [
    'a limit',
    (d) => (d.spec.template.spec.containers[0].resources.limits.memory = '1Mi'),
    'quantities/limits',
    `${TEMPLATE}.containers[0].resources.requests.memory`,
  ],
])('a WebService whose customize changes %s', (_, edit, rule, field) => {
  const found = errorsOf((tenant) => web({ customize: { deployment: (d: Manifest) => void edit(d) } }, tenant));
  expect(found).toContainEqual([rule, field, DEPLOYMENT]);
});

test('a raw sidecar that mounts a volume of nobody', () => {
  const sidecars = [container({ volumeMounts: [{ name: 'dta', mountPath: '/d' }] })];
  expect(errorsOf((tenant) => web({ sidecars }, tenant))).toContainEqual([
    'volumes/unknown',
    `${TEMPLATE}.initContainers[0].volumeMounts[0].name`,
    DEPLOYMENT,
  ]);
});

test('a schedule and a claim template that are edited', () => {
  const cronJob = (c: Manifest) => void Object.assign(c.spec, { schedule: '0 0 * *' });
  expect(errorsOf((tenant) => scheduled({ customize: { cronJob } }, tenant))).toEqual([
    ['jobs/schedule', 'spec.schedule', 'prod/shop/nightly/CronJob'],
  ]);
  const statefulSet = (s: Manifest) => void Object.assign(s.spec.volumeClaimTemplates[0].metadata, { name: 'files' });
  expect(errorsOf((tenant) => stateful({ customize: { statefulSet } }, tenant)).map(([rule]) => rule)).toContain(
    'volumes/unknown',
  );
});

test.each([
  [
    'a ConfigMap of 300,000 characters',
    { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'a' }, data: { a: 'x'.repeat(300_000) } },
    'objects/too-large',
  ],
  [
    'a removed version',
    { apiVersion: 'policy/v1beta1', kind: 'PodDisruptionBudget', metadata: { name: 'a' } },
    'api-versions/removed',
  ],
  ['a misspelt kind', { apiVersion: 'apps/v1', kind: 'Deploymnt', metadata: { name: 'a' } }, 'api-versions/unknown'],
])('a KubeObject with %s', (_, manifest, rule) => {
  expect(errorsOf(raw(manifest)).map(([id]) => id)).toContain(rule);
});

test('what all patterns write breaks none of these rules', () => {
  const fill = (tenant: Tenant) => {
    web({}, tenant);
    stateful({}, tenant);
    scheduled({}, tenant);
  };
  expect(errorsOf(fill)).toEqual([]);
});
