import { Probe, PropsError, type Tenant } from 'cdk8s-eks-patterns';
import { newTenant, PATTERN_NAMES, PATTERNS } from '../support/app';
import { judge, propsOf } from './support';

describe('stateful services', () => {
  const storage = { mountPath: '/data', size: '20Gi' };
  const two = { port: { client: 7000, raft: 7001 } };
  judge(
    propsOf('StatefulService', [
      ['no storage', { storage: undefined }, /no storage/, /size: '20Gi'.*WebService/],
      ['less than EBS gives', { storage: { ...storage, size: '500Mi' } }, /'500Mi' is less than 1Gi/, /'1Gi'/],
      ['a size without a unit', { storage: { ...storage, size: '20GB' } }, /'20GB' is no Kubernetes/, /'20Gi'/],
      [
        'a place without a root',
        { storage: { ...storage, mountPath: 'data' } },
        /'data' is no absolute/,
        /'\/var\/lib/,
      ],
      [
        'a long name of a volume',
        { storage: { ...storage, name: 'x'.repeat(21) } },
        /no part of a claim/,
        /at most 20/,
      ],
      ['a class with a blank', { storage: { ...storage, className: 'the fast' } }, /'the fast' is no name/, /'gp3'/],
      ['two volumes of one name', { storage: [storage, { ...storage, mountPath: '/wal' }] }, /'data'/, /name: 'wal'/],
      [
        'two volumes at one place',
        { storage: [storage, { ...storage, name: 'wal' }] },
        /'\/data' is mounted twice/,
        /own/,
      ],
      ['no volumes in the list', { storage: [] }, /no storage/, /size: '20Gi'/],
      ['a scale', { replicas: { min: 1, max: 3 } }, /members know each other by name/, /replicas: 3/],
      ['no members', { replicas: 0 }, /replicas is 0/, /at least 1/],
      ['an unknown port of members', { ...two, memberPorts: ['rft'] }, /memberPorts has 'rft'/, /'client', 'raft'/],
      [
        'only ports of members',
        { ...two, memberPorts: ['client', 'raft'] },
        /'client', the first port/,
        /that clients call first/,
      ],
      ['an unknown order', { order: 'ordered' }, /order is 'ordered'/, /'OrderedReady' or 'Parallel'/],
      ["the image's user", { user: 'image' }, /group is not known.*write to its volume/, /uid: 999/],
      ['all members must stay', { replicas: 3, disruption: { minAvailable: 3 } }, /is 3 of 3/, /fewer than/],
    ]),
  );
});

describe('workers and node agents', () => {
  judge([
    ...propsOf('Worker', [
      ['no probes', { probes: undefined }, /no probes/, /Probe\.none\(/],
      ['the main port', { probes: { liveness: Probe.http('/livez') } }, /there is none/, /Probe\.tcp\(9000\)/],
      ['a named port', { probes: { liveness: Probe.tcp('http') } }, /asks port 'http'/, /by number/],
      ['metrics without a port', { metrics: {} }, /metrics without a port/, /port: 9090/],
      ['a port', { port: 8080 }, /unknown key 'port'/, /.+/],
    ]),
    ...propsOf('NodeAgent', [
      ['no probes', { probes: undefined }, /no probes/, /Probe\.exec/],
      ['folders of the node', { hostPaths: ['/var/log'] }, /hostPaths is refused.*'restricted'/, /'privileged'/],
      [
        "the node's network",
        { hostNetwork: { because: 'the test says so' } },
        /hostNetwork is refused.*'restricted'/,
        /'privileged'/,
      ],
      ["the node's network without a reason", { hostNetwork: {} }, /hostNetwork without a reason/, /as a text/],
      ['no node at a time', { maxUnavailable: 0 }, /ever be updated/, /'10%'/],
      ['replicas', { replicas: 3 }, /unknown key 'replicas'/, /.+/],
    ]),
  ]);
});

describe('jobs', () => {
  const shared = { sharedStorage: { mountPath: '/data', size: '1Gi' } };
  judge([
    ...propsOf('BatchJob', [
      [
        'more at once than in all',
        { parallelism: 3, completions: 2 },
        /\(3\) is above completions \(2\)/,
        /completions: 3/,
      ],
      ['a shared volume', { parallelism: 2, completions: 2, ...shared }, /one node at a time/, /parallelism: 1/],
      ['retries below zero', { retries: -1 }, /retries is -1/, /at least 0/],
      ['no completions', { completions: 0 }, /completions is 0/, /at least 1/],
      ['no time', { deadline: 0 }, /deadline is 0 s/, /at least 1/],
      ['a time without a unit', { deadline: '15' }, /'15' is no duration/, /'15m'/],
      ['a fraction of a second', { keepFor: '1.5s' }, /keepFor is 1\.5 s/, /whole seconds/],
      ['probes', { probes: { liveness: Probe.tcp(80) } }, /unknown key 'probes'/, /.+/],
    ]),
    ...propsOf('ScheduledJob', [
      ['no schedule', { schedule: undefined }, /schedule is missing/, /'0 3 \* \* \*'/],
      ['four fields', { schedule: '0 3 * *' }, /has 4 field\(s\)/, /write five/],
      ['minute 61', { schedule: '61 3 * * *' }, /has the minute '61'/, /from 0 to 59/],
      ['a range backwards', { schedule: '0 5-3 * * *' }, /has the hour '5-3'/, /from 0 to 23/],
      ['an unknown macro', { schedule: '@fortnightly' }, /has 1 field/, /write five/],
      ['a zone in the schedule', { schedule: 'TZ=UTC 0 3 * * *' }, /sets a time zone/, /timeZone: 'Europe\/Berlin'/],
      ['an unknown zone', { timeZone: 'Europe/Atlantis' }, /'Europe\/Atlantis' is no IANA name/, /'Etc\/UTC'/],
      ['an offset for a zone', { timeZone: '+02:00' }, /'\+02:00' is no IANA name/, /'Etc\/UTC'/],
      ['an unknown overlap', { overlap: 'forbid' }, /overlap is 'forbid'/, /'Forbid' or 'Allow'/],
      ['a start that is never seen', { startingDeadline: 5 }, /startingDeadline is 5 s/, /at least 10/],
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
    problem: new RegExp(`'${id}'.*controllers append`),
    fix: new RegExp(`at most ${limits[pattern]} small letters`),
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
