import { type Shape, shapeOfKind } from '../../kube/shapes/shape';
import { keyPath } from '../../kube/text';

/** Where a workload of Kubernetes has a field of a name, as 'spec.template.spec.imagePullSecrets'; undefined for other names. */
export function placeOfField(name: string): string | undefined {
  const pod = 'spec.template.spec';
  const container = `${pod}.containers[0]`;
  for (const place of [pod, container, `${container}.lifecycle`, `${pod}.securityContext`, 'spec']) {
    const shape = shapeAt(place);
    if (shape?.kind === 'struct' && shape.fields.has(name)) {
      return keyPath(place, name);
    }
  }
  return undefined;
}

function shapeAt(place: string): Shape | undefined {
  let shape: Shape | undefined = shapeOfKind('apps/v1', 'Deployment');
  for (const key of place.replace('[0]', '').split('.')) {
    shape = shape?.kind === 'struct' ? shape.fields.get(key) : undefined;
    shape = shape?.kind === 'list' ? shape.of : shape;
  }
  return shape;
}
