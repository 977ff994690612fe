import { ANNOTATION_PREFIX, NAME_LABEL, standardLabels } from '../../kube/labels';
import { metricsAnnotations } from '../pods/metrics';
import type { PodModel } from './pod';
import type { WorkloadShape } from './shape';

/** The labels of a workload's objects and pods: the recommended ones, and the user's over them. */
export function objectLabels(pod: PodModel, partOf: string, owner: string | undefined): Record<string, string> {
  const { check, name, props, shape, image } = pod;
  if (props.labels && NAME_LABEL in props.labels) {
    check.fail(
      'forbidden',
      `labels['${NAME_LABEL}']`,
      `labels must not have '${NAME_LABEL}': the selector uses it, and its value is the construct id`,
      'leave the label out',
    );
  }
  const own = standardLabels({ name, component: shape.component, partOf, version: image.tag, owner });
  return Object.assign(own, props.labels);
}

/**
 * The annotations of pods besides those of the workload: the metrics endpoint, unless a monitor says it, and the reasons of
 * missing probes.
 */
export function podAnnotations({ metrics, probes }: WorkloadShape): Record<string, string> {
  const found: Record<string, string> = {};
  if (metrics && metrics.monitor === undefined) {
    Object.assign(found, metricsAnnotations(metrics));
  }
  for (const what in probes?.reasons) {
    found[`${ANNOTATION_PREFIX}/no-${what}-probe-because`] = probes.reasons[what]!;
  }
  return found;
}
