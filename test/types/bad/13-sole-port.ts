import type { Chart } from 'cdk8s';
import { Probe, StatefulService, WebService } from 'cdk8s-eks-patterns';

declare const t: Chart;
const web = new WebService(t, 'a', { image: 'a:1', port: 8080 });
// @ts-expect-error a single port has no name, and the methods of a number are none
web.on('toFixed');
// @ts-expect-error nor a number by name
web.ports.toFixed;
// @ts-expect-error nor a URL by name
web.url('http', 'toString');
const probes = { readiness: Probe.http('/', { port: 'toFixed' }), liveness: Probe.tcp() };
// @ts-expect-error nor a probe
new WebService(t, 'b', { image: 'a:1', port: 8080, probes });
const storage = { mountPath: '/d', size: '1Gi' };
// @ts-expect-error nor for members
new StatefulService(t, 'c', { image: 'a:1', port: 8080, storage }).on('valueOf');
// @ts-expect-error a flag is no port
new WebService(t, 'd', { image: 'a:1', port: true });
