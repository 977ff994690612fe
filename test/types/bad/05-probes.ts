import type { Chart } from 'cdk8s';
import { BatchJob, Probe, WebService, Worker } from 'cdk8s-eks-patterns';

declare const t: Chart;
// @ts-expect-error liveness without readiness: traffic before the service is ready
new WebService(t, 'a', { image: 'a:1', port: 80, probes: { liveness: Probe.tcp() } });
// @ts-expect-error a worker has no main port to ask
new Worker(t, 'b', { image: 'a:1', probes: { liveness: Probe.http('/livez') } });
// @ts-expect-error nor for its readiness
new Worker(t, 'c', { image: 'a:1', probes: { liveness: Probe.tcp(9000), readiness: Probe.tcp() } });
// @ts-expect-error a job is not probed
new BatchJob(t, 'd', { image: 'a:1', probes: { liveness: Probe.tcp(80) } });
new WebService(t, 'e', {
  image: 'a:1',
  port: { http: 80, admin: 90 },
  // @ts-expect-error 'admn' is none of its ports
  probes: { readiness: Probe.http('/', { port: 'admn' }), liveness: Probe.tcp() },
});
