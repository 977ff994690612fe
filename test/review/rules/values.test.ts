import { container, pod, said } from './pods';

const C = 'spec.containers[0]';

test.each([
  [container('imagePullPolicy: always'), [`error objects/values ${C}.imagePullPolicy`]],
  [container("imagePullPolicy: ''"), []],
  [container('ports: [{ containerPort: 80, protocol: tcp }]'), [`error objects/values ${C}.ports[0].protocol`]],
  [container('', 'dnsPolicy: Cluster'), ['error objects/values spec.dnsPolicy']],
  [container('', 'restartPolicy: never'), ['error objects/values spec.restartPolicy']],
  [container('', 'os: { name: darwin }'), ['error objects/values spec.os.name']],
  [container('', 'tolerations: [{ key: a, operator: Exist }]'), ['error objects/values spec.tolerations[0].operator']],
  [
    '{ apiVersion: v1, kind: Service, metadata: { name: a }, spec: { type: Loadbalancer, ports: [{ port: 80 }] } }',
    ['error objects/values spec.type'],
  ],
  [
    '{ apiVersion: v1, kind: PersistentVolumeClaim, metadata: { name: a }, spec: { accessModes: [ReadWrite] } }',
    ['error objects/values spec.accessModes[0]'],
  ],
  [
    '{ apiVersion: rbac.authorization.k8s.io/v1, kind: RoleBinding, metadata: { name: a }, roleRef: { kind: role, name: b } }',
    ['error objects/values roleRef.kind'],
  ],
  [
    '{ apiVersion: networking.k8s.io/v1, kind: NetworkPolicy, metadata: { name: a }, spec: { policyTypes: [ingress] } }',
    ['error objects/values spec.policyTypes[0]'],
  ],
  [
    '{ apiVersion: karpenter.sh/v1, kind: NodePool, metadata: { name: a }, spec: { disruption: { consolidationPolicy: Never } } }',
    ['warning objects/values spec.disruption.consolidationPolicy'],
  ],
  ['{ apiVersion: example.com/v1, kind: Widget, metadata: { name: a }, spec: { type: whatever } }', []],
])('%s', (yaml, expected) => {
  expect(said(yaml, 'objects')).toEqual(expected);
});

test('of a newer Kubernetes nothing is certain', () => {
  expect(said(container('imagePullPolicy: Sometimes'), 'objects', '1.40')).toEqual([
    `warning objects/values ${C}.imagePullPolicy`,
  ]);
});

test('one word in many containers is one finding', () => {
  const c = (name: string) => `{ name: ${name}, image: 'c:1', imagePullPolicy: always }`;
  expect(said(pod(`containers: [${c('a')}, ${c('b')}, ${c('c')}]`), 'objects')).toEqual([
    `error objects/values ${C}.imagePullPolicy`,
  ]);
});

test.each([
  ["{ apiVersion: v1, kind: ConfigMap, metadata: { name: a }, data: { 'a/b': c } }", "data['a/b']"],
  ['{ apiVersion: v1, kind: ConfigMap, metadata: { name: a }, data: { ..a: c } }', "data['..a']"],
  ['{ apiVersion: v1, kind: ConfigMap, metadata: { name: a }, binaryData: { a: hello } }', 'binaryData.a'],
  [
    '{ apiVersion: v1, kind: ConfigMap, metadata: { name: a }, data: { a: b }, binaryData: { a: aGVsbG8= } }',
    'binaryData.a',
  ],
  ['{ apiVersion: v1, kind: ConfigMap, metadata: { name: a }, data: { a.b_c-D: é } }', undefined],
  ['{ apiVersion: v1, kind: Secret, metadata: { name: a }, data: { a: aGVsbG8 } }', 'data.a'],
  ["{ apiVersion: v1, kind: Secret, metadata: { name: a }, data: { a: 'aGVs\n\nbG8=' } }", undefined],
  ["{ apiVersion: v1, kind: Secret, metadata: { name: a }, data: { a: '' } }", undefined],
  [
    '{ apiVersion: v1, kind: Secret, metadata: { name: a }, type: kubernetes.io/tls, stringData: { tls.crt: a } }',
    'data',
  ],
])('%s', (yaml, field) => {
  expect(said(yaml, 'objects')).toEqual(field ? [`error objects/data ${field}`] : []);
});

