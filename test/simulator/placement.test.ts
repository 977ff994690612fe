import {
  applied,
  CLAIM,
  configOf,
  cronJob,
  daemonSet,
  deployment,
  GROUP,
  job,
  report,
  spread,
  statefulSet,
  told,
} from './support';

/** Not even two of them on one node of 1930m. */
const HALF = { cpu: '1200m' };

describe('resources', () => {
  test.each([
    ['cpu', { cpu: '1931m' }, 'cpu'],
    ['memory', { memory: '6904Mi' }, 'memory'],
    [
      'ephemeral storage',
      { container: { resources: { requests: { 'ephemeral-storage': '72Gi' } } } },
      'ephemeral storage',
    ],
    ['GPUs', { container: { resources: { limits: { 'nvidia.com/gpu': '1' } } } }, 'GPUs'],
  ])('a pod that asks for more %s than a node has finds no place', (_, props, reason) => {
    const verdict = applied([deployment(props)]);
    expect(verdict.verdict).toBe('does not fit');
    expect(told(verdict)).toEqual([`shop/web 1: ${reason}`]);
  });

  test('a pod that asks for exactly what a node has finds one', () => {
    expect(applied([deployment({ cpu: '1930m', memory: '6903Mi' })]).verdict).toBe('fits');
  });

  test('each node takes as many pods as its interfaces have addresses for', () => {
    expect(applied([deployment({ cpu: '1m', replicas: 3 * 29 })]).verdict).toBe('fits');
    expect(told(applied([deployment({ cpu: '1m', replicas: 3 * 29 + 1 })]))).toEqual(['shop/web 1: pods']);
  });

  test('each node takes as many EBS volumes as can be attached', () => {
    const many = {
      replicas: 3 * 8,
      cpu: '1m',
      controller: { volumeClaimTemplates: Array(3).fill(CLAIM), podManagementPolicy: 'Parallel' },
    };
    expect(applied([statefulSet(many)]).verdict).toBe('fits');
    expect(told(applied([statefulSet({ ...many, replicas: 25 })]))).toEqual(['shop/web 1: volumes']);
  });

  test('sums alone do not decide: room in pieces is no room for a large pod', () => {
    // 5790m on three nodes, of which 4800m are asked for
    expect(told(applied([deployment({ ...HALF, replicas: 4 })]))).toEqual(['shop/web 1: cpu']);
  });

  test('a container that says nothing asks for what the LimitRange of its namespace gives it', () => {
    const limits = {
      apiVersion: 'v1',
      kind: 'LimitRange',
      metadata: { name: 'limits', namespace: 'shop' },
      spec: { limits: [{ type: 'Container', defaultRequest: { cpu: '2' } }] },
    };
    const silent = deployment({ container: { resources: {} } });
    expect(applied([silent]).verdict).toBe('fits');
    expect(told(applied([silent, limits]))).toEqual(['shop/web 1: cpu']);
    expect(applied([silent, { ...limits, metadata: { name: 'limits', namespace: 'other' } }]).verdict).toBe('fits');
  });

  test('what the pod as a whole asks for wins over the sum of its containers', () => {
    expect(told(applied([deployment({ spec: { resources: { requests: { cpu: '3' } } } })]))).toEqual([
      'shop/web 1: cpu',
    ]);
  });
});

