import { verdictOf, withSpec } from './objects';

const service = (spec: object) =>
  withSpec('v1', 'Service', { ports: [{ port: 80 }], selector: { app: 'web' }, ...spec });
const NAME = { type: 'ExternalName', externalName: 'a', ports: undefined };
const LOCAL = { type: 'LoadBalancer', externalTrafficPolicy: 'Local' };
const DNS = [
  { name: 'tcp', port: 53 },
  { name: 'udp', port: 53, protocol: 'UDP' },
];

test.each<readonly [string, object, object, object]>([
  ['no address', {}, { clusterIP: 'None' }, { verdict: 'refused', refused: ['spec.clusterIPs[0]'] }],
  [
    'an address',
    { clusterIP: 'None' },
    { clusterIP: '10.0.0.1' },
    { verdict: 'refused', refused: ['spec.clusterIPs[0]'] },
  ],
  [
    'another address',
    { clusterIP: '10.0.0.1' },
    { clusterIP: '10.0.0.2' },
    { verdict: 'refused', refused: ['spec.clusterIPs[0]'] },
  ],
  [
    'its address',
    {},
    { clusterIP: '10.0.0.1' },
    {
      verdict: 'depends',
      refused: [],
      condition: 'the cluster has to have given the Service this very address, since it cannot change',
    },
  ],
  ['any address', { clusterIP: 'None' }, {}, { verdict: 'unchanged', refused: [] }],
  [
    'ports of nodes',
    {},
    { type: 'NodePort' },
    { verdict: 'updated', fields: ['spec.type', 'spec.externalTrafficPolicy'] },
  ],
  [
    'ports of nodes without an address',
    { clusterIP: 'None' },
    { type: 'NodePort' },
    { verdict: 'refused', refused: ['spec.clusterIPs[0]'] },
  ],
  [
    'a name',
    {},
    NAME,
    {
      verdict: 'updated',
      refused: [],
      fields: expect.arrayContaining([
        'spec.externalName',
        'spec.ipFamilyPolicy',
        'spec.type',
        'spec.internalTrafficPolicy',
      ]),
    },
  ],
  ['an address instead of a name', NAME, { clusterIP: 'None' }, { verdict: 'updated', refused: [] }],
  ['no name', NAME, {}, { verdict: 'updated', refused: [] }],
  [
    'no load balancer',
    { type: 'LoadBalancer' },
    {},
    { verdict: 'updated', fields: ['spec.type', 'spec.externalTrafficPolicy', 'spec.allocateLoadBalancerNodePorts'] },
  ],
  [
    'who makes the load balancer',
    { type: 'LoadBalancer' },
    { type: 'LoadBalancer', loadBalancerClass: 'a.b/c' },
    { verdict: 'refused', refused: ['spec.loadBalancerClass'] },
  ],
  ['a load balancer of a class', {}, { type: 'LoadBalancer', loadBalancerClass: 'a.b/c' }, { verdict: 'updated' }],
  [
    'the port for health checks',
    LOCAL,
    { ...LOCAL, healthCheckNodePort: 30000 },
    {
      verdict: 'depends',
      condition: 'the cluster has to have given the Service this very port for health checks, since it cannot change',
    },
  ],
  [
    'another port for health checks',
    { ...LOCAL, healthCheckNodePort: 30000 },
    { ...LOCAL, healthCheckNodePort: 30001 },
    { verdict: 'refused', refused: ['spec.healthCheckNodePort'] },
  ],
  [
    'the port for health checks is no longer said',
    { ...LOCAL, healthCheckNodePort: 30000 },
    LOCAL,
    { verdict: 'unchanged' },
  ],
  [
    'the other family',
    { ipFamilies: ['IPv4'] },
    { ipFamilies: ['IPv6'] },
    { verdict: 'refused', refused: ['spec.ipFamilies[0]'] },
  ],
  [
    'the other family without an address',
    { clusterIP: 'None', ipFamilies: ['IPv4'] },
    { clusterIP: 'None', ipFamilies: ['IPv6'] },
    { verdict: 'updated' },
  ],
  ['families are no longer said', { ipFamilyPolicy: 'PreferDualStack' }, {}, { verdict: 'unchanged' }],
  [
    'ports of one number change places',
    { ports: DNS },
    { ports: [...DNS].reverse() },
    { verdict: 'refused', refused: ['spec.ports[1].name', 'spec.ports[1]'] },
  ],
  [
    'the first of two ports of one number goes',
    { ports: DNS },
    { ports: [DNS[1]] },
    { verdict: 'refused', refused: ['spec.ports'] },
  ],
  [
    'a port',
    {
      ports: [
        { name: 'a', port: 80 },
        { name: 'b', port: 81 },
      ],
    },
    { ports: [{ name: 'b', port: 81 }] },
    { verdict: 'updated', fields: ['spec.ports[0]'] },
  ],
  [
    'a port of the node',
    { type: 'NodePort', ports: [{ port: 80, nodePort: 30000 }] },
    { type: 'NodePort' },
    { verdict: 'unchanged' },
  ],
  [
    'another number',
    { type: 'NodePort', ports: [{ port: 80, nodePort: 30000 }] },
    { type: 'NodePort', ports: [{ port: 81 }] },
    { verdict: 'updated', fields: ['spec.ports[0]', 'spec.ports[0]'] },
  ],
  [
    'no ports of nodes',
    { type: 'NodePort', ports: [{ port: 80, nodePort: 30000 }] },
    {},
    { verdict: 'updated', fields: expect.arrayContaining(['spec.ports[0].nodePort']) },
  ],
])('of a Service: %s', (_, before, after, expected) => {
  expect(verdictOf(service(before), service(after))).toMatchObject(expected);
});

