import type { Chart } from 'cdk8s';
import { KubeObject, WebService } from 'cdk8s-eks-patterns';

declare const t: Chart;
const metadata = { name: 'a' };
// @ts-expect-error Services have no such field
new KubeObject(t, 'a', { apiVersion: 'v1', kind: 'Service', metadata, spec: { typo: 1 } });
// @ts-expect-error a port is a number
new KubeObject(t, 'b', { apiVersion: 'v1', kind: 'Service', metadata, spec: { ports: [{ port: 'x' }] } });
// @ts-expect-error the kind is Deployment
new KubeObject(t, 'c', { apiVersion: 'apps/v1', kind: 'Deploymnt', metadata });
// @ts-expect-error Deployments are of apps/v1
new KubeObject(t, 'd', { apiVersion: 'v1', kind: 'Deployment', metadata });
const [apiVersion, kind] = ['admissionregistration.k8s.io/v1', 'ValidatingWebhookConfiguration'] as const;
// @ts-expect-error the word is name
new KubeObject(t, 'e', { apiVersion, kind, metadata, webhooks: [{ nam: 'x' }] });
// @ts-expect-error data are strings
new KubeObject(t, 'f', { apiVersion: 'v1', kind: 'ConfigMap', metadata, data: { a: 1 } });
const service = new KubeObject(t, 'g', { apiVersion: 'v1', kind: 'Service', metadata, spec: {} });
service.customize((s) => {
  // @ts-expect-error Services have no such field
  s.spec!.typo = 1;
});
new WebService(t, 'h', {
  image: 'a:1',
  port: 80,
  customize: {
    deployment: (d) => {
      // @ts-expect-error only the own container is sure to exist
      d.spec.template.spec.containers[1].env = [];
    },
  },
});