describe('constraintClasses for nodes', () => {
  const gpu = {
    ...GROUP,
    name: 'gpu',
    minSize: 1,
    maxSize: 1,
    labels: { pool: 'gpu' },
    taints: [{ key: 'gpu', value: 'yes', effect: 'NoSchedule' as const }],
  };
  const toleration = { key: 'gpu', value: 'yes', effect: 'NoSchedule' };
  const affinity = (operator: string, values?: string[]) => ({
    affinity: {
      nodeAffinity: {
        requiredDuringSchedulingIgnoredDuringExecution: {
          nodeSelectorTerms: [{ matchExpressions: [{ key: 'pool', operator, ...(values ? { values } : {}) }] }],
        },
      },
    },
  });

  test('a node selector is kept', () => {
    expect(told(applied([deployment({ spec: { nodeSelector: { pool: 'gpu' } } })]))).toEqual([
      'shop/web 1: node selector',
    ]);
    const labelled = { ...GROUP, labels: { pool: 'gpu' } };
    expect(applied([deployment({ spec: { nodeSelector: { pool: 'gpu' } } })], [labelled]).verdict).toBe('fits');
  });

  test.each([
    ['In', ['gpu'], false],
    ['NotIn', ['gpu'], true],
    ['Exists', undefined, false],
    ['DoesNotExist', undefined, true],
    ['Gt', ['1'], false],
  ])('node affinity with %s %j is kept', (operator, values, fits) => {
    expect(applied([deployment({ spec: affinity(operator, values) })]).verdict).toBe(fits ? 'fits' : 'does not fit');
  });

  test('the type is a label of the nodes of a group with one type, and of no other', () => {
    const spec = { nodeSelector: { 'node.kubernetes.io/instance-type': 'm5.large' } };
    expect(applied([deployment({ spec })]).verdict).toBe('fits');
    const { instanceType: _, ...group } = GROUP;
    const several = { ...group, instanceTypes: ['m5.large', 'm5a.large'] };
    expect(told(applied([deployment({ spec })], [several]))).toEqual(['shop/web 1: node selector']);
  });

  test('a taint keeps pods off, unless they tolerate it', () => {
    const tainted = [{ ...gpu, minSize: 3, maxSize: 3 }];
    expect(told(applied([deployment()], tainted))).toEqual(['shop/web 1: taints']);
    expect(applied([deployment({ spec: { tolerations: [toleration] } })], tainted).verdict).toBe('fits');
    expect(applied([deployment({ spec: { tolerations: [{ operator: 'Exists' }] } })], tainted).verdict).toBe('fits');
    expect(applied([deployment({ spec: { tolerations: [{ ...toleration, value: 'no' }] } })], tainted).verdict).toBe(
      'does not fit',
    );
  });

  test('a taint that only prefers other pods keeps nobody off', () => {
    const soft = [{ ...gpu, taints: [{ key: 'gpu', effect: 'PreferNoSchedule' as const }] }];
    expect(applied([deployment()], soft).verdict).toBe('fits');
  });

  test('what is left of a group that a pod does not tolerate is no room for it', () => {
    expect(told(applied([deployment({ ...HALF, replicas: 4 })], [GROUP, gpu]))).toEqual(['shop/web 1: cpu, taints']);
  });

  test('a DaemonSet is on the nodes that it wants and tolerates, and takes its part of each', () => {
    const agent = daemonSet({ name: 'agent', cpu: '1' });
    expect(applied([agent], [GROUP, gpu]).asked.cpu).toBe(3000);
    const everywhere = daemonSet({ name: 'agent', cpu: '1', spec: { tolerations: [{ operator: 'Exists' }] } });
    expect(applied([everywhere], [GROUP, gpu]).asked.cpu).toBe(4000);
    expect(told(applied([agent, deployment({ cpu: '1' })]))).toEqual(['shop/web 1: cpu']);
  });
});

