import { asking, autoscaler, deployment, effectsOf, object, quota, said, statefulSet, workload } from './support';

const stuck = (before: object[], after: object[]) => {
  const effects = effectsOf(before, after);
  return {
    effects,
    pods: effects.find(({ pods }) => pods)?.pods,
    capacity: effects.filter(({ kind }) => kind === 'capacity'),
  };
};

test('a quota that is smaller than what runs refuses new pods: the old ones stay', () => {
  const { effects, pods, capacity } = stuck(
    [quota({ 'limits.memory': '2Gi' }), deployment({}, asking('512Mi'))],
    [quota({ 'limits.memory': '512Mi' }), deployment({}, asking('64Mi'))],
  );
  expect(pods).toEqual({ change: 'stuck', fewestReady: 3, of: 3 });
  expect(said(effects, 'pods')).toEqual([
    "danger: the rollout does not end: ResourceQuota 'shop/quota' refuses new pods for limits.memory, and the 3 pods of the old revision stay",
  ]);
  expect(capacity[0]?.text).toBe(
    "of limits.memory ResourceQuota 'shop/quota' lets through 512Mi, pods before the apply use 1536Mi and those after it 192Mi: the rollout of Deployment 'shop/web' does not end",
  );
  expect(capacity[0]?.remedy?.[0]?.text).toMatch(/^lower `resources` by half at most/);
});

test('of a StatefulSet one is missing then', () => {
  const { pods, effects } = stuck(
    [quota({ 'limits.memory': '2Gi' }), statefulSet({}, asking('512Mi'))],
    [quota({ 'limits.memory': '384Mi' }), statefulSet({}, asking('64Mi'))],
  );
  expect(pods).toEqual({ change: 'stuck', fewestReady: 2, of: 3 });
  expect(said(effects, 'pods')[0]).toMatch(/, and 1 of 3 stays missing$/);
});

test('a rollout that stops half-way', () => {
  const spec = { strategy: { rollingUpdate: { maxSurge: 1, maxUnavailable: 0 } } };
  const full = quota({ 'limits.memory': '2300Mi' });
  const { pods, effects } = stuck([full, deployment(spec, asking('512Mi'))], [full, deployment(spec, asking('700Mi'))]);
  expect(pods).toEqual({ change: 'stuck', fewestReady: 3, of: 3 });
  expect(said(effects, 'pods')[0]).toMatch(/, and the 2 pods of the old revision stay$/);
});

test('what is said of the pod as a whole counts instead of its containers', () => {
  const whole = (memory: string) => ({ ...asking('64Mi'), resources: { limits: { memory } } });
  const full = quota({ 'limits.memory': '1Gi' });
  const spec = { strategy: { rollingUpdate: { maxSurge: 1, maxUnavailable: 0 } } };
  const change = (memory: string) =>
    stuck([full, deployment(spec, whole('256Mi'))], [full, deployment(spec, whole(memory))]).pods?.change;
  expect([change('300Mi'), change('200Mi')]).toEqual(['stuck', 'replaced']);
});

test('half of the resources leaves room', () => {
  const { pods, capacity } = stuck(
    [quota({ 'limits.memory': '2Gi' }), deployment({}, asking('512Mi'))],
    [quota({ 'limits.memory': '2Gi' }), deployment({}, asking('256Mi'))],
  );
  expect([pods?.change, capacity]).toEqual(['replaced', []]);
});

test('a Deployment that may be short of a pod makes room by it', () => {
  const spec = { strategy: { rollingUpdate: { maxSurge: 1, maxUnavailable: 1 } } };
  const full = quota({ 'limits.memory': '1536Mi' });
  expect(stuck([full, deployment({}, asking('512Mi'))], [full, deployment({}, asking('500Mi'))]).pods?.change).toBe(
    'stuck',
  );
  expect(stuck([full, deployment(spec, asking('512Mi'))], [full, deployment(spec, asking('500Mi'))]).pods?.change).toBe(
    'replaced',
  );
  const recreate = { strategy: { type: 'Recreate' } };
  expect(
    stuck([full, deployment(recreate, asking('512Mi'))], [full, deployment(recreate, asking('500Mi'))]).pods?.change,
  ).toBe('replaced');
});

test('what is left behind counts, and is to be deleted', () => {
  const { pods, capacity } = stuck(
    [quota({ 'limits.memory': '2Gi' }), deployment({}, asking('64Mi')), deployment({}, asking('256Mi'), 'worker')],
    [
      quota({ 'limits.memory': '512Mi' }),
      deployment({}, { main: { image: 'b', resources: { limits: { memory: '64Mi' } } } }),
    ],
  );
  expect(pods?.change).toBe('stuck');
  expect(capacity[0]?.remedy?.map(({ command }) => command)).toEqual(['kubectl delete deployment.apps/worker -n shop']);
});

