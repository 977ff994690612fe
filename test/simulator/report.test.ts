import { capacityOf } from '../../charts/cluster/app-review';
import { InstanceType } from '../../charts/cluster/instance-type';
import { sentence } from '../../kube/finding';
import { Inventory } from '../../kube/inventory';
import { clusterSide } from '../../review/cluster-side';
import { review } from '../../review/review';
import type { CapacityReport } from '../../simulator/report';
import { SimulatedCluster } from '../../simulator/simulated-cluster';
import { capacityTable } from '../../simulator/table';
import { newApp, newAutoCluster, newCluster, newTenant, stateful, web } from '../support/app';
import { applied, configOf, cronJob, daemonSet, deployment, GROUP, report, spread, statefulSet, told } from './support';

const GROWING = { ...GROUP, minSize: 1, desiredCapacity: 2, maxSize: 6 };
const AUTOSCALER = ['cluster-autoscaler'];
const HALF = { cpu: '1200m' };

afterEach(() => jest.restoreAllMocks());

/** What the rules on capacity say of a report. */
function capacityWarnings(capacity: CapacityReport): string[] {
  const cluster = clusterSide(configOf([GROUP]), { capacity: () => capacity });
  return review({ inventory: new Inventory([]), existing: [], cluster })
    .filter(({ rule }) => rule.startsWith('capacity/'))
    .map(({ message, fix = '', rule }) => `${message}. ${sentence(fix)} [${rule}]`);
}

describe('warnings', () => {
  const warnings = (...args: Parameters<typeof report>) => capacityWarnings(report(...args));

  test('none where the app fits, and fits while it is rolled', () => {
    expect(warnings([deployment({ replicas: 2 })])).toEqual([]);
  });

  test('the app does not fit: who has no place, why, and what to do', () => {
    const [message, ...more] = warnings([deployment({ ...HALF, replicas: 5 })]);
    expect(message).toBe(
      "the app does not fit on the 3 nodes that the cluster begins with: no place for 2 pods of 'shop/web' (cpu), of CPU 104 % is asked for. Raise desiredCapacity and maxSize, choose a larger instanceType, or ask for less; Cluster.capacity() tells more. [capacity/room]",
    );
    expect(more).toEqual([]);
  });

  test('a node autoscaler that makes enough nodes is named', () => {
    const [message] = warnings([deployment({ ...HALF, replicas: 4 })], [GROWING], { releases: AUTOSCALER });
    expect(message).toMatch(
      /does not fit on the 2 nodes.*It does on 6, which the node autoscaler makes within minutes/,
    );
  });

  test('only a rollout of everything does not fit', () => {
    const [message, ...more] = warnings([deployment({ ...HALF, replicas: 3 })]);
    expect(message).toMatch(
      /^a rollout of everything at once does not fit on the 3 nodes .* no place for 1 pod of 'shop\/web' \(cpu\)/,
    );
    expect(more).toEqual([]);
  });

  test('a maximum to which nothing goes', () => {
    expect(warnings([], [GROWING])).toEqual([
      "node group 'workers' may grow from 2 to 6 nodes, but nothing makes it grow. Install cluster-autoscaler, or raise its desiredCapacity by hand. [capacity/node-autoscaler]",
    ]);
    expect(warnings([], [GROWING], { releases: AUTOSCALER })).toEqual([]);
  });

  test('a pod that is too large for every node, once', () => {
    expect(warnings([deployment({ cpu: '2', memory: '1Gi' })])).toEqual([
      "a pod of 'shop/web' (2000m CPU, 1024Mi) fits on no node, however empty. Add a node group with a larger instanceType, or ask for less. [capacity/pod-too-large]",
    ]);
  });

  test('none of pods that no node takes, which is an error of its own', () => {
    expect(warnings([deployment({ spec: { nodeSelector: { pool: 'none' } } })])).toEqual([]);
  });

  test('DaemonSets take their part of an empty node', () => {
    const pods = [deployment({ cpu: '1900m' }), daemonSet({ name: 'agent', cpu: '50m' })];
    expect(warnings(pods)[0]).toMatch(/'shop\/web' \(1900m CPU, 64Mi\) fits on no node/);
  });

  test('a type that nobody knows, and no verdict that depends on it', () => {
    const unknown = [{ ...GROUP, instanceType: 'm9.large' }];
    expect(warnings([deployment({ cpu: '9' })], unknown)).toEqual([
      "the resources of instance type m9.large of node group 'workers' are not known, so it cannot be told whether the app fits. Write instanceTypes: [InstanceType.custom({ name: 'm9.large', ... })]. [capacity/unknown-instance-type]",
    ]);
    const custom = InstanceType.custom({ name: 'm9.large', vcpu: 2, memoryMiB: 8192, enis: 3, ipsPerEni: 10 });
    expect(warnings([deployment({ replicas: 2 })], unknown, { instanceTypes: [custom] })).toEqual([]);
    expect(told(applied([deployment({ cpu: '9' })], unknown, { instanceTypes: [custom] }))).toEqual([
      'shop/web 1: cpu',
    ]);
  });

  test('beside a group that nobody knows the verdict is open, unless all fit on the others', () => {
    const groups = [GROUP, { ...GROUP, name: 'other', instanceType: 'm9.large' }];
    expect(applied([deployment({ ...HALF, replicas: 4 })], groups).verdict).toBe('unknown');
    expect(applied([deployment({ ...HALF, replicas: 3 })], groups).verdict).toBe('fits');
  });
});

