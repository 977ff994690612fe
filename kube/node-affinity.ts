import type { NodeSelectorTerm, PodSpec } from '../imports/kubernetes';
import { type LabelExpression, meets } from './label-requirements';

type Labels = Readonly<Record<string, string>>;

/**
 * What a pod requires of a node's labels: one of the alternatives, each with all of its conditions. Empty where no node
 * matches.
 */
export type NodeAlternatives = readonly (readonly LabelExpression[])[];

/** The key of a condition on a node's name, which is a field; no label can be called like that. */
export const NODE_NAME = 'field:metadata.name';

/** The node selector and the required node affinity of a pod, as alternatives; `also` holds in each. */
export function nodeAlternatives(
  { nodeSelector, affinity }: Pick<PodSpec, 'affinity' | 'nodeSelector'>,
  also: readonly LabelExpression[] = [],
): NodeAlternatives {
  const always: LabelExpression[] = [];
  for (const key in nodeSelector) {
    always.push({ key, operator: 'In', values: [nodeSelector[key]!] });
  }
  always.push(...also);
  const terms = affinity?.nodeAffinity?.requiredDuringSchedulingIgnoredDuringExecution?.nodeSelectorTerms;
  if (!terms) {
    return [always];
  }
  const found: (readonly LabelExpression[])[] = [];
  for (const term of terms) {
    if (isTerm(term)) {
      found.push(always.length === 0 ? expressionsOf(term) : [...always, ...expressionsOf(term)]);
    }
  }
  return found;
}

/** Whether one concrete node is among the alternatives. */
export function acceptsNode(alternatives: NodeAlternatives, labels: Labels, name: string): boolean {
  return alternatives.some((expressions) => meetsAll(expressions, labels, name));
}

/** The sum of the weights of a pod's preferences that a node meets. */
export function preference(pod: PodSpec, labels: Labels, name: string): number {
  const preferred = pod.affinity?.nodeAffinity?.preferredDuringSchedulingIgnoredDuringExecution ?? [];
  return preferred
    .filter(({ preference: term = {} }) => isTerm(term) && meetsAll(expressionsOf(term), labels, name))
    .reduce((sum, { weight }) => sum + weight, 0);
}

function meetsAll(expressions: readonly LabelExpression[], labels: Labels, name: string): boolean {
  return expressions.every((expression) =>
    meets(expression, expression.key === NODE_NAME ? name : labels[expression.key]),
  );
}

/** A term without any condition matches no node. */
function isTerm({ matchExpressions, matchFields }: NodeSelectorTerm): boolean {
  return Boolean(matchExpressions?.length || matchFields?.length);
}

/** An expression without its key, which the API server refuses, says nothing. */
function expressionsOf({ matchExpressions = [], matchFields = [] }: NodeSelectorTerm): LabelExpression[] {
  const labels = matchExpressions.filter(({ key }) => key !== undefined);
  if (matchFields.length === 0) {
    return labels;
  }
  return [...labels, ...matchFields.map((field) => ({ ...field, key: `field:${field.key}` }))];
}
