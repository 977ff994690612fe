import { Expose, Probe, Tenant } from 'cdk8s-eks-patterns';
import fc from 'fast-check';
import { newCluster, PATTERN_NAMES, PATTERNS, privilegedTenant } from '../support/app';
import { errorsOf, judge, propsOf } from './support';

const because = 'the test says so';

describe('a misspelt key of the props', () => {
  judge([
    ...propsOf('WebService', [['replica', { replica: 3 }, /unknown key 'replica'$/, /mean 'replicas'/]]),
    ...propsOf('StatefulService', [['memberPort', { memberPort: [] }, /unknown key 'memberPort'$/, /'memberPorts'/]]),
    ...propsOf('Worker', [['imagePolicy', { imagepullpolicy: 'Always' }, /'imagepullpolicy'$/, /'imagePullPolicy'/]]),
    ...propsOf('NodeAgent', [['hostPath', { hostPath: [] }, /unknown key 'hostPath'$/, /mean 'hostPaths'/]]),
    ...propsOf('BatchJob', [['retry', { retrys: 3 }, /unknown key 'retrys'$/, /mean 'retries'/]]),
    ...propsOf('ScheduledJob', [['timezone', { timezone: 'Etc/UTC' }, /'timezone'$/, /mean 'timeZone'/]]),
  ]);
});

describe('a misspelt key of a part', () => {
  const resources = { cpu: '1', memory: '1Gi' };
  const storage = { mountPath: '/data', size: '1Gi' };
  const ask = (liveness: unknown) => ({ probes: { readiness: Probe.http('/readyz'), liveness } });
  const alb = { host: 'shop.example.com', scheme: 'internal' } as const;
  judge([
    ...propsOf('WebService', [
      ['resources', { resources: { ...resources, cpuLimits: '2' } }, /'cpuLimits' in resources/, /'cpuLimit'/],
      ['placement', { placement: { nodeLabel: {} } }, /'nodeLabel' in placement/, /'nodeLabels'/],
      ['shutdown', { shutdown: { slep: 5 } }, /'slep' in shutdown/, /'sleep'/],
      ['security', { security: { privilege: { because } } }, /'privilege' in security/, /'privileged'/],
      ['writableRoot', { security: { writableRoot: { because, why: '' } } }, /'why' in security\.writ/, /'because'/],
      ['capabilities', { security: { capabilities: { adds: [], because } } }, /'adds' in/, /'add'/],
      ['user', { user: { uid: 1, gdi: 1 } }, /'gdi' in user/, /'gid'/],
      ['priority', { priority: { class: 'x' } }, /'class' in priority/, /'className'/],
      ['probes', { probes: { ...ask(Probe.tcp()).probes, livenes: 1 } }, /'livenes' in probes/, /'liveness'/],
      ['a probe', ask(Probe.tcp({ timout: 1 } as never)), /'timout' in probes\.liveness/, /'timeout'/],
      ['metrics', { metrics: { pth: '/' } }, /'pth' in metrics/, /'path'/],
      ['a port', { port: { http: { port: 80, targetPort: 8080 } } }, /'targetPort' in port 'http'/, /.+/],
      ['replicas', { replicas: { min: 1, max: 2, cpu: 70 } }, /'cpu' in replicas/, /'cpuUtilization'/],
      ['disruption', { disruption: { minAvailabel: 1 } }, /'minAvailabel' in disruption/, /'minAvailable'/],
      ['rollout', { rollout: { surge: 1 } }, /'surge' in rollout/, /'maxSurge'/],
      ['scratch', { scratch: [{ path: '/a', siz: '1Gi' }] }, /'siz' in scratch/, /'size'/],
      ['volumes', { volumes: [{ volume: { name: 'x' }, mountpath: '/a' }] }, /'mountpath' in volumes/, /'mountPath'/],
      ['aws', { aws: { allows: [] } }, /'allows' in aws/, /'allow'/],
      ['a statement', { aws: { allow: [{ action: [], resources: [] }] } }, /'action' in aws\.allow/, /'actions'/],
      ['an ALB', { expose: Expose.alb({ ...alb, hosts: [] } as never) }, /'hosts' in expose/, /'host'/],
      ['an NLB', { expose: Expose.nlb({ scheme: 'internal', host: 'x' } as never) }, /'host' in expose/, /.+/],
    ]),
    ...propsOf('StatefulService', [
      ['storage', { storage: { ...storage, class: 'gp3' } }, /'class' in storage/, /'className'/],
    ]),
    ...propsOf('Worker', [
      ['metrics', { metrics: { port: 9090, pathh: '/' } }, /'pathh' in metrics/, /'path'/],
      [
        'readiness, for which nobody waits',
        { probes: { ...ask(Probe.tcp(90)).probes } },
        /'readiness' in probes/,
        /.+/,
      ],
    ]),
    ...propsOf('BatchJob', [
      ['sharedStorage', { sharedStorage: { ...storage, sise: '1Gi' } }, /'sise' in sharedStorage/, /'size'/],
    ]),
  ]);

  test('of a host path', () => {
    const props = { hostPaths: [{ path: '/var/log', readonly: true }] };
    const [error] = errorsOf(() => PATTERNS.NodeAgent(props, privilegedTenant()));
    expect(error?.message).toMatch(/^prod\/shop\/agent: unknown key 'readonly' in hostPaths\. Did you mean 'readOnly'/);
  });

  test('of defaults that a tenant sets', () => {
    const defaults = { resources: { ...resources, cpuLimits: '1' } as never };
    const [error] = errorsOf(() => new Tenant(newCluster(), 'shop', { defaults }));
    expect(error?.message).toMatch(/^prod\/shop: unknown key 'cpuLimits' in resources\. Did you mean 'cpuLimit'/);
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
