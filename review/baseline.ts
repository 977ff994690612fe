import { type Finding, titleOf } from '../kube/finding';
import { fingerprints } from './fingerprint';

/** Findings that are accepted for now, by fingerprint. */
export type Baseline = ReadonlySet<string>;

interface BaselineFile {
  readonly version: 1;
  /** The finding, for the reader, by fingerprint. */
  readonly findings: Readonly<Record<string, string>>;
}

/** Marks the findings that a baseline has. */
export function withBaseline(findings: readonly Finding[], baseline: Baseline): Finding[] {
  const prints = fingerprints(findings);
  return findings.map((finding, i) => (baseline.has(prints[i]!) ? { ...finding, baselined: true } : finding));
}

/** The text of a baseline file with all findings that are not waived; sorted, so that a change is a small diff. */
export function baselineText(findings: readonly Finding[]): string {
  const prints = fingerprints(findings);
  const entries = findings.flatMap((finding, i) =>
    finding.waived ? [] : [[prints[i]!, `${finding.rule}: ${subjectOf(finding)}`] as const],
  );
  const sorted = entries.sort(([a, x], [b, y]) => (`${x}${a}` < `${y}${b}` ? -1 : 1));
  const file: BaselineFile = { version: 1, findings: Object.fromEntries(sorted) };
  return `${JSON.stringify(file, null, 2)}\n`;
}

/** Reads a baseline file. Throws an Error that says what is wrong with the text. */
export function parseBaseline(text: string): Baseline {
  let file: Partial<BaselineFile> | null;
  try {
    file = JSON.parse(text);
  } catch (e) {
    throw new Error(`the baseline must be JSON: ${(e as Error).message}`, { cause: e });
  }
  const { version, findings } = typeof file === 'object' && file !== null ? file : {};
  if (version !== 1 || typeof findings !== 'object' || findings === null) {
    throw new Error('the baseline must be a file of --update-baseline, with version 1 and findings');
  }
  return new Set(Object.keys(findings));
}

function subjectOf({ object, field }: Finding): string {
  return [object ? titleOf(object) : '', field ?? ''].filter((text) => text !== '').join(' ') || '(whole set)';
}
