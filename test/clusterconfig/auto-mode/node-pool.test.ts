import { Chart } from 'cdk8s';
import { EksApp } from '../../../charts/app/eks-app';
import { nodePoolArchitectures, withNodePools } from '../../../charts/cluster/auto-mode/architectures';
import { NodePool } from '../../../charts/cluster/auto-mode/node-pool';
import { Cluster } from '../../../charts/cluster/cluster';
import { clusterOf } from '../../../charts/core/cluster-context';
import { KubeObject } from '../../../charts/core/kube-object';
import type { AnyObject } from '../../../imports/kubernetes';
import type { Finding } from '../../../kube/finding';
import { deployment, judge, config as plainConfig } from '../../review/cluster/support';
import { find, newApp, newAutoCluster, newTenant, synth } from '../../support/app';
import { findingsOf, refusedBy } from '../../support/findings';
import { NODES, testApp } from '../support';
import { autoCluster, nodeClass, pool } from './support';

const spec = (props: Readonly<Record<string, unknown>> = {}) => pool(props).nodePool.toJson().spec;
const inner = (props: Readonly<Record<string, unknown>> = {}) => spec(props).template.spec;
/** The values of a condition, or undefined where there is none. */
const condition = (key: string, props: Readonly<Record<string, unknown>> = {}) =>
  inner(props).requirements.find((requirement) => requirement.key === key)?.values;

