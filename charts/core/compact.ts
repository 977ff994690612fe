import type { ApiObject } from 'cdk8s';
import type { IConstruct } from 'constructs';

/** A private member of the node of a construct, and one of an object: lists with room for more than is added. */
interface Scopes {
  _scopes?: readonly IConstruct[];
}
interface Patches {
  patches: readonly unknown[];
}

/**
 * Gives back the room in the list of the scopes of a construct, which never grows. It is made by a spread and one item more,
 * which leaves room for sixteen, and an app has such a list for each of its objects.
 */
export function trimScopes(construct: IConstruct): void {
  const node = construct.node as unknown as Scopes;
  // absent in versions that walk up the tree
  if (node._scopes !== undefined) {
    node._scopes = node._scopes.slice();
  }
}

/** Likewise for an object that has just been made, with no patches yet: hardly one gets any. */
export function compact(object: ApiObject): void {
  trimScopes(object);
  (object as unknown as Patches).patches = [];
}
