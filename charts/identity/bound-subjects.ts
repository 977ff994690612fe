import type { IConstruct } from 'constructs';
import { cachedInPass } from '../core/synthesis-pass';

/** Key of what one synthesis finds once. */
const BOUND = {};

/** The subjects of all bindings of cdk8s-plus, told by their shape, so that it need not be loaded. */
export function boundSubjects(root: IConstruct): ReadonlySet<unknown> {
  return cachedInPass(
    BOUND,
    () => new Set(root.node.findAll().flatMap((c) => ('subjects' in c && Array.isArray(c.subjects) ? c.subjects : []))),
  );
}
