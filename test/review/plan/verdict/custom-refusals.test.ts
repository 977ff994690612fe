import { verdictOf, withSpec } from './objects';

const pool = (spec: object) => withSpec('karpenter.sh/v1', 'NodePool', spec);
const reference = (nodeClassRef: object) => ({ template: { spec: { nodeClassRef } } });
const snapshot = (source: object) => withSpec('snapshot.storage.k8s.io/v1', 'VolumeSnapshot', { source });
const content = (spec: object) => withSpec('snapshot.storage.k8s.io/v1', 'VolumeSnapshotContent', spec);
const graph = (schema: object) => withSpec('kro.run/v1alpha1', 'ResourceGraphDefinition', { schema });

test.each([
  [
    withSpec('argoproj.io/v1alpha1', 'Rollout', { selector: { a: 'b' } }),
    withSpec('argoproj.io/v1alpha1', 'Rollout', { selector: { a: 'c' } }),
    ['spec.selector'],
  ],
  [
    withSpec('argoproj.io/v1alpha1', 'Rollout', { selector: { a: 'b' } }),
    withSpec('argoproj.io/v1alpha1', 'Rollout', { replicas: 2 }),
    [],
  ],
  [
    withSpec('eks.amazonaws.com/v1', 'NodeClass', { role: 'a' }),
    withSpec('eks.amazonaws.com/v1', 'NodeClass', { role: 'b' }),
    ['spec.role'],
  ],
  [
    withSpec('gateway.networking.k8s.io/v1', 'GatewayClass', { controllerName: 'a' }),
    withSpec('gateway.networking.k8s.io/v1', 'GatewayClass', { controllerName: 'b' }),
    ['spec.controllerName'],
  ],
  [withSpec('karpenter.sh/v1', 'NodeClaim', { a: 1 }), withSpec('karpenter.sh/v1', 'NodeClaim', { a: 2 }), ['spec']],
  [pool({ weight: 1 }), pool({ weight: 2 }), []],
  [pool({}), pool({ replicas: 1 }), ['spec']],
  [pool({ replicas: 1 }), pool({}), ['spec']],
  [pool({ replicas: 1 }), pool({ replicas: 2 }), []],
  [pool(reference({ group: 'a' })), pool(reference({ group: 'b' })), ['spec.template.spec.nodeClassRef']],
  [pool(reference({ kind: 'a' })), pool(reference({ kind: 'b' })), ['spec.template.spec.nodeClassRef']],
  [pool(reference({ name: 'a' })), pool(reference({ name: 'b' })), []],
  [
    snapshot({ persistentVolumeClaimName: 'a' }),
    snapshot({ persistentVolumeClaimName: 'b' }),
    ['spec.source.persistentVolumeClaimName'],
  ],
  [snapshot({ volumeSnapshotContentName: 'a' }), snapshot({ persistentVolumeClaimName: 'b' }), ['spec.source']],
  [
    content({ source: { snapshotHandle: 'a' } }),
    content({ source: { snapshotHandle: 'b' } }),
    ['spec.source.snapshotHandle'],
  ],
  [content({ source: { volumeHandle: 'a' } }), content({ source: {} }), ['spec.source']],
  [content({ sourceVolumeMode: 'a' }), content({}), ['spec']],
  [content({ sourceVolumeMode: 'a' }), content({ sourceVolumeMode: 'b' }), ['spec.sourceVolumeMode']],
  [graph({ apiVersion: 'a' }), graph({ apiVersion: 'b' }), ['spec.schema.apiVersion']],
  [
    graph({ kind: 'a', group: 'a', scope: 'a' }),
    graph({ kind: 'b', group: 'b', scope: 'b' }),
    ['spec.schema.group', 'spec.schema.kind', 'spec.schema.scope'],
  ],
])('%j to %j', (old, next, refused) => {
  expect(verdictOf(old, next).refused).toEqual(refused);
});

test('a version of the group more is the same kind', () => {
  const beta = (role: string) => withSpec('eks.amazonaws.com/v2', 'NodeClass', { role });
  expect(verdictOf(beta('a'), beta('b')).refused).toEqual(['spec.role']);
});
