/** Verdicts on what installations of public projects do: their kinds, smaller. */
import { of, set } from './support';

const MISSING = 'references/missing';
const rbac = 'rbac.authorization.k8s.io';

const pod = (more: string, spec = '') =>
  `{ apiVersion: v1, kind: Pod, metadata: { name: redis, namespace: shop }, spec: { serviceAccountName: redis, ${spec} containers: [{ name: redis, image: 'redis:8.0.1', ${more} }] } }`;
const ENV = 'envFrom: [{ secretRef: { name: password } }, { configMapRef: { name: settings } }]';
const role = (rule: string, kind = 'Role') =>
  `{ apiVersion: ${rbac}/v1, kind: ${kind}, metadata: { name: maker${kind === 'Role' ? ', namespace: shop' : ''} }, rules: [${rule}] }`;
const binding = (account: string, kind = 'RoleBinding', of = 'Role') =>
  `{ apiVersion: ${rbac}/v1, kind: ${kind}, metadata: { name: maker${kind === 'RoleBinding' ? ', namespace: shop' : ''} }, roleRef: { apiGroup: ${rbac}, kind: ${of}, name: maker }, subjects: [{ kind: ServiceAccount, ${account} }] }`;
const SECRETS = "{ apiGroups: [''], resources: [secrets], verbs: [get, create] }";
const ACCOUNT = '{ apiVersion: v1, kind: ServiceAccount, metadata: { name: redis, namespace: shop } }';

test.each<[about: string, rules: readonly string[], found: readonly string[]]>([
  ['without permissions', [], ['warning', 'warning']],
  ['a Role that creates Secrets', [role(SECRETS), binding('name: redis')], ['advice', 'warning']],
  [
    'a ClusterRole that creates everything, everywhere',
    [
      role("{ apiGroups: ['*'], resources: ['*'], verbs: ['*'] }", 'ClusterRole'),
      binding('name: redis, namespace: shop', 'ClusterRoleBinding', 'ClusterRole'),
    ],
    ['advice', 'advice'],
  ],
  [
    'a ClusterRole in one namespace',
    [role(SECRETS, 'ClusterRole'), binding('name: redis', 'RoleBinding', 'ClusterRole')],
    ['advice', 'warning'],
  ],
  [
    'a Role of another account',
    [role(SECRETS), binding('name: other'), ACCOUNT.replace('redis', 'other')],
    ['warning', 'warning'],
  ],
  ['a Role that reads', [role(SECRETS.replace(', create', '')), binding('name: redis')], ['warning', 'warning']],
  [
    'a Role for named Secrets, which cannot be created by name',
    [role(SECRETS.replace('verbs', 'resourceNames: [password], verbs')), binding('name: redis')],
    ['warning', 'warning'],
  ],
  [
    'a Role over another group',
    [role(SECRETS.replace("['']", '[apps]')), binding('name: redis')],
    ['warning', 'warning'],
  ],
])('a Secret and a ConfigMap that are missing: %s', (_, rules, found) => {
  expect(of(MISSING, set(ACCOUNT, pod(ENV), ...rules))).toEqual(found);
});

const initialized = (init: string) =>
  pod("env: [{ name: AUTH, value: 'yes' }]", `initContainers: [{ name: init, image: 'redis:8.0.1', ${init} }],`);
const MOUNTS = 'volumeMounts: [{ name: scripts, mountPath: /readonly/ }]';

test.each([
  ['a script of a volume', `args: [/readonly/init.sh], ${MOUNTS}`, []],
  ['a shell that runs one', `command: [sh, /readonly/init.sh], ${MOUNTS}`, []],
  ['a program of the image', `args: [/bin/init], ${MOUNTS}`, ['warning spec.initContainers[0].env']],
  ['a folder that only begins alike', `args: [/readonly-too/init], ${MOUNTS}`, ['warning spec.initContainers[0].env']],
])('an init container without variables that runs %s', (_, init, found) => {
  expect(of('containers/no-variables', initialized(init))).toEqual(found);
});

const conf = (line: string) =>
  `{ apiVersion: v1, kind: ConfigMap, metadata: { name: redis, namespace: shop }, data: { redis.conf: ${JSON.stringify(`port 6379\n${line}\ndir /data\n`)} } }`;

test.each([
  ['requirepass 8sHq02mzLp', ["warning data['redis.conf']"]],
  ['requirepass replace-default-auth', []],
  ['masterauth replace_me', []],
])('redis.conf with %s', (line, found) => {
  expect(of('secrets/literal', conf(line))).toEqual(found);
});

const CLOSED =
  '{ podSelector: { matchLabels: { app: web } }, policyTypes: [Ingress], ingress: [{ from: [{ podSelector: {} }] }] }';
const behind = (ingress: string, ...more: readonly string[]) =>
  set(
    "{ apiVersion: v1, kind: Pod, metadata: { name: web, namespace: shop, labels: { app: web } }, spec: { containers: [{ name: web, image: 'web:1.0.1' }] } }",
    '{ apiVersion: v1, kind: Service, metadata: { name: web, namespace: shop }, spec: { selector: { app: web }, ports: [{ port: 80 }] } }',
    `{ apiVersion: networking.k8s.io/v1, kind: NetworkPolicy, metadata: { name: web, namespace: shop }, spec: ${CLOSED} }`,
    `{ apiVersion: networking.k8s.io/v1, kind: Ingress, metadata: { name: web, namespace: shop, ${ingress} }, spec: { ingressClassName: alb, defaultBackend: { service: { name: web, port: { number: 80 } } } } }`,
    ...more,
  );
const target = (type: string) => `annotations: { alb.ingress.kubernetes.io/target-type: ${type} }`;
const classOf = (controller: string, parameters = '') =>
  `{ apiVersion: networking.k8s.io/v1, kind: IngressClass, metadata: { name: alb }, spec: { controller: ${controller}, ${parameters} } }`;
const PARAMS =
  '{ apiVersion: elbv2.k8s.aws/v1beta1, kind: IngressClassParams, metadata: { name: alb }, spec: { targetType: ip } }';

test.each<[about: string, manifests: string, found: readonly string[]]>([
  ['IP targets', behind(target('ip')), ['error']],
  ['instance targets', behind(target('instance')), ['warning']],
  ['targets that the controller decides', behind('annotations: {}'), ['advice']],
  ['targets of Auto Mode', behind('annotations: {}', classOf('eks.amazonaws.com/alb')), ['error']],
  [
    'IP targets of the class',
    behind(
      target('instance'),
      classOf('ingress.k8s.aws/alb', 'parameters: { apiGroup: elbv2.k8s.aws, kind: IngressClassParams, name: alb }'),
      PARAMS,
    ),
    ['error'],
  ],
])('pods that admit no addresses, behind an ALB with %s', (_, manifests, found) => {
  expect(of('ingress/closed-backend', manifests)).toEqual(found);
});
