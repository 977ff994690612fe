import type { AnyObject, PodSpec } from '../imports/kubernetes';
import { CUSTOM_KINDS, customTemplates, isCustomWorkload } from './custom-workloads';
import type { Manifest } from './objects';
import type { PlacedTemplate, PodTemplate, Spec } from './workload-kind';
import { WORKLOAD_KINDS, workloadKind } from './workload-kinds';

/** Whether a manifest is a single pod. */
export const isPod = ({ apiVersion, kind }: Pick<AnyObject, 'apiVersion' | 'kind'>): boolean =>
  kind === 'Pod' && apiVersion === 'v1';

/** A template that others make pods of. */
const isPodTemplate = ({ apiVersion, kind }: Pick<AnyObject, 'apiVersion' | 'kind'>): boolean =>
  kind === 'PodTemplate' && apiVersion === 'v1';

/** The kinds alone, in any API group: most objects are of none of them. */
const KINDS: ReadonlySet<string> = new Set(['Pod', 'PodTemplate', ...Object.keys(WORKLOAD_KINDS), ...CUSTOM_KINDS]);

/** Whether objects of a kind have pod templates. */
export function hasPodTemplate(of: Pick<AnyObject, 'apiVersion' | 'kind'>): boolean {
  return KINDS.has(of.kind) && isTemplated(of);
}

function isTemplated(of: Pick<AnyObject, 'apiVersion' | 'kind'>): boolean {
  return isPod(of) || isPodTemplate(of) || workloadKind(of) !== undefined || isCustomWorkload(of);
}

const NONE: readonly PlacedTemplate[] = [];

/** The pod templates of an object; a Pod is its own. */
export function podTemplates(manifest: Manifest): readonly PlacedTemplate[] {
  if (!KINDS.has(manifest.kind)) {
    return NONE;
  }
  const { metadata, spec } = manifest;
  const workload = workloadKind(manifest);
  if (workload) {
    const found = spec && workload.template(spec);
    if (!found) {
      return NONE;
    }
    const placed = { template: found, at: workload.at ?? 'spec.template', workload, of: spec, times: 1 };
    return [placed];
  }
  if (isPod(manifest)) {
    const own = { metadata, spec: spec as unknown as PodSpec | undefined };
    return [{ template: own, at: '', of: {}, times: 1 }];
  }
  if (isPodTemplate(manifest)) {
    const found = (manifest as unknown as Spec).template as PodTemplate | undefined;
    return found ? [{ template: found, at: 'template', of: {}, times: 1 }] : NONE;
  }
  return customTemplates(manifest);
}
