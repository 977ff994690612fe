import { cronProblem, neverRuns } from '../../../kube/cron';
import { isTimeZone } from '../../../kube/time-zone';
import { said } from './pods';

test.each([
  '0 3 * * *',
  '*/5 0-6/2 1,15 JAN-mar sun',
  '@daily',
  '@every 1h30m',
  '? ? ? ? ?',
  '5/15 * * * *',
  ' 0  0 * * 0 ',
])('%j is a schedule', (schedule) => {
  expect(cronProblem(schedule)).toBeUndefined();
});

test.each([
  '',
  '0 3 * *',
  '0 0 3 * * *',
  '60 * * * *',
  '0 24 * * *',
  '0 0 0 * *',
  '0 0 * 13 *',
  '0 0 * * 7',
  '5-1 * * * *',
  '*/0 * * * *',
  '@dayly',
  '@every soon',
  'every morning',
  'TZ=UTC 0 0 * * *',
  '0 0 L * *',
  '1-2-3 * * * *',
])('%j is not', (schedule) => {
  expect(cronProblem(schedule)).toBeDefined();
});

test.each([
  ['0 0 31 2 *', true],
  ['0 0 30,31 2 ?', true],
  ['0 0 31 4,6,9,11 *', true],
  ['0 0 31 4-6 *', false],
  ['0 0 29 2 *', false],
  ['0 0 31 2 1', false],
  ['0 0 31 2 */2', false],
  ['0 0 */31 2 *', false],
  ['@monthly', false],
  ['0 0 31 feb *', true],
])('%s never runs: %s', (schedule, never) => {
  expect(neverRuns(schedule)).toBe(never);
});

test.each([
  ['Etc/UTC', true],
  ['UTC', true],
  ['Europe/Berlin', true],
  ['US/Pacific', true],
  ['Etc/GMT+1', true],
  ['America/Port-au-Prince', true],
  ['Berlin', false],
  ['europe/berlin', false],
  ['Europe/berlin', false],
  ['utc', false],
  ['Local', false],
  ['+02:00', false],
  ['', false],
])('time zone %s: %s', (zone, known) => {
  expect(isTimeZone(zone)).toBe(known);
});

const POD = "template: { spec: { restartPolicy: Never, containers: [{ name: c, image: 'c:1' }] } }";
const job = (spec: string, name = 'a') =>
  `{ apiVersion: batch/v1, kind: Job, metadata: { name: ${name}, namespace: default }, spec: { ${spec} } }`;
const cron = (spec: string, jobSpec = POD, name = 'a') =>
  `{ apiVersion: batch/v1, kind: CronJob, metadata: { name: ${name}, namespace: default }, spec: { ${spec}, jobTemplate: { spec: { ${jobSpec} } } } }`;
const rules = (...list: string[]) => `${POD}, podFailurePolicy: { rules: [${list.join(', ')}] }`;

