import { isLabelValue } from './names';

/** The one label that selects pods; equal to the workload's name, the same everywhere, and never changed. */
export const NAME_LABEL = 'app.kubernetes.io/name';
/** The label that tells the installations of one program apart. */
export const INSTANCE_LABEL = 'app.kubernetes.io/instance';
/** The label that the controller of StatefulSets gives each pod, with its name. */
export const MEMBER_LABEL = 'statefulset.kubernetes.io/pod-name';
/** Who made the object. */
export const MANAGED_BY = 'cdk8s-eks-patterns';
/** The prefix of our own annotations. */
export const ANNOTATION_PREFIX = 'cdk8s-eks-patterns.io';

/** What the standard labels of a workload are made of. */
export interface StandardLabels {
  readonly name: string;
  /** 'service', 'stateful-service', 'worker', 'node-agent', 'batch-job', 'scheduled-job', 'scaled-job'. */
  readonly component: string;
  /** The tenant, or the chart's namespace. */
  readonly partOf: string;
  /** The image's tag, when it is a label value. */
  readonly version?: string;
  /** The team, if a tenant names one. */
  readonly owner?: string;
}

/** Of the name that was asked for last: the objects of a workload are rendered one after the other, and have the same. */
let last = selectorOf('');

function selectorOf(name: string) {
  const labels: Record<string, string> = {};
  labels[NAME_LABEL] = name;
  return { name, labels: Object.freeze(labels) };
}

/** The selector of a workload's pods. It is frozen: all of its objects have it. */
export function selectorLabels(name: string): Record<string, string> {
  if (last.name !== name) {
    last = selectorOf(name);
  }
  return last.labels;
}

/** The recommended labels of Kubernetes, and the owner. */
export function standardLabels(from: StandardLabels): Record<string, string> {
  // not by the names of the constants: Node looks up each key that is computed
  const labels: Record<string, string> = {
    'app.kubernetes.io/component': from.component,
    'app.kubernetes.io/instance': from.name,
    'app.kubernetes.io/managed-by': MANAGED_BY,
    'app.kubernetes.io/name': from.name,
    'app.kubernetes.io/part-of': from.partOf,
  };
  if (from.version && isLabelValue(from.version)) {
    labels['app.kubernetes.io/version'] = from.version;
  }
  if (from.owner) {
    labels.owner = from.owner;
  }
  return labels;
}

/** The label of a Namespace that says what happens to objects which break its rules: 'deny' or 'warn'. */
export const ADMISSION_LABEL = `${ANNOTATION_PREFIX}/admission`;

/** The label and the taint of nodes that one tenant has for itself; its value is the tenant. Of a Namespace: its tenant. */
export const TENANT_NODES = `${ANNOTATION_PREFIX}/tenant`;

/** The taint of the nodes of a tenant. */
export const tenantTaint = (tenant: string) => ({ key: TENANT_NODES, value: tenant, effect: 'NoSchedule' as const });
