import { Inventory, inventoryObject, ofKindsInOrder } from '../../kube/inventory';

const object = (apiVersion: string, kind: string, name: string, namespace = 'shop') =>
  inventoryObject({ apiVersion, kind, metadata: { name, namespace } }, {});

const named = (objects: readonly { readonly manifest: { readonly metadata: { readonly name?: string } } }[]) =>
  objects.map(({ manifest }) => manifest.metadata.name);

describe('objects by their kind', () => {
  const inventory = new Inventory([
    object('autoscaling/v1', 'HorizontalPodAutoscaler', 'a'),
    object('apps/v1', 'Deployment', 'b'),
    object('autoscaling/v2', 'HorizontalPodAutoscaler', 'c'),
    object('autoscaling/v1', 'HorizontalPodAutoscaler', 'd'),
    object('apps/v1', 'StatefulSet', 'e'),
    object('apps/v1', 'Deployment', 'f'),
  ]);

  test('those of several versions are in the order of the set', () => {
    expect(named(inventory.ofKind('HorizontalPodAutoscaler', 'autoscaling'))).toEqual(['a', 'c', 'd']);
    expect(inventory.ofKind('HorizontalPodAutoscaler', 'apps')).toEqual([]);
  });

  test('those of several kinds are in the order of the set', () => {
    expect(named(ofKindsInOrder(inventory, ({ apiVersion }) => apiVersion === 'apps/v1'))).toEqual(['b', 'e', 'f']);
    expect(named(ofKindsInOrder(inventory, ({ kind }) => kind === 'Deployment'))).toEqual(['b', 'f']);
    expect(ofKindsInOrder(inventory, () => false)).toEqual([]);
  });

  test('an object of another version replaces the one of its name', () => {
    const again = object('autoscaling/v2', 'HorizontalPodAutoscaler', 'a');
    const elsewhere = object('apps/v1', 'Deployment', 'b', 'other');
    const { duplicates } = new Inventory([...inventory.objects, elsewhere, again]);
    expect(duplicates).toEqual([[inventory.objects[0], again]]);
    expect(inventory.duplicates).toEqual([]);
  });
});
