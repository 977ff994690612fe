import type { Chart } from 'cdk8s';
import { WebService } from 'cdk8s-eks-patterns';

declare const t: Chart;
// @ts-expect-error an autoscaler has two bounds
new WebService(t, 'web', { image: 'web:1', port: 8080, replicas: { min: 2 } });
