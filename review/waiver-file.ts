import type { Finding } from '../kube/finding';
import { isObject } from '../kube/loose';
import { loadYaml, readAsGo } from '../kube/yaml';
import type { DeclaredWaiver } from './waivers';

/** Beside the manifests of a program: its waivers that no object has as annotations. kubectl does not read it. */
export const WAIVER_FILE = '.cdk8s-eks-patterns.waivers';

const HEADER = [
  '# What the program accepts anywhere in this folder, for reviews of the files: its waive of the app and of a cluster that exists.',
  '# Made by cdk8s-eks-patterns; commit it with the manifests.',
];

/** The text of the file: a rule and its reason on each line. */
export function waiverFileText(waivers: Iterable<readonly [rule: string, text: string]>): string {
  const lines = [...waivers].map(([rule, text]) => `${rule}: ${JSON.stringify(text)}`);
  return `${[...HEADER, ...lines.sort()].join('\n')}\n`;
}

/** The waivers of a file, which cover its folder, and what is wrong with it. */
export function parseWaiverFile(
  text: string,
  path: string,
): { readonly waivers: readonly DeclaredWaiver[]; readonly findings: readonly Finding[] } {
  const document = loadYaml().parseDocument(text, { ...readAsGo(), prettyErrors: false });
  const value: unknown = document.errors.length > 0 ? undefined : (document.toJS() ?? {});
  const entries = isObject(value) ? Object.entries(value) : undefined;
  if (entries?.every(([, reason]) => typeof reason === 'string') !== true) {
    const message = 'the waivers must be a map of rules and reasons, each a string';
    const fix = 'synthesize again';
    return { waivers: [], findings: [{ rule: 'manifests/syntax', severity: 'error', file: { path }, message, fix }] };
  }
  const lines = text.split(/\r?\n/);
  const folder = path.slice(0, Math.max(0, path.length - WAIVER_FILE.length - 1));
  const waivers = entries.map(([rule, reason]): DeclaredWaiver => {
    const line = lines.findIndex((one) => one.startsWith(`${rule}:`)) + 1;
    const place = { file: { path, ...(line > 0 ? { line } : {}) } };
    return { path: folder, rule, text: reason as string, place };
  });
  return { waivers, findings: [] };
}