describe('constraintClasses for other pods', () => {
  const away = (key = 'kubernetes.io/hostname', more = {}) => ({
    affinity: {
      podAntiAffinity: {
        requiredDuringSchedulingIgnoredDuringExecution: [
          { topologyKey: key, labelSelector: { matchLabels: { 'app.kubernetes.io/name': 'web' } }, ...more },
        ],
      },
    },
  });
  const near = {
    affinity: {
      podAffinity: {
        requiredDuringSchedulingIgnoredDuringExecution: [
          {
            topologyKey: 'kubernetes.io/hostname',
            labelSelector: { matchLabels: { 'app.kubernetes.io/name': 'web' } },
          },
        ],
      },
    },
  };

  test('a hard spread over zones leaves no zone two ahead', () => {
    // room for one of them on each node; with six nodes the fourth has a zone
    expect(applied([deployment({ ...HALF, replicas: 3, spec: spread() })]).verdict).toBe('fits');
    const oneZone = { ...GROUP, availabilityZones: ['us-west-2a'] };
    const other = { ...GROUP, name: 'other', availabilityZones: ['us-west-2b'], minSize: 1, maxSize: 1 };
    expect(told(applied([deployment({ ...HALF, replicas: 4, spec: spread() })], [oneZone, other]))).toEqual([
      'shop/web 1: cpu, spread',
    ]);
    expect(applied([deployment({ ...HALF, replicas: 4 })], [oneZone, other]).verdict).toBe('fits');
  });

  test('a zone whose nodes refuse the pods is no zone of the spread, if it honors taints', () => {
    const two = { ...GROUP, minSize: 4, maxSize: 4, availabilityZones: ['us-west-2a', 'us-west-2b'] };
    const tainted = {
      ...GROUP,
      name: 'c',
      minSize: 1,
      maxSize: 1,
      availabilityZones: ['us-west-2c'],
      taints: [{ key: 'x', effect: 'NoSchedule' as const }],
    };
    const honoring = deployment({ replicas: 4, spec: spread('web', { nodeTaintsPolicy: 'Honor' }) });
    expect(applied([honoring], [two, tainted]).verdict).toBe('fits');
    expect(told(applied([deployment({ replicas: 4, spec: spread() })], [two, tainted]))).toEqual([
      'shop/web 2: spread, taints',
    ]);
  });

  test('a soft spread keeps nobody off', () => {
    const soft = spread('web', { whenUnsatisfiable: 'ScheduleAnyway' });
    const oneZone = { ...GROUP, availabilityZones: ['us-west-2a'] };
    expect(applied([deployment({ ...HALF, replicas: 3, spec: soft })], [oneZone]).verdict).toBe('fits');
  });

  test('required anti-affinity is kept, in both directions', () => {
    expect(told(applied([deployment({ replicas: 4, spec: away() })]))).toEqual(['shop/web 1: affinity']);
    const others = deployment({ name: 'api', replicas: 1, spec: away() });
    expect(applied([deployment({ replicas: 2 }), others]).verdict).toBe('fits');
    expect(told(applied([others, deployment({ ...HALF, replicas: 3 })]))).toEqual(['shop/web 1: cpu, affinity']);
  });

  test('anti-affinity is about pods of the namespaces that it names', () => {
    const elsewhere = away('kubernetes.io/hostname', { namespaces: ['other'] });
    expect(applied([deployment({ replicas: 4, spec: elsewhere })]).verdict).toBe('fits');
    const everywhere = away('kubernetes.io/hostname', { namespaceSelector: {} });
    expect(told(applied([deployment({ replicas: 4, spec: everywhere })]))).toEqual(['shop/web 1: affinity']);
  });

  test('required affinity draws pods to one node, also the first of all', () => {
    expect(applied([deployment({ ...HALF, spec: near })]).verdict).toBe('fits');
    expect(told(applied([deployment({ ...HALF, replicas: 2, spec: near })]))).toEqual(['shop/web 1: cpu, affinity']);
    expect(told(applied([deployment({ name: 'api', spec: near })]))).toEqual(['shop/api 1: affinity']);
    expect(applied([deployment({ name: 'api', spec: near }), deployment()]).verdict).toBe('fits');
  });

  test('of the pods that need the same port of their node each has a node of its own', () => {
    const container = { ports: [{ containerPort: 80, hostPort: 8080 }], resources: {} };
    expect(told(applied([deployment({ replicas: 4, container })]))).toEqual(['shop/web 1: host ports']);
  });

  test('a next revision is spread by itself, where the label keys say so', () => {
    const high = { apiVersion: 'scheduling.k8s.io/v1', kind: 'PriorityClass', metadata: { name: 'high' }, value: 10 };
    // zone b is a zone of the spread, and has no room
    const filler = deployment({
      name: 'filler',
      cpu: '1900m',
      spec: { nodeSelector: { pool: 'b' }, priorityClassName: 'high' },
    });
    const zone = (letter: string) => ({
      ...GROUP,
      name: letter,
      minSize: 1,
      maxSize: 1,
      labels: { pool: letter },
      availabilityZones: [`us-west-2${letter}`],
    });
    const rolling = (more: Readonly<Record<string, unknown>>) =>
      report([high, filler, deployment({ cpu: '900m', spec: spread('web', more) })], [zone('a'), zone('b')]).verdict(
        'everything rolling',
        'desired',
      )!;
    const place = (verdict: ReturnType<typeof rolling>) => told(verdict).filter((text) => text.startsWith('shop/web'));
    expect(place(rolling({ matchLabelKeys: ['pod-template-hash'] }))).toEqual([]);
    expect(place(rolling({}))).toEqual(['shop/web 1: cpu, spread']);
  });

  test('with fewer zones than minDomains none may have a second pod', () => {
    const two = { ...GROUP, availabilityZones: ['us-west-2a', 'us-west-2b'] };
    expect(applied([deployment({ replicas: 3, spec: spread() })], [two]).verdict).toBe('fits');
    expect(told(applied([deployment({ replicas: 3, spec: spread('web', { minDomains: 3 }) })], [two]))).toEqual([
      'shop/web 1: spread',
    ]);
  });
});

