import type { NodeSelectorTerm, PodSpec, Toleration } from '../imports/kubernetes';

type Labels = Readonly<Record<string, string>>;
interface Expression {
  readonly key: string;
  readonly operator: string;
  readonly values?: readonly string[];
}
export interface Taint {
  readonly key: string;
  readonly value?: string;
  readonly effect: string;
}

/** Whether a pod's node selector and required node affinity accept a node. */
export function acceptsNode(pod: PodSpec, labels: Labels, name: string): boolean {
  const terms = pod.affinity?.nodeAffinity?.requiredDuringSchedulingIgnoredDuringExecution?.nodeSelectorTerms;
  return (
    Object.entries(pod.nodeSelector ?? {}).every(([key, value]) => labels[key] === value) &&
    (terms === undefined || terms.some((term) => meetsTerm(term, labels, name)))
  );
}

/** The sum of the weights of a pod's preferences that a node meets. */
export function preference(pod: PodSpec, labels: Labels, name: string): number {
  const preferred = pod.affinity?.nodeAffinity?.preferredDuringSchedulingIgnoredDuringExecution ?? [];
  return preferred.reduce((sum, { weight, preference: term }) => sum + (meetsTerm(term, labels, name) ? weight : 0), 0);
}

/** Taints of a node that a pod does not tolerate. */
export function untolerated(pod: PodSpec, taints: readonly Taint[]): readonly Taint[] {
  return taints.filter((taint) => !(pod.tolerations ?? []).some((toleration) => tolerates(toleration, taint)));
}

function tolerates({ key, operator = 'Equal', value = '', effect }: Toleration, taint: Taint): boolean {
  if ((effect && effect !== taint.effect) || (key && key !== taint.key)) {
    return false;
  }
  return operator === 'Exists' || (operator === 'Equal' && Boolean(key) && value === (taint.value ?? ''));
}

/** A term without any condition matches no node. */
function meetsTerm(
  { matchExpressions = [], matchFields = [] }: NodeSelectorTerm,
  labels: Labels,
  name: string,
): boolean {
  return (
    matchExpressions.length + matchFields.length > 0 &&
    matchExpressions.every((expression) => meets(expression, labels[expression.key])) &&
    matchFields.every((expression) => meets(expression, expression.key === 'metadata.name' ? name : undefined))
  );
}

function meets({ operator, values = [] }: Expression, value: string | undefined): boolean {
  switch (operator) {
    case 'In':
      return value !== undefined && values.includes(value);
    case 'NotIn':
      return value === undefined || !values.includes(value);
    case 'Exists':
      return value !== undefined;
    case 'DoesNotExist':
      return value === undefined;
    case 'Gt':
      return value !== undefined && Number(value) > Number(values[0]);
    case 'Lt':
      return value !== undefined && Number(value) < Number(values[0]);
    default:
      return false;
  }
}