test.each([
  ['a Job of its defaults', job(POD), []],
  ['no schedule', cron('suspend: true'), ['error jobs/schedule spec.schedule']],
  ['an unknown time zone', cron("schedule: '@daily', timeZone: Berlin"), ['error jobs/schedule spec.timeZone']],
  ['a suspended one without a date', cron("schedule: '0 0 30 2 *', suspend: true"), []],
  [
    'a selector in a CronJob',
    cron("schedule: '@daily'", `${POD}, selector: {}`),
    ['error jobs/selector spec.jobTemplate.spec.selector'],
  ],
  ['a manual selector', job(`${POD}, manualSelector: true, selector: { matchLabels: { a: b } }`), []],
  ['a long name', job(POD, 'a'.repeat(64)), ['error jobs/name metadata.name']],
  ['63 characters', job(POD, 'a'.repeat(63)), []],
  [
    'an indexed one of 100',
    job(`${POD}, completionMode: Indexed, completions: 100`, 'a'.repeat(61)),
    ['error jobs/name metadata.name'],
  ],
  ['an indexed one of 10', job(`${POD}, completionMode: Indexed, completions: 10`, 'a'.repeat(61)), []],
  ['an indexed one by default', job(`${POD}, completionMode: Indexed`), []],
  [
    'an indexed CronJob by default',
    cron("schedule: '@daily'", `${POD}, completionMode: Indexed`),
    ['error jobs/spec spec.jobTemplate.spec.completions'],
  ],
  ['a negative number', job(`${POD}, backoffLimit: -1`), ['error jobs/spec spec.backoffLimit']],
  ['a number of zero', job(`${POD}, backoffLimit: 0, activeDeadlineSeconds: 1`), []],
  ['a CronJob without indexes has none to count', cron("schedule: '@daily'", POD), []],
  [
    'failed indexes without a number of tries',
    job(`${POD}, completionMode: Indexed, completions: 3, maxFailedIndexes: 1`),
    ['error jobs/spec spec.backoffLimitPerIndex'],
  ],
  [
    'as many failed indexes as there are',
    job(`${POD}, completionMode: Indexed, completions: 3, backoffLimitPerIndex: 1, maxFailedIndexes: 3`),
    [],
  ],
  [
    'more failed indexes than there are',
    job(`${POD}, completionMode: Indexed, completions: 3, backoffLimitPerIndex: 1, maxFailedIndexes: 4`),
    ['error jobs/spec spec.maxFailedIndexes'],
  ],
  [
    'failed indexes without indexes, of which there is no most',
    job(`${POD}, completions: 1, backoffLimitPerIndex: 1, maxFailedIndexes: 4`),
    ['error jobs/spec spec.backoffLimitPerIndex', 'error jobs/spec spec.maxFailedIndexes'],
  ],
  [
    'a replacement that a failure policy has',
    job(`${rules('{ action: Ignore, onPodConditions: [{ type: DisruptionTarget }] }')}, podReplacementPolicy: Failed`),
    [],
  ],
  [
    'a replacement that it cannot have',
    job(
      `${rules('{ action: Ignore, onPodConditions: [{ type: DisruptionTarget }] }')}, podReplacementPolicy: TerminatingOrFailed`,
    ),
    ['error jobs/spec spec.podReplacementPolicy'],
  ],
  [
    'another word for a restart policy, which objects/values reports',
    job("template: { spec: { restartPolicy: Sometimes, containers: [{ name: c, image: 'c:1' }] } }"),
    [],
  ],
  [
    'a PodTemplate for a Job',
    "{ apiVersion: v1, kind: PodTemplate, metadata: { name: a, namespace: default }, template: { spec: { restartPolicy: Never, containers: [{ name: c, image: 'c:1' }] } } }",
    [],
  ],
  [
    'a Pod that runs once',
    "{ apiVersion: v1, kind: Pod, metadata: { name: a, namespace: default }, spec: { restartPolicy: Never, containers: [{ name: c, image: 'c:1' }] } }",
    [],
  ],
  ['an index without indexes', job(`${POD}, backoffLimitPerIndex: 1`), ['error jobs/spec spec.backoffLimitPerIndex']],
  [
    'exit code 0',
    job(rules('{ action: FailJob, onExitCodes: { operator: In, values: [0] } }')),
    ['error jobs/spec spec.podFailurePolicy.rules[0].onExitCodes.values'],
  ],
  [
    'an unknown container',
    job(rules('{ action: FailJob, onExitCodes: { containerName: d, operator: In, values: [1] } }')),
    ['error jobs/spec spec.podFailurePolicy.rules[0].onExitCodes.containerName'],
  ],
  ['a condition', job(rules("{ action: Ignore, onPodConditions: [{ type: DisruptionTarget, status: 'True' }] }")), []],
  ['no condition', job(rules('{ action: Ignore }')), ['error jobs/spec spec.podFailurePolicy.rules[0]']],
  [
    'no restart policy',
    job("template: { spec: { containers: [{ name: c, image: 'c:1' }] } }"),
    ['error jobs/restart-policy spec.template.spec.restartPolicy'],
  ],
  ['OnFailure', job("template: { spec: { restartPolicy: OnFailure, containers: [{ name: c, image: 'c:1' }] } }"), []],
])('%s', (_, yaml, expected) => {
  expect(said(yaml, 'jobs')).toEqual(expected);
});

const workload = (kind: string, name: string, spec: string) =>
  `{ apiVersion: apps/v1, kind: ${kind}, metadata: { name: ${name}, namespace: default }, spec: { selector: { matchLabels: { a: b } }, template: { metadata: { labels: { a: b } }, spec: { ${spec} containers: [{ name: c, image: 'c:1' }] } } } }`;

