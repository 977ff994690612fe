import { DEVICES, type Device } from '../../eks/devices';
import { todaysKey, ZONE } from '../../eks/node-labels';
import type { PodSpec, Toleration } from '../../imports/kubernetes';
import { isImpossible, type LabelExpression, type LabelRequirement, narrow } from '../../kube/label-requirements';
import { type NodeAlternatives, nodeAlternatives } from '../../kube/node-affinity';
import { requestedResources } from '../../kube/pod-resources';
import { isHard, untolerated } from '../../kube/tolerations';
import { impossibleType } from './instance-labels';
import type { Mismatch, NodeTemplate } from './node-template';

/** What pods require of a node, whatever runs there. */
export interface SchedulingConstraints {
  readonly alternatives: NodeAlternatives;
  readonly tolerations: readonly Toleration[];
  readonly devices: readonly Device[];
}

/** The constraints of a pod and of its volumes: selector, required affinity, zones, tolerations, devices. @param claimed devices by Dynamic Resource Allocation */
export function schedulingConstraints(
  pod: PodSpec,
  volumes: readonly { readonly zones?: readonly string[] | undefined }[] = [],
  claimed: readonly Device[] = [],
): SchedulingConstraints {
  const zones = volumes.flatMap(({ zones: values }) => (values ? [{ key: ZONE, operator: 'In', values }] : []));
  const devices: Device[] = [];
  for (const resource of requestedResources(pod)) {
    const device = DEVICES[resource];
    if (device) {
      devices.push(device);
    }
  }
  devices.push(...claimed);
  return { alternatives: nodeAlternatives(pod, zones), tolerations: pod.tolerations ?? [], devices };
}

/** Why nodes of a template do not take the pods, or undefined when they may. */
export function mismatchOf(template: NodeTemplate, constraints: SchedulingConstraints): Mismatch | undefined {
  const { alternatives, devices, tolerations } = constraints;
  const byLabels = alternatives.map((expressions) => labelMismatch(template, expressions));
  if (byLabels.every((mismatch) => mismatch !== undefined)) {
    return byLabels[0] ?? { kind: 'affinity' };
  }
  for (const device of devices) {
    const offered = template.offers(device);
    const found =
      offered !== undefined &&
      alternatives.some((expressions) => !labelMismatch(template, [...expressions, ...offered]));
    if (!found) {
      return { kind: 'device', device };
    }
  }
  const taint = untolerated({ tolerations: [...tolerations] }, template.taints).find(isHard);
  return taint && { kind: 'taint', taint };
}

function labelMismatch(
  template: NodeTemplate,
  expressions: readonly LabelExpression[],
): Extract<Mismatch, { kind: 'label' }> | undefined {
  const narrowed = new Map<string, LabelRequirement>();
  const requirementOf = (key: string) => narrowed.get(key) ?? template.labels(key);
  for (const expression of expressions) {
    const key = todaysKey(expression.key);
    const left = narrow(requirementOf(key), expression);
    if (isImpossible(left)) {
      return { kind: 'label', key, has: template.labels(key), asked: expression };
    }
    narrowed.set(key, left);
  }
  const key = template.typePrefix === undefined ? undefined : impossibleType(requirementOf, template.typePrefix);
  return key === undefined ? undefined : { kind: 'label', key, has: template.labels(key), asked: undefined };
}
