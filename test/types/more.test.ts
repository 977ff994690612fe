import { parseAllDocuments } from 'yaml';
import { find, type Manifest } from '../support/app';
import { app } from './more';

test('the program that exercises the types also runs', () => {
  const made = parseAllDocuments(app.synthYaml()).map((document) => document.toJS() as Manifest);
  expect(find(made, 'StatefulSet', 'mq').spec.template.spec.containers[0].tty).toBe(true);
  expect(find(made, 'Deployment', 'web').spec).toMatchObject({ paused: true, minReadySeconds: 3 });
  expect(find(made, 'Deployment', 'ours').metadata.labels.costCentre).toBe('42');
  expect(find(made, 'Deployment', 'ours').metadata.labels['app.kubernetes.io/name']).toBe('ours');
  expect(find(made, 'ScaledObject', 'w').spec.minReplicaCount).toBe(0);
  const [binding, policy] = ['RoleBinding', 'NetworkPolicy'].map((kind) =>
    made.find((m) => m.kind === kind && m.metadata.name.startsWith(kind === 'RoleBinding' ? 't-rb' : 't-np')),
  );
  expect(binding?.subjects).toMatchObject([{ kind: 'ServiceAccount', name: 'web', namespace: 't' }]);
  expect(policy?.spec.podSelector).toEqual({ matchLabels: { 'app.kubernetes.io/name': 'web' } });
  expect(policy?.spec.egress[0].to[0].podSelector).toEqual({ matchLabels: { 'app.kubernetes.io/name': 'mq' } });
});
