import type { IConstruct } from 'constructs';

const apps = new WeakSet<IConstruct>();

/** Declares a root whose synthesis is ours: it runs the checks and honours stated files. */
export function markEksApp(root: IConstruct): void {
  apps.add(root);
}

/** Whether the construct is below an EksApp. */
export function isUnderEksApp(construct: IConstruct): boolean {
  return apps.has(construct.node.root);
}
