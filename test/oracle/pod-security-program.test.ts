import { ApiObject } from 'cdk8s';
import type { k8s, Tenant } from 'cdk8s-eks-patterns';
import { appOf, existingCluster, newApp, newTenant, web } from '../support/app';
import { findingsOf } from '../support/findings';
import { TESTDATA_PRESENT, type TestPod, testPods } from './pod-security-data';

type Pod = Required<Pick<k8s.Pod, 'spec'>> & { readonly metadata: k8s.ObjectMeta };

/** Puts a pod into a tenant in three ways. */
function add(shop: Tenant, { pod }: TestPod, name: string): void {
  const { metadata, spec } = pod as Pod;
  const { annotations } = metadata;
  web(
    {
      customize: {
        deployment: (d: k8s.Deployment) => {
          const { template } = d.spec;
          Object.assign(template, {
            spec,
            metadata: { ...template.metadata, ...(annotations ? { annotations } : {}) },
          });
        },
      },
    },
    shop,
    `${name}-edited`,
  );
  new ApiObject(shop, `${name}-pod`, {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: `${name}-pod`, annotations },
    spec,
  });
  const labels = { 'app.kubernetes.io/name': name };
  new ApiObject(shop, `${name}-raw`, {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: `${name}-raw` },
    spec: { selector: { matchLabels: labels }, template: { metadata: { labels, annotations }, spec } },
  });
}

/** The ids of the constructs whose pods are refused. */
function refusedIn(level: TestPod['level'], version: number, pods: readonly TestPod[]): Set<string> {
  const because = 'the test says so';
  const podSecurity = level === 'restricted' ? level : { level, because };
  const customize = {
    namespace: (n: k8s.Namespace) => {
      n.metadata.labels!['pod-security.kubernetes.io/enforce-version'] = `v1.${version}`;
    },
  };
  const cluster = existingCluster(newApp(), { version: '1.37' as '1.36' });
  const shop = newTenant({ podSecurity, customize, quota: 'none' }, cluster);
  for (const [i, pod] of pods.entries()) {
    add(shop, pod, `p${i}`);
  }
  const found = findingsOf(() => appOf(shop)).filter(({ rule }) => rule === `pod-security/${level}`);
  return new Set(found.map(({ construct }) => construct!.replace(/^prod\/shop\/([^/]*).*$/, '$1')));
}

const PODS = TESTDATA_PRESENT ? testPods(28) : [];
const groups = [...new Set(PODS.map(({ level, version }) => `${level} 1.${version}`))];

if (TESTDATA_PRESENT) {
  test.each(groups)(
    '%s: every pod that Kubernetes refuses is refused at synthesis, by customize and as a raw object, and no other',
    (group) => {
      const pods = PODS.filter(({ level, version }) => group === `${level} 1.${version}`);
      const refused = refusedIn(pods[0]!.level, pods[0]!.version, pods);
      const wrong = pods.flatMap(({ file, passes }, i) =>
        ['edited', 'pod', 'raw'].flatMap((way) => (refused.has(`p${i}-${way}`) === passes ? [`${file} ${way}`] : [])),
      );
      expect(wrong).toEqual([]);
    },
  );
} else {
  test('the pods by which Kubernetes tests its admission are absent: no Go, or its cache is without the module', () => {
    expect(PODS).toEqual([]);
  });
}
