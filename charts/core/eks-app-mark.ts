import type { IConstruct } from 'constructs';
import { AppSlot } from './app-state';

/** Whether an app is an EksApp, whose synthesis runs the checks and writes to defined files. */
const marks = new AppSlot<{ isEksApp: boolean }>('eks-app', () => ({ isEksApp: false }));

/** Called by EksApp on itself. */
export function markEksApp(root: IConstruct): void {
  marks.of(root).isEksApp = true;
}

export function isUnderEksApp(construct: IConstruct): boolean {
  return marks.of(construct).isEksApp;
}
