import { Duration } from 'cdk8s';
import { Expose } from 'cdk8s-eks-patterns';
import {
  agent,
  containerOf,
  job,
  newApp,
  newTenant,
  PATTERN_NAMES,
  PATTERNS,
  podOf,
  scheduled,
  stateful,
  web,
  worker,
} from '../support/app';
import { refusedBy } from '../support/findings';

type Made = ReturnType<typeof web>;
const stops = (workload: object) => [
  containerOf(workload as Made).lifecycle?.preStop?.sleep?.seconds,
  podOf(workload as Made).spec.terminationGracePeriodSeconds,
];
const alb = Expose.alb({ scheme: 'internal', host: 'shop.example.com' });
const nlb = Expose.nlb({ scheme: 'internal' });

describe('shutdown', () => {
  it.each([
    ['behind an ALB 15 s', () => web({ expose: alb }), [15, 40]],
    ['behind an NLB 15 s', () => stateful({ expose: nlb }), [15, 80]],
    ['behind a service 5 s', () => web(), [5, 30]],
    ['of a stateful service 5 s', () => stateful(), [5, 70]],
    ['of a worker none', () => worker(), [undefined, 25]],
    ['of an agent none', () => agent(), [undefined, 25]],
    ['of a job none', () => job(), [undefined, 25]],
    ['of a scheduled job none', () => scheduled(), [undefined, 25]],
  ])('waits before SIGTERM: %s; and is granted the sleep, the drain and a margin', (_what, make, expected) => {
    expect(stops(make())).toEqual(expected);
  });

  it('is as long as the user says', () => {
    expect(stops(web({ shutdown: { sleep: '20s', drain: '1m' } }))).toEqual([20, 85]);
    expect(stops(web({ shutdown: { drain: Duration.minutes(2) } }))).toEqual([5, 130]);
    expect(stops(web({ shutdown: { drain: 0 } }))).toEqual([5, 10]);
  });

  it('sleep of 0 leaves the hook out', () => {
    expect(stops(web({ shutdown: { sleep: 0 } }))).toEqual([undefined, 25]);
    expect(containerOf(web({ shutdown: { sleep: 0 } }))).not.toHaveProperty('lifecycle');
  });

  it.each([
    [{ sleep: '1.5s' }, ['props/invalid', 'shutdown.sleep']],
    [{ drain: -1 }, ['props/invalid', 'shutdown.drain']],
    [{ drain: 'soon' }, ['props/invalid', 'shutdown.drain']],
    [{ grace: 30 }, ['props/unknown', 'shutdown.grace']],
  ])('%j is refused', (shutdown, expected) => {
    expect(refusedBy(() => web({ shutdown }))).toEqual(expected);
  });
});

describe('priority', () => {
  it.each([
    ['WebService', 'workload-standard'],
    ['StatefulService', 'workload-standard'],
    ['Worker', 'workload-standard'],
    ['NodeAgent', 'workload-agent'],
    ['BatchJob', 'workload-batch'],
    ['ScheduledJob', 'workload-batch'],
  ] as const)('of %s is %s with a cluster, which makes the class', (pattern, className) => {
    expect(podOf(PATTERNS[pattern]()).spec.priorityClassName).toBe(className);
  });

  it.each(PATTERN_NAMES)('of %s is absent without a cluster, where no class is made', (pattern) => {
    expect(podOf(PATTERNS[pattern]({}, newTenant({}, newApp()))).spec).not.toHaveProperty('priorityClassName');
  });

  it('by key is one of the cluster’s', () => {
    expect(podOf(web({ priority: 'critical' })).spec.priorityClassName).toBe('workload-critical');
    expect(podOf(web({ priority: 'critical' }, newTenant({}, newApp()))).spec).not.toHaveProperty('priorityClassName');
  });

  it('by name is anyone’s, also without a cluster', () => {
    const priority = { className: 'system-cluster-critical' };
    expect(podOf(web({ priority })).spec.priorityClassName).toBe('system-cluster-critical');
    expect(podOf(web({ priority }, newTenant({}, newApp()))).spec.priorityClassName).toBe('system-cluster-critical');
  });

  it.each([
    ['urgent', ['props/unsupported', 'priority']],
    [{ className: 'No Name' }, ['props/invalid', 'priority.className']],
    [{ className: '' }, ['props/type', 'priority.className']],
    [{ name: 'x' }, ['props/unknown', 'priority.name']],
  ])('%j is refused', (priority, expected) => {
    expect(refusedBy(() => web({ priority }))).toEqual(expected);
  });
});

describe('metrics', () => {
  const annotationsOf = (workload: object) => podOf(workload as Made).metadata.annotations;
  const scraped = (path: string, port: string) => ({
    'prometheus.io/path': path,
    'prometheus.io/port': port,
    'prometheus.io/scrape': 'true',
  });

  it('are announced on the pod: the main port and /metrics, unless said', () => {
    expect(annotationsOf(web({ metrics: {} }))).toEqual(scraped('/metrics', '8080'));
    const port = { http: 8080, admin: 9090 };
    expect(annotationsOf(web({ port, metrics: { path: '/m', port: 'admin' } }))).toEqual(scraped('/m', '9090'));
  });

  it('on a port of their own are a port of the container, and none of the service', () => {
    const workload = web({ metrics: { port: 9100 } });
    expect(annotationsOf(workload)).toEqual(scraped('/metrics', '9100'));
    expect(containerOf(workload).ports).toContainEqual({ name: 'metrics', containerPort: 9100, protocol: 'TCP' });
    expect(workload.service.toJson().spec.ports.map(({ port }) => port)).toEqual([8080]);
  });

  it('on a declared number are no second port', () => {
    expect(containerOf(web({ metrics: { port: 8080 } })).ports).toHaveLength(1);
  });

  it('of a worker are told by number', () => {
    const workload = worker({ metrics: { port: 9100 } });
    expect(annotationsOf(workload)).toEqual(scraped('/metrics', '9100'));
    expect(containerOf(workload).ports).toEqual([{ name: 'metrics', containerPort: 9100, protocol: 'TCP' }]);
    expect(refusedBy(() => worker({ metrics: {} }))).toEqual(['props/required', 'metrics.port']);
  });

  it('reach nobody without a word', () => {
    expect(annotationsOf(web())).toBeUndefined();
  });

  it.each([
    [{ port: 'admin' }, ['props/unsupported', 'metrics.port']],
    [{ path: 'metrics' }, ['props/invalid', 'metrics.path']],
    [{ port: 70000 }, ['props/invalid', 'metrics.port']],
    [{ url: '/' }, ['props/unknown', 'metrics.url']],
  ])('%j is refused', (metrics, expected) => {
    expect(refusedBy(() => web({ metrics }))).toEqual(expected);
  });

  it('a scraper by its namespace is let in through the isolation, on that port alone', () => {
    const workload = web({ metrics: { port: 9100 } }, newTenant({ defaults: { scraper: { namespace: 'o11y' } } }));
    expect(workload.networkPolicy?.toJson().spec?.ingress).toContainEqual({
      from: [{ namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'o11y' } } }],
      ports: [{ port: 9100, protocol: 'TCP' }],
    });
  });
});
