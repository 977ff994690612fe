import type { ObjectReference } from '../../kube/finding';
import { groupOf } from '../../kube/kinds';

/** The arguments that name an object: 'deployment.apps/web -n shop'; with the group, since two groups can have the kind. */
export function kubectlName({ apiVersion, kind, namespace, name }: ObjectReference): string {
  return `${kubectlKind(apiVersion, kind)}/${name}${namespace === undefined ? '' : ` -n ${namespace}`}`;
}

/** 'deployment.apps', 'service'. */
function kubectlKind(apiVersion: string, kind: string): string {
  const group = groupOf(apiVersion);
  return `${kind.toLowerCase()}${group === '' ? '' : `.${group}`}`;
}

/** A JSON merge patch of an object. */
export function kubectlPatch(object: ObjectReference, patch: unknown): string {
  return `kubectl patch ${kubectlName(object)} --type merge -p '${JSON.stringify(patch)}'`;
}
