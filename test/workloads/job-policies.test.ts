import { Env } from 'cdk8s-eks-patterns';
import { containerOf, job, newApp, newCluster, newTenant, podOf, scheduled, synth } from '../support/app';
import { findingsOf, refusedBy } from '../support/findings';

const specOf = (props: Record<string, unknown>) => job(props).job.toJson().spec;

describe('how a job ends', () => {
  test('each index has its own retries, and none of the whole Job end them', () => {
    const spec = specOf({ completions: 100, retries: { perIndex: 2, failedIndexes: 5 } });
    expect(spec).toMatchObject({ completionMode: 'Indexed', backoffLimitPerIndex: 2, maxFailedIndexes: 5 });
    expect(spec).not.toHaveProperty('backoffLimit');
    expect(specOf({ retries: { perIndex: 0 } })).toMatchObject({ completionMode: 'Indexed', completions: 1 });
  });

  test('exit codes are those of the main container, and a disruption goes first', () => {
    const retries = { perIndex: 1 };
    const onExit = { 42: 'fail-index', 3: 'fail-job', 4: 'fail-job', 143: 'ignore' };
    const { podFailurePolicy } = specOf({ completions: 2, retries, onExit, onDisruption: 'ignore' });
    const codes = (action: string, ...values: number[]) => ({
      action,
      onExitCodes: { containerName: 'job', operator: 'In', values },
    });
    expect(podFailurePolicy!.rules).toEqual([
      { action: 'Ignore', onPodConditions: [{ type: 'DisruptionTarget', status: 'True' }] },
      codes('FailIndex', 42),
      codes('FailJob', 3, 4),
      codes('Ignore', 143),
    ]);
    expect(specOf({ onExit: {}, onDisruption: 'count' })).not.toHaveProperty('podFailurePolicy');
  });

  test.each([
    [{ indexes: [0] }, { succeededIndexes: '0' }],
    [
      { indexes: [4, 2, 3, 0, 3], count: 2 },
      { succeededIndexes: '0,2-4', succeededCount: 2 },
    ],
    [{ count: 3 }, { succeededCount: 3 }],
  ])('succeeds early by %j', (successPolicy, rule) => {
    expect(specOf({ completions: 5, successPolicy })).toMatchObject({
      completionMode: 'Indexed',
      successPolicy: { rules: [rule] },
    });
  });

  test.each([
    [{ retries: { perIndx: 1 } }, 'props/unknown', 'retries.perIndx'],
    [{ retries: {} }, 'props/type', 'retries.perIndex'],
    [{ retries: { perIndex: 1, failedIndexes: 3 }, completions: 2 }, 'props/invalid', 'retries.failedIndexes'],
    [{ onExit: { 0: 'ignore' } }, 'props/invalid', 'onExit.0'],
    [{ onExit: { 256: 'ignore' } }, 'props/invalid', 'onExit.256'],
    [{ onExit: { 1: 'fail-index' } }, 'props/forbidden', 'onExit.1'],
    [{ onExit: { 1: 'FailJob' } }, 'props/unsupported', 'onExit.1'],
    [{ onExit: [42] }, 'props/type', 'onExit'],
    [{ onDisruption: 'Ignore' }, 'props/unsupported', 'onDisruption'],
    [{ successPolicy: {} }, 'props/required', 'successPolicy'],
    [{ successPolicy: { indexes: [] } }, 'props/type', 'successPolicy.indexes'],
    [{ successPolicy: { indexes: [2] }, completions: 2 }, 'props/invalid', 'successPolicy.indexes[0]'],
    [{ successPolicy: { indexes: [0], count: 2 }, completions: 2 }, 'props/invalid', 'successPolicy.count'],
    [{ podReplacementPolicy: 'failed' }, 'props/unsupported', 'podReplacementPolicy'],
    [
      { podReplacementPolicy: 'TerminatingOrFailed', onDisruption: 'ignore' },
      'props/forbidden',
      'podReplacementPolicy',
    ],
    [{ queue: '' }, 'props/type', 'queue'],
    [{ queue: 'no label' }, 'props/invalid', 'queue'],
    [{ suspend: 'yes' }, 'props/type', 'suspend'],
    [{ suspend: true, queue: 'team-a' }, 'props/forbidden', 'suspend'],
  ])('refuses %j', (props, rule, field) => {
    expect(refusedBy(() => job(props))).toEqual([rule, expect.stringMatching(new RegExp(`^${escaped(field)}`))]);
  });
});
const escaped = (text: string) => text.replace(/[[\].]/g, '\\$&');

describe('when a job starts', () => {
  test('a held job keeps its name when it is released', () => {
    const [held, released] = [job({ suspend: true }).job.toJson(), job().job.toJson()];
    expect(held.spec.suspend).toBe(true);
    expect(released.spec).not.toHaveProperty('suspend');
    expect(held.metadata.name).toBe(released.metadata.name);
  });

  test('a queue is a label of the Job, and Kueue suspends it', () => {
    const app = newApp();
    const tenant = newTenant({}, newCluster(app));
    const { metadata, spec } = job({ queue: 'team-a' }, tenant).job.toJson();
    expect(metadata.labels).toMatchObject({ 'kueue.x-k8s.io/queue-name': 'team-a' });
    expect(spec).not.toHaveProperty('suspend');
    const nightly = scheduled({ queue: 'team-a' }, tenant);
    expect(nightly.cronJob.toJson().spec.jobTemplate.metadata!.labels).toMatchObject({
      'kueue.x-k8s.io/queue-name': 'team-a',
    });
    expect(podOf(nightly).metadata.labels).not.toHaveProperty(['kueue.x-k8s.io/queue-name']);
    expect(JSON.stringify(synth(app).files)).toContain('kueue/charts/kueue');
  });

  test('a removed job that would run again is a warning', () => {
    const app = newApp();
    job({ keepFor: '1h' }, newTenant({}, newCluster(app)));
    expect(synth(app).warnings).toEqual(expect.arrayContaining([expect.stringContaining('jobs/keep-for')]));
  });

  test('the index of a pod is a variable, which only indexed jobs have', () => {
    const program = (completions: number) => () => {
      const app = newApp();
      const one = job({ completions, env: { INDEX: Env.jobIndex() } }, newTenant({}, newCluster(app)));
      expect(containerOf(one).env![0]).toMatchObject({ name: 'INDEX' });
      return app;
    };
    expect(findingsOf(program(2))).toEqual([]);
    expect(findingsOf(program(1)).map(({ rule }) => rule)).toEqual(['containers/own-label']);
  });
});

describe('a scheduled job', () => {
  test('keeps as many runs as asked for, and can be suspended', () => {
    const spec = scheduled({ history: { succeeded: 0 }, suspend: true }).cronJob.toJson().spec;
    expect(spec).toMatchObject({ successfulJobsHistoryLimit: 0, failedJobsHistoryLimit: 3, suspend: true });
    expect(spec.jobTemplate.spec).not.toHaveProperty('suspend');
    expect(scheduled().cronJob.toJson().spec).not.toHaveProperty('suspend');
  });

  test.each([
    [{ history: { success: 1 } }, 'props/unknown', 'history.success'],
    [{ history: { failed: -1 } }, 'props/invalid', 'history.failed'],
    [{ suspend: 1 }, 'props/type', 'suspend'],
  ])('refuses %j', (props, rule, field) => {
    expect(refusedBy(() => scheduled(props))).toEqual([rule, field]);
  });
});
