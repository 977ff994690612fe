import * as fs from 'node:fs';
import * as path from 'node:path';
import { ApiObject, Include, Yaml } from 'cdk8s';
import type { EksApp, k8s, Tenant } from 'cdk8s-eks-patterns';
import {
  appOf,
  existingCluster,
  IMAGE,
  newApp,
  newTenant,
  privilegedTenant,
  temporaryFolder,
  web,
} from '../support/app';
import { findingsOf } from '../support/findings';
import {
  CONTEXT,
  type Container,
  change,
  deploymentOf,
  edited,
  good,
  type PodSpec,
  podOf,
  REFUSED_CONTAINERS,
  REFUSED_PODS,
} from '../support/refused-pods';

/** What is said about pods, by construct: 'rule field'. */
const refused = (app: EksApp) =>
  findingsOf(() => app)
    .filter(({ rule }) => rule.startsWith('pod-security/'))
    .map(({ rule, field, construct }) => `${rule} ${construct} ${field}`);

/** Puts a pod into a tenant, under a name. */
type Way = (shop: Tenant, name: string, edit: (spec: PodSpec) => void) => void;

describe('a pod that a restricted tenant would refuse is refused at synthesis', () => {
  test.each<[what: string, way: Way, construct: string, at: string]>([
    [
      'edited by customize',
      (shop, name, edit) =>
        web(
          { customize: { deployment: (d: k8s.Deployment) => void edit(d.spec.template.spec as PodSpec) } },
          shop,
          name,
        ),
      '/Deployment',
      'spec.template.spec',
    ],
    [
      'a raw Pod',
      (shop, name, edit) => {
        new ApiObject(shop, name, podOf(edited(edit), name));
      },
      '',
      'spec',
    ],
    [
      'a raw Deployment',
      (shop, name, edit) => {
        new ApiObject(shop, name, deploymentOf(edited(edit), name));
      },
      '',
      'spec.template.spec',
    ],
  ])('%s', (_, way, construct, at) => {
    const shop = newTenant();
    REFUSED_PODS.forEach(([, edit], i) => {
      way(shop, `pod-${i}`, edit);
    });
    expect(refused(appOf(shop))).toEqual(
      REFUSED_PODS.map(([field], i) => `pod-security/restricted prod/shop/pod-${i}${construct} ${at}.${field}`),
    );
  });

  test('included', () => {
    const shop = newTenant();
    // one file for all: cdk8s starts a process for each
    const url = path.join(temporaryFolder(), 'chart.yaml');
    fs.writeFileSync(url, Yaml.stringify(...REFUSED_PODS.map(([, edit], i) => deploymentOf(edited(edit), `pod-${i}`))));
    new Include(shop, 'chart', { url });
    expect(refused(appOf(shop))).toEqual(
      REFUSED_PODS.map(
        ([field], i) => `pod-security/restricted prod/shop/chart/pod-${i}-deployment spec.template.spec.${field}`,
      ),
    );
  });

  test('a sidecar', () => {
    const shop = newTenant();
    REFUSED_CONTAINERS.forEach(([, context, more], i) => {
      const container: Container = { name: 'proxy', image: IMAGE, securityContext: structuredClone(CONTEXT) };
      change(container, context, more);
      web({ sidecars: [container] }, shop, `pod-${i}`);
    });
    expect(refused(appOf(shop))).toEqual(
      REFUSED_CONTAINERS.map(
        ([field], i) =>
          `pod-security/restricted prod/shop/pod-${i}/Deployment spec.template.spec.initContainers[0].${field}`,
      ),
    );
  });
});

test('what a prop asks for is refused once, by its own name', () => {
  const because = 'the test says so';
  const findings = findingsOf(() => web({ security: { privileged: { because } } }));
  expect(findings.map(({ rule, field }) => [rule, field])).toEqual([['props/forbidden', 'security.privileged']]);
});

test('a tenant of level privileged takes them all', () => {
  const shop = privilegedTenant();
  REFUSED_PODS.forEach(([, edit], i) => {
    new ApiObject(shop, `raw-${i}`, podOf(edited(edit), `raw-${i}`));
  });
  expect(refused(appOf(shop))).toEqual([]);
});

test('the standards are those of the cluster, also of one that exists', () => {
  const root = (version: '1.34' | '1.35') => {
    const shop = newTenant({}, existingCluster(newApp(), { version }));
    new ApiObject(
      shop,
      'raw',
      podOf(
        edited((spec) =>
          Object.assign(spec, { hostUsers: false, securityContext: { ...spec.securityContext, runAsUser: 0 } }),
        ),
      ),
    );
    return refused(appOf(shop)).length;
  };
  expect([root('1.34'), root('1.35')]).toEqual([1, 0]);
});

test('a namespace of the cluster has the labels that the app declares', () => {
  const labels = { 'pod-security.kubernetes.io/enforce': 'baseline' };
  const app = newApp({ existing: [{ kind: 'Namespace', namespace: '', name: 'legacy', labels }] });
  const pod = podOf({ ...good(), hostNetwork: true });
  new ApiObject(existingCluster(app), 'raw', { ...pod, metadata: { name: 'web', namespace: 'legacy' } });
  expect(refused(app)).toEqual(['pod-security/baseline prod/raw spec.hostNetwork']);
});
