import { Env, InitContainer, Peer, Placement, ScaleMetric, ScaleTrigger, Secret } from 'cdk8s-eks-patterns';
import { IMAGE, newTenant, PATTERNS, privilegedTenant, stateful } from '../support/app';
import { findingsOf } from '../support/findings';
import { judge, propsOf } from './support';

const container = { name: 'proxy', image: IMAGE, user: 65534 };
const _sidecar = (more: object) => ({ sidecars: [{ ...container, ...more }] });
const _init = (more: object) => ({ initContainers: [{ ...container, ...more }] });
const _because = 'the test says so';

describe('scaling, rollout and resources', () => {
  const scale = (more: object) => ({ replicas: { min: 1, max: 3, ...more } });
  const resources = { cpu: '1', memory: '1Gi' };
  judge(
    propsOf('WebService', [
      [
        'one trigger without a list',
        scale({ triggers: ScaleTrigger.keda('kafka', {}) }),
        'props/type',
        'replicas.triggers',
      ],
      ['a metric of Kubernetes', scale({ metrics: [{ type: 'Pods' }] }), 'props/type', 'replicas.metrics[0]'],
      [
        'a metric twice',
        scale({ cpuUtilization: 50, metrics: [ScaleMetric.resource('cpu', { utilization: 5 })] }),
        'props/duplicate',
        'replicas.metrics[0]',
      ],
      [
        'metrics beside triggers',
        scale({ metrics: [ScaleMetric.pods('a', { averageValue: 1 })], triggers: [ScaleTrigger.keda('kafka', {})] }),
        'props/forbidden',
        'replicas.metrics',
      ],
      ['a behaviour of false', scale({ behavior: { scaleUp: false } }), 'props/type', 'replicas.behavior.scaleUp'],
      ['a strategy of Kubernetes', { rollout: { strategy: 'Recreate' } }, 'props/unsupported', 'rollout.strategy'],
      ['a pause in words', { rollout: { paused: 'yes' } }, 'props/type', 'rollout.paused'],
      ['no surge and none away', { rollout: { maxSurge: 0, maxUnavailable: 0 } }, 'props/invalid', 'rollout'],
      [
        'a resize of Kubernetes',
        { resources: { ...resources, resize: { cpu: 'Never' } } },
        'props/unsupported',
        'resources.resize.cpu',
      ],
      [
        'half a device',
        { resources: { ...resources, devices: { 'nvidia.com/gpu': 0.5 } } },
        'props/invalid',
        "resources.devices['nvidia.com/gpu']",
      ],
      ['a recommendation that acts', { verticalPodAutoscaler: 'auto' }, 'props/unsupported', 'verticalPodAutoscaler'],
      ['an alert of another pattern', { alerts: { jobFailed: 'critical' } }, 'props/forbidden', 'alerts.jobFailed'],
      ['labels of alerts as a list', { alerts: { labels: ['team'] } }, 'props/type', 'alerts.labels'],
      ['metrics of false', { metrics: false }, 'props/type', 'metrics'],
      ['an interval that nobody reads', { metrics: { interval: '15s' } }, 'props/forbidden', 'metrics.interval'],
      ['two monitors', { metrics: { monitor: 'both' } }, 'props/unsupported', 'metrics.monitor'],
    ]),
  );
  judge(
    propsOf('BatchJob', [
      ['retries of an index without a number', { completions: 2, retries: {} }, 'props/type', 'retries.perIndex'],
      [
        'more failed indexes than there are',
        { completions: 2, retries: { perIndex: 1, failedIndexes: 3 } },
        'props/invalid',
        'retries.failedIndexes',
      ],
      ['an exit code of success', { onExit: { 0: 'fail-job' } }, 'props/invalid', 'onExit.0'],
      [
        'an index that is not there',
        { completions: 2, successPolicy: { indexes: [2] } },
        'props/invalid',
        'successPolicy.indexes[0]',
      ],
      ['no rule of success', { completions: 2, successPolicy: {} }, 'props/required', 'successPolicy'],
      ['a replacement of Kubernetes', { podReplacementPolicy: 'Always' }, 'props/unsupported', 'podReplacementPolicy'],
      ['a queue with a blank', { queue: 'team a' }, 'props/invalid', "queue['kueue.x-k8s.io/queue-name']"],
      ['a volume of false', { sharedStorage: false }, 'props/type', 'sharedStorage'],
      ['suspended in words', { suspend: 'true' }, 'props/type', 'suspend'],
      ['suspended beside a queue', { suspend: true, queue: 'a' }, 'props/forbidden', 'suspend'],
    ]),
  );
});

