import { effectsOf, object, said } from './support';

const pod = (image: string) => ({ spec: { restartPolicy: 'Never', containers: [{ name: 'a', image }] } });
const job = (name: string, spec: object = {}, labels: object = {}) =>
  object('batch/v1', 'Job', name, { spec: { template: pod('a:1'), ...spec } }, { labels });
const cron = (spec: object = {}, image = 'a:1') =>
  object('batch/v1', 'CronJob', 'nightly', {
    spec: { schedule: '0 3 * * *', jobTemplate: { spec: { template: pod(image) } }, ...spec },
  });
const NAME = { 'app.kubernetes.io/name': 'migrate' };

test('a Job with another name for the same work runs once more', () => {
  const effects = effectsOf([job('migrate-a', {}, NAME)], [job('migrate-b', { template: pod('a:2') }, NAME)]);
  expect(effects).toEqual([
    {
      kind: 'job',
      risk: 'notice',
      object: expect.objectContaining({ kind: 'Job', name: 'migrate-b' }),
      text: "the work of Job 'shop/migrate-a' runs once more, as Job 'shop/migrate-b'",
      because: ['spec.template.spec.containers'],
      pods: { change: 'run' },
    },
  ]);
});

test('a Job beside one of other work that is left behind', () => {
  const other = { 'app.kubernetes.io/name': 'other' };
  expect(said(effectsOf([job('other-a', {}, other)], [job('migrate-a', {}, NAME)]))).toEqual([
    "notice: Job 'shop/migrate-a' runs once",
  ]);
});

test('a new Job runs once, and one that is suspended does not', () => {
  expect(said(effectsOf([], [job('migrate'), job('later', { suspend: true })]))).toEqual([
    "notice: Job 'shop/migrate' runs once",
    "notice: Job 'shop/later' is new and suspended: it runs once somebody resumes it",
  ]);
});

test('a Job that is as before, or is left behind, or is refused does not run', () => {
  expect(effectsOf([job('migrate')], [job('migrate')])).toEqual([]);
  expect(effectsOf([job('migrate')], [])).toEqual([]);
  expect(effectsOf([job('migrate')], [job('migrate', { template: pod('a:2') })])).toEqual([]);
});

test('a Job is suspended and resumed', () => {
  expect(said(effectsOf([job('migrate')], [job('migrate', { suspend: true })]))).toEqual([
    "danger: Job 'shop/migrate' is suspended: its running pods are deleted",
  ]);
  expect(effectsOf([job('migrate', { suspend: true })], [job('migrate', { suspend: false })])[0]?.pods).toEqual({
    change: 'run',
  });
  expect(said(effectsOf([job('migrate', { parallelism: 2 })], [job('migrate', { parallelism: 5 })]))).toEqual([
    "notice: while Job 'shop/migrate' runs, it has 5 pods at a time instead of 2",
  ]);
});

test('a CronJob', () => {
  expect(said(effectsOf([cron()], [cron({}, 'a:2')]))).toEqual([
    "notice: the next run of CronJob 'shop/nightly' has the change; a run that goes on keeps the old one",
  ]);
  expect(said(effectsOf([cron()], [cron({ schedule: '0 4 * * *', timeZone: 'Europe/Paris' })]))).toEqual([
    "notice: CronJob 'shop/nightly' runs at '0 4 * * *' of Europe/Paris instead of '0 3 * * *'",
  ]);
  expect(said(effectsOf([cron()], [cron({ suspend: true })]))).toEqual([
    "notice: CronJob 'shop/nightly' no longer runs: it is suspended",
  ]);
  expect(said(effectsOf([cron({ suspend: true })], [cron()]))).toEqual([
    "notice: CronJob 'shop/nightly' runs again at '0 3 * * *'",
  ]);
  expect(said(effectsOf([], [cron()]))).toEqual(["notice: CronJob 'shop/nightly' is new: it runs at '0 3 * * *'"]);
  expect(said(effectsOf([cron()], []))).toEqual([
    "notice: CronJob 'shop/nightly' stays, and still runs at '0 3 * * *'",
  ]);
});

test('a ScaledJob loses its running Jobs unless it is told otherwise', () => {
  const scaled = (image: string, rollout?: object) =>
    object('keda.sh/v1alpha1', 'ScaledJob', 'encoder', { spec: { jobTargetRef: { template: pod(image) }, rollout } });
  const [effect] = effectsOf([scaled('a:1')], [scaled('a:2')]);
  expect([effect?.risk, effect?.text]).toEqual([
    'danger',
    "KEDA deletes the running Jobs of ScaledJob 'shop/encoder', and makes new ones with the change",
  ]);
  expect(effect?.remedy?.[0]?.text).toContain("rollout: { strategy: 'gradual' }");
  const gradual = { strategy: 'gradual' };
  expect(said(effectsOf([scaled('a:1', gradual)], [scaled('a:2', gradual)]))).toEqual([
    "notice: the next Jobs of ScaledJob 'shop/encoder' have the change; those that run go on",
  ]);
  expect(said(effectsOf([], [scaled('a:1')]))).toEqual([
    "notice: ScaledJob 'shop/encoder' is new: KEDA makes up to 100 Jobs as its triggers ask for them",
  ]);
});
