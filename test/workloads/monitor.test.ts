import { agent, containerOf, newApp, newCluster, newTenant, podOf, synth, web, worker } from '../support/app';
import { findingsOf, refusedBy } from '../support/findings';

describe('a PodMonitor', () => {
  test.each([
    ['a main port', web, {}, { port: 'http' }],
    ['a named port', web, { port: { http: 8080, admin: 9090 }, metrics: { port: 'admin' } }, { port: 'admin' }],
    ['a port outside of the Service', web, { metrics: { port: 9102 } }, { port: 'metrics' }],
    ['a worker', worker, { metrics: { port: 9102 } }, { port: 'metrics' }],
    ['an agent', agent, { metrics: { port: 9102, path: '/m' } }, { port: 'metrics', path: '/m' }],
  ] as const)('names the port of the container: %s', (_what, make, props, endpoint) => {
    const { metrics = {} } = props as { metrics?: object };
    const made = make({ ...props, metrics: { ...metrics, monitor: 'pod' } });
    const { spec, metadata } = made.podMonitor!.toJson();
    expect(spec.podMetricsEndpoints).toEqual([{ path: '/metrics', ...endpoint }]);
    expect(spec.selector.matchLabels).toEqual({ 'app.kubernetes.io/name': metadata.name });
    expect(containerOf(made).ports!.map(({ name }) => name)).toContain(endpoint.port);
    expect(podOf(made).metadata.annotations ?? {}).not.toHaveProperty(['prometheus.io/scrape']);
  });

  test('is written only where asked for, and takes edits', () => {
    expect(web({ metrics: {} }).podMonitor).toBeUndefined();
    const edit = (m: { spec: { sampleLimit?: number } }) => void Object.assign(m.spec, { sampleLimit: 500 });
    const made = web({ metrics: { monitor: 'pod' }, customize: { podMonitor: edit } });
    expect(made.podMonitor!.toJson().spec.sampleLimit).toBe(500);
  });

  test('brings the operator into the steps, and no finding', () => {
    const app = newApp();
    web({ metrics: { monitor: 'pod' } }, newTenant({}, newCluster(app)));
    expect(findingsOf(() => app)).toEqual([]);
    expect(JSON.stringify(synth(app).files)).toContain('Prometheus Operator');
  });

  test('is refused as anything else', () => {
    expect(refusedBy(() => web({ metrics: { monitor: 'service' } }))).toEqual(['props/unsupported', 'metrics.monitor']);
  });
});
