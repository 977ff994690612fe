import { Probe, PropsError, type Tenant } from 'cdk8s-eks-patterns';
import { newTenant, PATTERN_NAMES, PATTERNS } from '../support/app';
import { judge, propsOf } from './support';

describe('stateful services', () => {
  const storage = { mountPath: '/data', size: '20Gi' };
  const two = { port: { client: 7000, raft: 7001 } };
  judge(
    propsOf('StatefulService', [
      ['no storage', { storage: undefined }, 'props/required', 'storage'],
      ['less than EBS gives', { storage: { ...storage, size: '500Mi' } }, 'props/invalid', 'storage.size'],
      ['a size without a unit', { storage: { ...storage, size: '20GB' } }, 'props/invalid', 'storage.size'],
      ['a place without a root', { storage: { ...storage, mountPath: 'data' } }, 'props/invalid', 'storage.mountPath'],
      ['a long name of a volume', { storage: { ...storage, name: 'x'.repeat(21) } }, 'props/invalid', 'storage.name'],
      [
        'a class with a blank',
        { storage: { ...storage, className: 'the fast' } },
        'props/invalid',
        'storage.className',
      ],
      [
        'two volumes of one name',
        { storage: [storage, { ...storage, mountPath: '/wal' }] },
        'props/duplicate',
        'storage[1].name',
      ],
      ['two volumes at one place', { storage: [storage, { ...storage, name: 'wal' }] }, 'props/duplicate', 'storage'],
      ['no volumes in the list', { storage: [] }, 'props/invalid', 'storage'],
      ['a scale', { replicas: { min: 1, max: 3 } }, 'props/type', 'replicas'],
      ['no members', { replicas: 0 }, 'props/invalid', 'replicas'],
      ['an unknown port of members', { ...two, memberPorts: ['rft'] }, 'props/unsupported', 'memberPorts[0]'],
      ['only ports of members', { ...two, memberPorts: ['client', 'raft'] }, 'props/forbidden', 'memberPorts[0]'],
      ['an unknown order', { order: 'ordered' }, 'props/unsupported', 'order'],
      ["the image's user", { user: 'image' }, 'props/forbidden', 'user'],
      [
        'all members must stay',
        { replicas: 3, disruption: { minAvailable: 3 } },
        'props/invalid',
        'disruption.minAvailable',
      ],
    ]),
  );
});

describe('workers and node agents', () => {
  judge([
    ...propsOf('Worker', [
      ['no probes', { probes: undefined }, 'props/required', 'probes'],
      ['the main port', { probes: { liveness: Probe.http('/livez') } }, 'props/required', 'probes.liveness.port'],
      ['a named port', { probes: { liveness: Probe.tcp('http') } }, 'props/unsupported', 'probes.liveness.port'],
      ['metrics without a port', { metrics: {} }, 'props/required', 'metrics.port'],
      ['a port', { port: 8080 }, 'props/unknown', 'port'],
    ]),
    ...propsOf('NodeAgent', [
      ['no probes', { probes: undefined }, 'props/required', 'probes'],
      ['folders of the node', { hostPaths: ['/var/log'] }, 'props/forbidden', 'hostPaths'],
      ["the node's network", { hostNetwork: { because: 'the test says so' } }, 'props/forbidden', 'hostNetwork'],
      ["the node's network without a reason", { hostNetwork: {} }, 'props/required', 'hostNetwork.because'],
      ['no node at a time', { maxUnavailable: 0 }, 'props/invalid', 'maxUnavailable'],
      ['replicas', { replicas: 3 }, 'props/unknown', 'replicas'],
    ]),
  ]);
});

describe('jobs', () => {
  const shared = { sharedStorage: { mountPath: '/data', size: '1Gi' } };
  judge([
    ...propsOf('BatchJob', [
      ['more at once than in all', { parallelism: 3, completions: 2 }, 'props/invalid', 'parallelism'],
      ['a shared volume', { parallelism: 2, completions: 2, ...shared }, 'props/forbidden', 'sharedStorage'],
      ['retries below zero', { retries: -1 }, 'props/invalid', 'retries'],
      ['no completions', { completions: 0 }, 'props/invalid', 'completions'],
      ['no time', { deadline: 0 }, 'props/invalid', 'deadline'],
      ['a time without a unit', { deadline: '15' }, 'props/invalid', 'deadline'],
      ['a fraction of a second', { keepFor: '1.5s' }, 'props/invalid', 'keepFor'],
      ['probes', { probes: { liveness: Probe.tcp(80) } }, 'props/unknown', 'probes'],
      ['a restart of what has run', { onSecretChange: 'restart' }, 'props/forbidden', 'onSecretChange'],
    ]),
    ...propsOf('ScheduledJob', [
      ['no schedule', { schedule: undefined }, 'props/required', 'schedule'],
      ['four fields', { schedule: '0 3 * *' }, 'props/invalid', 'schedule'],
      ['minute 61', { schedule: '61 3 * * *' }, 'props/invalid', 'schedule'],
      ['a range backwards', { schedule: '0 5-3 * * *' }, 'props/invalid', 'schedule'],
      ['an unknown macro', { schedule: '@fortnightly' }, 'props/invalid', 'schedule'],
      ['a zone in the schedule', { schedule: 'TZ=UTC 0 3 * * *' }, 'props/invalid', 'schedule'],
      ['an unknown zone', { timeZone: 'Europe/Atlantis' }, 'props/invalid', 'timeZone'],
      ['an offset for a zone', { timeZone: '+02:00' }, 'props/invalid', 'timeZone'],
      ['a restart', { onSecretChange: 'restart' }, 'props/forbidden', 'onSecretChange'],
      ['an unknown overlap', { overlap: 'forbid' }, 'props/unsupported', 'overlap'],
      ['a start that is never seen', { startingDeadline: 5 }, 'props/invalid', 'startingDeadline'],
    ]),
  ]);
});

describe('names', () => {
  const limits = {
    WebService: 46,
    StatefulService: 52,
    Worker: 46,
    NodeAgent: 57,
    BatchJob: 46,
    ScheduledJob: 52,
    ScaledJob: 46,
  } as const;
  const named = (pattern: keyof typeof PATTERNS, id: string) => {
    const make: (props: Record<string, unknown>, scope: Tenant, id: string) => unknown = PATTERNS[pattern];
    return () => make({}, newTenant(), id);
  };
  const refused = (pattern: keyof typeof PATTERNS, mistake: string, id: string) => ({
    mistake: `${pattern}: ${mistake}`,
    program: named(pattern, id),
    error: PropsError,
    path: `prod/shop/${id}`,
    problem: 'props/invalid',
    fix: '',
  });
  judge(PATTERN_NAMES.map((p) => refused(p, 'too long for what controllers append', 'x'.repeat(limits[p] + 1))));
  judge([
    refused('WebService', 'a capital letter', 'Web'),
    refused('Worker', 'an underscore', 'my_worker'),
    refused('StatefulService', 'a digit first', '1store'),
    refused('BatchJob', 'a hyphen last', 'job-'),
  ]);

  test.each(PATTERN_NAMES)('%s takes the longest name that it can', (pattern) => {
    expect(named(pattern, 'x'.repeat(limits[pattern]))).not.toThrow();
  });
});
