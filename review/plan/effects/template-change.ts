import type { InventoryObject } from '../../../kube/inventory';
import { podTemplates } from '../../../kube/pod-templates';
import type { PodTemplate } from '../../../kube/workload-kind';
import { fieldsBelow, isSame, type Update } from './moves';

/** A pod template that an apply changes. */
export interface TemplateChange {
  /** Its field: 'spec.template'. */
  readonly at: string;
  readonly before: PodTemplate;
  readonly after: PodTemplate;
  /** The fields that differ. */
  readonly fields: readonly string[];
}

/** The pod templates that differ, of a workload of any kind; those that are new or gone have no partner. */
export function templateChanges({ before, after, change }: Update): readonly TemplateChange[] {
  const old = templatesOf(before);
  return [...templatesOf(after)].flatMap(([at, template]) => {
    const was = old.get(at);
    return was && !isSame(was, template) ? [{ at, before: was, after: template, fields: fieldsBelow(change, at) }] : [];
  });
}

export const isTemplateChanged = (update: Update): boolean => templateChanges(update).length > 0;

function templatesOf({ manifest }: InventoryObject): ReadonlyMap<string, PodTemplate> {
  return new Map(podTemplates(manifest).map(({ at, template }) => [at, template]));
}
