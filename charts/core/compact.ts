import type { ApiObject } from 'cdk8s';
import type { IConstruct } from 'constructs';

/** Private members of the node of a construct, and of an object and its metadata. */
interface Scopes {
  _scopes?: readonly IConstruct[];
}
interface Parts {
  patches: readonly unknown[];
  readonly metadata: { readonly labels?: object; readonly _additionalAttributes?: { labels?: object } };
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

/**
 * Trims an object that has just been made, with no patches yet: hardly one gets any. Its metadata has a second copy of
 * the labels, which the first hides from all that read them.
 */
export function compact(object: ApiObject): void {
  trimScopes(object);
  const parts = object as unknown as Parts;
  parts.patches = [];
  const { labels, _additionalAttributes } = parts.metadata;
  if (_additionalAttributes !== undefined && labels !== undefined) {
    _additionalAttributes.labels = labels;
  }
}
