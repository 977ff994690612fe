import type { IConstruct } from 'constructs';
import { constructsOf } from '../core/app-objects';
import { cached } from '../core/render-cache';

/** The subjects of all bindings of cdk8s-plus, recognized by their shape, so that cdk8s-plus is not loaded. */
export function boundSubjects(root: IConstruct): ReadonlySet<unknown> {
  return cached(
    root,
    'bound-subjects',
    () => new Set(constructsOf(root).flatMap((c) => ('subjects' in c && Array.isArray(c.subjects) ? c.subjects : []))),
  );
}
