import { App, Chart, Testing } from 'cdk8s';
import { Expose, KubeObject, Tenant, WebService, type WebServiceProps } from 'cdk8s-eks-patterns';
import { Construct } from 'constructs';
import { addCheck } from '../../charts/core/checks';
import {
  appOf,
  controllerOf,
  type Manifest,
  manifests,
  newApp,
  newCluster,
  newTenant,
  PATTERN_NAMES,
  PATTERNS,
  podOf,
  privilegedTenant,
  synth,
  web,
  webProps,
} from '../support/app';

const NAME = 'app.kubernetes.io/name';
const INSTANCE = 'app.kubernetes.io/instance';

/** Every value of a selector anywhere in a manifest. */
function selectors(value: unknown, key = ''): unknown[] {
  if (typeof value !== 'object' || value === null) {
    return [];
  }
  const isSelector = ['selector', 'podSelector', 'labelSelector'].includes(key);
  const own = isSelector ? [(value as Manifest).matchLabels ?? value] : [];
  return [...own, ...Object.entries(value).flatMap(([k, v]) => selectors(v, k))];
}

/** The manifests of one workload, in the order in which they are applied. */
function objectsOf(all: readonly Manifest[], id: string): readonly Manifest[] {
  return all.filter((m) => m.metadata.labels?.[NAME] === id);
}
const kinds = (all: readonly Manifest[], id: string) => objectsOf(all, id).map((m) => `${m.kind}/${m.metadata.name}`);

test.each(PATTERN_NAMES)('%s: one label selects its pods, the same in every object', (pattern) => {
  const scope = newTenant();
  const workload = PATTERNS[pattern]({ ...(pattern === 'StatefulService' ? { replicas: 3 } : {}) }, scope);
  const own = objectsOf(manifests(appOf(scope)), workload.name);
  const found = own
    .flatMap((m) => selectors(m))
    .filter((s) => !JSON.stringify(s).includes('kube-dns') && JSON.stringify(s) !== '{}');
  // at least the policy; a job's pods are selected by its controller alone
  expect(found.length).toBeGreaterThanOrEqual(pattern.endsWith('Job') ? 1 : 2);
  for (const selector of found) {
    expect(selector).toEqual({ [NAME]: workload.name });
  }
  expect(podOf(workload).metadata.labels[NAME]).toBe(workload.name);
});

test.each(PATTERN_NAMES)('%s: the labels that Kubernetes recommends, on objects and pods', (pattern) => {
  const scope = newTenant({ team: 'shop-team', defaults: { labels: { tier: 'a', cost: '1' } } });
  const workload = PATTERNS[pattern]({ labels: { tier: 'b' } }, scope);
  const expected = {
    [NAME]: workload.name,
    'app.kubernetes.io/managed-by': 'cdk8s-eks-patterns',
    'app.kubernetes.io/part-of': 'shop',
    'app.kubernetes.io/version': '1.4.2',
    owner: 'shop-team',
    tier: 'b',
    cost: '1',
  };
  const own = objectsOf(manifests(appOf(scope)), workload.name);
  expect(own.length).toBeGreaterThanOrEqual(3);
  for (const { kind, metadata } of own) {
    expect(metadata.labels).toMatchObject(expected);
    const instance = pattern === 'BatchJob' && kind === 'Job' ? metadata.name : workload.name;
    expect(metadata.labels[INSTANCE]).toBe(instance);
    expect(metadata.namespace).toBe('shop');
  }
  expect(podOf(workload).metadata.labels).toMatchObject(expected);
  expect(podOf(workload).metadata.labels[INSTANCE]).toBe(controllerOf(workload).metadata.name);
  expect(workload.serviceAccount.name).toBe(workload.name);
  expect(podOf(workload).spec.serviceAccountName).toBe(workload.name);
});

test('objects come in the order in which they are needed', () => {
  const scope = newTenant();
  PATTERNS.WebService(
    {
      env: { A: 1 },
      files: { '/etc/a': 'x' },
      apiAccess: [{ apiGroups: [''], resources: ['pods'], verbs: ['get'] }],
      replicas: { min: 2, max: 4 },
      expose: Expose.alb({ host: 'shop.example.com', scheme: 'internal' }),
    },
    scope,
  );
  PATTERNS.StatefulService({ replicas: 2, expose: Expose.nlb({ scheme: 'internal' }) }, scope);
  PATTERNS.Worker({}, scope);
  PATTERNS.NodeAgent({}, scope);
  PATTERNS.BatchJob({ sharedStorage: { mountPath: '/data', size: '1Gi' } }, scope);
  PATTERNS.ScheduledJob({}, scope);
  const { manifests: all } = synth(appOf(scope));
  const hashed = (id: string) => kinds(all, id).map((k) => k.replace(/-[0-9a-f]{10}$/, '-HASH'));
  expect(hashed('web')).toEqual([
    'ServiceAccount/web',
    'ConfigMap/web-env-HASH',
    'ConfigMap/web-files-HASH',
    'Role/web',
    'RoleBinding/web',
    'NetworkPolicy/web',
    'Service/web',
    'Deployment/web',
    'PodDisruptionBudget/web',
    'HorizontalPodAutoscaler/web',
    'Ingress/web',
  ]);
  expect(hashed('store')).toEqual([
    'ServiceAccount/store',
    'NetworkPolicy/store',
    'Service/store',
    'Service/store-headless',
    'StatefulSet/store',
    'PodDisruptionBudget/store',
    'Service/store-nlb',
  ]);
  const common = (id: string) => [`ServiceAccount/${id}`, `NetworkPolicy/${id}`];
  expect(hashed('worker')).toEqual([...common('worker'), 'Deployment/worker', 'PodDisruptionBudget/worker']);
  expect(hashed('agent')).toEqual([...common('agent'), 'DaemonSet/agent']);
  expect(hashed('job')).toEqual([...common('job'), 'PersistentVolumeClaim/job-data', 'Job/job-HASH']);
  expect(hashed('nightly')).toEqual([...common('nightly'), 'CronJob/nightly']);
  const shop = all.filter((m) => m.metadata.namespace === 'shop' || m.kind === 'Namespace');
  expect(shop[0]!.kind).toBe('Namespace');
});

