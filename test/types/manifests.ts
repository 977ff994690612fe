/** Manifests get their type by what they say they are, and edits find what the library writes. Run by manifests.test.ts. */
import {
  EksApp,
  Expose,
  KubeObject,
  type k8s,
  Probe,
  ScheduledJob,
  StatefulService,
  Tenant,
  WebService,
} from 'cdk8s-eks-patterns';

export const app = new EksApp();
const t = new Tenant(app, 't', {
  defaults: {
    user: 1000,
    resources: { cpu: '100m', memory: '128Mi' },
    probes: { readiness: Probe.http('/r'), liveness: Probe.tcp() },
  },
});
const ports = [{ port: 80 }];
const own = new KubeObject(t, 'own', {
  apiVersion: 'v1',
  kind: 'Service',
  metadata: { name: 'own' },
  spec: { selector: { 'app.kubernetes.io/name': 'web' }, ports },
});
own.customize((service) => {
  service.spec!.publishNotReadyAddresses = true;
});
const other = new KubeObject(t, 'other', {
  apiVersion: 'example.com/v1',
  kind: 'Widget',
  metadata: { name: 'other' },
  spec: { size: 1 },
});
other.customize((widget) => {
  widget.spec.size = 2;
});
const manifest: k8s.ConfigMap = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'named' }, data: { a: 'b' } };
export const objects: KubeObject<k8s.AnyObject>[] = [own, other, new KubeObject(t, 'named', manifest)];

export const web = new WebService(t, 'web', {
  image: 'a:1',
  port: 8080,
  expose: Expose.alb({ host: 'h.example.com', scheme: 'internal' }),
  customize: {
    deployment: (d) => {
      const { metadata, spec } = d.spec.template;
      metadata.annotations['example.com/a'] = 'b';
      spec.containers[0].env.push({ name: 'A', value: 'b' });
      spec.containers[0].resources.requests.cpu = '200m';
      spec.nodeSelector.pool = 'web';
    },
    ingress: (i) => {
      i.metadata.annotations['alb.ingress.kubernetes.io/actions.away'] = '{}';
      i.spec.rules[0].http.paths[0].backend.service.port = { name: 'http' };
    },
    networkPolicy: (p) => {
      p.spec.egress.push({ to: [{ ipBlock: { cidr: '10.0.0.0/8' } }] });
    },
    serviceAccount: (a) => {
      a.metadata.annotations['example.com/account'] = 'web';
    },
    disruptionBudget: (b) => {
      b.spec.maxUnavailable = 2;
    },
    service: (s) => {
      s.spec.ports[0].appProtocol = 'http';
    },
  },
});
web.deployment.customize((d) => {
  d.spec.template.spec.tolerations.push({ key: 'example.com/pool', operator: 'Exists' });
});
export const untouched = new WebService(t, 'untouched', {
  image: 'a:1',
  port: 8080,
  customize: { deployment: () => {} },
});
export const plain = new WebService(t, 'plain', { image: 'a:1', port: 8080 });
new StatefulService(t, 'db', {
  image: 'a:1',
  port: 1,
  storage: { mountPath: '/d', size: '1Gi' },
  customize: {
    statefulSet: (s) => {
      s.spec.volumeClaimTemplates[0]!.spec!.resources!.requests!.storage = '2Gi';
      s.spec.template.spec.volumes.push({ name: 'more', emptyDir: {} });
    },
  },
});
new ScheduledJob(t, 'report', {
  image: 'a:1',
  schedule: '@daily',
  customize: {
    cronJob: (c) => {
      c.spec.jobTemplate.spec.template.metadata.annotations.a = 'b';
    },
  },
});
