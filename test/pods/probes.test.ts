import { Probe } from 'cdk8s-eks-patterns';
import { agent, containerOf, job, podOf, web, worker } from '../support/app';
import { refusedBy } from '../support/findings';

const because = 'the test says so';
const tcp = Probe.tcp();
const of = (probes: Record<string, unknown>, more = {}) => containerOf(web({ probes, ...more }));
const readiness = (probe: unknown, more = {}) => of({ readiness: probe, liveness: tcp }, more).readinessProbe;
/** A probe that no other equals. */
const other = Probe.exec(['other']);

describe('each kind of probe', () => {
  it('http asks the main port, by number', () => {
    expect(readiness(Probe.http('/readyz'))).toEqual({
      httpGet: { path: '/readyz', port: 8080 },
      timeoutSeconds: 1,
      periodSeconds: 10,
      failureThreshold: 3,
    });
  });

  it('http with a scheme and headers', () => {
    expect(readiness(Probe.http('/', { scheme: 'HTTPS', headers: { Host: 'a.b', Accept: '*/*' } }))?.httpGet).toEqual({
      path: '/',
      port: 8080,
      scheme: 'HTTPS',
      httpHeaders: [
        { name: 'Host', value: 'a.b' },
        { name: 'Accept', value: '*/*' },
      ],
    });
  });

  it('tcp connects to the main port', () => {
    expect(of({ readiness: other, liveness: tcp }).livenessProbe).toMatchObject({ tcpSocket: { port: 8080 } });
  });

  it('grpc names its service, if there is one', () => {
    expect(readiness(Probe.grpc())?.grpc).toEqual({ port: 8080 });
    expect(readiness(Probe.grpc({ service: 'shop.Cart' }))?.grpc).toEqual({ port: 8080, service: 'shop.Cart' });
  });

  it('exec runs a command, and has more time: a process takes longer to start than a request', () => {
    expect(readiness(Probe.exec(['pg_isready', '-h', '127.0.0.1']))).toEqual({
      exec: { command: ['pg_isready', '-h', '127.0.0.1'] },
      timeoutSeconds: 5,
      periodSeconds: 10,
      failureThreshold: 3,
    });
  });

  it('none leaves the probe out and says why on the pod', () => {
    const workload = web({ probes: { readiness: Probe.http('/readyz'), liveness: Probe.none({ because }) } });
    expect(containerOf(workload)).not.toHaveProperty('livenessProbe');
    expect(containerOf(workload)).not.toHaveProperty('startupProbe');
    expect(containerOf(workload)).toHaveProperty('readinessProbe');
    expect(podOf(workload).metadata.annotations).toEqual({
      'cdk8s-eks-patterns.io/no-liveness-probe-because': because,
    });
  });

  it('timing is the user’s, in any spelling', () => {
    expect(readiness(Probe.http('/', { timeout: '2s', period: '1m', failures: 5 }))).toMatchObject({
      timeoutSeconds: 2,
      periodSeconds: 60,
      failureThreshold: 5,
    });
    expect(readiness(Probe.exec(['x'], { timeout: 30, period: 45 }))).toMatchObject({
      timeoutSeconds: 30,
      periodSeconds: 45,
    });
  });

  it('jobs have none', () => {
    expect(containerOf(job())).not.toHaveProperty('livenessProbe');
    expect(containerOf(job())).not.toHaveProperty('startupProbe');
  });
});

