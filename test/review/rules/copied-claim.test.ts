import { findingsIn, of, set, workload } from './support';

const RULE = 'storage/copied-claim';
const storageClass = (name: string, provisioner: string, parameters = '{}') =>
  `{ apiVersion: storage.k8s.io/v1, kind: StorageClass, metadata: { name: ${name} }, provisioner: ${provisioner}, parameters: ${parameters} }`;
const claim = (name: string, size = '20Gi', className = 'fast', more = '') =>
  `{ apiVersion: v1, kind: PersistentVolumeClaim, metadata: { name: ${name}, namespace: shop }, spec: { storageClassName: ${className}, accessModes: [ReadWriteOnce], resources: { requests: { storage: ${size} } }${more} } }`;
const source = (name: string, field = 'dataSource') => `, ${field}: { kind: PersistentVolumeClaim, name: ${name} }`;
const copy = (size?: string, className?: string, more = '') =>
  claim('copy', size, className, `${source('data')}${more}`);
const EBS = storageClass('fast', 'ebs.csi.aws.com', "{ type: gp3, encrypted: 'true' }");
const KEY = (id: string) =>
  `{ type: gp3, encrypted: 'true', kmsKeyId: 'arn:aws:kms:us-west-2:111122223333:key/${id}' }`;

test.each([
  ['that is smaller', set(EBS, claim('data'), copy('19Gi')), 'resources.requests.storage'],
  ['in blocks of a file system', set(EBS, claim('data'), copy('20Gi', 'fast', ', volumeMode: Block')), 'volumeMode'],
  [
    'of another driver',
    set(EBS, storageClass('other', 'disks.example.com'), claim('data', '20Gi', 'other'), copy()),
    'storageClassName',
  ],
  [
    'with another key',
    set(
      storageClass('fast', 'ebs.csi.aws.com', KEY('a')),
      storageClass('other', 'ebs.csi.aws.com', KEY('b')),
      claim('data', '20Gi', 'other'),
      copy(),
    ),
    'storageClassName',
  ],
  [
    'that is not encrypted',
    set(storageClass('fast', 'ebs.csi.aws.com', "{ encrypted: 'false' }"), claim('data'), copy()),
    'storageClassName',
  ],
  ['of files', set(storageClass('fast', 'efs.csi.aws.com'), claim('data'), copy()), 'storageClassName'],
])('a copy %s', (_, yaml, field) => {
  expect(of(RULE, yaml)).toEqual([`error spec.${field}`]);
});

test('a copy of the volume of a member, by a reference', () => {
  const member = (start: number) =>
    workload({
      kind: 'StatefulSet',
      name: 'store',
      spec: `replicas: 2, ordinals: { start: ${start} }, volumeClaimTemplates: [{ metadata: { name: data }, spec: { storageClassName: fast, accessModes: [ReadWriteOnce], resources: { requests: { storage: 20Gi } } } }]`,
    });
  const small = claim('copy', '10Gi', 'fast', source('data-store-2', 'dataSourceRef'));
  expect(of(RULE, set(EBS, member(1), small))).toEqual(['error spec.resources.requests.storage']);
  // it has the members 0 and 1, and nothing is known of the source
  expect(of(RULE, set(EBS, member(0), small))).toEqual([]);
});

test.each([
  ['of the same size', set(EBS, claim('data'), copy())],
  ['that is larger', set(EBS, claim('data'), copy('1Ti'))],
  [
    'of another class of the driver, with the same key',
    set(
      storageClass('fast', 'ebs.csi.aws.com', KEY('a')),
      storageClass('other', 'kubernetes.io/aws-ebs', KEY('a')),
      claim('data', '20Gi', 'other'),
      copy(),
    ),
  ],
  ['of a claim elsewhere', set(EBS, copy('1Gi'))],
  ['of a driver that nobody knows', set(storageClass('fast', 'disks.example.com'), claim('data'), copy())],
  [
    'of another kind',
    set(EBS, claim('data'), claim('copy', '1Gi', 'fast', source('data').replace('PersistentVolumeClaim', 'Archive'))),
  ],
  [
    'of another namespace',
    set(
      EBS,
      claim('data'),
      claim('copy', '1Gi', 'fast', ', dataSourceRef: { kind: PersistentVolumeClaim, name: data, namespace: other }'),
    ),
  ],
])('a copy %s is fine', (_, yaml) => {
  expect(of(RULE, yaml)).toEqual([]);
});

test('the message names both', () => {
  const found = findingsIn(set(EBS, claim('data'), copy('19Gi'))).find(({ rule }) => rule === RULE)!;
  expect(found.message).toContain("is a copy of 'data' and has 19Gi, less than its 20Gi");
  expect(found.fix).toBe('write 20Gi or more');
});