describe('what runs on the cluster beside the app', () => {
  const addons = (...names: string[]) => ({ config: configOf([GROUP], { addons: names.map((name) => ({ name })) }) });

  test('takes its part: DaemonSets of each node, Deployments of the cluster', () => {
    const { asked } = applied([], [GROUP], addons('vpc-cni', 'kube-proxy', 'coredns'));
    expect(asked).toMatchObject({ cpu: 3 * 150 + 2 * 100, memory: 2 * 70, pods: 3 * 2 + 2 });
  });

  test('is there first: with a priority of the system nothing displaces it, without one everything does', () => {
    const priorities = [
      { apiVersion: 'scheduling.k8s.io/v1', kind: 'PriorityClass', metadata: { name: 'standard' }, value: 10 },
    ];
    const full = deployment({ cpu: '1800m', replicas: 3, spec: { priorityClassName: 'standard' } });
    expect(told(applied([full], [GROUP], addons('kube-proxy')))).toEqual([]);
    expect(
      told(applied([...priorities, full], [GROUP], addons('kube-proxy', 'aws-secrets-store-csi-driver-provider'))),
    ).toEqual([
      'kube-system/secrets-store-csi-driver 3: cpu',
      'kube-system/secrets-store-csi-driver-provider-aws 3: cpu',
    ]);
  });

  test('can be told differently, and what is not known is named and counts as nothing', () => {
    const config = addons('kube-proxy', 'adot');
    const unknown = report([], [GROUP], config);
    expect([unknown.unknownSystem, unknown.verdict('as applied', 'desired')!.asked.cpu]).toEqual([['adot'], 300]);
    const systemPods = {
      adot: [{ name: 'adot', replicas: 2, cpu: 200 }],
      'kube-proxy': [{ name: 'kube-proxy', cpu: 10 }],
    };
    const known = report([], [GROUP], { ...config, systemPods });
    expect([known.unknownSystem, known.verdict('as applied', 'desired')!.asked.cpu]).toEqual([[], 430]);
  });

  test('releases take theirs, and what is told without being asked for', () => {
    expect(applied([], [GROUP], { releases: ['aws-load-balancer-controller'] }).asked.pods).toBe(2);
    const systemPods = { 'my-agent': [{ name: 'my-agent', cpu: 10 }] };
    expect(applied([], [GROUP], { systemPods }).asked).toMatchObject({ cpu: 30, pods: 3 });
  });
});

