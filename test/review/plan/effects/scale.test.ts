import { autoscaler, deployment, effectsOf, NEW, said, statefulSet } from './support';

const WITHOUT = { replicas: undefined };

test('more and fewer pods', () => {
  expect(effectsOf([deployment()], [deployment({ replicas: 4 })])).toEqual([
    {
      kind: 'scale',
      risk: 'notice',
      object: expect.objectContaining({ kind: 'Deployment', name: 'web' }),
      text: "Deployment 'shop/web' goes from 3 to 4 pods",
      because: ['spec.replicas'],
      pods: { change: 'added', fewestReady: 3, of: 3, to: 4 },
    },
  ]);
  expect(effectsOf([statefulSet()], [statefulSet({ replicas: 2 })])[0]).toMatchObject({
    text: "StatefulSet 'shop/store' goes from 3 to 2 pods, the highest first",
    pods: { change: 'removed', order: 'highest-first', fewestReady: 2, of: 3, to: 2 },
  });
});

test('no pods at all are a danger', () => {
  expect(said(effectsOf([deployment()], [deployment({ replicas: 0 })]))).toEqual([
    "danger: Deployment 'shop/web' goes from 3 to 0 pods",
  ]);
});

test('a count that changes beside the pods is told once, by the rollout', () => {
  const effects = effectsOf([deployment()], [deployment({ replicas: 5 }, NEW)]);
  expect(effects.filter(({ pods }) => pods)).toHaveLength(1);
  expect(said(effects, 'scale')).toEqual(["notice: Deployment 'shop/web' goes from 3 to 5 pods"]);
});

test('from a fixed count to an autoscaler in one step the pods fall to 1', () => {
  const [dip, bounds] = effectsOf([deployment()], [deployment(WITHOUT), autoscaler(3, 10)]);
  expect(dip).toMatchObject({
    kind: 'scale',
    risk: 'danger',
    text: "Deployment 'shop/web' falls to 1 pod, then its autoscaler brings it to 3: an apply that takes `replicas` away sets it to 1",
    pods: { fewestReady: 1, of: 3 },
  });
  expect(dip?.remedy?.map(({ command }) => command)).toEqual([
    'kubectl apply edit-last-applied deployment.apps/web -n shop',
    'kubectl apply -f dist/',
  ]);
  expect(bounds?.text).toBe(
    "from now on HorizontalPodAutoscaler 'shop/web' keeps Deployment 'shop/web' between 3 and 10 pods",
  );
});

test('a count that is taken away without an autoscaler falls to 1 for good', () => {
  expect(said(effectsOf([deployment()], [deployment(WITHOUT)]))).toEqual([
    "danger: Deployment 'shop/web' goes from 3 to 1 pod: without `replicas` the API server sets it to 1",
  ]);
});

test('one pod of a fixed count does not fall on the way to an autoscaler', () => {
  const effects = effectsOf([deployment({ replicas: 1 })], [deployment(WITHOUT), autoscaler(2, 4)]);
  expect(said(effects).filter((text) => text.startsWith('danger'))).toEqual([]);
});

test('from an autoscaler to a fixed count both decide as long as it stays', () => {
  expect(said(effectsOf([deployment(WITHOUT), autoscaler(3, 10)], [deployment({ replicas: 4 })]))).toEqual([
    "notice: Deployment 'shop/web' gets a fixed count: each apply sets it to 4 pods, however many its autoscaler had chosen, and HorizontalPodAutoscaler 'shop/web' changes it again: delete it",
    "notice: Deployment 'shop/web' goes from 3 to 4 pods",
  ]);
  const scaled = [deployment(WITHOUT), autoscaler(3, 10)];
  expect(said(effectsOf(scaled, [deployment(WITHOUT)]))).toEqual([
    "notice: HorizontalPodAutoscaler 'shop/web' stays, and still scales Deployment 'shop/web'",
  ]);
});

test('the bounds of an autoscaler', () => {
  const old = [deployment(WITHOUT), autoscaler(3, 10)];
  expect(said(effectsOf(old, [deployment(WITHOUT), autoscaler(2, 12)]))).toEqual([
    "notice: HorizontalPodAutoscaler 'shop/web' allows Deployment 'shop/web' at least 2 instead of 3 and at most 12 instead of 10 pods",
  ]);
  expect(said(effectsOf(old, [deployment(WITHOUT), autoscaler(3, 10)]))).toEqual([]);
});

test('a higher least of an autoscaler adds pods, a lower most takes some', () => {
  const old = [deployment(WITHOUT), autoscaler(3, 10)];
  expect(effectsOf(old, [deployment(WITHOUT), autoscaler(5, 10)])[0]?.pods).toEqual({
    change: 'added',
    fewestReady: 3,
    of: 3,
    to: 5,
  });
  expect(effectsOf(old, [deployment(WITHOUT), autoscaler(1, 2)])[0]?.pods).toMatchObject({ change: 'removed', to: 2 });
  expect(effectsOf([deployment()], [deployment(), autoscaler(4, 10)])[0]?.pods).toMatchObject({
    change: 'added',
    to: 4,
  });
});

test('an autoscaler has at least so many pods as it may not go below', () => {
  const scaled = [deployment(WITHOUT), autoscaler(3, 10)];
  expect(effectsOf(scaled, [deployment(WITHOUT, NEW), autoscaler(3, 10)])[0]).toMatchObject({
    text: "the pods of Deployment 'shop/web' (3 or more) are replaced with up to 1 more at a time: none is missing",
    pods: { fewestReady: 3, of: 3 },
  });
});

test('a second autoscaler of the same workload is a danger', () => {
  const again = { ...(autoscaler(3, 10) as { metadata: object }), metadata: { name: 'other', namespace: 'shop' } };
  expect(
    said(effectsOf([deployment(WITHOUT), autoscaler(3, 10)], [deployment(WITHOUT), autoscaler(3, 10), again])),
  ).toEqual([
    "danger: from now on HorizontalPodAutoscaler 'shop/other' keeps Deployment 'shop/web' between 3 and 10 pods, beside another one: both decide",
  ]);
});
