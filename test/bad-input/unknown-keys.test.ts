import { Expose, Probe, Tenant } from 'cdk8s-eks-patterns';
import fc from 'fast-check';
import { newCluster, PATTERN_NAMES, PATTERNS, privilegedTenant } from '../support/app';
import { findingsOf } from '../support/findings';
import { errorsOf, judge, propsOf, type Row } from './support';

const because = 'the test says so';

/** A misspelt key: what it is in, the props, its field, and the key that the fix names; undefined when none is close. */
type Misspelt = readonly [part: string, props: Record<string, unknown>, field: string, meant: string | undefined];

function judgeKeys(pattern: keyof typeof PATTERNS, rows: readonly Misspelt[]): void {
  judge(
    propsOf(
      pattern,
      rows.map(([part, props, field]): Row => [part, props, 'props/unknown', field]),
    ),
  );
  test.each(rows)(`${pattern}: the fix for %s names the key that is meant`, (_part, props, _field, meant) => {
    const [finding] = findingsOf(() => PATTERNS[pattern](props));
    expect(finding?.fix).toEqual(
      meant === undefined ? expect.stringMatching(/^(?:use one of|the nearest keys are)/) : `did you mean '${meant}'?`,
    );
  });
}

describe('a misspelt key of the props', () => {
  judgeKeys('WebService', [['replica', { replica: 3 }, 'replica', 'replicas']]);
  judgeKeys('StatefulService', [['memberPort', { memberPort: [] }, 'memberPort', 'memberPorts']]);
  judgeKeys('Worker', [['imagePolicy', { imagepullpolicy: 'Always' }, 'imagepullpolicy', 'imagePullPolicy']]);
  judgeKeys('NodeAgent', [['hostPath', { hostPath: [] }, 'hostPath', 'hostPaths']]);
  judgeKeys('BatchJob', [['retry', { retrys: 3 }, 'retrys', 'retries']]);
  judgeKeys('ScheduledJob', [['timezone', { timezone: 'Etc/UTC' }, 'timezone', 'timeZone']]);
});

describe('a key that is none of the props', () => {
  const rows: readonly (readonly [keyof typeof PATTERNS, string, string])[] = [
    ['WebService', 'schedulerName', "edit spec.template.spec.schedulerName in 'customize.deployment'"],
    ['Worker', 'preStop', "edit spec.template.spec.containers[0].lifecycle.preStop in 'customize.deployment'"],
    ['StatefulService', 'serviceAccountName', "edit spec.template.spec.serviceAccountName in 'customize.statefulSet'"],
    ['NodeAgent', 'revisionHistoryLimit', "edit spec.revisionHistoryLimit in 'customize.daemonSet'"],
    ['BatchJob', 'manualSelector', "edit spec.manualSelector in 'customize.job'"],
    ['ScheduledJob', 'hostAliases', "edit spec.jobTemplate.spec.template.spec.hostAliases in 'customize.cronJob'"],
    ['WebService', 'tolerations', "use 'placement.tolerations'"],
    ['WebService', 'readinessProbe', "use 'probes.readiness'"],
    ['BatchJob', 'runAsUser', "use 'user'"],
  ];
  test.each(rows)('%s: %s is found where it is', (pattern, key, fix) => {
    const [finding] = findingsOf(() => PATTERNS[pattern]({ [key]: {} }));
    expect(finding).toMatchObject({ rule: 'props/unknown', field: key, fix });
  });

  test('and unlike any gets the three that are nearest', () => {
    const [finding] = findingsOf(() => PATTERNS.WebService({ extraPodLabels: {} }));
    expect(finding!.fix).toMatch(/^the nearest keys are 'labels'(?:, '\w+'){2}$/);
    const endless = findingsOf(() => PATTERNS.WebService({ ['x'.repeat(1_000_000)]: 1 }));
    expect(endless[0]!.fix).toMatch(/^the nearest keys are /);
  });
});

