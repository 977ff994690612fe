import type { Chart } from 'cdk8s';
import { WebService, type Worker } from 'cdk8s-eks-patterns';

declare const t: Chart;
declare const worker: Worker;
// @ts-expect-error a name is not a workload
new WebService(t, 'a', { image: 'a:1', port: 80, connectsTo: ['catalog'] });
// @ts-expect-error a worker listens to nobody
new WebService(t, 'b', { image: 'a:1', port: 80, connectsTo: [worker] });
