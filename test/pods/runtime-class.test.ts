import { RuntimeClass } from 'cdk8s-eks-patterns';
import {
  appOf,
  find,
  type Manifest,
  NODE_GROUP,
  newApp,
  newCluster,
  newTenant,
  scheduled,
  synth,
  web,
} from '../support/app';
import { findingsOf, refusedBy } from '../support/findings';

const LABELS = { sandbox: 'gvisor' };
const TAINT = { key: 'sandbox', value: 'gvisor', effect: 'NoSchedule' } as const;
const TOLERATION = { key: 'sandbox', operator: 'Equal', value: 'gvisor', effect: 'NoSchedule' } as const;
const overhead = { cpu: '50m', memory: '64Mi' };
const onNodes = { handler: 'runsc', overhead, nodeLabels: LABELS, tolerations: [TOLERATION] };
const clusterWith = (...groups: object[]) => newCluster(newApp(), { nodeGroups: [NODE_GROUP, ...groups] as never });
const sandboxed = (props: object = {}, cluster = newCluster()) =>
  new RuntimeClass(cluster, 'gvisor', { handler: 'runsc', ...props });
const podOf = (workload: ReturnType<typeof web>) =>
  workload.deployment.toJson().spec.template.spec as unknown as Manifest;

describe('a RuntimeClass', () => {
  it('has the handler, what its pods take, and where it is installed', () => {
    const { manifests, files } = synth(appOf(sandboxed(onNodes)));
    expect(find(manifests, 'RuntimeClass')).toMatchObject({
      apiVersion: 'node.k8s.io/v1',
      metadata: { name: 'gvisor' },
      handler: 'runsc',
      overhead: { podFixed: overhead },
      scheduling: { nodeSelector: LABELS, tolerations: [TOLERATION] },
    });
    expect(find(manifests, 'RuntimeClass').metadata).not.toHaveProperty('namespace');
    expect(files['_cluster.k8s.yaml']).toContain('kind: RuntimeClass\n');
  });

  it('says nothing more where nothing more is known', () => {
    const { handler, overhead: own, scheduling } = sandboxed().runtimeClass.toJson();
    expect([handler, own, scheduling]).toEqual(['runsc', undefined, undefined]);
  });

  it('can be edited', () => {
    const edit = (one: Manifest) => {
      one.metadata.annotations = { edited: 'yes' };
    };
    expect(sandboxed({ customize: { runtimeClass: edit } }).runtimeClass.toJson().metadata.annotations).toEqual({
      edited: 'yes',
    });
  });
});

describe('a pod of it', () => {
  it('names it, takes what it takes, and goes to its nodes', () => {
    const cluster = clusterWith({ ...NODE_GROUP, name: 'sandboxes', labels: LABELS, taints: [TAINT] });
    const shop = newTenant({}, cluster);
    const placement = { nodeLabels: { 'kubernetes.io/arch': 'amd64' } };
    const pod = podOf(web({ runtimeClass: sandboxed(onNodes, cluster), placement }, shop));
    expect(pod).toMatchObject({ runtimeClassName: 'gvisor', overhead, tolerations: [TOLERATION] });
    expect(pod.nodeSelector).toEqual({ ...LABELS, 'kubernetes.io/arch': 'amd64' });
    expect(findingsOf(() => appOf(shop))).toEqual([]);
  });

  it('without a node that has it is an error', () => {
    const shop = newTenant();
    web({ runtimeClass: sandboxed(onNodes, shop.node.scope as never) }, shop);
    expect(findingsOf(() => appOf(shop)).map(({ rule }) => rule)).toEqual(['placement/unschedulable']);
  });

  it('counts in the quota with what it takes beside its containers', () => {
    const hard = (given: object) => {
      const shop = newTenant();
      const runtimeClass = sandboxed(given, shop.node.scope as never);
      web({ runtimeClass, replicas: 1, resources: { cpu: '250m', memory: '512Mi' } }, shop);
      return find(synth(appOf(shop)).manifests, 'ResourceQuota').spec.hard;
    };
    const [bare, more] = [hard({}), hard({ overhead })];
    expect(bare).toMatchObject({ pods: '4', 'requests.cpu': '1', 'requests.memory': '2Gi', 'limits.memory': '2Gi' });
    expect(more).toMatchObject({
      pods: '4',
      'requests.cpu': '1200m',
      'requests.memory': '2304Mi',
      'limits.memory': '2304Mi',
    });
  });

  it('may be one that the cluster has, by its name, for all of a tenant', () => {
    const shop = newTenant({ defaults: { runtimeClass: 'kata-qemu' } });
    const pod = podOf(web({}, shop));
    expect(pod.runtimeClassName).toBe('kata-qemu');
    expect(pod).not.toHaveProperty('overhead');
    const cron = scheduled({ runtimeClass: 'gvisor' }, shop).cronJob.toJson() as unknown as Manifest;
    expect(cron.spec.jobTemplate.spec.template.spec.runtimeClassName).toBe('gvisor');
  });
});

describe('what is no RuntimeClass', () => {
  const inShop = (runtimeClass: unknown) => () => web({ runtimeClass: runtimeClass as never });
  it.each([
    ['a handler with a path', () => sandboxed({ handler: '/bin/runsc' }), 'props/invalid', 'handler'],
    ['no handler', () => sandboxed({ handler: undefined }), 'props/required', 'handler'],
    [
      'an overhead without a unit',
      () => sandboxed({ overhead: { memory: '64MB' } }),
      'props/invalid',
      'overhead.memory',
    ],
    ['an overhead of disk', () => sandboxed({ overhead: { disk: '1Gi' } }), 'props/unknown', 'overhead.disk'],
    ['a label with a blank', () => sandboxed({ nodeLabels: { a: 'b c' } }), 'props/invalid', "nodeLabels['a']"],
    ['a name in capitals', () => new RuntimeClass(newCluster(), 'gVisor', { handler: 'runsc' }), 'props/invalid', ''],
    ['a misspelt key', () => sandboxed({ handlers: [] }), 'props/unknown', 'handlers'],
    ['a path as its name', inShop('/run/gvisor'), 'props/invalid', 'runtimeClass'],
    ['an object of another kind', inShop({ name: 'gvisor' }), 'props/type', 'runtimeClass'],
    ['a flag', inShop(true), 'props/type', 'runtimeClass'],
  ])('%s is refused', (_what, program, rule, field) => {
    expect(refusedBy(program)).toEqual([rule, field]);
  });
});
