import { addTo } from '../kube/collections';
import type { InventoryObject } from '../kube/inventory';
import type { Problem, ReportFinding } from './rule';

/** Collects what is wrong in one object: a cause that is met in several places is reported once, with their number. */
export class Places {
  /** Undefined of most objects, in which nothing is wrong. */
  private causes: Map<string, Problem[]> | undefined;

  constructor(
    private readonly report: ReportFinding,
    private readonly object: InventoryObject,
  ) {}

  /** Problems of one cause differ in their place only. */
  add(cause: string, problem: Problem): void {
    this.causes ??= new Map();
    addTo(this.causes, cause, problem);
  }

  finish(): void {
    if (this.causes === undefined) {
      return;
    }
    for (const [first, ...others] of this.causes.values()) {
      const more =
        others.length === 0 ? '' : `, as in ${others.length} other ${others.length === 1 ? 'place' : 'places'}`;
      this.report(this.object, { ...first!, message: `${first!.message}${more}` });
    }
  }
}
