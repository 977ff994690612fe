import { CUSTOM_WORKLOAD_KINDS } from '../../kube/custom-workloads';
import { hasPodTemplate, podTemplates } from '../../kube/pod-templates';
import { isKnownKind } from '../../kube/shapes/shape';
import { WORKLOAD_KINDS } from '../../kube/workload-kinds';
import { CUSTOM_CASES, customManifest } from '../support/custom-workloads';

const spec = { containers: [{ name: 'main', image: 'registry.example.com/web:1' }] };
const template = { metadata: { labels: { app: 'web' } }, spec };
const manifest = (apiVersion: string, kind: string, own: Record<string, unknown>) => ({
  apiVersion,
  kind,
  metadata: { name: 'web' },
  spec: own,
});

test.each(Object.entries(WORKLOAD_KINDS))('the pods of a %s are found, at their field', (kind, { apiVersion, at }) => {
  const path = (at ?? 'spec.template').split('.');
  const own = path.reduceRight<unknown>((inner, key) => ({ [key]: inner }), template) as {
    spec: Record<string, unknown>;
  };
  expect(podTemplates(manifest(apiVersion, kind, own.spec))).toEqual([
    expect.objectContaining({ template, at: path.join('.'), workload: WORKLOAD_KINDS[kind], times: 1 }),
  ]);
});

test('a PodTemplate has its template beside the metadata', () => {
  const own = { apiVersion: 'v1', kind: 'PodTemplate', metadata: { name: 'web' }, template };
  expect(podTemplates(own)).toEqual([{ template, at: 'template', of: {}, times: 1 }]);
});

test('a Pod is its own template, at its root', () => {
  const [pod, ...others] = podTemplates(manifest('v1', 'Pod', spec));
  expect(pod).toMatchObject({ template: { spec }, at: '' });
  expect(pod?.workload).toBeUndefined();
  expect(others).toEqual([]);
});

test('what has no spec, or is of another group, has no templates', () => {
  expect(podTemplates({ apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'web' } })).toEqual([]);
  expect(podTemplates({ apiVersion: 'ray.io/v1', kind: 'RayCluster', metadata: { name: 'web' } })).toEqual([]);
  expect(podTemplates(manifest('v1', 'Service', { template }))).toEqual([]);
  expect(hasPodTemplate({ apiVersion: 'v1', kind: 'constructor' })).toBe(false);
});

describe('custom resources with several templates', () => {
  test('every kind of the table has a case, and its fields are known', () => {
    expect(CUSTOM_CASES.map(({ kind }) => kind).sort()).toEqual([...CUSTOM_WORKLOAD_KINDS].sort());
    for (const { apiVersion, kind } of CUSTOM_CASES.map((one) => customManifest(one, template))) {
      expect(isKnownKind(apiVersion, kind)).toBe(true);
    }
  });

  test.each(CUSTOM_CASES)('the pods of $kind are found, with their number', (one) => {
    const found = podTemplates(customManifest(one, template)).map(({ at, template: own, workload, of, times }) => {
      expect(own).toBe(template);
      return [at, workload!.replicas(of) * times];
    });
    expect(Object.fromEntries(found)).toEqual(one.pods);
  });

  test('a suspended JobSet has no pods, and a group without a template of its leader is of its workers', () => {
    const [jobSet, lws] = CUSTOM_CASES as [(typeof CUSTOM_CASES)[number], (typeof CUSTOM_CASES)[number]];
    const suspended = customManifest({ ...jobSet, spec: (own) => ({ ...jobSet.spec(own), suspend: true }) }, template);
    expect(podTemplates(suspended).map(({ times }) => times)).toEqual([0, 0]);
    const alone = customManifest(
      { ...lws, spec: (own) => ({ leaderWorkerTemplate: { size: 4, workerTemplate: own } }) },
      template,
    );
    expect(podTemplates(alone).map(({ of }) => of.replicas)).toEqual([4]);
  });

  test('Knative scales within the bounds of annotations of the template', () => {
    const annotations = { 'autoscaling.knative.dev/min-scale': '2', 'autoscaling.knative.dev/max-scale': '5' };
    const [{ workload, of }] = podTemplates(
      manifest('serving.knative.dev/v1', 'Service', { template: { metadata: { annotations }, spec } }),
    ) as [ReturnType<typeof podTemplates>[number]];
    expect([workload!.replicas(of), workload!.most!(of)]).toEqual([2, 5]);
  });
});
