import type { PodObject } from '../../kube/inventory';
import { podSecurityViolations } from '../../kube/pod-security/violations';
import { loadInventory } from '../../review/load';
import { answers, type Program } from './program';

const POD_SECURITY: Program = { name: 'pod-security-oracle', variable: 'POD_SECURITY_ORACLE' };

/** A pod, and the level and the minor of Kubernetes that its namespace enforces. */
export interface PodQuestion {
  readonly level: 'baseline' | 'restricted';
  readonly version: number;
  /** A manifest of kind Pod. */
  readonly pod: unknown;
}

/** What the evaluator of the API server says to a pod. */
interface PodVerdict {
  readonly error?: string;
  readonly allowed: boolean;
  /** The ids of the checks that it fails. */
  readonly failing?: readonly string[];
}

export function podVerdicts(questions: readonly PodQuestion[]): PodVerdict[] {
  return answers(
    POD_SECURITY,
    'pods',
    questions.map(({ version, ...question }) => ({ ...question, version: `v1.${version}` })),
  );
}

/** The ids of our controls that a pod is against, read as every manifest is. */
export function ourFailing({ pod, level, version }: PodQuestion): string[] {
  const { pods, findings } = loadInventory([{ value: pod, origin: {} }]);
  expect(findings).toEqual([]);
  const violations = podSecurityViolations(pods[0] as PodObject, level, version);
  return [...new Set(violations.map(({ control }) => control.id))].sort();
}

/** A question to which the two do not say the same. */
export interface Disagreement {
  readonly question: PodQuestion;
  readonly ours: readonly string[];
  readonly theirs: PodVerdict;
}

export function disagreements(questions: readonly PodQuestion[]): { all: PodVerdict[]; different: Disagreement[] } {
  const all = podVerdicts(questions);
  expect(all).toHaveLength(questions.length);
  const different = questions.flatMap((question, i) => {
    const [ours, theirs] = [ourFailing(question), all[i]!];
    const isSame =
      theirs.error === undefined &&
      theirs.allowed === (ours.length === 0) &&
      [...(theirs.failing ?? [])].sort().join() === ours.join();
    return isSame ? [] : [{ question, ours, theirs }];
  });
  return { all, different };
}