describe('a NodePool', () => {
  test('makes what the pool general-purpose does, when it is told nothing but its limits', () => {
    expect(pool().nodePool.toJson()).toEqual({
      apiVersion: 'karpenter.sh/v1',
      kind: 'NodePool',
      metadata: {
        name: 'batch',
        labels: { 'app.kubernetes.io/managed-by': 'cdk8s-eks-patterns', 'app.kubernetes.io/part-of': 'prod' },
      },
      spec: {
        limits: { cpu: '64' },
        disruption: {
          consolidationPolicy: 'WhenEmptyOrUnderutilized',
          consolidateAfter: '30s',
          budgets: [{ nodes: '10%' }],
        },
        template: {
          spec: {
            nodeClassRef: { group: 'eks.amazonaws.com', kind: 'NodeClass', name: 'default' },
            requirements: [
              { key: 'kubernetes.io/arch', operator: 'In', values: ['amd64'] },
              { key: 'karpenter.sh/capacity-type', operator: 'In', values: ['on-demand'] },
              { key: 'eks.amazonaws.com/instance-category', operator: 'In', values: ['c', 'm', 'r'] },
              { key: 'eks.amazonaws.com/instance-generation', operator: 'Gt', values: ['4'] },
            ],
            expireAfter: '336h',
            terminationGracePeriod: '24h',
          },
        },
      },
    });
  });

  test('stands in the file of cluster-scoped objects, without what a chart gives to its own', () => {
    const app = newApp();
    pool({}, newAutoCluster(app));
    const { files, manifests } = synth(app);
    expect(files['_cluster.k8s.yaml']).toContain('kind: NodePool');
    expect(find(manifests, 'NodePool').metadata.namespace).toBeUndefined();
  });

  test.each([
    ['architectures', ['arm64'], 'kubernetes.io/arch', ['arm64']],
    ['capacityTypes', ['spot', 'on-demand'], 'karpenter.sh/capacity-type', ['spot', 'on-demand']],
    ['instanceCategories', ['t'], 'eks.amazonaws.com/instance-category', ['t']],
    ['minGeneration', 7, 'eks.amazonaws.com/instance-generation', ['6']],
    ['instanceFamilies', ['m7i'], 'eks.amazonaws.com/instance-family', ['m7i']],
    ['instanceSizes', ['large', '2xlarge'], 'eks.amazonaws.com/instance-size', ['large', '2xlarge']],
    ['instanceCpus', [4, 8], 'eks.amazonaws.com/instance-cpu', ['4', '8']],
    ['instanceTypes', ['m7i.large', 'm7a.large'], 'node.kubernetes.io/instance-type', ['m7i.large', 'm7a.large']],
    ['zones', ['us-west-2a'], 'topology.kubernetes.io/zone', ['us-west-2a']],
  ])('takes %s', (prop, value, key, values) => {
    expect(condition(key, { [prop]: value })).toEqual(values);
  });

  test('with families has neither categories nor a generation of its own, with types nothing but them', () => {
    const keys = (props: Readonly<Record<string, unknown>>) => inner(props).requirements.map(({ key }) => key);
    const common = ['kubernetes.io/arch', 'karpenter.sh/capacity-type'];
    expect(keys({ instanceFamilies: ['g4dn'] })).toEqual([...common, 'eks.amazonaws.com/instance-family']);
    expect(keys({ instanceTypes: ['m5.large'] })).toEqual([...common, 'node.kubernetes.io/instance-type']);
  });

  test('has the architectures of the families and types that are named', () => {
    expect(condition('kubernetes.io/arch', { instanceFamilies: ['m7g'] })).toEqual(['arm64']);
    expect(condition('kubernetes.io/arch', { instanceTypes: ['m7g.large', 'm7i.large'] })).toEqual(['amd64', 'arm64']);
  });

  test('takes more conditions, labels, taints and a weight', () => {
    const more = { key: 'eks.amazonaws.com/instance-local-nvme', operator: 'Gt', values: ['500'] };
    const taint = { key: 'dedicated', value: 'db', effect: 'NoSchedule' };
    const made = spec({
      requirements: [more],
      labels: { 'example.com/tier': 'db' },
      taints: [taint],
      startupTaints: [{ key: 'starting', effect: 'NoExecute' }],
      weight: 10,
    });
    expect(made.template.spec.requirements).toContainEqual(more);
    expect(made.template.metadata).toEqual({ labels: { 'example.com/tier': 'db' } });
    expect(made.template.spec.taints).toEqual([taint]);
    expect(made.template.spec.startupTaints).toEqual([{ key: 'starting', effect: 'NoExecute' }]);
    expect(made.weight).toBe(10);
  });

  test('takes limits, or the word that there are none', () => {
    expect(spec({ limits: { cpu: '8', memory: '32Gi' } }).limits).toEqual({ cpu: '8', memory: '32Gi' });
    expect(spec({ limits: 'none' }).limits).toBeUndefined();
  });

  test('takes when nodes go away', () => {
    const made = spec({
      disruption: {
        policy: 'WhenEmpty',
        after: '90s',
        budgets: [{ nodes: 0, reasons: ['Drifted'], schedule: '0 8 * * mon-fri', duration: '90m' }, { nodes: '20%' }],
      },
      expireAfter: '503h',
      terminationGracePeriod: '1h',
    });
    expect(made.disruption).toEqual({
      consolidationPolicy: 'WhenEmpty',
      consolidateAfter: '1m30s',
      budgets: [{ nodes: '0', reasons: ['Drifted'], schedule: '0 8 * * mon-fri', duration: '1h30m' }, { nodes: '20%' }],
    });
    expect(made.template.spec).toMatchObject({ expireAfter: '503h', terminationGracePeriod: '1h' });
    expect(spec({ disruption: { after: 'Never' } }).disruption?.consolidateAfter).toBe('Never');
    expect(spec({ disruption: { after: 0 } }).disruption?.consolidateAfter).toBe('0s');
  });

  test('names its NodeClass, given as such or by name', () => {
    const cluster = autoCluster();
    expect(
      pool({ nodeClass: nodeClass({}, cluster) }, cluster).nodePool.toJson().spec.template.spec.nodeClassRef.name,
    ).toBe('private');
    expect(inner({ nodeClass: 'other' }).nodeClassRef.name).toBe('other');
  });

  test('can be edited as a whole', () => {
    const edit = (object: { spec: { replicas?: number } }) => {
      object.spec.replicas = 3;
    };
    expect(pool({ customize: { nodePool: edit } }).nodePool.toJson().spec.replicas).toBe(3);
  });
});

