import { ApiObject, Chart } from 'cdk8s';
import { Config, type EksApp, KubeObject, ManifestError, Tenant } from 'cdk8s-eks-patterns';
import { Testing } from 'cdk8s-eks-patterns/testing';
import { Construct } from 'constructs';
import { appOf, newApp, newTenant, stateful, web, worker } from '../support/app';
import { errorsOf, judge, type Mistake } from './support';

/** Plain objects in one chart of the namespace 'shop'. */
function plain(...objects: { kind: string; [field: string]: unknown }[]): EksApp {
  const app = newApp();
  const chart = new Chart(app, 'shop', { namespace: 'shop' });
  for (const { kind, apiVersion = 'v1', name = 'it', ...rest } of objects) {
    const manifest = { apiVersion, kind, metadata: { name }, ...rest };
    new KubeObject(chart, `${kind}-${name}`, manifest as never);
  }
  return app;
}
const pod = (spec: object) => ({ kind: 'Pod', spec: { containers: [{ name: 'main', image: 'a:1' }], ...spec } });
const controller = (kind: string, name: string, labels: Record<string, string>, selector = labels) => ({
  apiVersion: 'apps/v1',
  kind,
  name,
  spec: {
    selector: { matchLabels: selector },
    template: { metadata: { labels }, spec: { containers: [{ name: 'c', image: 'c:1' }] } },
  },
});
const budget = (name: string) => ({
  apiVersion: 'policy/v1',
  kind: 'PodDisruptionBudget',
  name,
  spec: { selector: { matchLabels: { app: 'a' } } },
});
const scaler = (name: string, target: string) => ({
  apiVersion: 'autoscaling/v2',
  kind: 'HorizontalPodAutoscaler',
  name,
  spec: { scaleTargetRef: { kind: 'Deployment', name: target } },
});
const ingress = (port: object) => ({
  apiVersion: 'networking.k8s.io/v1',
  kind: 'Ingress',
  spec: { rules: [{ http: { paths: [{ path: '/', backend: { service: { name: 'web', port } } }] } }] },
});
const service = { kind: 'Service', name: 'web', spec: { ports: [{ name: 'http', port: 80 }] } };

/** A reference to what is not there. */
const dangling = (what: string, object: { kind: string }, missing: string): Mistake => ({
  mistake: `a reference to ${what}`,
  program: () => plain(object),
  error: ManifestError,
  path: `shop/${object.kind}-it`,
  problem: 'references/missing',
  fix: '',
  names: `${missing}'`,
});

describe('references to nothing', () => {
  const volume = (source: object) => pod({ volumes: [{ name: 'x', ...source }] });
  judge([
    dangling('a service account', pod({ serviceAccountName: 'gone' }), "ServiceAccount 'shop/gone"),
    dangling('a ConfigMap', volume({ configMap: { name: 'gone' } }), "ConfigMap 'shop/gone"),
    dangling('a Secret', volume({ secret: { secretName: 'gone' } }), "Secret 'shop/gone"),
    dangling('a pull secret', pod({ imagePullSecrets: [{ name: 'gone' }] }), "Secret 'shop/gone"),
    dangling('a claim', volume({ persistentVolumeClaim: { claimName: 'gone' } }), "PersistentVolumeClaim 'shop/gone"),
    dangling(
      'a Secret of a variable',
      pod({
        containers: [
          { name: 'c', image: 'c:1', env: [{ name: 'A', valueFrom: { secretKeyRef: { name: 'gone', key: 'a' } } }] },
        ],
      }),
      "Secret 'shop/gone",
    ),
    dangling(
      'the service of a StatefulSet',
      {
        kind: 'StatefulSet',
        apiVersion: 'apps/v1',
        spec: { ...controller('StatefulSet', 'it', { a: 'b' }).spec, serviceName: 'gone' },
      } as never,
      "Service 'shop/gone",
    ),
    dangling('a scale target', { ...scaler('it', 'gone') }, "Deployment 'shop/gone"),
    dangling(
      'a backend',
      {
        kind: 'Ingress',
        apiVersion: 'networking.k8s.io/v1',
        spec: { defaultBackend: { service: { name: 'gone', port: { number: 80 } } } },
      } as never,
      "Service 'shop/gone",
    ),
    dangling(
      'a role',
      {
        kind: 'RoleBinding',
        apiVersion: 'rbac.authorization.k8s.io/v1',
        roleRef: { kind: 'Role', name: 'gone' },
      } as never,
      "Role 'shop/gone",
    ),
    ...[{ number: 81 }, { name: 'https' }].map(
      (port): Mistake => ({
        mistake: `a backend's port ${JSON.stringify(port)}`,
        program: () => plain(service, ingress(port)),
        error: ManifestError,
        path: 'shop/Ingress-it',
        problem: 'ingress/backend-port',
        fix: '',
        names: `port '${Object.values(port)[0]}' of Service 'web'`,
      }),
    ),
  ]);
  test('what is there, or declared, or optional is no mistake', () => {
    const missing = (app: EksApp) => Testing.findings(app).filter(({ rule }) => rule === 'references/missing');
    const app = plain(
      service,
      ingress({ number: 80 }),
      pod({ volumes: [{ name: 'x', configMap: { name: 'x', optional: true } }] }),
    );
    expect(missing(app)).toEqual([]);
    const declared = newApp({ existing: [{ kind: 'Secret', namespace: 'shop', name: 'gone' }] });
    const chart = new Chart(declared, 'shop', { namespace: 'shop' });
    new ApiObject(chart, 'Pod', { apiVersion: 'v1', ...pod({ volumes: [{ secret: { secretName: 'gone' } }] }) });
    expect(missing(declared)).toEqual([]);
  });
});