describe('volumes and zones', () => {
  test('members of an ordered set wait for the one before', () => {
    const verdict = applied([statefulSet({ ...HALF, replicas: 6 })]);
    expect(told(verdict)).toEqual(['shop/web 1: cpu']);
    expect(verdict.waiting).toEqual([{ workload: 'shop/web', kind: 'StatefulSet', pods: 2, for: 'the member before' }]);
    const parallel = statefulSet({ ...HALF, replicas: 6, controller: { podManagementPolicy: 'Parallel' } });
    expect(told(applied([parallel]))).toEqual(['shop/web 3: cpu']);
  });

  test('with its zone a member is lost until the zone is back, and that is no fault', () => {
    const verdict = report([statefulSet({ replicas: 3, spec: spread() })]).verdict('one zone lost', 'desired')!;
    expect(verdict.verdict).toBe('fits');
    expect(verdict.waiting).toEqual([{ workload: 'shop/web', kind: 'StatefulSet', pods: 1, for: 'their zone' }]);
  });

  test.each([
    [
      'EFS, which has no zone',
      { volumeClaimTemplates: [{ ...CLAIM, spec: { ...CLAIM.spec, accessModes: ['ReadWriteMany'] } }] },
    ],
    ['no volume', { volumeClaimTemplates: [] }],
  ])('a member with %s finds another zone', (_, controller) => {
    const verdict = report([statefulSet({ replicas: 3, controller })]).verdict('one zone lost', 'desired')!;
    expect([verdict.verdict, verdict.waiting]).toEqual(['fits', []]);
  });

  test('pods that share a claim stay in the zone where it is first used', () => {
    const claim = {
      apiVersion: 'v1',
      kind: 'PersistentVolumeClaim',
      metadata: { name: 'shared', namespace: 'shop' },
      spec: CLAIM.spec,
    };
    const spec = { volumes: [{ name: 'shared', persistentVolumeClaim: { claimName: 'shared' } }] };
    expect(told(applied([claim, deployment({ ...HALF, replicas: 2, spec })]))).toEqual([
      'shop/web 1: cpu, zone of its volume',
    ]);
    // a claim that the app does not make may be anything
    expect(applied([deployment({ ...HALF, replicas: 2, spec })]).verdict).toBe('fits');
  });
});