describe('a misspelt key of a part', () => {
  const resources = { cpu: '1', memory: '1Gi' };
  const storage = { mountPath: '/data', size: '1Gi' };
  const ask = (liveness: unknown) => ({ probes: { readiness: Probe.http('/readyz'), liveness } });
  const alb = { host: 'shop.example.com', scheme: 'internal' } as const;
  judgeKeys('WebService', [
    ['resources', { resources: { ...resources, cpuLimits: '2' } }, 'resources.cpuLimits', 'cpuLimit'],
    ['placement', { placement: { nodeLabel: {} } }, 'placement.nodeLabel', 'nodeLabels'],
    ['shutdown', { shutdown: { slep: 5 } }, 'shutdown.slep', 'sleep'],
    ['security', { security: { privilege: { because } } }, 'security.privilege', 'privileged'],
    ['writableRoot', { security: { writableRoot: { because, why: '' } } }, 'security.writableRoot.why', undefined],
    ['capabilities', { security: { capabilities: { adds: [], because } } }, 'security.capabilities.adds', 'add'],
    ['user', { user: { uid: 1, gdi: 1 } }, 'user.gdi', 'gid'],
    ['priority', { priority: { class: 'x' } }, 'priority.class', undefined],
    ['probes', { probes: { ...ask(Probe.tcp()).probes, livenes: 1 } }, 'probes.livenes', 'liveness'],
    ['a probe', ask(Probe.tcp({ timout: 1 } as never)), 'probes.liveness.timout', 'timeout'],
    ['metrics', { metrics: { pth: '/' } }, 'metrics.pth', 'path'],
    ['replicas', { replicas: { min: 1, max: 2, cpu: 70 } }, 'replicas.cpu', undefined],
    ['disruption', { disruption: { minAvailabel: 1 } }, 'disruption.minAvailabel', 'minAvailable'],
    ['rollout', { rollout: { surge: 1 } }, 'rollout.surge', undefined],
    ['scratch', { scratch: [{ path: '/a', siz: '1Gi' }] }, 'scratch[0].siz', 'size'],
    ['volumes', { volumes: [{ volume: { name: 'x' }, mountpath: '/a' }] }, 'volumes[0].mountpath', 'mountPath'],
    ['aws', { aws: { allows: [] } }, 'aws.allows', 'allow'],
    ['an ALB', { expose: Expose.alb({ ...alb, hosts: [] } as never) }, 'expose.hosts', 'host'],
    ['an NLB', { expose: Expose.nlb({ scheme: 'internal', host: 'x' } as never) }, 'expose.host', 'port'],
  ]);
  judge(
    propsOf('WebService', [
      ['a port', { port: { http: { port: 80, targetPort: 8080 } } }, /'targetPort' in port/, /.+/],
      ['a statement', { aws: { allow: [{ action: [], resources: [] }] } }, /'action' in aws\.allow/, /'actions'/],
    ]),
  );
  judgeKeys('StatefulService', [['storage', { storage: { ...storage, class: 'gp3' } }, 'storage.class', undefined]]);
  judgeKeys('Worker', [
    ['metrics', { metrics: { port: 9090, pathh: '/' } }, 'metrics.pathh', 'path'],
    ['a probe', { probes: { liveness: Probe.tcp(90), readines: Probe.tcp(91) } }, 'probes.readines', 'readiness'],
  ]);
  judgeKeys('BatchJob', [
    ['sharedStorage', { sharedStorage: { ...storage, sise: '1Gi' } }, 'sharedStorage.sise', 'size'],
  ]);

  test('of a host path', () => {
    const props = { hostPaths: [{ path: '/var/log', readonly: true }] };
    const [finding] = findingsOf(() => PATTERNS.NodeAgent(props, privilegedTenant()));
    expect(finding).toMatchObject({
      rule: 'props/unknown',
      construct: 'prod/shop/agent',
      field: 'hostPaths[0].readonly',
      fix: "did you mean 'readOnly'?",
    });
  });

  test('of defaults that a tenant sets', () => {
    const defaults = { resources: { ...resources, cpuLimits: '1' } as never };
    const [finding] = findingsOf(() => new Tenant(newCluster(), 'shop', { defaults }));
    expect(finding).toMatchObject({
      rule: 'props/unknown',
      construct: 'prod/shop',
      field: 'defaults.resources.cpuLimits',
      fix: "did you mean 'cpuLimit'?",
    });
  });
});

describe('any unknown key beside any valid props', () => {
  // one app for all runs: a construct that refuses its props leaves its scope, so each run has an id of its own
  const valid = fc.record(
    {
      labels: fc.dictionary(fc.stringMatching(/^[a-z]{1,8}$/), fc.stringMatching(/^[a-z0-9]{1,8}$/), { maxKeys: 3 }),
      env: fc.dictionary(fc.stringMatching(/^[A-Z]{1,3}_X$/), fc.oneof(fc.integer(), fc.boolean()), { maxKeys: 3 }),
      scratch: fc.uniqueArray(fc.stringMatching(/^\/[a-z]{1,8}$/), { maxLength: 3 }),
      user: fc.integer({ min: 1, max: 65534 }),
      imagePullPolicy: fc.constantFrom('Always', 'IfNotPresent', 'Never'),
      shutdown: fc.record({ sleep: fc.nat(60), drain: fc.nat(60) }, { requiredKeys: [] }),
    },
    { requiredKeys: [] },
  );
  const word = fc.string({ minLength: 1, maxLength: 20 }).filter((s) => s !== '__proto__');

  test.each(PATTERN_NAMES)('%s refuses it, and takes the props without it', (pattern) => {
    const tenant = new Tenant(newCluster(), 'shop');
    const make: (props: Record<string, unknown>, scope: Tenant, id: string) => unknown = PATTERNS[pattern];
    let run = 0;
    fc.assert(
      fc.property(valid, word, (props, key) => {
        expect(errorsOf(() => make(props, tenant, `run-${run++}`))).toEqual([]);
        const known = errorsOf(() => make({ ...props, [`${key}?`]: 1 }, tenant, `run-${run++}`));
        expect(known).toHaveLength(1);
        expect(known[0]!.findings[0]!.message).toBe(`unknown key '${key}?'`);
        expect(known[0]!.findings[0]!.fix).not.toBe('');
      }),
      { numRuns: 40 },
    );
  });
});