const service = (spec: string) => `{ apiVersion: v1, kind: Service, metadata: { name: a }, spec: { ${spec} } }`;
const PORT = 'ports: [{ port: 80 }]';
test.each([
  [`type: NodePort, clusterIP: None, ${PORT}`, 'spec.clusterIP'],
  ['type: ExternalName', 'spec.externalName'],
  ['type: ExternalName, externalName: https://a.b', 'spec.externalName'],
  ['type: ExternalName, externalName: a.b.', undefined],
  [`externalTrafficPolicy: Local, ${PORT}`, 'spec.externalTrafficPolicy'],
  [`type: NodePort, externalTrafficPolicy: Local, ${PORT}`, undefined],
  [`type: NodePort, loadBalancerClass: a/b, ${PORT}`, 'spec.loadBalancerClass'],
  ['ports: [{ port: 80, nodePort: 30080 }]', 'spec.ports[0].nodePort'],
  ['type: NodePort, ports: [{ port: 80, nodePort: 8080 }]', 'spec.ports[0].nodePort'],
  ['type: LoadBalancer, ports: [{ port: 80, nodePort: 30080 }]', undefined],
])('a Service { %s }', (spec, field) => {
  expect(said(service(spec), 'objects')).toEqual(field ? [`error objects/service-type ${field}`] : []);
});

test.each([
  [
    'securityContext: { allowPrivilegeEscalation: false, capabilities: { add: [CAP_SYS_ADMIN] } }',
    '',
    `${C}.securityContext.capabilities`,
  ],
  ['securityContext: { allowPrivilegeEscalation: false, capabilities: { add: [SYS_ADMIN] } }', '', undefined],
  ['securityContext: { runAsUser: -1 }', '', `${C}.securityContext.runAsUser`],
  ['', 'securityContext: { fsGroup: -1 }', 'spec.securityContext.fsGroup'],
  ['securityContext: { runAsUser: 0 }', 'securityContext: { runAsNonRoot: true }', `${C}.securityContext.runAsUser`],
  ['securityContext: { runAsUser: 0, runAsNonRoot: false }', 'securityContext: { runAsNonRoot: true }', undefined],
  ['securityContext: { runAsUser: 1 }', 'securityContext: { runAsNonRoot: true, runAsUser: 0 }', undefined],
])('{ %s } in a pod with { %s }', (fields, spec, field) => {
  expect(said(container(fields === '' ? 'tty: false' : fields, spec), 'containers')).toEqual(
    field ? [`error containers/security-context ${field}`] : [],
  );
});

const spread = (more: string) =>
  `topologySpreadConstraints: [{ topologyKey: a, whenUnsatisfiable: ScheduleAnyway, ${more} }]`;
test.each([
  ['tolerations: [{ operator: Exists }]', undefined],
  ['tolerations: [{ value: a }]', 'tolerations[0].operator'],
  ['tolerations: [{ key: a, value: b, tolerationSeconds: 5 }]', 'tolerations[0].effect'],
  [spread('maxSkew: 1'), undefined],
  [spread('maxSkew: 0'), 'topologySpreadConstraints[0].maxSkew'],
  [spread('maxSkew: 1, minDomains: 3'), 'topologySpreadConstraints[0].minDomains'],
  [
    'topologySpreadConstraints: [{ maxSkew: 1, topologyKey: "", whenUnsatisfiable: ScheduleAnyway }]',
    'topologySpreadConstraints[0].topologyKey',
  ],
])('{ %s }', (spec, field) => {
  expect(said(container('tty: false', spec), 'placement')).toEqual(
    field ? [`error placement/terms spec.${field}`] : [],
  );
});
