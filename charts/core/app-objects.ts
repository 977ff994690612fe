import { ApiObject } from 'cdk8s';
import type { IConstruct } from 'constructs';
import { hasInvalidQuantities } from '../../kube/counted-quantities';
import { Inventory } from '../../kube/inventory';
import type { Manifest } from '../../kube/objects';
import { firstUnfit } from '../../kube/plain-data';
import { loadInventory, type SourceDocument } from '../../review/load';
import { runRules } from '../../review/review';
import type { ExistingObject } from '../../review/rule';
import { rule as invalidQuantity } from '../../review/rules/quantities/invalid';
import { AppSlot } from './app-state';
import { Check } from './check';
import { ManifestError } from './errors';
import { KubeObject } from './kube-object';
import { cached, forget } from './render-cache';

/** Every construct of an app, parents first. Found once per synthesis. */
export function constructsOf(root: IConstruct): readonly IConstruct[] {
  return cached(root, 'constructs', () => root.node.findAll());
}

/** Every object of an app. */
export function apiObjectsOf(root: IConstruct): readonly ApiObject[] {
  return cached(root, 'objects', () => constructsOf(root).filter((construct) => ApiObject.isApiObject(construct)));
}

/** The manifest that all readers of one synthesis share; must not be changed. */
export function manifestOf(object: ApiObject): Manifest {
  const construct: unknown = object;
  if (construct instanceof KubeObject) {
    return construct.manifest() as Manifest;
  }
  const manifest: unknown = object.toJson();
  const unfit = firstUnfit(manifest);
  if (unfit) {
    throw Check.of(object).error('invalid', unfit.field, unfit.problem, unfit.fix);
  }
  return manifest as Manifest;
}

/**
 * The objects of an app that are applied. An object that cannot be rendered is missing: its error is reported when its
 * file is made. A synthesis gives its own, which knows the files.
 */
export function inventoryOf(root: IConstruct, make: () => Inventory = () => rendered(root)): Inventory {
  return cached(root, 'inventory', make);
}

/** Lets go of the inventory, with all that rules have kept in it, which takes more than the manifests. */
export function releaseInventory(root: IConstruct): void {
  forget(root, 'inventory');
}

function rendered(root: IConstruct): Inventory {
  const documents = apiObjectsOf(root).map((object): SourceDocument => {
    const origin = { construct: object.node.path };
    try {
      return { value: manifestOf(object), origin };
    } catch {
      return { value: undefined, origin };
    }
  });
  return loadInventory(documents);
}

const existing = new AppSlot<ExistingObject[]>('existing', () => []);

/** Declares that an object is in the cluster already, or appears there without the app, so that others may refer to it. */
export function declareExisting(construct: IConstruct, ...objects: readonly ExistingObject[]): void {
  existing.of(construct).push(...objects);
}

export function existingObjects(root: IConstruct): readonly ExistingObject[] {
  return existing.of(root);
}

/** The manifests of objects whose quantities are added. Throws for invalid quantities, each with its object and field. */
export function countedManifests(inventory: Inventory): Manifest[] {
  const { objects } = inventory;
  if (hasInvalidQuantities(inventory)) {
    throw new ManifestError(...runRules({ inventory: new Inventory(objects) }, [invalidQuantity]));
  }
  return objects.map(({ manifest }) => manifest);
}