test('names come from ids, not from paths: a move into a group changes nothing', () => {
  const program = (move: boolean) => {
    const shop = newTenant();
    const scope = move ? new Construct(new Construct(shop, 'group'), 'inner') : shop;
    web({ env: { A: 1 } }, scope);
    PATTERNS.BatchJob({}, scope);
    return synth(appOf(shop)).files['shop.k8s.yaml'];
  };
  expect(program(true)).toBe(program(false));
});

test('labels and a namespace of the chart reach what they select nothing by', () => {
  const chart = new Chart(newApp(), 'plain', { namespace: 'ours', labels: { chart: 'plain' } });
  const { deployment, configMap } = web({ env: { A: 1 } }, chart);
  expect(deployment.toJson().metadata.labels).toMatchObject({ chart: 'plain', [NAME]: 'web' });
  expect(deployment.toJson().spec.selector).toEqual({ matchLabels: { [NAME]: 'web' } });
  expect(configMap!.toJson().metadata.labels).toMatchObject({ chart: 'plain' });
});

describe('without a tenant', () => {
  test.each(PATTERN_NAMES)(
    '%s stands in a plain chart with a namespace: no policy, no class of a cluster',
    (pattern) => {
      const chart = new Chart(newApp(), 'plain', { namespace: 'ours' });
      const workload = PATTERNS[pattern]({}, chart);
      expect(workload.namespace).toBe('ours');
      expect(workload.networkPolicy).toBeUndefined();
      expect(podOf(workload).spec.priorityClassName).toBeUndefined();
      expect(controllerOf(workload).metadata.labels).toMatchObject({ 'app.kubernetes.io/part-of': 'ours' });
      expect(controllerOf(workload).metadata.labels.owner).toBeUndefined();
      expect(() => synth(appOf(chart))).not.toThrow();
    },
  );

  test('a departure from the restricted level is left to the namespace', () => {
    const chart = new Chart(newApp(), 'plain', { namespace: 'ours' });
    const { deployment } = web({ user: { root: 'the test says so' } }, chart);
    expect(deployment.toJson().spec.template.spec.securityContext).toMatchObject({ runAsUser: 0 });
  });

  test('under a plain cdk8s App the checks come by its validation', () => {
    const chart = new Chart(Testing.app(), 'plain', { namespace: 'ours' });
    web({}, chart);
    expect(Testing.synth(chart).map((m: Manifest) => m.kind)).toContain('Deployment');
    const app = new App({ outdir: newApp().outdir });
    addCheck(new Tenant(app, 'shop'), (report) =>
      report({ rule: 'test/rule', message: 'it is wrong', fix: 'mend it' }),
    );
    expect(() => app.synth()).toThrow(/shop: it is wrong\. Mend it\. \[test\/rule\]/);
  });
});

describe('wrappers', () => {
  interface OurProps extends Partial<WebServiceProps> {
    readonly costCentre: string;
  }
  class OurService extends WebService<string> {
    constructor(scope: Construct, id: string, { costCentre, ...props }: OurProps) {
      super(scope, id, { ...webProps, ...props, labels: { ...props.labels, costCentre } });
      new KubeObject(this, 'Extra', { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: `${id}-extra` } });
    }
  }

  test('a subclass adds props and objects, and is still a workload', () => {
    const shop = newTenant({}, newCluster());
    const ours = new OurService(shop, 'ours', { costCentre: '42', replicas: 3 });
    const caller = web({ connectsTo: [ours], env: { OURS: ours.url() } }, shop);
    expect(controllerOf(ours).metadata.labels.costCentre).toBe('42');
    expect(controllerOf(ours).spec.replicas).toBe(3);
    expect(caller.networkPolicy!.toJson().spec!.egress).toHaveLength(2);
    const all = manifests(appOf(shop));
    expect(all.some((m) => m.kind === 'ConfigMap' && m.metadata.name === 'ours-extra')).toBe(true);
  });

  test.each(PATTERN_NAMES)('what a subclass of %s changes in its own template stays there', (name) => {
    const shop = privilegedTenant();
    const [one, another] = ['one', 'another'].map((id) => PATTERNS[name]({}, shop, id) as unknown as Templated);
    const own = partsOf(one!.template());
    const shared = [...partsOf(another!.template()), ...partsOf(one!.template())].filter((part) => own.has(part));
    expect(shared.filter((part) => !Object.isFrozen(part))).toEqual([]);
  });
});

interface Templated {
  template(): object;
}

/** Every object and list in a value. */
function partsOf(value: unknown, found = new Set<object>()): Set<object> {
  if (typeof value === 'object' && value !== null && !found.has(value)) {
    found.add(value);
    for (const part of Object.values(value)) {
      partsOf(part, found);
    }
  }
  return found;
}
