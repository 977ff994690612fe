/** Values at both sides of what a rule allows. */
import { of, service, set, workload } from './support';

const FARGATE =
  "{ apiVersion: eksctl.io/v1alpha5, kind: ClusterConfig, metadata: { name: demo, region: us-west-2, version: '1.35' }, fargateProfiles: [{ name: all, selectors: [{ namespace: shop }] }] }";
const onFargate = (requests: string) =>
  set(
    FARGATE,
    `{ apiVersion: v1, kind: Pod, metadata: { name: web, namespace: shop }, spec: { containers: [{ name: web, image: 'web:1.0.0', resources: { requests: { ${requests} } } }] } }`,
  );
const budget = (limit: string) =>
  `{ apiVersion: policy/v1, kind: PodDisruptionBudget, metadata: { name: web, namespace: shop }, spec: { ${limit}, selector: { matchLabels: { app: web } } } }`;
const config = (key: string) =>
  `{ apiVersion: v1, kind: ConfigMap, metadata: { name: web, namespace: shop }, data: { ${key}: x } }`;
const many = (count: number) => `[${Array.from({ length: count }, (_, i) => `d${i}.example.com`).join(', ')}]`;
const claim = (storage: string) =>
  `{ apiVersion: v1, kind: PersistentVolumeClaim, metadata: { name: data, namespace: shop }, spec: { accessModes: [ReadWriteOnce], resources: { requests: { storage: ${storage} } } } }`;
const cron = (desired: number, maximum: number) =>
  `{ apiVersion: keda.sh/v1alpha1, kind: ScaledObject, metadata: { name: web, namespace: shop }, spec: { scaleTargetRef: { name: web }, maxReplicaCount: ${maximum}, triggers: [{ type: cron, metadata: { timezone: Europe/Berlin, start: 0 8 * * *, end: 0 18 * * *, desiredReplicas: '${desired}' } }] } }`;
const alb = (interval: number, timeout: number) =>
  `{ apiVersion: networking.k8s.io/v1, kind: Ingress, metadata: { name: web, namespace: shop, annotations: { alb.ingress.kubernetes.io/healthcheck-interval-seconds: '${interval}', alb.ingress.kubernetes.io/healthcheck-timeout-seconds: '${timeout}' } }, spec: { ingressClassName: alb, defaultBackend: { service: { name: web, port: { number: 80 } } } } }`;
const limits = (...items: string[]) =>
  `{ apiVersion: v1, kind: LimitRange, metadata: { name: limits, namespace: shop }, spec: { limits: [${items.join(', ')}] } }`;
const quota = (hard: string, more = '') =>
  `{ apiVersion: v1, kind: ResourceQuota, metadata: { name: quota, namespace: shop }, spec: { hard: { ${hard} }${more} } }`;
const scope = (name: string) => `, scopeSelector: { matchExpressions: [{ scopeName: ${name}, operator: Exists }] }`;