test('more pods than a quota has room for, and new ones', () => {
  const three = quota({ pods: '3' });
  const { effects } = stuck([three, deployment()], [three, deployment({ replicas: 5 })]);
  expect(said(effects, 'scale')).toEqual([
    "danger: Deployment 'shop/web' goes from 3 to 5 pods, of which ResourceQuota 'shop/quota' refuses 2 for pods",
  ]);
  expect(said(effects, 'capacity')).toEqual([
    "danger: of pods ResourceQuota 'shop/quota' lets through 3, pods before the apply use 3 and those after it 5: the rollout of Deployment 'shop/web' does not end",
  ]);
  const five = quota({ pods: '5' });
  expect(said(stuck([five, deployment()], [five, deployment(), deployment({}, {}, 'site')]).effects, 'pods')).toEqual([
    "danger: Deployment 'shop/site' is new: 3 pods start, of which the quota refuses 1",
  ]);
});

test('a smaller quota beside pods that stay', () => {
  const { effects } = stuck(
    [quota({ 'requests.memory': '2Gi' }), deployment({}, asking('512Mi'))],
    [quota({ 'requests.memory': '1Gi' }), deployment({}, asking('512Mi'))],
  );
  expect(said(effects)).toEqual([
    "danger: ResourceQuota 'shop/quota' is smaller than what runs: of requests.memory it lets through 1Gi, and 1536Mi are used: a pod that ends is not replaced",
  ]);
});

test('LimitRanges give a size to pods that say nothing; quotas with a scope count only some', () => {
  const range = object('v1', 'LimitRange', 'limits', {
    spec: { limits: [{ type: 'Container', default: { memory: '512Mi' } }] },
  });
  const full = quota({ 'limits.memory': '1536Mi' });
  const next = { main: { image: 'b' } };
  expect(stuck([full, range, deployment()], [full, range, deployment({}, next)]).pods?.change).toBe('stuck');
  expect(stuck([full, deployment()], [full, deployment({}, next)]).pods?.change).toBe('replaced');
  const scoped = (scope: string) =>
    object('v1', 'ResourceQuota', 'quota', { spec: { hard: { pods: '3' }, scopes: [scope] } });
  expect(stuck([scoped('BestEffort'), deployment()], [scoped('BestEffort'), deployment({}, next)]).pods?.change).toBe(
    'stuck',
  );
  expect(stuck([scoped('Terminating'), deployment()], [scoped('Terminating'), deployment({}, next)]).pods?.change).toBe(
    'replaced',
  );
  const classes = (name: string) =>
    object('v1', 'ResourceQuota', 'quota', {
      spec: {
        hard: { pods: '3' },
        scopeSelector: { matchExpressions: [{ scopeName: 'PriorityClass', operator: 'In', values: [name] }] },
      },
    });
  const high = { priorityClassName: 'high' };
  const changed = (name: string) =>
    stuck([classes(name), deployment({}, high)], [classes(name), deployment({}, { ...high, ...next })]).pods?.change;
  expect([changed('high'), changed('low')]).toEqual(['stuck', 'replaced']);
});

test('the pods of an autoscaler count, those of each node do not', () => {
  const next = { main: { image: 'b' } };
  const scaled = [quota({ pods: '4' }), autoscaler(4, 8)];
  const of = (pod: object) =>
    deployment({ replicas: undefined, strategy: { rollingUpdate: { maxSurge: 1, maxUnavailable: 0 } } }, pod as never);
  expect(stuck([...scaled, of({})], [...scaled, of(next)]).pods?.change).toBe('stuck');
  const one = quota({ pods: '1' });
  expect(stuck([one, workload('DaemonSet', {})], [one, workload('DaemonSet', {}, next)]).pods?.change).toBe('replaced');
});

test('claims and load balancers beyond the quota', () => {
  const storage = quota({ 'requests.storage': '50Gi', persistentvolumeclaims: '3' });
  const claim = object('v1', 'PersistentVolumeClaim', 'files', {
    spec: { resources: { requests: { storage: '10Gi' } } },
  });
  expect(
    said(
      effectsOf([storage, statefulSet({ replicas: 2 })], [storage, statefulSet({ replicas: 2 }), claim]),
      'capacity',
    ),
  ).toEqual([]);
  expect(
    said(
      effectsOf([storage, statefulSet({ replicas: 2 })], [storage, statefulSet({ replicas: 4 }), claim]),
      'capacity',
    ),
  ).toEqual([
    "danger: ResourceQuota 'shop/quota' lets through 50Gi of requests.storage, and 90Gi are asked for with what stays: not all of StatefulSet 'shop/store' and PersistentVolumeClaim 'shop/files' is let through",
    "danger: ResourceQuota 'shop/quota' lets through 3 of persistentvolumeclaims, and 5 are asked for with what stays: not all of StatefulSet 'shop/store' and PersistentVolumeClaim 'shop/files' is let through",
  ]);
  const none = quota({ 'services.loadbalancers': '0' });
  const service = object('v1', 'Service', 'web', { spec: { type: 'LoadBalancer', ports: [{ port: 80 }] } });
  expect(said(effectsOf([none], [none, service]), 'capacity')[0]).toContain('lets through 0 of services.loadbalancers');
});
