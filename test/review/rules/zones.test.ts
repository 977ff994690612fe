import { of, set, workload } from './support';

const ZONE = 'topology.kubernetes.io/zone';
const inZone = (zone: string, key = ZONE) =>
  `nodeAffinity: { required: { nodeSelectorTerms: [{ matchExpressions: [{ key: ${key}, operator: In, values: [${zone}] }] }] } }`;
const volume = (name: string, more: string, source = 'csi: { driver: ebs.csi.aws.com, volumeHandle: vol-1 }') =>
  `{ apiVersion: v1, kind: PersistentVolume, metadata: { name: ${name} }, spec: { ${source}, capacity: { storage: 1Gi }, accessModes: [ReadWriteOnce]${more && `, ${more}`} } }`;
const claim = (name: string, spec = `storageClassName: '', volumeName: ${name}`) =>
  `{ apiVersion: v1, kind: PersistentVolumeClaim, metadata: { name: ${name}, namespace: shop }, spec: { ${spec}, accessModes: [ReadWriteOnce], resources: { requests: { storage: 1Gi } } } }`;
const pod = (where: string, ...claims: string[]) =>
  workload({
    spec: 'replicas: 1, strategy: { type: Recreate }',
    pod: `${where}${where && ', '}volumes: [${claims.map((name) => `{ name: ${name}, persistentVolumeClaim: { claimName: ${name} } }`)}]`,
  });
const cluster = (zones: string) =>
  `{ apiVersion: eksctl.io/v1alpha5, kind: ClusterConfig, metadata: { name: prod, region: us-west-2 }, availabilityZones: [${zones}], managedNodeGroups: [{ name: workers, instanceType: m5.large }] }`;
const required = (...terms: string[]) =>
  `affinity: { nodeAffinity: { requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms: [${terms}] } } }`;
const term = (zones: string) => `{ matchExpressions: [{ key: ${ZONE}, operator: In, values: [${zones}] }] }`;
const data = [volume('data', inZone('us-west-2a')), claim('data')];
const logs = [volume('logs', inZone('us-west-2b')), claim('logs')];
const SELECTOR = ['error spec.template.spec.nodeSelector'];
const AFFINITY = ['error spec.template.spec.affinity.nodeAffinity'];

test.each([
  ['another zone by a selector', [...data, pod(`nodeSelector: { ${ZONE}: us-west-2b }`, 'data')], SELECTOR],
  ['another zone by an affinity', [...data, pod(required(term('us-west-2b'), term('us-west-2c')), 'data')], AFFINITY],
  [
    'the label of old',
    [...data, pod('nodeSelector: { failure-domain.beta.kubernetes.io/zone: us-west-2b }', 'data')],
    SELECTOR,
  ],
  ['volumes in two zones', [...data, ...logs, pod('', 'data', 'logs')], ['error spec.template.spec.volumes']],
  [
    'a class of another zone',
    [
      `{ apiVersion: storage.k8s.io/v1, kind: StorageClass, metadata: { name: own }, provisioner: ebs.csi.aws.com, allowedTopologies: [{ matchLabelExpressions: [{ key: ${ZONE}, values: [us-west-2a] }] }] }`,
      claim('data', 'storageClassName: own'),
      pod(`nodeSelector: { ${ZONE}: us-west-2b }`, 'data'),
    ],
    SELECTOR,
  ],
  ['its zone', [...data, pod(`nodeSelector: { ${ZONE}: us-west-2a }`, 'data')], []],
  ['a zone of several', [...data, pod(required(term('us-west-2b'), term('us-west-2a')), 'data')], []],
  ['any zone', [...data, pod('', 'data')], []],
  ['another label', [...data, pod('nodeSelector: { disk: fast }', 'data')], []],
  [
    'one of the terms without a zone',
    [...data, pod(required(term('us-west-2b'), '{ matchExpressions: [{ key: a, operator: Exists }] }'), 'data')],
    [],
  ],
  [
    'a volume of any zone',
    [volume('data', ''), claim('data'), pod(`nodeSelector: { ${ZONE}: us-west-2b }`, 'data')],
    [],
  ],
])('pods that require %s', (_what, objects, found) => {
  expect(of('zones/volume', set(...objects))).toEqual(found);
});

test('beside known nodes it is one finding', () => {
  const objects = [...data, pod(`nodeSelector: { ${ZONE}: us-west-2b }`, 'data')];
  const yaml = set(cluster('us-west-2a, us-west-2b'), ...objects);
  expect(of('zones/volume', yaml)).toEqual([]);
  expect(of('placement/unschedulable', yaml)).toHaveLength(1);
});

test.each([
  ['without a zone', [volume('data', '')], 1],
  ['without a zone, of the driver of old', [volume('data', '', 'awsElasticBlockStore: { volumeID: vol-1 }')], 1],
  ['with another condition', [volume('data', inZone('fast', 'disk'))], 1],
  ['with its zone', [volume('data', inZone('us-west-2a'))], 0],
  [
    'with the zone as the driver registers it',
    [volume('data', inZone('us-west-2a', 'topology.ebs.csi.aws.com/zone'))],
    0,
  ],
  ['with the id of its zone', [volume('data', inZone('usw2-az1', 'topology.k8s.aws/zone-id'))], 0],
  ['of a file system', [volume('data', '', 'csi: { driver: efs.csi.aws.com, volumeHandle: fs-1 }')], 0],
  [
    'that each node has by itself',
    [volume('data', '', "csi: { driver: ebs.csi.aws.com, volumeHandle: 'local-ebs://dev/xvdbz' }")],
    0,
  ],
  ['in a cluster of several zones', [cluster('us-west-2a, us-west-2b'), volume('data', '')], 1],
])('a volume of EBS %s', (_what, objects, count) => {
  expect(of('zones/static-volume', set(...objects))).toHaveLength(count);
});
