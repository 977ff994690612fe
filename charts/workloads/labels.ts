import { NAME_LABEL, standardLabels } from '../../kube/labels';
import type { PodModel } from './pod';

/** The labels of a workload's objects and pods: the standard ones, and the user's over them. */
export function objectLabels(pod: PodModel, partOf: string, owner: string | undefined): Record<string, string> {
  const { check, name, props, shape, image } = pod;
  if (props.labels && NAME_LABEL in props.labels) {
    check.fail(`labels has '${NAME_LABEL}', which selects the pods and equals the name`, 'leave it out');
  }
  return {
    ...standardLabels({ name, component: shape.component, partOf, version: image.tag, owner }),
    ...props.labels,
  };
}
