import { findingsIn, of, set, workload } from './support';

const RULE = 'storage/attributes-class';
const attributes = (parameters: string, driver = 'ebs.csi.aws.com') =>
  `{ apiVersion: storage.k8s.io/v1, kind: VolumeAttributesClass, metadata: { name: faster }, driverName: ${driver}, parameters: ${parameters} }`;
const claim = (name: string, className = 'fast') =>
  `{ apiVersion: v1, kind: PersistentVolumeClaim, metadata: { name: data, namespace: shop }, spec: { storageClassName: ${className}, volumeAttributesClassName: ${name}, accessModes: [ReadWriteOnce], resources: { requests: { storage: 1Gi } } } }`;
const fast = (provisioner: string) =>
  `{ apiVersion: storage.k8s.io/v1, kind: StorageClass, metadata: { name: fast }, provisioner: ${provisioner} }`;

test.each([
  ['{ type: gp3 }', []],
  ["{ type: io2, iops: '256000' }", []],
  ["{ iops: '1' }", []],
  ["{ type: gp3, iops: '3000', throughput: '2000' }", []],
  ["{ type: gp3, tagSpecification_1: 'team=books', tagDeletion_1: old }", []],
  ['{ type: gp33 }', ['error parameters.type']],
  ['{ volumeType: fast }', ['error parameters.volumeType']],
  ["{ type: gp3, iops: '2999' }", ['error parameters.iops']],
  ["{ type: gp3, throughput: '2001' }", ['error parameters.throughput']],
  ["{ type: st1, iops: '500' }", ['error parameters.iops']],
  ["{ iops: '5k' }", ['error parameters.iops']],
  ["{ Iops: '5000' }", ['warning parameters.Iops']],
  ["{ encrypted: 'true' }", ['warning parameters.encrypted']],
])('parameters %s', (parameters, expected) => {
  expect(of(RULE, attributes(parameters))).toEqual(expected);
});

test('parameters of another driver are its own', () => {
  expect(of(RULE, attributes('{ tier: gold }', 'disks.example.com'))).toEqual([]);
});

test('a claim, and the claims of members, name a class that is there', () => {
  const members = workload({
    kind: 'StatefulSet',
    name: 'store',
    spec: 'replicas: 1, volumeClaimTemplates: [{ metadata: { name: data }, spec: { volumeAttributesClassName: faster, accessModes: [ReadWriteOnce], resources: { requests: { storage: 1Gi } } } }]',
  });
  expect(of(RULE, claim('faster'))).toEqual(['warning spec.volumeAttributesClassName']);
  expect(of(RULE, members)).toEqual(['warning spec.volumeClaimTemplates[0].spec.volumeAttributesClassName']);
  expect(of(RULE, set(attributes('{ type: gp3 }'), claim('faster'), members))).toEqual([]);
  expect(of(RULE, claim("''"))).toEqual([]);
  const declared = [{ kind: 'VolumeAttributesClass', namespace: '', name: 'faster' }];
  expect(of(RULE, claim('faster'), declared)).toEqual([]);
});

test('the class is of the driver of the volume', () => {
  const by = (driver: string, provisioner: string) =>
    of(RULE, set(attributes('{ type: gp3 }', driver), fast(provisioner), claim('faster')));
  expect(by('ebs.csi.eks.amazonaws.com', 'ebs.csi.aws.com')).toEqual(['error spec.volumeAttributesClassName']);
  expect(by('ebs.csi.aws.com', 'ebs.csi.aws.com')).toEqual([]);
  expect(by('ebs.csi.aws.com', 'kubernetes.io/aws-ebs')).toEqual([]);
});

test('the fix has the near name, of a parameter and of a class', () => {
  const fixOf = (yaml: string) => findingsIn(yaml).find(({ rule }) => rule === RULE)!.fix;
  expect(fixOf(attributes("{ Iops: '5000' }"))).toBe('write iops');
  expect(fixOf(attributes("{ encrypted: 'true' }"))).toBe('delete it');
  expect(fixOf(set(attributes('{ type: gp3 }'), claim('fastr')))).toContain("write 'faster'");
  expect(fixOf(claim('faster'))).toContain('add it');
});
