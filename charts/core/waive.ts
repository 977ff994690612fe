import type { IConstruct } from 'constructs';
import { entryOf } from '../../kube/collections';
import { ANNOTATION_PREFIX } from '../../kube/labels';
import { isObject } from '../../kube/loose';
import { nearest } from '../../kube/text';
import { KnownRules } from '../../review/known-rules';
import { RULES } from '../../review/rules';
import { WAIVER_FILE, waiverFileText } from '../../review/waiver-file';
import { parseWaiver, waiverAnnotation } from '../../review/waiver-text';
import type { DeclaredWaiver } from '../../review/waivers';
import { AppSlot } from './app-state';
import type { Check } from './check';
import type { TextFile } from './synthesis/output';

/**
 * Reasons by the id of a rule. A waived finding is still listed, but neither fails nor warns. At its end a reason may have
 * the last day of the waiver: 'the vendor mends it in May until=2027-05-31'.
 */
export type Waive = Readonly<Record<string, string>>;

const declared = new AppSlot<DeclaredWaiver[]>('waivers', () => []);
/** Those that no object has as an annotation. */
const ofFile = new AppSlot<Map<string, string>>('file-waivers', () => new Map());
let rules: KnownRules | undefined;

/**
 * Checks the waivers of a construct, and declares them for it and everything below it. The construct writes them on an
 * object, or leaves them to a file of the output.
 */
export function declareWaivers(
  construct: IConstruct,
  check: Check,
  waive: Waive | undefined,
  written: 'on-object' | 'in-file' = 'on-object',
): void {
  if (waive === undefined) {
    return;
  }
  if (!isObject(waive)) {
    check.fail('type', 'waive', 'waive must be an object', "write waive: { 'references/missing': '...' }");
  }
  rules ??= new KnownRules(RULES);
  for (const [rule, text] of Object.entries(waive)) {
    const field = `waive['${rule}']`;
    if (!rules.has(rule)) {
      const near = nearest(rule, rules.ids);
      check.fail(
        'unknown',
        field,
        rules.topics.has(rule)
          ? `waive must name a rule, but '${rule}' is a topic`
          : `waive must name a rule, but '${rule}' is unknown`,
        near ? `did you mean '${near}'?` : 'write the id of a rule, as findings have it in brackets',
      );
    }
    const { reason, invalidDate } = parseWaiver(check.because(field, text));
    if (invalidDate !== undefined) {
      check.fail('invalid', field, `until=${invalidDate} must be a date`, 'write the last day as in until=2027-03-31');
    }
    check.because(field, reason);
    declared.of(construct).push({ construct: construct.node.path, rule, text });
    if (written === 'in-file') {
      entryOf(ofFile.of(construct), rule, () => text);
    }
  }
}

/** All waivers of an app. */
export function declaredWaivers(root: IConstruct): readonly DeclaredWaiver[] {
  return declared.of(root);
}

/** The file of the waivers that no object has, so that a review of the written files agrees with that of the app. */
export function waiverFile(root: IConstruct): readonly TextFile[] {
  const waivers = ofFile.of(root);
  return waivers.size === 0 ? [] : [{ construct: root, path: WAIVER_FILE, text: () => waiverFileText(waivers) }];
}

/** The kinds that the waivers of a workload are written on. */
const CONTROLLERS = ['Deployment', 'StatefulSet', 'DaemonSet', 'Job', 'CronJob', 'ScaledJob', 'Rollout'];

/** Whether an object runs the pods of a pattern. */
export function isController(kind: string | undefined): boolean {
  return kind !== undefined && CONTROLLERS.includes(kind);
}

/** The waivers as annotations, for reviews of the written manifest. */
export function waiverAnnotations(waive: Waive | undefined): Record<string, string> {
  return Object.fromEntries(Object.entries(waive ?? {}).map(([rule, text]) => [waiverAnnotation(rule), text]));
}

/** Annotations of the reasons for what is looser than the defaults, and of waivers; undefined without any. */
export function reasonAnnotations(
  reasons: Readonly<Record<string, string | undefined>>,
  waive: Waive | undefined,
): Record<string, string> | undefined {
  const given = Object.entries(reasons).flatMap(([key, why]) =>
    why === undefined ? [] : [[`${ANNOTATION_PREFIX}/${key}`, why] as const],
  );
  const all = { ...Object.fromEntries(given), ...waiverAnnotations(waive) };
  return Object.keys(all).length === 0 ? undefined : all;
}