describe('addresses', () => {
  const on = (pods: number, more: Readonly<Record<string, unknown>>) =>
    applied([deployment({ cpu: '1m', memory: '1Mi', replicas: pods })], [GROUP], { config: configOf([GROUP], more) });

  test('each pod and each interface takes one of the subnet of its zone', () => {
    // /27 for each zone: 32 less the 5 that AWS keeps
    const { addresses, verdict } = on(72, { vpc: { cidr: '10.0.0.0/24' } });
    expect([verdict, addresses]).toEqual(['fits', { zone: 'us-west-2a', used: 24 + 3, available: 27 }]);
    // an interface has its own address and nine for pods
    expect(on(30, { vpc: { cidr: '10.0.0.0/24' } }).addresses!.used).toBe(10 + 2);
  });

  test('pods without one have a node, and do not run', () => {
    const verdict = on(75, { vpc: { cidr: '10.0.0.0/24' } });
    expect(told(verdict)).toEqual([
      'the subnet of us-west-2a 1: addresses',
      'the subnet of us-west-2b 1: addresses',
      'the subnet of us-west-2c 1: addresses',
    ]);
  });

  test('prefixes are taken whole', () => {
    const addons = [{ name: 'vpc-cni', configurationValues: '{"env":{"ENABLE_PREFIX_DELEGATION":"true"}}' }];
    expect(on(51, { vpc: { cidr: '10.0.0.0/24' }, addons }).addresses).toMatchObject({ used: 1 + 32, available: 27 });
  });

  test('pods on the network of their node take none', () => {
    const config = configOf([GROUP], {
      vpc: { cidr: '10.0.0.0/24' },
      addons: [{ name: 'vpc-cni' }, { name: 'kube-proxy' }],
    });
    expect(applied([], [GROUP], { config }).addresses!.used).toBe(1);
  });

  test('own subnets count by their zones, and where nobody knows them nothing is said', () => {
    const subnet = (az: string, cidr: string) => ({ az, cidr });
    const own = {
      subnets: { private: { one: subnet('us-west-2a', '10.0.0.0/28'), two: subnet('us-west-2b', '10.0.1.0/24') } },
    };
    const config = configOf([GROUP], { vpc: own, availabilityZones: undefined });
    const verdict = applied([deployment({ cpu: '1m', replicas: 30 })], [{ ...GROUP, minSize: 2, maxSize: 2 }], {
      config: { ...config, managedNodeGroups: [{ ...GROUP, minSize: 2, maxSize: 2 }] },
    });
    expect(verdict.addresses).toMatchObject({ zone: 'us-west-2a', available: 11 });
    expect(on(1, { vpc: { id: 'vpc-00000001' } }).addresses).toBeUndefined();
    expect(on(1, { kubernetesNetworkConfig: { ipFamily: 'IPv6' } }).addresses).toBeUndefined();
  });
});

describe('the largest pod', () => {
  test('beside what an empty node has for it', () => {
    const { largestPod, tooLarge } = report([deployment({ cpu: '965m' }), deployment({ name: 'api', memory: '1Gi' })]);
    expect(largestPod).toMatchObject({ workload: 'shop/web', group: 'workers', percent: 50 });
    expect(tooLarge).toEqual([]);
  });

  test('is compared with the group that has the most room', () => {
    const groups = [GROUP, { ...GROUP, name: 'large', instanceType: 'm5.4xlarge' }];
    expect(report([deployment({ cpu: '4' })], groups).largestPod).toMatchObject({ group: 'large', percent: 26 });
  });
});

describe('a cluster without node groups', () => {
  test('in Auto Mode the report says what the pods ask for', () => {
    const config = configOf([], { managedNodeGroups: undefined, autoModeConfig: { enabled: true } });
    const auto = report([deployment({ replicas: 4, memory: '1Gi' }), daemonSet({ name: 'agent' })], [], { config });
    expect(auto.states).toEqual([]);
    expect(auto.verdict('as applied', 'desired')).toBeUndefined();
    expect(auto.asked).toMatchObject({
      asApplied: { cpu: 400, memory: 4096, pods: 4 },
      rolling: { pods: 5 },
      atMaximum: { pods: 4 },
    });
    expect(auto.largestPod).toMatchObject({ workload: 'shop/web', group: undefined, percent: undefined });
    expect(capacityWarnings(auto)).toEqual([]);
    expect(String(auto)).toMatch(/No node groups.*everything rolling +500m +5120Mi +5/s);
  });
});

