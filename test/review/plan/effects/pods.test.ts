import { clusterSide } from '../../../../review/cluster-side';
import { deployment, effectsOf, NEW, object, said, statefulSet, workload } from './support';

const rolled = (before: object, after: object, ...others: object[]) => {
  const effects = effectsOf([before, ...others], [after, ...others]).filter(({ kind }) => kind === 'pods');
  expect(effects).toHaveLength(1);
  return effects[0]!;
};

describe('a Deployment', () => {
  test('is replaced with new pods first, a quarter more at a time, rounded up', () => {
    const { text, pods, because, risk } = rolled(deployment(), deployment({}, NEW));
    expect(text).toBe("the 3 pods of Deployment 'shop/web' are replaced with up to 1 more at a time: none is missing");
    expect(pods).toEqual({ change: 'replaced', order: 'surge', fewestReady: 3, of: 3 });
    expect(because).toEqual(['spec.template.spec.containers[0].image']);
    expect(risk).toBe('notice');
  });

  test.each([
    // [replicas, surge, unavailable, order, fewest]: surge is rounded up, unavailable down
    [3, '25%', '25%', 'surge', 3],
    [4, '25%', '25%', 'surge', 3],
    [10, '30%', '30%', 'surge', 7],
    [3, 0, '50%', 'one-by-one', 2],
    [3, 0, '10%', 'one-by-one', 2],
    [4, 0, 2, 'one-by-one', 2],
    [2, 0, 2, 'all-at-once', 0],
    [1, 0, 1, 'one-by-one', 0],
    [1, 1, 0, 'surge', 1],
  ] as const)(
    'of %d pods with a surge of %s and %s unavailable',
    (replicas, maxSurge, maxUnavailable, order, fewest) => {
      const spec = { replicas, strategy: { rollingUpdate: { maxSurge, maxUnavailable } } };
      const { pods, risk } = rolled(deployment(spec), deployment(spec, NEW));
      expect(pods).toEqual({ change: 'replaced', order, fewestReady: fewest, of: replicas });
      expect(risk).toBe(fewest === 0 ? 'danger' : 'notice');
    },
  );

  test('that is recreated has no pod in between', () => {
    const spec = { strategy: { type: 'Recreate' } };
    const { text, risk, pods } = rolled(deployment(spec), deployment(spec, NEW));
    expect(text).toBe("the 3 pods of Deployment 'shop/web' are replaced all at once: none is ready in between");
    expect([risk, pods?.order, pods?.fewestReady]).toEqual(['danger', 'all-at-once', 0]);
  });

  test('that is paused keeps its pods', () => {
    const { text, pods } = rolled(deployment({ paused: true }), deployment({ paused: true }, NEW));
    expect(text).toContain('it is paused, and replaces nothing until it is resumed');
    expect(pods).toEqual({ change: 'kept', order: 'surge', fewestReady: 3, of: 3 });
  });

  test('that is created paused has no pods', () => {
    expect(said(effectsOf([], [deployment({ paused: true })]))).toEqual([
      "notice: Deployment 'shop/web' is new and paused: it has no pods until it is resumed",
    ]);
  });

  test('names the ConfigMap with another name that it reads', () => {
    const reading = (name: string) => ({ main: { envFrom: [{ configMapRef: { name } }] } });
    const { because } = rolled(deployment({}, reading('env-1')), deployment({}, reading('env-2')));
    expect(because).toEqual([
      'spec.template.spec.containers[0].envFrom[0].configMapRef.name',
      "ConfigMap 'shop/env-2'",
    ]);
  });

  test('says how long a pod has to be ready', () => {
    const { text } = rolled(deployment({ minReadySeconds: 10 }), deployment({ minReadySeconds: 10 }, NEW));
    expect(text).toMatch(/; each counts once it is ready for 10 s$/);
  });

  test('of which labels of its own change keeps its pods, and so does one with another strategy', () => {
    const labelled = {
      ...(deployment() as { metadata: object }),
      metadata: { name: 'web', namespace: 'shop', labels: { a: 'b' } },
    };
    expect(effectsOf([deployment()], [labelled])).toEqual([]);
    expect(effectsOf([deployment()], [deployment({ strategy: { rollingUpdate: { maxSurge: 2 } } })])).toEqual([]);
  });

  test('that changes in size too has the fewest of both', () => {
    const spec = { strategy: { rollingUpdate: { maxSurge: 1, maxUnavailable: 1 } } };
    expect(rolled(deployment({ ...spec, replicas: 2 }), deployment({ ...spec, replicas: 4 }, NEW)).pods).toMatchObject({
      fewestReady: 2,
      of: 2,
    });
    expect(rolled(deployment({ ...spec, replicas: 4 }), deployment({ ...spec, replicas: 2 }, NEW)).pods).toMatchObject({
      fewestReady: 1,
      of: 4,
    });
  });
});