test.each([
  ['StatefulSet', 52, []],
  ['StatefulSet', 53, ['error jobs/name metadata.name']],
  ['Deployment', 60, []],
])('a %s with a name of %s characters', (kind, length, expected) => {
  expect(said(workload(kind, 'a'.repeat(length), ''), 'jobs')).toEqual(expected);
});

test('a Deployment is always restarted', () => {
  expect(said(workload('Deployment', 'a', 'restartPolicy: OnFailure,'), 'jobs')).toEqual([
    'error jobs/restart-policy spec.template.spec.restartPolicy',
  ]);
});

const selected = (selector: string, labels: string, kind = 'Deployment', more = '') =>
  `{ apiVersion: ${kind === 'Job' ? 'batch' : 'apps'}/v1, kind: ${kind}, metadata: { name: a, namespace: default }, spec: { ${more} ${selector} template: { metadata: { labels: ${labels} }, spec: { restartPolicy: ${kind === 'Job' ? 'Never' : 'Always'}, containers: [{ name: c, image: 'c:1' }] } } } }`;
const old = (selector: string) =>
  selected(selector, '{ a: b }').replace('apps/v1, kind: Deployment', 'v1, kind: ReplicationController');
test.each([
  ['the same', selected('selector: { matchLabels: { a: b } },', '{ a: b, c: d }'), false],
  ['none', selected('', '{ a: b }'), 'spec.selector'],
  ['an empty one', selected('selector: {},', '{ a: b }'), 'spec.selector'],
  [
    'another value',
    selected('selector: { matchLabels: { a: c } },', '{ a: b }', 'DaemonSet'),
    'spec.template.metadata.labels',
  ],
  [
    'one label more',
    selected('selector: { matchLabels: { a: b, c: d } },', '{ a: b }', 'ReplicaSet'),
    'spec.template.metadata.labels',
  ],
  [
    'an expression',
    selected('selector: { matchExpressions: [{ key: a, operator: Exists }] },', '{ c: d }', 'StatefulSet'),
    'spec.template.metadata.labels',
  ],
  [
    'that of a Job',
    selected('selector: { matchLabels: { a: c } },', '{ a: b }', 'Job', 'manualSelector: true,'),
    'spec.template.metadata.labels',
  ],
  ['none in a ReplicationController', old(''), false],
  ['that of a ReplicationController', old('selector: { a: b },'), false],
  ['another of a ReplicationController', old('selector: { a: c },'), 'spec.template.metadata.labels'],
])('a selector: %s', (_, yaml, field) => {
  expect(said(yaml, 'selectors/template|selectors')).toEqual(field ? [`error selectors/template ${field}`] : []);
});

describe('a schedule and summer time', () => {
  const cronJob = (schedule: string, timeZone: string) => `
apiVersion: batch/v1
kind: CronJob
metadata: { name: report, namespace: default }
spec:
  schedule: '${schedule}'
  timeZone: ${timeZone}
  jobTemplate:
    spec:
      template:
        spec: { restartPolicy: Never, containers: [{ name: report, image: 'example.com/report:1.0.0' }] }
`;
  test.each([
    ['0 2 * * *', 'Europe/Berlin', 1],
    ['59 2 * * SUN', 'Europe/Berlin', 1],
    ['0 2 * 3 *', 'Europe/Berlin', 1],
    ['30 1 * * *', 'America/New_York', 1],
    ['@daily', 'Africa/Cairo', 1],
    ['0 2 * * MON-FRI', 'Europe/Berlin', 0],
    ['0 2 * 5 *', 'Europe/Berlin', 0],
    ['0 3 * * *', 'Europe/Berlin', 0],
    ['*/10 * * * *', 'Europe/Berlin', 0],
    ['@hourly', 'Europe/Berlin', 0],
    ['0 2 * * *', 'Etc/UTC', 0],
    ['0 2 * * *', 'Asia/Tokyo', 0],
  ])('%s in %s', (schedule, timeZone, findings) => {
    expect(said(cronJob(schedule, timeZone), 'jobs')).toHaveLength(findings);
  });
});
