import * as fs from 'node:fs';
import * as path from 'node:path';
import { type Shape, type Struct, shapeOfKind } from '../../kube/shapes/shape';
import { REPOSITORY } from '../app/support';
import { callAll } from '../support/script-module';

/** The shape at the end of a path of fields; 'of' is the item of a list, or the value of a map. */
function at(shape: Shape | undefined, fields: readonly string[]): string | undefined {
  return fields.reduce<Shape | undefined>(
    (found, field) => (field === 'of' ? (found as { of: Shape }).of : (found as Struct).fields.get(field)),
    shape,
  )?.kind;
}

test.each<[string, string, string, string | undefined]>([
  ['apps/v1', 'Deployment', 'spec.template.spec.containers', 'list'],
  ['apps/v1', 'Deployment', 'spec.template.spec.containers.of.ports.of.containerPort', 'number'],
  ['apps/v1', 'Deployment', 'spec.template.spec.containers.of.livenessProbe.httpGet.port', 'string or number'],
  ['apps/v1', 'Deployment', 'spec.template.spec.containers.of.resources.requests.of', 'string or number'],
  ['apps/v1', 'StatefulSet', 'spec.volumeClaimTemplates.of.spec.accessModes.of', 'string'],
  ['v1', 'Service', 'spec.selector', 'map'],
  ['v1', 'Service', 'spec.type', 'string'],
  ['v1', 'Pod', 'spec.hostNetwork', 'boolean'],
  ['karpenter.sh/v1', 'NodePool', 'spec.template.spec.requirements.of.values.of', 'string'],
  ['keda.sh/v1alpha1', 'ScaledObject', 'spec.triggers.of.metadata', 'map'],
  ['eks.amazonaws.com/v1', 'NodeClass', 'spec', 'struct'],
  ['example.com/v1', 'Thing', 'metadata.labels.of', 'string'],
  ['example.com/v1', 'Thing', 'spec', undefined],
])('of a %s %s, %s is a %s', (apiVersion, kind, field, shape) => {
  expect(at(shapeOfKind(apiVersion, kind), field.split('.'))).toBe(shape);
});

test('the table is made of the imports as they are', async () => {
  const committed = fs.readFileSync(path.join(REPOSITORY, 'kube/shapes/generated.ts'), 'utf8');
  const [source] = await callAll('scripts/import-shapes.mjs', [['shapesSource']]);
  expect(source).toBe(committed);
}, 60_000);