describe('agents, placement and permissions', () => {
  const agentRows: readonly (readonly [string, Record<string, unknown>, string, string])[] = [
    ['a path of none', { hostPaths: [{ path: undefined }] }, 'props/type', 'hostPaths[0].path'],
    ['a single path', { hostPaths: '/var/log' }, 'props/type', 'hostPaths'],
    [
      'a kind of Kubernetes',
      { hostPaths: [{ path: '/a', kind: 'DirectoryOrCreate' }] },
      'props/unsupported',
      'hostPaths[0].kind',
    ],
    ['read-only in words', { hostPaths: [{ path: '/a', readOnly: 'false' }] }, 'props/type', 'hostPaths[0].readOnly'],
    [
      'mounts of an unprivileged one',
      { hostPaths: [{ path: '/a', propagation: 'bidirectional' }] },
      'props/forbidden',
      'hostPaths[0].propagation',
    ],
    ['a reach without a port', { reach: 'service' }, 'props/required', 'port'],
    ['another reach', { port: 4317, reach: 'hostPort' }, 'props/unsupported', 'reach'],
    ['processes without a reason', { hostPID: true }, 'props/type', 'hostPID'],
  ];
  test.each(agentRows)('NodeAgent: %s', (_mistake, props, rule, field) => {
    const findings = findingsOf(() => PATTERNS.NodeAgent(props, privilegedTenant()));
    expect(findings.map((one) => [one.rule, one.field])).toEqual([[rule, field]]);
    expect(findings[0]!.fix).not.toBe('');
  });

  judge(
    propsOf('WebService', [
      ['a hole in the spread', { placement: { spread: [undefined] } }, 'props/type', 'placement.spread[0]'],
      [
        'spread in words',
        { placement: { spread: [{ over: 'zones', required: 'yes' }] } },
        'props/type',
        'placement.spread[0].required',
      ],
      [
        'a policy that is text',
        { aws: { managedPolicies: 'AmazonS3ReadOnlyAccess' } },
        'props/type',
        'aws.managedPolicies',
      ],
      [
        'a resource that is none',
        { aws: { allow: [{ actions: ['s3:GetObject'], resources: [undefined] }] } },
        'props/type',
        'aws.allow[0].resources[0]',
      ],
      [
        'IRSA without an account',
        { aws: { by: 'irsa', managedPolicies: ['AmazonS3ReadOnlyAccess'] } },
        'props/required',
        'aws.account',
      ],
      [
        'an account as a number',
        { aws: { by: 'irsa', account: 111122223333, managedPolicies: ['A'] } },
        'props/type',
        'aws.account',
      ],
      [
        'a verb in a hole',
        { apiAccess: { cluster: [{ apiGroups: [''], resources: ['pods'], verbs: [undefined] }] } },
        'props/type',
        'apiAccess.cluster[0].verbs[0]',
      ],
      ['no rule of the API', { apiAccess: [undefined] }, 'props/type', 'apiAccess[0]'],
      ['a requirement that is text', { requires: ['metrics-server'] }, 'props/type', 'requires[0]'],
      ['a caller that is text', { acceptsFrom: ['shop'] }, 'props/type', 'acceptsFrom[0]'],
      ['a target without a list', { connectsTo: Peer.internet(443) }, 'props/type', 'connectsTo'],
    ]),
  );
});

describe('what a factory refuses', () => {
  test.each<readonly [string, () => unknown, string, string]>([
    ['Placement', () => Placement.spot({ nodeLabels: null as never }), 'props/type', 'nodeLabels'],
    ['Placement of other capacity', () => Placement.spot({ capacity: 'on-demand' }), 'props/forbidden', 'capacity'],
    ['Secret.existing', () => Secret.existing(newTenant(), 'a', 'key' as never), 'props/type', 'keys'],
    ['Secret.unsafeLiteral', () => Secret.unsafeLiteral(5 as never), 'props/type', 'value'],
    [
      'ScaleTrigger.keda',
      () => ScaleTrigger.keda('kafka', { lagThreshold: 50 } as never),
      'props/type',
      'metadata.lagThreshold',
    ],
    ['ScaleMetric.pods', () => ScaleMetric.pods('a', { averageValue: '5s' }), 'props/invalid', 'target.averageValue'],
    [
      'ScaleMetric.object',
      () => ScaleMetric.object({} as never, 'a', { value: 1 }),
      'props/required',
      'object.apiVersion',
    ],
    [
      'InitContainer.waitFor',
      () => InitContainer.waitFor(stateful(), { name: 'Wait for it' }),
      'props/invalid',
      'name',
    ],
    ['InitContainer.waitFor of none', () => InitContainer.waitFor(undefined as never), 'props/type', 'target'],
    ['Env.resource', () => Env.resource('limits.cpu', '1Mi'), 'props/unsupported', 'unit'],
    ['Env.field', () => Env.field(undefined as never), 'props/required', 'fieldPath'],
    ['Peer.of', () => Peer.of('shop' as never, 80), 'props/type', 'peer'],
    ['Peer without a port', () => Peer.internet(), 'props/required', 'ports'],
  ])('%s', (_mistake, program, rule, field) => {
    const findings = findingsOf(program);
    expect(findings.map((one) => [one.rule, one.field])).toEqual([[rule, field]]);
    expect(findings[0]!.fix).not.toBe('');
  });
});
