import { Chart } from 'cdk8s';
import { Cluster } from '../../charts/cluster/cluster';
import type { ClusterProps } from '../../charts/cluster/props';
import { clusterOf } from '../../charts/core/cluster-context';
import { outputFileOf } from '../../charts/core/synthesis/output';
import { AUTO, BASE, existing, made, NODES, synthesize, testApp } from './support';

const LABELS = { 'app.kubernetes.io/managed-by': 'cdk8s-eks-patterns', 'app.kubernetes.io/part-of': 'prod' };
const kinds = (objects: readonly { kind: string; metadata: { name: string } }[]) =>
  objects.map((object) => `${object.kind}/${object.metadata.name}`);
const COMMON = [
  'StorageClass/gp3',
  'StorageClass/gp3-retain',
  'PriorityClass/workload-agent',
  'PriorityClass/workload-critical',
  'PriorityClass/workload-standard',
  'PriorityClass/workload-batch',
];

describe('the cluster-scoped objects', () => {
  test.each<[string, ClusterProps, string]>([
    ['node groups', NODES, 'ebs.csi.aws.com'],
    ['Auto Mode', AUTO, 'ebs.csi.eks.amazonaws.com'],
  ])('storage classes of %s', (_, props, provisioner) => {
    const [standard, retain] = made(props).objects;
    const common = {
      apiVersion: 'storage.k8s.io/v1',
      kind: 'StorageClass',
      provisioner,
      parameters: { type: 'gp3', encrypted: 'true' },
      volumeBindingMode: 'WaitForFirstConsumer',
      allowVolumeExpansion: true,
    };
    expect(standard).toEqual({
      ...common,
      metadata: { name: 'gp3', labels: LABELS, annotations: { 'storageclass.kubernetes.io/is-default-class': 'true' } },
      reclaimPolicy: 'Delete',
    });
    expect(retain).toEqual({ ...common, metadata: { name: 'gp3-retain', labels: LABELS }, reclaimPolicy: 'Retain' });
  });

  test('priority classes: agents before critical before standard before batch, which never preempts', () => {
    const classes = made(NODES).objects.filter((object) => object.kind === 'PriorityClass');
    expect(
      classes.map(({ metadata, value, globalDefault, preemptionPolicy }) => [
        metadata.name,
        value,
        globalDefault,
        preemptionPolicy,
      ]),
    ).toEqual([
      ['workload-agent', 1_000_000, false, undefined],
      ['workload-critical', 100_000, false, undefined],
      ['workload-standard', 10_000, false, undefined],
      ['workload-batch', 1_000, false, 'Never'],
    ]);
    expect(classes.every((object) => object.description.length > 10)).toBe(true);
    expect(classes.every((object) => JSON.stringify(object.metadata.labels) === JSON.stringify(LABELS))).toBe(true);
  });

  test('node groups leave the ingress class to the controller', () => {
    expect(kinds(made(NODES).objects)).toEqual(COMMON);
  });

  test('Auto Mode has an ingress class, and network policies are switched on', () => {
    const { objects } = made(AUTO);
    expect(kinds(objects)).toEqual([
      ...COMMON,
      'IngressClassParams/alb',
      'IngressClass/alb',
      'ConfigMap/amazon-vpc-cni',
    ]);
    expect(objects.find((object) => object.kind === 'IngressClass').spec).toEqual({
      controller: 'eks.amazonaws.com/alb',
      parameters: { apiGroup: 'eks.amazonaws.com', kind: 'IngressClassParams', name: 'alb' },
    });
    expect(objects.find((object) => object.kind === 'ConfigMap')).toMatchObject({
      metadata: { namespace: 'kube-system' },
      data: { 'enable-network-policy-controller': 'true' },
    });
  });

  test('an existing cluster gets the classes alone, and no need of EBS from them', () => {
    const { objects, warnings } = existing({ ...BASE, compute: 'auto' });
    expect(kinds(objects)).toEqual(COMMON);
    expect(objects[0].provisioner).toBe('ebs.csi.eks.amazonaws.com');
    expect(warnings).toEqual([]);
    expect(existing({ ...BASE, features: [] }).errors).toEqual([]);
  });

  test('a name that is no label is left out of the labels', () => {
    const app = testApp();
    const { objects } = synthesize(app, new Cluster(app, 'p'.repeat(64), AUTO));
    expect(objects[0].metadata.labels).toEqual({ 'app.kubernetes.io/managed-by': 'cdk8s-eks-patterns' });
  });
});

describe('around the objects', () => {
  test('each goes to its file, and the ClusterConfig to one that kubectl does not read', () => {
    const { cluster } = made(NODES);
    expect(outputFileOf(cluster)).toBe('_cluster.k8s.yaml');
    expect(outputFileOf(Chart.of(cluster.clusterConfig!))).toBe('cluster/prod.yaml');
    expect(cluster.apiObjects).not.toContain(cluster.clusterConfig);
  });

  test('a chart below the cluster may have any name of a namespace', () => {
    const app = testApp();
    const cluster = new Cluster(app, 'prod', AUTO);
    for (const id of ['clusterconfig', 'gp3', 'storageclass-gp3', 'alb']) {
      new Chart(cluster, id, { namespace: id, labels: { leak: 'yes' } });
    }
    const { config, objects } = synthesize(app, cluster);
    expect(JSON.stringify([config, objects])).not.toContain('leak');
    expect(config.metadata).not.toHaveProperty('namespace');
  });

  test('workloads anywhere in the app find the cluster', () => {
    const app = testApp();
    new Cluster(app, 'prod', NODES);
    expect(clusterOf(new Chart(app, 'elsewhere'))?.facts.name).toBe('prod');
  });

  test('the same program gives the same', () => {
    const print = () => {
      const { config, objects, steps } = made({ ...NODES, addons: [{ name: 'b' }, { name: 'a' }] });
      return JSON.stringify([config, objects, steps]);
    };
    expect(print()).toBe(print());
    const { cluster } = made(AUTO);
    expect(JSON.stringify(cluster.clusterConfig!.toJson())).toBe(JSON.stringify(cluster.clusterConfig!.toJson()));
  });

  test('the objects are open to edits', () => {
    const app = testApp();
    const cluster = new Cluster(app, 'prod', AUTO);
    cluster.storageClasses.standard.customize((c) => {
      c.parameters!.iops = '6000';
    });
    cluster.ingressClassParams!.customize((p) => {
      p.spec.scheme = 'internal';
    });
    cluster.priorityClasses.standard.customize((p) => {
      p.globalDefault = true;
    });
    const { objects } = synthesize(app, cluster);
    expect(objects[0].parameters.iops).toBe('6000');
    expect(objects.find((object) => object.kind === 'IngressClassParams').spec).toEqual({ scheme: 'internal' });
    expect(objects.find((object) => object.metadata.name === 'workload-standard').globalDefault).toBe(true);
  });
});