describe('of an app', () => {
  test('every object counts, raw ones and those of other charts included, but no ClusterConfig', () => {
    const app = newApp();
    const cluster = newCluster(app);
    const tenant = newTenant({}, cluster);
    web({}, tenant);
    stateful({ replicas: 3 }, tenant);
    const { asked, cluster: name } = capacityOf(cluster, configOf([GROUP]), { prerequisites: [] });
    expect(name).toBe('prod');
    // two and three of 250m, 512Mi each
    expect(asked.asApplied).toMatchObject({ cpu: 5 * 250, memory: 5 * 512, pods: 5, volumes: 3 });
  });

  test('releases are those that the commands of its prerequisites install', () => {
    const prerequisites = [
      { name: 'Cluster Autoscaler', commands: ['helm upgrade --install cluster-autoscaler x \\\n  --wait'] },
    ];
    expect(capacityOf(newCluster(), configOf([GROWING]), { prerequisites }).nodeAutoscaler).toBe(true);
    expect(capacityOf(newCluster(), configOf([GROWING]), { prerequisites: [] }).nodeAutoscaler).toBe(false);
  });

  test('an object that cannot be rendered is left to the error of its file', () => {
    const cluster = newCluster();
    const customize = {
      deployment: () => {
        throw new Error('broken');
      },
    };
    web({ customize }, newTenant({}, cluster));
    expect(capacityOf(cluster, configOf([GROUP]), { prerequisites: [] }).asked.asApplied.pods).toBe(0);
  });

  test('in Auto Mode nothing of the cluster is needed', () => {
    expect(capacityOf(newAutoCluster(), undefined, { prerequisites: [] }).states).toEqual([]);
  });
});

test('the table shows groups, verdicts with the bottleneck marked, and who has no place', () => {
  const table = capacityTable(
    report([
      deployment({ ...HALF, replicas: 3 }),
      statefulSet({ name: 'store', cpu: '10m' }),
      cronJob({ name: 'nightly' }),
    ]),
  );
  expect(table).toMatch(/^workers {2}m5\.large {2}3 +1930m of 1930m/m);
  expect(table).toMatch(/^as applied +3 \(desired\) +fits +\d+ % </m);
  expect(table).toMatch(/^everything rolling, 3 nodes: no place for 1 of shop\/web \(cpu\)$/m);
  expect(table).toMatch(/^Largest pod: shop\/web \(1200m CPU, 64Mi\), 63 % of a node of workers$/m);
  expect(table.split('\n').filter((line) => line !== line.trimEnd())).toEqual([]);
});

test('the report is the same each time, whatever is asked first', () => {
  const make = () => report([deployment({ ...HALF, replicas: 4 })], [GROWING]);
  const first = make();
  first.verdict('one zone lost', 'maximum');
  expect(String(first)).toBe(String(make()));
});

test('ten times the workloads are ten times the work', () => {
  const looks = jest.spyOn(SimulatedCluster.prototype, 'hasRoom');
  let comparisons = 0;
  const selecting = (name: string) => ({
    get matchLabels() {
      comparisons++;
      return { 'app.kubernetes.io/name': name };
    },
  });
  const group = { ...GROUP, instanceType: 'm5.4xlarge', minSize: 60, desiredCapacity: 60, maxSize: 120 };
  const work = (workloads: number) => {
    const manifests = Array.from({ length: workloads }, (_, i) => {
      const name = `web-${i}`;
      const spec = spread(name, { labelSelector: selecting(name) });
      return deployment({ name, namespace: `shop-${i % 10}`, replicas: 3, memory: '256Mi', spec });
    });
    looks.mockClear();
    comparisons = 0;
    const all = report(manifests, [group], { releases: AUTOSCALER });
    expect(capacityWarnings(all)).toEqual([]);
    expect(all.verdict('as applied', 'desired')!.asked.pods).toBe(3 * workloads + 1);
    return { looks: looks.mock.calls.length, comparisons };
  };
  const [some, more] = [work(100), work(1000)];
  expect(some.looks * some.comparisons).toBeGreaterThan(0);
  expect(more.looks).toBeLessThan(11 * some.looks);
  expect(more.comparisons).toBeLessThan(11 * some.comparisons);
});
