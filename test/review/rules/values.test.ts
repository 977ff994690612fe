import { container, pod, said } from './support';

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