const claim = (spec: object, storage = '10Gi') =>
  withSpec('v1', 'PersistentVolumeClaim', {
    accessModes: ['ReadWriteOnce'],
    resources: { requests: { storage } },
    ...spec,
  });
const SNAPSHOT = { apiGroup: 'snapshot.storage.k8s.io', kind: 'VolumeSnapshot', name: 'a' };
const csi = (more: object) => ({ csi: { driver: 'a', volumeHandle: 'b', ...more } });
const AFFINITY = { required: { nodeSelectorTerms: [{ matchExpressions: [{ key: 'a', operator: 'Exists' }] }] } };
const volume = (spec: object) => withSpec('v1', 'PersistentVolume', { capacity: { storage: '1Gi' }, ...spec });

test.each([
  ['the same size', claim({}), claim({}, '10240Mi'), { verdict: 'unchanged' }],
  [
    'a larger size',
    claim({}),
    claim({}, '20Gi'),
    { verdict: 'depends', condition: expect.stringContaining('allowVolumeExpansion') },
  ],
  ['a smaller size', claim({}), claim({}, '5Gi'), { refused: ['spec.resources.requests.storage'] }],
  ['another class', claim({ storageClassName: 'a' }), claim({ storageClassName: 'b' }), { refused: ['spec'] }],
  ['no class', claim({ storageClassName: 'a' }), claim({}), { refused: ['spec'] }],
  [
    'a class',
    claim({}),
    claim({ storageClassName: 'b' }),
    { verdict: 'depends', condition: expect.stringContaining('default StorageClass') },
  ],
  [
    'a volume',
    claim({}),
    claim({ volumeName: 'b' }),
    { verdict: 'depends', condition: 'the claim must not be bound to another volume' },
  ],
  [
    'an attributes class',
    claim({}),
    claim({ volumeAttributesClassName: 'a' }),
    { verdict: 'depends', condition: expect.stringContaining('attributes class') },
  ],
  ['the mode of a claim', claim({}), claim({ volumeMode: 'Block' }), { refused: ['spec', 'volumeMode'] }],
  ['how a claim is used', claim({}), claim({ accessModes: ['ReadWriteMany'] }), { refused: ['spec'] }],
  [
    'a limit',
    claim({}),
    claim({ resources: { requests: { storage: '10Gi' }, limits: { storage: '20Gi' } } }),
    { refused: ['spec'] },
  ],
  [
    'what a claim is filled from',
    claim({ dataSource: SNAPSHOT }),
    claim({ dataSource: { kind: 'Other', name: 'a' } }),
    { refused: ['spec', 'spec.dataSource'] },
  ],
  [
    'half a source',
    claim({ dataSource: SNAPSHOT }),
    claim({ dataSource: { apiGroup: SNAPSHOT.apiGroup } }),
    { refused: ['spec', 'spec.dataSource.kind', 'spec.dataSource.name'] },
  ],
  [
    'what a volume is made of',
    volume({ hostPath: { path: '/a' } }),
    volume({ nfs: { server: 'a', path: '/a' } }),
    { refused: ['spec.persistentvolumesource'] },
  ],
  [
    'a secret to grow with',
    volume(csi({})),
    volume(csi({ controllerExpandSecretRef: { name: 'a' } })),
    { verdict: 'updated' },
  ],
  [
    'another one',
    volume(csi({ controllerExpandSecretRef: { name: 'a' } })),
    volume(csi({ controllerExpandSecretRef: { name: 'b' } })),
    { refused: ['spec.persistentvolumesource'] },
  ],
  [
    'the secret of another source',
    volume({ hostPath: { path: '/a' } }),
    volume(csi({ controllerExpandSecretRef: { name: 'a' } })),
    { refused: ['spec.persistentvolumesource'] },
  ],
  [
    'how a volume is claimed',
    volume({}),
    volume({ accessModes: ['ReadOnlyMany'], claimRef: { name: 'a' }, mountOptions: ['ro'], storageClassName: 'a' }),
    { verdict: 'updated' },
  ],
  ['the mode of a volume', volume({}), volume({ volumeMode: 'Block' }), { refused: ['volumeMode'] }],
  ['the nodes of a volume', volume({}), volume({ nodeAffinity: AFFINITY }), { verdict: 'updated' }],
  ['no nodes of a volume', volume({ nodeAffinity: AFFINITY }), volume({}), { refused: ['nodeAffinity'] }],
  [
    'the attributes of a volume',
    volume({ volumeAttributesClassName: 'a' }),
    volume({}),
    { refused: ['spec.volumeAttributesClassName'] },
  ],
  [
    'how large a volume is',
    volume({}),
    volume({ capacity: { storage: '2Gi' }, persistentVolumeReclaimPolicy: 'Delete' }),
    { verdict: 'updated' },
  ],
])('of storage: %s', (_, old, next, expected) => {
  expect(verdictOf(old, next)).toMatchObject(expected);
});