describe('a StatefulSet', () => {
  test('is replaced from the highest member on, one by one', () => {
    const { text, pods } = rolled(statefulSet(), statefulSet({}, NEW));
    expect(text).toBe(
      "the 3 pods of StatefulSet 'shop/store' are replaced one by one, the highest first: at least 2 of 3 stay ready",
    );
    expect(pods).toEqual({ change: 'replaced', order: 'highest-first', fewestReady: 2, of: 3 });
  });

  test('with a partition keeps the members below it', () => {
    const partition = (number: number) => ({ updateStrategy: { rollingUpdate: { partition: number } } });
    expect(rolled(statefulSet(partition(2)), statefulSet(partition(2), NEW)).text).toContain(
      "1 pod of StatefulSet 'shop/store', from the partition on, is replaced",
    );
    const kept = rolled(statefulSet(partition(3)), statefulSet(partition(3), NEW));
    expect(kept.pods).toEqual({ change: 'kept', order: 'highest-first', fewestReady: 3, of: 3 });
  });

  test('reads maxUnavailable from Kubernetes 1.37 on', () => {
    const spec = { replicas: 5, updateStrategy: { rollingUpdate: { maxUnavailable: '45%' } } };
    const fewest = (kubernetesVersion: string) =>
      effectsOf([statefulSet(spec)], [statefulSet(spec, NEW)], { kubernetesVersion })[0]!.pods?.fewestReady;
    expect([fewest('1.36'), fewest('1.37')]).toEqual([4, 3]);
    // a share that comes to nothing is one
    const small = { updateStrategy: { rollingUpdate: { maxUnavailable: '10%' } } };
    const [effect] = effectsOf([statefulSet(small)], [statefulSet(small, NEW)], { kubernetesVersion: '1.37' });
    expect(effect!.pods?.fewestReady).toBe(2);
  });

  test('with OnDelete waits', () => {
    const spec = { updateStrategy: { type: 'OnDelete' } };
    const { text, pods } = rolled(statefulSet(spec), statefulSet(spec, NEW));
    expect(text).toContain('each is replaced only when somebody deletes it');
    expect(pods).toMatchObject({ change: 'kept', order: 'on-delete' });
  });

  test('of one member has a gap', () => {
    const { text, risk } = rolled(statefulSet({ replicas: 1 }), statefulSet({ replicas: 1 }, NEW));
    expect([risk, text]).toEqual([
      'danger',
      "the only pod of StatefulSet 'shop/store' is replaced: none is ready in between",
    ]);
  });
});

describe('other kinds', () => {
  test.each([
    [{}, "the pods of DaemonSet 'shop/web' are replaced, one node at a time"],
    [{ maxUnavailable: '10%' }, "the pods of DaemonSet 'shop/web' are replaced, 10% of the nodes at a time"],
    [
      { maxSurge: 2, maxUnavailable: 0 },
      "the pods of DaemonSet 'shop/web' are replaced, 2 nodes at a time, the new pod first: none is missing",
    ],
  ])('a DaemonSet with %j', (rollingUpdate, text) => {
    const spec = { updateStrategy: { rollingUpdate } };
    expect(rolled(workload('DaemonSet', spec), workload('DaemonSet', spec, NEW)).text).toBe(text);
  });

  test('a DaemonSet of a cluster whose nodes are known', () => {
    const config = {
      apiVersion: 'eksctl.io/v1alpha5',
      kind: 'ClusterConfig',
      metadata: { name: 'prod', region: 'us-west-2' },
      managedNodeGroups: [
        { name: 'a', instanceType: 'm5.large', desiredCapacity: 7 },
        { name: 'b', instanceType: 'm5.large', desiredCapacity: 3, taints: [{ key: 'own', effect: 'NoSchedule' }] },
      ],
    };
    const cluster = clusterSide(config as never);
    const spec = { updateStrategy: { rollingUpdate: { maxUnavailable: '20%' } } };
    const [effect] = effectsOf([workload('DaemonSet', spec)], [workload('DaemonSet', spec, NEW)], { cluster });
    expect([effect?.text, effect?.pods]).toEqual([
      "the pods of DaemonSet 'shop/web' are replaced, 2 nodes at a time",
      { change: 'replaced', order: 'one-by-one', fewestReady: 5, of: 7 },
    ]);
  });

  test('a ReplicaSet keeps its pods', () => {
    const { pods, text } = rolled(workload('ReplicaSet', {}), workload('ReplicaSet', {}, NEW));
    expect(pods).toEqual({ change: 'kept' });
    expect(text).toContain('only pods that it makes from now on');
  });

  test.each([
    [{ blueGreen: { autoPromotionEnabled: false } }, 'the new ones get no traffic until the Rollout is promoted'],
    [{ canary: { steps: [{ setWeight: 20 }, { pause: {} }] } }, 'it stops at step 2 until it is promoted'],
    [{ canary: { steps: [{ setWeight: 20 }, { pause: { duration: '1m' } }] } }, 'none is missing'],
  ])('a Rollout with %j', (strategy, end) => {
    const rollout = (pod: object) => ({
      ...workload('Rollout', { strategy }, pod as never),
      apiVersion: 'argoproj.io/v1alpha1',
    });
    const { text, pods } = rolled(rollout({}), rollout(NEW));
    expect(text.endsWith(end)).toBe(true);
    expect(pods).toMatchObject({ change: 'replaced', order: 'surge', fewestReady: 3 });
  });

  test('a kind whose controller is not known says so', () => {
    const set = (image: string) =>
      object('leaderworkerset.x-k8s.io/v1', 'LeaderWorkerSet', 'web', {
        spec: { leaderWorkerTemplate: { size: 2, workerTemplate: { spec: { containers: [{ name: 'a', image }] } } } },
      });
    expect(rolled(set('a:1'), set('a:2')).text).toBe(
      "the controller of LeaderWorkerSet 'shop/web' decides when it replaces its pods",
    );
  });

  test('a new workload starts pods, and one that is left behind keeps them', () => {
    expect(said(effectsOf([deployment()], [deployment({}, {}, 'site')]), 'pods')).toEqual([
      "notice: Deployment 'shop/site' is new: 3 pods start",
      "notice: Deployment 'shop/web' stays, and its 3 pods go on",
    ]);
  });

  test('a workload without pods has nothing to replace', () => {
    expect(effectsOf([deployment({ replicas: 0 })], [deployment({ replicas: 0 }, NEW)])).toEqual([]);
  });
});
