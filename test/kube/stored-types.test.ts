import { STORED_KINDS, STORED_STRUCTS } from '../../kube/stored/generated';
import { type StoredField, type StoredStruct, type StoredType, storedKind } from '../../kube/stored/types';

function fieldOf(apiVersion: string, kind: string, ...path: string[]): StoredField {
  let struct = storedKind(apiVersion, kind)!;
  let field: StoredField | undefined;
  for (const name of path) {
    field = struct.fields.get(name)!;
    struct = (field.type.kind === 'list' || field.type.kind === 'map' ? field.type.of : field.type) as StoredStruct;
  }
  return field!;
}

test('every kind can be read, to its last struct', () => {
  const seen = new Set<StoredType>();
  const visit = (type: StoredType): void => {
    if (seen.has(type)) {
      return;
    }
    seen.add(type);
    if (type.kind === 'list' || type.kind === 'map') {
      visit(type.of);
    } else if (type.kind === 'struct') {
      [...type.fields.values()].forEach((field) => {
        visit(field.type);
      });
    }
  };
  for (const key of Object.keys(STORED_KINDS)) {
    const at = key.lastIndexOf('/');
    const type = storedKind(key.slice(0, at), key.slice(at + 1))!;
    expect(type.fields.get('metadata')?.type).toMatchObject({ kind: 'struct', name: 'ObjectMeta' });
    visit(type);
  }
  const structs = [...seen].filter((type): type is StoredStruct => type.kind === 'struct');
  expect(new Set(structs.map(({ name }) => name))).toEqual(new Set(Object.keys(STORED_STRUCTS)));
  for (const { name, fields } of structs) {
    expect([name, fields.size]).toEqual([name, (STORED_STRUCTS[name]!.match(/:/g) ?? []).length]);
  }
});

test('custom resources are unknown', () => {
  expect(storedKind('argoproj.io/v1alpha1', 'Rollout')).toBeUndefined();
  expect(storedKind('v1', 'toString')).toBeUndefined();
});

test('what is kept though empty, written though not given, and merged', () => {
  const deployment = (...path: string[]) => fieldOf('apps/v1', 'Deployment', 'spec', ...path);
  expect(deployment('replicas')).toMatchObject({ keepsEmpty: true, always: false, type: { kind: 'number' } });
  expect(deployment('minReadySeconds')).toMatchObject({ keepsEmpty: false, always: false });
  expect(deployment('template')).toMatchObject({ always: true, type: { name: 'PodTemplateSpec' } });
  expect(deployment('strategy').patch).toEqual({ retainsKeys: true });
  const pod = (...path: string[]) => deployment('template', 'spec', ...path);
  expect(pod('containers')).toMatchObject({ always: false, patch: { key: 'name' } });
  expect(pod('volumes').patch).toEqual({ key: 'name', retainsKeys: true });
  expect(pod('tolerations').patch).toBeUndefined();
  expect(pod('overhead').type).toEqual({ kind: 'map', of: { kind: 'quantity' } });
  expect(pod('containers', 'resources')).toMatchObject({ always: true, keepsEmpty: false });
  expect(pod('containers', 'name')).toMatchObject({ always: true });
  expect(pod('containers', 'livenessProbe', 'httpGet', 'port')).toMatchObject({
    always: true,
    type: { kind: 'number or string' },
  });
  expect(fieldOf('v1', 'ConfigMap', 'metadata', 'finalizers').patch).toEqual({ key: '' });
  expect(fieldOf('policy/v1', 'PodDisruptionBudget', 'spec', 'selector').patch).toEqual({ replaces: true });
  expect(fieldOf('rbac.authorization.k8s.io/v1', 'Role', 'rules').always).toBe(false);
});