test.each<[rule: string, allowed: string, refused: string]>([
  ['fargate/pod-size', onFargate("cpu: '16', memory: 122624Mi"), onFargate("cpu: '16', memory: 122625Mi")],
  ['fargate/pod-size', onFargate('ephemeral-storage: 175Gi'), onFargate('ephemeral-storage: 176Gi')],
  ['disruption-budgets/form', budget('maxUnavailable: 0'), budget('maxUnavailable: -1')],
  ['disruption-budgets/form', budget("minAvailable: '100%'"), budget("minAvailable: '101%'")],
  [
    'host-ports/replicas',
    workload({ spec: 'replicas: 1', pod: 'hostNetwork: true' }),
    workload({ spec: 'replicas: 2', pod: 'hostNetwork: true' }),
  ],
  [
    'objects/service-type',
    service('type: NodePort, selector: { app: web }, ports: [{ port: 80, nodePort: 30000 }]'),
    service('type: NodePort, selector: { app: web }, ports: [{ port: 80, nodePort: 29999 }]'),
  ],
  [
    'objects/service-type',
    service('type: NodePort, selector: { app: web }, ports: [{ port: 80, nodePort: 32767 }]'),
    service('type: NodePort, selector: { app: web }, ports: [{ port: 80, nodePort: 32768 }]'),
  ],
  ['objects/data', config('k'.repeat(253)), config('k'.repeat(254))],
  [
    'pods/dns',
    workload({ pod: 'dnsConfig: { nameservers: [10.0.0.2, 10.0.0.3, 10.0.0.4] }' }),
    workload({ pod: 'dnsConfig: { nameservers: [10.0.0.2, 10.0.0.3, 10.0.0.4, 10.0.0.5] }' }),
  ],
  [
    'pods/dns',
    workload({ pod: `dnsConfig: { searches: ${many(32)} }` }),
    workload({ pod: `dnsConfig: { searches: ${many(33)} }` }),
  ],
  [
    'containers/security-context',
    workload({ pod: 'securityContext: { runAsUser: 0 }' }),
    workload({ pod: 'securityContext: { runAsUser: -1 }' }),
  ],
  ['limits/quota', quota('pods: 1k'), quota('pods: 500m')],
  ['limits/quota', quota('requests.cpu: 500m'), quota("requests.cpu: '-1'")],
  ['limits/quota', quota('requests.cpu: 1'), quota('requests.cpu: 1 core')],
  ['limits/quota', quota('count/jobs.batch: 5'), quota('count/jobs.batch: 500m')],
  ['limits/quota', quota('requests.hugepages-2Mi: 1Gi'), quota('limits.hugepages-2Mi: 1Gi')],
  ['limits/quota', quota('requests.nvidia.com/gpu: 2'), quota('nvidia: 2')],
  ['limits/quota', quota('pods: 5', ', scopes: [BestEffort]'), quota('requests.cpu: 5', ', scopes: [BestEffort]')],
  ['limits/quota', quota('cpu: 5', ', scopes: [Terminating]'), quota('secrets: 5', ', scopes: [Terminating]')],
  ['limits/quota', quota('pods: 5', scope('PriorityClass')), quota('services: 5', scope('PriorityClass'))],
  [
    'limits/quota',
    quota('pods: 5', ', scopes: [Terminating, BestEffort]'),
    quota('pods: 5', ', scopes: [Terminating, NotTerminating]'),
  ],
  [
    'limits/form',
    limits('{ type: Container, max: { cpu: 1 } }', '{ type: Pod, max: { cpu: 1 } }'),
    limits('{ type: Pod, max: { cpu: 1 } }', '{ type: Pod, max: { memory: 1Gi } }'),
  ],
  [
    'limits/form',
    limits('{ type: PersistentVolumeClaim, min: { storage: 1Gi } }'),
    limits('{ type: PersistentVolumeClaim, max: { cpu: 1 } }'),
  ],
  [
    'limits/form',
    limits('{ type: Container, default: { cpu: 1 }, max: { cpu: 1 } }'),
    limits('{ type: Container, default: { cpu: 1001m }, max: { cpu: 1 } }'),
  ],
  [
    'limits/form',
    limits('{ type: Container, defaultRequest: { cpu: 1 }, default: { cpu: 1 } }'),
    limits('{ type: Container, defaultRequest: { cpu: 2 }, default: { cpu: 1 } }'),
  ],
  ['limits/form', limits('{ type: Container, default: { cpu: 1 } }'), limits('{ type: Pod, default: { cpu: 1 } }')],
  [
    'limits/form',
    limits('{ type: Container, maxLimitRequestRatio: { cpu: 1 } }'),
    limits('{ type: Container, maxLimitRequestRatio: { cpu: 900m } }'),
  ],
  [
    'limits/form',
    limits('{ type: Container, min: { cpu: 1 }, max: { cpu: 2 }, maxLimitRequestRatio: { cpu: 2 } }'),
    limits('{ type: Container, min: { cpu: 1 }, max: { cpu: 2 }, maxLimitRequestRatio: { cpu: 3 } }'),
  ],
  ['quantities/invalid', limits('{ type: Pod, max: { cpu: 1 } }'), limits('{ type: Pod, max: { cpu: 1 core } }')],
  ['keda/trigger', cron(5, 5), cron(6, 5)],
  ['load-balancers/health-check', alb(10, 9), alb(10, 10)],
  ['quantities/unit', claim('1Gi'), claim('1000')],
])('%s', (rule, allowed, refused) => {
  expect(of(rule, allowed)).toEqual([]);
  expect(of(rule, refused)).toHaveLength(1);
});

test('of several quotas of a namespace the least one of each total counts, with one finding', () => {
  const named = (name: string, hard: string) => quota(hard).replace('name: quota', `name: ${name}`);
  const pods = workload({ spec: 'replicas: 4', container: "resources: { requests: { cpu: '1' } }" });
  const large = named('large', "pods: '10', requests.cpu: '10'");
  const findings = (...quotas: readonly string[]) => of('limits/quota-pods', set(pods, ...quotas));
  expect(findings(large)).toEqual([]);
  expect(findings(large, named('small', "pods: '3'"), named('smaller', "pods: '2'"))).toEqual(['error']);
  expect(findings(named('first', "pods: '2'"), large, named('other', "requests.cpu: '3'"))).toEqual(['error', 'error']);
});