describe('a NodePool is refused', () => {
  test.each([
    ['without limits', { limits: undefined }, 'props/required', 'limits'],
    ['with empty limits', { limits: {} }, 'props/invalid', 'limits'],
    ['with a limit that is no quantity', { limits: { cpu: 64 } }, 'props/type', 'limits.cpu'],
    ['with an unknown key', { expireAfer: '1h' }, 'props/unknown', 'expireAfer'],
    ['when nodes would grow too old', { expireAfter: '21d' }, 'props/invalid', 'expireAfter'],
    ['when nodes would take too long to go', { terminationGracePeriod: '21d' }, 'props/invalid', 'expireAfter'],
    ['when nodes would never expire', { expireAfter: 'Never' }, 'props/invalid', 'expireAfter'],
    [
      'with types and kinds of them',
      { instanceTypes: ['m5.large'], minGeneration: 0 },
      'props/forbidden',
      'instanceTypes',
    ],
    [
      'with a family of another architecture',
      { instanceFamilies: ['m7g'], architectures: ['amd64'] },
      'props/forbidden',
      'architectures',
    ],
    ['with a type that is none', { instanceTypes: ['m5'] }, 'props/invalid', 'instanceTypes[0]'],
    ['with a family that is none', { instanceFamilies: ['m5.large'] }, 'props/invalid', 'instanceFamilies[0]'],
    ['with a size that Auto Mode does not make', { instanceSizes: ['small'] }, 'props/invalid', 'instanceSizes[0]'],
    ['with a category that is none', { instanceCategories: ['m5'] }, 'props/invalid', 'instanceCategories[0]'],
    ['with one core', { instanceCpus: [1] }, 'props/invalid', 'instanceCpus[0]'],
    ['with an empty list', { instanceCategories: [] }, 'props/invalid', 'instanceCategories'],
    ['with a name twice', { zones: ['us-west-2a', 'us-west-2a'] }, 'props/duplicate', 'zones'],
    ['with a zone of another region', { zones: ['us-east-1a'] }, 'props/invalid', 'zones[0]'],
    ['with an architecture that is none', { architectures: ['x86'] }, 'props/unsupported', 'architectures[0]'],
    ['without an architecture', { architectures: [] }, 'props/invalid', 'architectures'],
    ['with a capacity type that is none', { capacityTypes: ['SPOT'] }, 'props/unsupported', 'capacityTypes[0]'],
    ['without a capacity type', { capacityTypes: [] }, 'props/invalid', 'capacityTypes'],
    [
      'with a label in a domain of others',
      { labels: { 'kubernetes.io/tier': 'db' } },
      'props/forbidden',
      "labels['kubernetes.io/tier']",
    ],
    ['with a taint without an effect', { taints: [{ key: 'a' }] }, 'props/required', 'taints[0].effect'],
    ['with a taint without a key', { taints: [{ effect: 'NoSchedule' }] }, 'props/required', 'taints[0].key'],
    [
      'with a taint of an empty value',
      { startupTaints: [{ key: 'a', value: '', effect: 'NoSchedule' }] },
      'props/invalid',
      'startupTaints[0].value',
    ],
    ['with a weight out of range', { weight: 101 }, 'props/invalid', 'weight'],
    [
      'with a schedule without a duration',
      { disruption: { budgets: [{ nodes: 0, schedule: '@daily' }] } },
      'props/required',
      'disruption.budgets[0].duration',
    ],
    [
      'with a duration of seconds',
      { disruption: { budgets: [{ nodes: 0, schedule: '@daily', duration: '90s' }] } },
      'props/invalid',
      'disruption.budgets[0].duration',
    ],
    [
      'with a budget of more than all',
      { disruption: { budgets: [{ nodes: '110%' }] } },
      'props/invalid',
      'disruption.budgets[0].nodes',
    ],
    ['without a budget', { disruption: { budgets: [] } }, 'props/invalid', 'disruption.budgets'],
    [
      'with a reason that is none',
      { disruption: { budgets: [{ nodes: 1, reasons: ['Expired'] }] } },
      'props/unsupported',
      'disruption.budgets[0].reasons[0]',
    ],
    ['with a policy that is none', { disruption: { policy: 'Never' } }, 'props/unsupported', 'disruption.policy'],
    [
      'with an edit of what it does not have',
      { customize: { nodeClass: () => undefined } },
      'props/unknown',
      'customize.nodeClass',
    ],
  ])('%s', (_what, props, rule, field) => {
    expect(refusedBy(() => pool(props))).toEqual([rule, field]);
  });

  test('when nodes would grow too old, with the age that is left as the fix', () => {
    const [{ fix }] = findingsOf(() => pool({ expireAfter: '21d' })) as [Finding];
    expect(fix).toContain("'480h'");
  });

  test.each([
    ['general-purpose', 'props/forbidden'],
    ['system', 'props/forbidden'],
    ['Batch', 'props/invalid'],
    ['a'.repeat(64), 'props/invalid'],
  ])('with the name %s', (id, rule) => {
    expect(refusedBy(() => pool({}, autoCluster(), id))).toEqual([rule, '']);
  });

  test('on node groups', () => {
    expect(refusedBy(() => pool({}, new Cluster(testApp(), 'prod', NODES)))).toEqual(['props/forbidden', '']);
  });

  test.each([
    ['an app', () => new EksApp()],
    ['a chart beside the cluster', () => new Chart(autoCluster().node.root, 'shop')],
    ['a tenant', () => newTenant({}, newAutoCluster())],
  ])('in %s', (_what, scope) => {
    expect(refusedBy(() => new NodePool(scope(), 'batch', { limits: 'none' }))).toEqual(['props/forbidden', '']);
  });
});

