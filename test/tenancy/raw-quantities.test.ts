import { ApiObject, App, Testing } from 'cdk8s';
import { KubeObject, ManifestError, Tenant } from 'cdk8s-eks-patterns';
import { appOf, newApp, newCluster, newTenant, refusal, synth, synthErrors } from '../support/app';
import { good } from '../support/refused-pods';

type Requests = Readonly<Record<string, unknown>>;

const template = (requests: Requests) => ({
  metadata: { labels: { app: 'raw' } },
  spec: { ...good(), containers: good().containers.map((container) => ({ ...container, resources: { requests } })) },
});
const deployment = (requests: Requests, name = 'raw') => ({
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name, namespace: 'shop' },
  spec: { replicas: 2, selector: { matchLabels: { app: 'raw' } }, template: template(requests) },
});
const MESSAGE = (field: string, value: string) =>
  `${field} must be a Kubernetes quantity of zero or more, but is ${value}. Write digits and a suffix of Kubernetes, such as '500m', '2' or '1.5Gi'. [quantities/invalid]`;
const CPU = 'spec.template.spec.containers[0].resources.requests.cpu';

function hardOf(requests: Requests): Readonly<Record<string, unknown>> {
  const tenant = newTenant();
  new KubeObject(tenant, 'Raw', deployment(requests));
  return tenant.resourceQuota!.toJson().spec!.hard!;
}

describe('equal raw Deployments have the same quota, however their amounts are written', () => {
  const usual = hardOf({ cpu: '500m', memory: '1000000000' });

  it('that of two replicas, their surge, and as many terminating', () => {
    expect(usual).toMatchObject({ pods: '6', 'requests.cpu': '3', 'requests.memory': '5723Mi' });
  });

  it.each([
    ['.5', '1e9'],
    ['0.5', '1E9'],
    ['500000u', '1000e6'],
    ['500000000n', '1G'],
    ['5e-1', '+1G'],
    ['+.5', '1000000000.'],
    [0.5, 1e9],
  ])('%s and %s', (cpu, memory) => {
    expect(hardOf({ cpu, memory })).toEqual(usual);
  });

  it('and two such Deployments have twice as much', () => {
    const tenant = newTenant();
    new KubeObject(tenant, 'One', deployment({ cpu: '500m', memory: '1000000000' }, 'one'));
    new KubeObject(tenant, 'Two', deployment({ cpu: '.5', memory: '1e9' }, 'two'));
    expect(tenant.resourceQuota!.toJson().spec!.hard).toMatchObject({ 'requests.cpu': '6', pods: '12' });
  });
});

describe('an amount that Kubernetes refuses', () => {
  it.each([{}, { quota: 'none' as const }, { quota: { pods: 5 } }])(
    'in a tenant with %j is an error that names the object and the field',
    (props) => {
      const tenant = newTenant(props);
      new KubeObject(tenant, 'Raw', deployment({ cpu: 'half', memory: '1GB' }));
      expect(synthErrors(appOf(tenant))).toEqual([
        `prod/shop/Raw: ${MESSAGE(CPU, "'half'")}`,
        `prod/shop/Raw: ${MESSAGE(CPU.replace('cpu', 'memory'), "'1GB'")}`,
      ]);
    },
  );

  it('is an error in a plain ApiObject, in a chart of cdk8s, and in a claim', () => {
    const tenant = newTenant({}, newApp());
    new ApiObject(tenant, 'Raw', deployment({ cpu: -1 }));
    new KubeObject(tenant, 'Claim', {
      apiVersion: 'v1',
      kind: 'PersistentVolumeClaim',
      metadata: { name: 'data', namespace: 'shop' },
      spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '20GB' } } },
    });
    expect(synthErrors(appOf(tenant))).toEqual([
      `shop/Raw: ${MESSAGE(CPU, '-1')}`,
      `shop/Claim: ${MESSAGE('spec.resources.requests.storage', "'20GB'")}`,
    ]);
  });

  it('is an error under an App of cdk8s too', () => {
    const app = new App({ outdir: Testing.app().outdir });
    new KubeObject(new Tenant(app, 'shop'), 'Raw', deployment({ cpu: 'half' }));
    expect(() => app.synth()).toThrow(MESSAGE(CPU, "'half'"));
  });

  it('is never left out of a quota that is rendered alone', () => {
    const tenant = newTenant();
    new KubeObject(tenant, 'Raw', deployment({ cpu: 'half' }));
    expect(() => tenant.resourceQuota!.toJson()).toThrow(ManifestError);
    expect(refusal(() => tenant.resourceQuota!.toJson())).toContain('prod/shop/Raw: ');
  });

  it('is an error in the capacity report, also outside of tenants', () => {
    const cluster = newCluster();
    new KubeObject(cluster, 'Raw', { ...deployment({ cpu: 'half' }), metadata: { name: 'raw', namespace: 'default' } });
    expect(refusal(() => cluster.capacity())).toBe(`prod/Raw: ${MESSAGE(CPU, "'half'")}`);
    expect(synthErrors(appOf(cluster))).toEqual([`prod/Raw: ${MESSAGE(CPU, "'half'")}`]);
  });

  it('is not looked for where nothing is counted', () => {
    const tenant = newTenant();
    new KubeObject(tenant, 'Raw', { ...deployment({ cpu: 'half' }), kind: 'Own', apiVersion: 'example.com/v1' });
    expect(() => synth(appOf(tenant))).not.toThrow();
  });
});