describe('objects that fight', () => {
  const again = (kind: 'web' | 'worker') => () => {
    const shop = newTenant();
    web({}, shop, 'api');
    (kind === 'web' ? web : worker)({}, new Construct(shop, 'group'), 'api');
    return appOf(shop);
  };
  const at = (path: string) => ({ error: ManifestError, path });
  judge([
    {
      ...at('shop/ReplicaSet-b'),
      mistake: 'selectors that overlap',
      program: () =>
        plain(
          controller('Deployment', 'a', { app: 'a', tier: 'x' }),
          controller('ReplicaSet', 'b', { app: 'a', tier: 'y' }, { app: 'a' }),
        ),
      problem: 'selectors/overlap',
      fix: 'spec.selector',
      names: "Deployment 'shop/a'",
    },
    {
      ...at('shop/PodDisruptionBudget-second'),
      mistake: 'two budgets for one workload',
      program: () => plain(controller('Deployment', 'a', { app: 'a' }), budget('first'), budget('second')),
      problem: 'disruption-budgets/overlap',
      fix: 'spec.selector',
      names: "PodDisruptionBudget 'shop/first'",
    },
    {
      ...at('shop/HorizontalPodAutoscaler-second'),
      mistake: 'two autoscalers for one workload',
      program: () => plain(controller('Deployment', 'a', { app: 'a' }), scaler('first', 'a'), scaler('second', 'a')),
      problem: 'autoscalers/overlap',
      fix: 'spec.scaleTargetRef',
      names: "HorizontalPodAutoscaler 'shop/first'",
    },
    {
      ...at('b/Service-web'),
      mistake: 'one name in two charts',
      program: () => {
        const app = newApp();
        for (const id of ['a', 'b']) {
          new KubeObject(new Chart(app, id, { namespace: 'shop' }), 'Service-web', {
            apiVersion: 'v1',
            kind: 'Service',
            metadata: { name: 'web' },
            spec: { ports: [{ port: 80 }] },
          });
        }
        return app;
      },
      problem: 'objects/duplicate',
      fix: 'metadata.name',
      names: "'a/Service-web'",
    },
  ]);

  test.each(['web', 'worker'] as const)('two workloads of one name, the second a %s', (kind) => {
    const errors = errorsOf(again(kind));
    expect(errors.length).toBeGreaterThan(0);
    for (const { construct, rule, message } of errors.flatMap(({ findings }) => findings)) {
      expect(construct).toMatch(/^prod\/shop\/group\/api\//);
      expect(rule).toBe('objects/duplicate');
      expect(message).toContain("here and by 'prod/shop/api/");
    }
  });

  test('two workloads of one name and of kinds that share no object but the selector', () => {
    const shop = newTenant();
    web({}, shop, 'api');
    const kind = { apiVersion: 'apps/v1', kind: 'DaemonSet' };
    const { spec } = controller('DaemonSet', 'other', { 'app.kubernetes.io/name': 'api' });
    const labels = { 'app.kubernetes.io/managed-by': 'cdk8s-eks-patterns', 'app.kubernetes.io/name': 'api' };
    new KubeObject(shop, 'Other', { ...kind, metadata: { name: 'other', labels }, spec } as never);
    const errors = errorsOf(() => appOf(shop));
    const rules = errors.flatMap(({ findings }) => findings.map(({ rule }) => rule));
    expect(rules).toEqual(expect.arrayContaining(['workloads/same-name', 'selectors/overlap']));
  });
});

describe('the order of kubectl apply', () => {
  const at = (path: string) => ({ error: ManifestError, path });
  const namespace = { kind: 'Namespace', name: 'shop' };
  const definition = {
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    name: 'widgets.acme.io',
    spec: { group: 'acme.io', names: { kind: 'Widget' } },
  };
  judge([
    {
      ...at('shop/ConfigMap-it'),
      mistake: 'a namespace after its first use',
      program: () => plain({ kind: 'ConfigMap' }, namespace),
      problem: 'apply-order/namespace',
      fix: '',
      names: "Namespace 'shop'",
    },
    {
      ...at('shop/Widget-it'),
      mistake: 'a definition after its first use',
      program: () => plain({ apiVersion: 'acme.io/v1', kind: 'Widget' }, definition),
      problem: 'apply-order/definition',
      fix: '',
      names: 'CustomResourceDefinition of Widget',
    },
    {
      ...at('early/ConfigMap'),
      mistake: 'a namespace in a later file',
      program: () => {
        const app = newApp();
        const early = new Chart(app, 'early', { namespace: 'shop' });
        new KubeObject(early, 'ConfigMap', { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'x' } });
        new Tenant(app, 'shop');
        return app;
      },
      problem: 'apply-order/namespace',
      fix: '',
      names: 'shop.k8s.yaml',
    },
  ]);
});

