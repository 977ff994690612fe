/** One of several is enough for a rule, or is not. */
import { of, service, set, workload } from './support';

const FARGATE =
  "{ apiVersion: eksctl.io/v1alpha5, kind: ClusterConfig, metadata: { name: demo, region: us-west-2, version: '1.35' }, fargateProfiles: [{ name: all, selectors: [{ namespace: shop }] }] }";
const two = (first: string, second: string, more = '') =>
  `{ apiVersion: v1, kind: Pod, metadata: { name: web, namespace: shop, labels: { app: web } }, spec: { ${more} containers: [{ name: web, image: 'web:1.0.0', ${first} }, { name: proxy, image: 'proxy:1.0.0', ${second} }] } }`;
const HTTP = 'httpGet: { path: /, port: 8080 }';
const PORTS = 'ports: [{ name: http, containerPort: 8080 }]';
const served = (first: string, second: string) =>
  set(
    workload({ container: `${first}`.replace(/^$/, 'workingDir: /') }).replace(
      'containers: [',
      `containers: [{ name: proxy, image: 'a/proxy:1'${second && `, ${second}`} }, `,
    ),
    service('selector: { app: web }, ports: [{ port: 80, targetPort: 8080 }]'),
  );

const CLOSED = (name: string) =>
  `{ apiVersion: networking.k8s.io/v1, kind: NetworkPolicy, metadata: { name: ${name}, namespace: shop }, spec: { podSelector: { matchLabels: { pod: ${name} } }, policyTypes: [Ingress], ingress: [{ from: [{ podSelector: {} }] }] } }`;
const behindOne = (...policies: string[]) =>
  set(
    ...['a', 'b'].map(
      (name) =>
        `{ apiVersion: v1, kind: Pod, metadata: { name: ${name}, namespace: shop, labels: { app: web, pod: ${name} } }, spec: { containers: [{ name: web, image: 'web:1.0.0' }] } }`,
    ),
    service('selector: { app: web }, ports: [{ port: 80 }]'),
    '{ apiVersion: networking.k8s.io/v1, kind: Ingress, metadata: { name: web, namespace: shop, annotations: { alb.ingress.kubernetes.io/target-type: ip } }, spec: { ingressClassName: alb, defaultBackend: { service: { name: web, port: { number: 80 } } } } }',
    ...policies,
  );
const backend = (port: string) =>
  set(
    workload({}),
    service(
      'selector: { app: web }, ports: [{ name: http, port: 80, targetPort: 8080 }, { name: admin, port: 81, targetPort: 8080 }]',
    ),
    `{ apiVersion: networking.k8s.io/v1, kind: Ingress, metadata: { name: web, namespace: shop }, spec: { ingressClassName: nginx, defaultBackend: { service: { name: web, port: { ${port} } } } } }`,
  );
const hook = (port: number) =>
  set(
    workload({}),
    service(
      'selector: { app: web }, ports: [{ name: http, port: 80, targetPort: 8080 }, { name: https, port: 443, targetPort: 8080 }]',
    ),
    `{ apiVersion: admissionregistration.k8s.io/v1, kind: ValidatingWebhookConfiguration, metadata: { name: web }, webhooks: [{ name: web.example.com, sideEffects: None, admissionReviewVersions: [v1], clientConfig: { service: { name: web, namespace: shop, port: ${port} } }, rules: [{ apiGroups: [''], apiVersions: [v1], operations: [CREATE], resources: [pods] }] }] }`,
  );

test.each<[rule: string, about: string, manifests: string, count: number]>([
  [
    'fargate/unsupported',
    'one privileged container',
    set(FARGATE, two('', 'securityContext: { privileged: true }')),
    1,
  ],
  ['fargate/unsupported', 'none', set(FARGATE, two('', 'securityContext: { privileged: false }')), 0],
  [
    'fargate/unsupported',
    'one port of the node',
    set(
      FARGATE,
      two('ports: [{ containerPort: 80 }]', 'ports: [{ containerPort: 81 }, { containerPort: 82, hostPort: 82 }]'),
    ),
    1,
  ],
  [
    'fargate/unsupported',
    'one folder of the node',
    set(FARGATE, two('', '', 'volumes: [{ name: a, emptyDir: {} }, { name: b, hostPath: { path: /var } }],')),
    1,
  ],
  ['availability/liveness-probe', 'one container has it', served(`livenessProbe: { ${HTTP} }`, ''), 0],
  ['availability/liveness-probe', 'no container has it', served('', ''), 1],
  ['availability/readiness-probe', 'one container has it', served(`readinessProbe: { ${HTTP} }`, ''), 0],
  ['availability/readiness-probe', 'no container has it', served('', ''), 1],
  ['ingress/closed-backend', 'one pod is closed', behindOne(CLOSED('a')), 0],
  ['ingress/closed-backend', 'both pods are', behindOne(CLOSED('a'), CLOSED('b')), 1],
  ['ingress/backend-port', 'the second port', backend('number: 81'), 0],
  ['ingress/backend-port', 'its name', backend('name: admin'), 0],
  ['ingress/backend-port', 'another', backend('number: 82'), 1],
  ['webhooks/service-port', 'the second port', hook(443), 0],
  ['webhooks/service-port', 'another', hook(8443), 1],
])('%s: %s', (rule, _, manifests, count) => {
  expect(of(rule, manifests)).toHaveLength(count);
});

test('both containers are looked into for their ports', () => {
  expect(of('containers/ports', two(PORTS, PORTS))).toEqual([
    'warning spec.containers[1].ports[0].containerPort',
    'warning spec.containers[1].ports[0].name',
  ]);
  expect(of('containers/ports', two(PORTS, 'ports: [{ name: admin, containerPort: 8081 }]'))).toEqual([]);
});
