import { of, set, workload } from './support';

const RULE = 'storage/kept-scratch';
const storageClass = (reclaimPolicy: string) =>
  `{ apiVersion: storage.k8s.io/v1, kind: StorageClass, metadata: { name: fast }, provisioner: ebs.csi.aws.com, ${reclaimPolicy} }`;
const spec = '{ storageClassName: fast, accessModes: [ReadWriteOnce], resources: { requests: { storage: 1Gi } } }';
const ephemeral = `volumes: [{ name: a, ephemeral: { volumeClaimTemplate: { spec: ${spec} } } }, { name: b, ephemeral: { volumeClaimTemplate: { spec: ${spec} } } }]`;

test('a class that keeps volumes, for volumes of pods', () => {
  expect(of(RULE, set(storageClass('reclaimPolicy: Retain'), workload({ pod: ephemeral })))).toEqual([
    'warning spec.template.spec.volumes[0].ephemeral.volumeClaimTemplate.spec.storageClassName',
  ]);
});

test.each([
  ['a class that deletes them', set(storageClass('reclaimPolicy: Delete'), workload({ pod: ephemeral }))],
  ['a class that says nothing, which deletes them', set(storageClass('parameters: {}'), workload({ pod: ephemeral }))],
  ['a class that is elsewhere', workload({ pod: ephemeral })],
  [
    'volumes of members',
    set(
      storageClass('reclaimPolicy: Retain'),
      workload({
        kind: 'StatefulSet',
        spec: `replicas: 1, volumeClaimTemplates: [{ metadata: { name: a }, spec: ${spec} }]`,
      }),
    ),
  ],
])('%s is fine', (_, yaml) => {
  expect(of(RULE, yaml)).toEqual([]);
});
