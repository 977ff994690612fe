import type { Chart } from 'cdk8s';
import { EksApp, Tenant, WebService } from 'cdk8s-eks-patterns';

declare const t: Chart;
// @ts-expect-error the word is `replicas`
new WebService(t, 'web', { image: 'web:1', port: 8080, replica: 3 });
// @ts-expect-error an image is no default
new EksApp({ defaults: { image: 'web:1' } });
// @ts-expect-error neither is a misspelt part of one
new Tenant(t, 'shop', { defaults: { resources: { cpu: '1', memory: '1Gi', cpuLimits: 'none' } } });