describe('the startup probe', () => {
  it.each([
    [undefined, 30],
    ['1s', 300],
    ['5s', 60],
    ['7s', 43],
    ['30s', 10],
    ['45s', 7],
    ['299s', 2],
    ['300s', 1],
    ['10m', 1],
  ] as const)('asks the liveness question of period %s for at least 5 minutes: %i times', (period, times) => {
    const liveness = Probe.http('/livez', { timeout: '3s', failures: 2, ...(period ? { period } : {}) });
    const { livenessProbe, startupProbe } = of({ readiness: tcp, liveness });
    expect(startupProbe).toEqual({ ...livenessProbe, failureThreshold: times });
    expect(startupProbe!.periodSeconds! * times).toBeGreaterThanOrEqual(300);
    expect(startupProbe!.periodSeconds! * (times - 1)).toBeLessThan(300);
  });

  it('is the user’s own where given, with its own timing', () => {
    const startup = Probe.http('/started', { failures: 90 });
    expect(of({ readiness: tcp, liveness: Probe.http('/livez'), startup }).startupProbe).toMatchObject({
      httpGet: { path: '/started' },
      failureThreshold: 90,
    });
  });

  it('can be declined, and liveness stays', () => {
    const workload = web({ probes: { readiness: tcp, liveness: Probe.http('/l'), startup: Probe.none({ because }) } });
    expect(containerOf(workload)).not.toHaveProperty('startupProbe');
    expect(containerOf(workload)).toHaveProperty('livenessProbe');
    expect(podOf(workload).metadata.annotations).toHaveProperty(
      ['cdk8s-eks-patterns.io/no-startup-probe-because'],
      because,
    );
  });

  it('may be given where liveness is declined', () => {
    const { startupProbe, livenessProbe } = of({ readiness: tcp, liveness: Probe.none({ because }), startup: other });
    expect(startupProbe).toMatchObject({ exec: { command: ['other'] } });
    expect(livenessProbe).toBeUndefined();
  });
});

describe('readiness and liveness that ask the same are refused', () => {
  const ports = { port: { http: 8080, admin: 9090 } };
  it.each([
    ['http', Probe.http('/health'), Probe.http('/health')],
    ['http, with another timing', Probe.http('/health', { period: '5s' }), Probe.http('/health', { failures: 4 })],
    ['tcp, one second short of the patience', Probe.tcp(), Probe.tcp({ period: '89s', failures: 1 })],
    ['http, the port by number', Probe.http('/health'), Probe.http('/health', { port: 8080 })],
    ['http, the port by name', Probe.http('/health', { port: 'http' }), Probe.http('/health', { port: 8080 })],
    ['tcp', Probe.tcp(), Probe.tcp('http')],
    ['grpc', Probe.grpc(), Probe.grpc({ service: '' })],
    ['exec', Probe.exec(['a', 'b']), Probe.exec(['a', 'b'], { timeout: 9 })],
  ])('%s', (_what, ready, live) => {
    const probes = { readiness: ready, liveness: live };
    expect(refusedBy(() => of(probes, ports))).toEqual(['props/duplicate', 'probes.liveness']);
  });

  it.each([
    ['http', Probe.http('/health'), Probe.http('/health', { failures: 9 })],
    ['tcp, by the period', Probe.tcp(), Probe.tcp({ period: '90s', failures: 1 })],
    ['tcp, asked for often', Probe.tcp({ period: '5s' }), Probe.tcp({ failures: 5 })],
  ])('%s is accepted when liveness waits three times as long', (_what, ready, live) => {
    expect(of({ readiness: ready, liveness: live }, ports)).toHaveProperty('livenessProbe');
  });

  it.each([
    ['another path', Probe.http('/readyz'), Probe.http('/livez')],
    ['another port', Probe.http('/health'), Probe.http('/health', { port: 'admin' })],
    ['another kind', Probe.http('/health'), Probe.tcp()],
    ['another port by tcp', Probe.tcp('http'), Probe.tcp('admin')],
    ['another service', Probe.grpc({ service: 'ready' }), Probe.grpc()],
    ['another command', Probe.exec(['a', 'b']), Probe.exec(['a b'])],
    ['none', Probe.none({ because }), Probe.none({ because })],
  ])('but not with %s', (_what, ready, live) => {
    expect(() => of({ readiness: ready, liveness: live }, ports)).not.toThrow();
  });
});