describe('priorities', () => {
  const priorityClass = (name: string, value: number, more = {}) => ({
    apiVersion: 'scheduling.k8s.io/v1',
    kind: 'PriorityClass',
    metadata: { name },
    value,
    ...more,
  });
  const classes = [priorityClass('high', 1000), priorityClass('low', 10, { preemptionPolicy: 'Never' })];
  const of = (name: string, replicas: number) =>
    deployment({ name, ...HALF, replicas, spec: { priorityClassName: name } });

  test('what has less gives way, whatever comes first', () => {
    for (const manifests of [
      [of('low', 2), of('high', 3)],
      [of('high', 3), of('low', 2)],
    ]) {
      expect(told(applied([...classes, ...manifests]))).toEqual(['shop/low 2: cpu']);
    }
  });

  test('what comes later displaces what has less', () => {
    // of five, two are on the nodes already when the third of the high ones is added by its autoscaler
    const autoscaler = {
      apiVersion: 'autoscaling/v2',
      kind: 'HorizontalPodAutoscaler',
      metadata: { name: 'high', namespace: 'shop' },
      spec: { minReplicas: 1, maxReplicas: 3, scaleTargetRef: { kind: 'Deployment', name: 'high' } },
    };
    const all = report([
      ...classes,
      of('low', 2),
      deployment({ name: 'high', ...HALF, spec: { priorityClassName: 'high' } }),
      autoscaler,
    ]);
    expect(all.verdict('as applied', 'desired')!.verdict).toBe('fits');
    expect(told(all.verdict('autoscalers at maximum', 'desired')!)).toEqual(['shop/low 2: cpu']);
  });

  test('what is to be placed at the same time is placed by its priority, also if it displaces nobody', () => {
    const polite = priorityClass('polite', 1000, { preemptionPolicy: 'Never' });
    expect(told(applied([polite, deployment({ name: 'none', ...HALF, replicas: 3 }), of('polite', 3)]))).toEqual([
      'shop/none 3: cpu',
    ]);
  });

  test('what never displaces anybody waits', () => {
    const autoscaler = {
      apiVersion: 'autoscaling/v2',
      kind: 'HorizontalPodAutoscaler',
      metadata: { name: 'low', namespace: 'shop' },
      spec: { minReplicas: 1, maxReplicas: 3, scaleTargetRef: { kind: 'Deployment', name: 'low' } },
    };
    const none = deployment({ name: 'none', ...HALF, replicas: 2 });
    const low = deployment({ name: 'low', ...HALF, spec: { priorityClassName: 'low' } });
    const verdict = report([...classes, none, low, autoscaler]).verdict('autoscalers at maximum', 'desired')!;
    expect(told(verdict)).toEqual(['shop/low 2: cpu']);
  });

  test('the default class of the cluster is that of pods without one', () => {
    const fallback = priorityClass('fallback', 500, { globalDefault: true });
    const none = deployment({ name: 'none', ...HALF, replicas: 3 });
    expect(told(applied([...classes, fallback, of('low', 2), none]))).toEqual(['shop/low 2: cpu']);
  });
});

describe('what is counted', () => {
  test('a surge beside the pods of a Deployment, unless it is recreated; none of a StatefulSet', () => {
    const rolling = (controller: object, replicas = 3) =>
      report([deployment({ ...HALF, replicas, controller: { ...controller } })]).verdict(
        'everything rolling',
        'desired',
      )!;
    expect(told(rolling({}))).toEqual(['shop/web 1: cpu']);
    expect(told(rolling({ strategy: { rollingUpdate: { maxSurge: 2 } } }))).toEqual(['shop/web 2: cpu']);
    expect(told(rolling({ strategy: { rollingUpdate: { maxSurge: '100%' } } }))).toEqual(['shop/web 3: cpu']);
    expect(rolling({ strategy: { type: 'Recreate' } }).verdict).toBe('fits');
    expect(report([statefulSet({ ...HALF, replicas: 3 })]).verdict('everything rolling', 'desired')!.verdict).toBe(
      'fits',
    );
  });

  test('Jobs by their parallelism, and one run of every CronJob', () => {
    expect(told(applied([job({ ...HALF, controller: { parallelism: 5, completions: 4 } })]))).toEqual([
      'shop/web 1: cpu',
    ]);
    expect(told(applied([deployment({ name: 'api', ...HALF, replicas: 3 }), cronJob(HALF)]))).toEqual([
      'shop/web 1: cpu',
    ]);
    expect(
      applied([deployment({ name: 'api', ...HALF, replicas: 3 }), cronJob({ ...HALF, controller: { suspend: true } })])
        .verdict,
    ).toBe('fits');
  });

  test('a Job that has room at other times waits for it', () => {
    const rolling = report([deployment({ name: 'api', cpu: '1200m', replicas: 2 }), cronJob(HALF)]).verdict(
      'everything rolling',
      'desired',
    )!;
    expect(rolling.verdict).toBe('does not fit');
    const gives = report([
      { apiVersion: 'scheduling.k8s.io/v1', kind: 'PriorityClass', metadata: { name: 'standard' }, value: 10 } as never,
      deployment({ name: 'api', cpu: '1200m', replicas: 2, spec: { priorityClassName: 'standard' } }),
      cronJob(HALF),
    ]).verdict('everything rolling', 'desired')!;
    expect(gives.verdict).toBe('fits');
    expect(gives.waiting).toEqual([{ workload: 'shop/web', kind: 'CronJob', pods: 1, for: 'room' }]);
  });

  test('replicas as an autoscaler bounds them', () => {
    const autoscaled = (replicas: number | undefined, minReplicas: number, maxReplicas: number) => {
      const spec = { minReplicas, maxReplicas, scaleTargetRef: { kind: 'Deployment', name: 'web' } };
      const autoscaler = {
        apiVersion: 'autoscaling/v2',
        kind: 'HorizontalPodAutoscaler',
        metadata: { name: 'web', namespace: 'shop' },
        spec,
      };
      const { asked } = report([deployment({ replicas }), autoscaler]);
      return [asked.asApplied.pods, asked.atMaximum.pods];
    };
    expect(autoscaled(undefined, 2, 6)).toEqual([2, 6]);
    expect(autoscaled(4, 2, 6)).toEqual([4, 6]);
    expect(autoscaled(9, 2, 6)).toEqual([6, 6]);
    // an autoscaler leaves alone what was switched off
    expect(autoscaled(0, 2, 6)).toEqual([0, 0]);
  });

  test('no pods that a Fargate profile takes', () => {
    const fargateProfiles = [{ name: 'shop', selectors: [{ namespace: 'shop' }] }];
    const config = configOf([GROUP], { fargateProfiles });
    const on = (manifests: Parameters<typeof report>[0]) => applied(manifests, [GROUP], { config });
    expect(on([deployment({ cpu: '8' })]).asked.pods).toBe(0);
    expect(told(on([deployment({ cpu: '8', namespace: 'other' })]))).toEqual(['other/web 1: cpu']);
  });
});

