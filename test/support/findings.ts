/** What a program refuses, as rule ids and fields. */
import { EksApp, type Finding, PatternError, SynthesisError } from 'cdk8s-eks-patterns';
import { synth } from './app';

/** The findings of the error that a program throws; an app that it returns is synthesized. Empty when nothing is refused. */
export function findingsOf(program: () => unknown): readonly Finding[] {
  try {
    const made = program();
    if (made instanceof EksApp) {
      synth(made);
    }
  } catch (e) {
    if (e instanceof PatternError || e instanceof SynthesisError) {
      return e.findings;
    }
    throw e;
  }
  return [];
}

/** Rule and field of the only finding of a program: ['props/required', 'image']; '' is the construct itself. */
export function refusedBy(program: () => unknown): readonly [rule: string, field: string] {
  const findings = findingsOf(program);
  if (findings.length !== 1) {
    throw new Error(`${findings.length} findings instead of one: ${findings.map(({ message }) => message).join('; ')}`);
  }
  const [{ rule, field = '' }] = findings as [Finding];
  return [rule, field];
}
