import type { Chart } from 'cdk8s';
import { WebService } from 'cdk8s-eks-patterns';

declare const t: Chart;
// @ts-expect-error a number, or numbers by name
new WebService(t, 'web', { image: 'web:1', port: '8080' });
// @ts-expect-error a web service has a port
new WebService(t, 'web', { image: 'web:1' });