describe('the port of a probe', () => {
  const ports = { port: { http: 8080, admin: 9090 }, metrics: { port: 9100 } };

  it.each([
    ['the main port, which is the first', Probe.http('/x'), 8080],
    ['a name', Probe.http('/x', { port: 'admin' }), 9090],
    ['a number that is declared', Probe.http('/x', { port: 9090 }), 9090],
    ['the number of the metrics', Probe.http('/x', { port: 9100 }), 9100],
  ])('by %s', (_what, probe, port) => {
    expect(of({ readiness: probe, liveness: other }, ports).readinessProbe?.httpGet?.port).toBe(port);
  });

  it('may be any number for a workload without a service', () => {
    expect(containerOf(worker({ probes: { liveness: Probe.tcp(9000) } })).livenessProbe?.tcpSocket?.port).toBe(9000);
  });

  it.each([
    ['a number that nobody declares', Probe.tcp(9999), ['props/unsupported', 'probes.liveness.port']],
    ['a name that is none', Probe.tcp('amdin'), ['props/unsupported', 'probes.liveness.port']],
    ['no number', Probe.tcp(0), ['props/invalid', 'probes.liveness.port']],
  ])('that is %s is refused', (_what, liveness, expected) => {
    expect(refusedBy(() => of({ readiness: Probe.http('/x'), liveness }, ports))).toEqual(expected);
  });

  it('main is refused where there is none', () => {
    const probes = { liveness: Probe.tcp() };
    expect(refusedBy(() => worker({ probes }))).toEqual(['props/required', 'probes.liveness.port']);
  });
});

describe('probes are asked for', () => {
  it.each([
    ['of a service', () => web({ probes: undefined }), ['props/required', 'probes']],
    ['of a worker', () => worker({ probes: undefined }), ['props/required', 'probes']],
    ['of an agent', () => agent({ probes: undefined }), ['props/required', 'probes']],
    ['for readiness', () => web({ probes: { liveness: tcp } }), ['props/required', 'probes.readiness']],
    ['for liveness', () => web({ probes: { readiness: tcp } }), ['props/required', 'probes.liveness']],
  ])('%s', (_what, make, expected) => {
    expect(refusedBy(make)).toEqual(expected);
  });

  it.each([
    [
      'a path without a slash',
      { readiness: Probe.http('readyz'), liveness: tcp },
      ['props/invalid', 'probes.readiness.path'],
    ],
    [
      'a command of nothing',
      { readiness: tcp, liveness: Probe.exec([]) },
      ['props/invalid', 'probes.liveness.command'],
    ],
    ['something else', { readiness: '/readyz', liveness: tcp }, ['props/type', 'probes.readiness']],
    [
      'a reason that is empty',
      { readiness: tcp, liveness: Probe.none({ because: '' }) },
      ['props/type', 'probes.liveness.because'],
    ],
    [
      'a fraction of a second',
      { readiness: Probe.http('/', { timeout: '500ms' }), liveness: tcp },
      ['props/invalid', 'probes.readiness.timeout'],
    ],
    [
      'a period of zero',
      { readiness: Probe.http('/', { period: 0 }), liveness: tcp },
      ['props/invalid', 'probes.readiness.period'],
    ],
    [
      'no failure at all',
      { readiness: Probe.http('/', { failures: 0 }), liveness: tcp },
      ['props/invalid', 'probes.readiness.failures'],
    ],
    ['a misspelt kind', { readyness: tcp, liveness: other }, ['props/required', 'probes.readiness']],
  ])('%s is refused', (_what, probes, expected) => {
    expect(refusedBy(() => of(probes))).toEqual(expected);
  });

  it('a misspelt option is refused', () => {
    const liveness = Probe.tcp({ periods: 3 } as object);
    const probes = { readiness: Probe.http('/'), liveness };
    expect(refusedBy(() => of(probes))).toEqual(['props/unknown', 'probes.liveness.periods']);
  });

  it('of a worker readiness is no part: nobody sends it traffic', () => {
    expect(containerOf(worker())).not.toHaveProperty('readinessProbe');
  });
});