describe('addresses without a connection', () => {
  const ADDRESS = 'http://api.shop.svc.cluster.local:8080';
  const caller = (props: (shop: Tenant) => Record<string, unknown>) => () => {
    const shop = newTenant();
    web({}, shop, 'api');
    web(props(shop), shop);
    return appOf(shop);
  };
  const rows: readonly (readonly [where: string, props: (shop: Tenant) => Record<string, unknown>, names: string])[] = [
    ['a variable', () => ({ env: { API: ADDRESS } }), "variable 'API'"],
    ['a computed variable', () => ({ env: { A: (s: { podIp: string }) => s.podIp + ADDRESS } }), "variable 'A'"],
    ['a file', () => ({ files: { '/etc/a': `url=${ADDRESS}` } }), "file '/etc/a'"],
    ['an argument', () => ({ args: ['--api', ADDRESS] }), 'its command'],
    ['a command', () => ({ command: ['curl', ADDRESS] }), 'its command'],
    ['a Config', (shop) => ({ envFrom: [new Config(shop, 'shared', { API: ADDRESS })] }), "variable 'API'"],
  ];
  judge([
    ...rows.map(
      ([where, props, names]): Mistake => ({
        mistake: `in ${where}`,
        program: caller(props),
        error: ManifestError,
        path: 'prod/shop/web',
        problem: 'connections/undeclared',
        fix: 'connectsTo',
        names,
      }),
    ),
    {
      mistake: 'with a connection that misses the port',
      program: () => {
        const shop = newTenant();
        const mq = stateful({ port: { amqp: 5672, http: 15672 } }, shop, 'mq');
        web({ env: { MQ: mq.url('http', 'http') }, connectsTo: [mq.on('amqp')] }, shop);
        return appOf(shop);
      },
      error: ManifestError,
      path: 'prod/shop/web',
      problem: 'connections/undeclared',
      fix: 'connectsTo',
      names: 'port 15672',
    },
  ]);
});