describe('the architectures of a cluster', () => {
  test('are those of its pools too', () => {
    const cluster = autoCluster();
    const context = clusterOf(cluster)!;
    expect([...withNodePools(cluster.node.root, context).facts.architectures!]).toEqual(['amd64']);
    pool({ architectures: ['arm64'] }, cluster);
    expect([...withNodePools(cluster.node.root, context).facts.architectures!]).toEqual(['amd64', 'arm64']);
    expect([...context.facts.architectures!]).toEqual(['amd64']);
  });

  test('are those of plain pools as well, and both where a pool does not say', () => {
    const cluster = autoCluster();
    const plain = {
      apiVersion: 'karpenter.sh/v1',
      kind: 'NodePool',
      metadata: { name: 'any' },
      spec: { template: { spec: {} } },
    };
    new KubeObject(cluster, 'any', plain as AnyObject);
    expect([...nodePoolArchitectures(cluster.node.root)]).toEqual(['amd64', 'arm64']);
  });

  test('stay unknown where nobody knows them', () => {
    const cluster = Cluster.existing(testApp(), 'prod', { region: 'us-west-2', version: '1.35', compute: 'auto' });
    pool({}, cluster);
    expect(withNodePools(cluster.node.root, clusterOf(cluster)!).facts.architectures).toBeUndefined();
  });
});

test('a pool takes the pods that ask for what it makes', () => {
  const arm = deployment({ nodeSelector: { 'kubernetes.io/arch': 'arm64', 'karpenter.sh/nodepool': 'batch' } });
  const judged = (props: Readonly<Record<string, unknown>>) => {
    const cluster = autoCluster();
    pool(props, cluster);
    new KubeObject(new Chart(cluster.node.root, 'shop'), 'web', arm as unknown as AnyObject);
    return judge(cluster.node.root as EksApp, plainConfig({ autoModeConfig: { enabled: true } })).errors;
  };
  expect(judged({ architectures: ['arm64'] })).toEqual([]);
  expect(judged({})).toEqual([
    expect.stringContaining("NodePool 'batch' (prod/batch/NodePool) has 'kubernetes.io/arch' 'amd64'"),
  ]);
});