test('luck is told: what fits in one order of the pods, and in another does not', () => {
  // two large ones and four small ones on two nodes: whoever spreads the small ones first has no node for the second large one
  const two = { ...GROUP, minSize: 2, maxSize: 2 };
  const pods = [deployment({ name: 'large', cpu: '1500m' }), deployment({ name: 'small', cpu: '480m', replicas: 4 })];
  const verdict = applied(pods, [two]);
  expect(verdict.verdict).toBe('tight');
  expect(verdict.unplaced).not.toEqual([]);
});

describe('nodes are matched as the scheduler does', () => {
  const affinity = (key: string, operator: string, ...values: string[]) => ({
    affinity: {
      nodeAffinity: {
        requiredDuringSchedulingIgnoredDuringExecution: {
          nodeSelectorTerms: [{ matchExpressions: [{ key, operator, values }] }],
        },
      },
    },
  });
  const group = {
    ...GROUP,
    labels: { disks: '4' },
    taints: [{ key: 'load', value: '5', effect: 'NoSchedule' }],
  } as const;
  const tolerating = { tolerations: [{ key: 'load', operator: 'Exists' }] };

  test.each([
    ['beta.kubernetes.io/os', 'linux'],
    ['beta.kubernetes.io/arch', 'amd64'],
    ['beta.kubernetes.io/instance-type', 'm5.large'],
    ['failure-domain.beta.kubernetes.io/zone', 'us-west-2a'],
    ['failure-domain.beta.kubernetes.io/region', 'us-west-2'],
  ])('by the deprecated label %s', (key, value) => {
    expect(applied([deployment({ spec: { nodeSelector: { [key]: value } } })]).verdict).toBe('fits');
    expect(applied([deployment({ spec: { nodeSelector: { [key]: 'other' } } })]).verdict).toBe('does not fit');
  });

  test.each([
    ['Gt', '3', 'fits'],
    ['Gt', '4', 'does not fit'],
    ['Lt', '5', 'fits'],
    ['Lt', '4', 'does not fit'],
    ['Gt', 'three', 'does not fit'],
  ])('by an affinity %s %s', (operator, value, verdict) => {
    const spec = { ...tolerating, ...affinity('disks', operator, value) };
    expect(applied([deployment({ spec })], [group]).verdict).toBe(verdict);
  });

  test.each([
    ['Gt', '4', 'fits'],
    ['Gt', '5', 'does not fit'],
    ['Lt', '6', 'fits'],
    ['Lt', '5', 'does not fit'],
  ])('by a toleration %s %s', (operator, value, verdict) => {
    const spec = { tolerations: [{ key: 'load', operator, value, effect: 'NoSchedule' }] };
    expect(applied([deployment({ spec })], [group]).verdict).toBe(verdict);
  });
});
