import { expandedNames, isKubernetesVariable } from '../../kube/expansion';
import { keyPath, listed } from '../../kube/text';
import type { Check } from '../core/check';
import type { EnvReference, ReferenceSource } from './env-reference';

/** A variable of `env`: a text, or what is written to the pod. */
export interface OrderedVariable {
  readonly name: string;
  readonly literal?: string;
  readonly reference?: ReferenceSource;
}

/** Variables, by the object that they are written to. */
export interface OrderedVariables {
  /** For the ConfigMap, whose values the kubelet does not expand. */
  readonly literals: readonly (readonly [name: string, text: string])[];
  /** For the pod, each behind those that it refers to. */
  readonly own: readonly EnvReference[];
}

/**
 * Puts variables that refer to others as '$(NAME)', and those that they refer to, into the pod, in an order in which the
 * kubelet can expand them. `added` are variables that stand before all of them.
 */
export function orderVariables(
  check: Check,
  variables: readonly OrderedVariable[],
  added: ReadonlySet<string>,
): OrderedVariables {
  const byName = new Map(variables.map((variable) => [variable.name, variable]));
  const needs = new Map(variables.map((variable) => [variable.name, namesIn(check, variable, byName, added)] as const));
  const named = new Set([...needs.values()].flat());
  const inPod = ({ name, literal }: OrderedVariable) =>
    literal === undefined || literal.includes('$(') || named.has(name);
  return {
    literals: variables.flatMap((variable) => (inPod(variable) ? [] : [[variable.name, variable.literal!] as const])),
    own: inOrder(check, pathsFirst(variables.filter(inPod)), needs).map(({ name, literal, reference }) => ({
      name,
      source: reference ?? { kind: literal!.includes('$(') ? 'text' : 'plain', text: literal! },
    })),
  };
}

/** The variables of `env` that a text refers to. */
function namesIn(
  check: Check,
  { name, literal, reference }: OrderedVariable,
  byName: ReadonlyMap<string, OrderedVariable>,
  added: ReadonlySet<string>,
): readonly string[] {
  const text = literal ?? (reference?.kind === 'text' ? reference.text : '');
  return expandedNames(text).filter((other) => {
    if (!byName.has(other) && !added.has(other) && !isKubernetesVariable(other)) {
      const field = keyPath('env', name);
      check.fail(
        'invalid',
        field,
        `${field} refers to $(${other}), which is not in env, so the program would read the text '$(${other})'`,
        `add ${other} to env (for a key of a Config or a Secret: config.env(key), secret.env(key)), or write '$$(${other})' for the text`,
      );
    }
    return byName.has(other);
  });
}

/** Each behind what it needs; otherwise as they were written. */
function inOrder(
  check: Check,
  variables: readonly OrderedVariable[],
  needs: ReadonlyMap<string, readonly string[]>,
): readonly OrderedVariable[] {
  const byName = new Map(variables.map((variable) => [variable.name, variable]));
  const ordered = new Set<OrderedVariable>();
  const path: string[] = [];
  const visit = (name: string): void => {
    const variable = byName.get(name)!;
    if (ordered.has(variable)) {
      return;
    }
    if (path.includes(name)) {
      const circle = [...path.slice(path.indexOf(name)), name];
      const field = keyPath('env', name);
      check.fail(
        'invalid',
        field,
        `${field} must not refer to itself: ${listed(circle)} refer to each other in this order`,
        'write the value of one of them without a reference',
      );
    }
    path.push(name);
    for (const other of needs.get(name) ?? []) {
      visit(other);
    }
    path.pop();
    ordered.add(variable);
  };
  for (const { name } of variables) {
    visit(name);
  }
  return [...ordered];
}

/** Paths of files by name, so that the order in which a program writes them does not roll the pods. */
function pathsFirst(variables: readonly OrderedVariable[]): readonly OrderedVariable[] {
  const isPath = ({ reference }: OrderedVariable) => reference?.kind === 'plain';
  const paths = variables.filter(isPath).sort((a, b) => (a.name < b.name ? -1 : 1));
  return [...paths, ...variables.filter((variable) => !isPath(variable))];
}
