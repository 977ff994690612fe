import { ApiObject } from 'cdk8s';
import type { IConstruct } from 'constructs';
import type { SpecManifest } from '../../kube/pod-resources';
import { KubeObject } from '../core/kube-object';

/** The manifest of an applied object of these kinds; undefined for anything else. What cannot be rendered is told when its file is made. */
export function manifestIn(construct: IConstruct, kinds: ReadonlySet<string>): SpecManifest | undefined {
  if (!ApiObject.isApiObject(construct) || !kinds.has(construct.kind)) {
    return undefined;
  }
  try {
    const object: unknown = construct;
    return (object instanceof KubeObject ? object.manifest() : construct.toJson()) as SpecManifest;
  } catch {
    return undefined;
  }
}
