/** One ClusterConfig, what eksctl says to it, and what this library finds in it. */
export interface RuleCase {
  /** The rule it is about: 'A10'. */
  readonly rule: string;
  /** What is tried: 'one zone'. */
  readonly tried: string;
  /** Top-level sections, over those of `MINIMAL`; `undefined` takes a section out. As a team could write it, so of no type. */
  readonly config: Readonly<Record<string, unknown>>;
  /** eksctl's own verdict, before it asks AWS. */
  readonly eksctl: 'accepts' | 'refuses';
  /** The ids of our findings, errors and warnings, each once, in any order; warnings of `MINIMAL` itself are left out. */
  readonly finds: readonly string[];
}

/** The least that eksctl takes. */
export const MINIMAL: Readonly<Record<string, unknown>> = {
  apiVersion: 'eksctl.io/v1alpha5',
  kind: 'ClusterConfig',
  metadata: { name: 'prod', region: 'us-west-2', version: '1.35' },
};
