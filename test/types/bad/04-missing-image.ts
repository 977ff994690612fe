import type { Chart } from 'cdk8s';
import { StatefulService, Worker } from 'cdk8s-eks-patterns';

declare const t: Chart;
// @ts-expect-error no image
new Worker(t, 'w', { replicas: 2 });
// @ts-expect-error no storage: that is a WebService
new StatefulService(t, 'db', { image: 'db:1', port: 5432 });
