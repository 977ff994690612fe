import { CLUSTER_RULES } from '../eksctl/rules/cluster-rules';
import { NODE_GROUP_RULES } from '../eksctl/rules/node-group-rules';
import { SHAPE_RULES } from '../eksctl/schema/shape-findings';
import { sentence } from '../kube/finding';
import { CHECK_RULES } from '../review/check-rules';
import { ENGINE_RULES } from '../review/known-rules';
import type { Rule } from '../review/rule';
import { RULES } from '../review/rules';
import { waiverAnnotation } from '../review/waiver-text';

/** A rule that can be listed and explained. */
export interface ListedRule {
  readonly id: string;
  readonly title: string;
  /** 'error', 'warning', 'advice'; of other rules it depends on the finding. */
  readonly severity?: string;
}

/** Every rule that the command knows, by id: those over objects, those of the engine, and those of the ClusterConfig. */
export function allRules(): ListedRule[] {
  const engine = Object.entries({ ...CHECK_RULES, ...ENGINE_RULES }).map(([id, title]) => ({ id, title }));
  const config = [...SHAPE_RULES, ...CLUSTER_RULES, ...NODE_GROUP_RULES].map(({ id, title }) => ({ id, title }));
  const unique = new Map(config.map((rule) => [rule.id, rule]));
  return [...[...RULES, ...engine].sort((a, b) => (a.id < b.id ? -1 : 1)), ...unique.values()];
}

/** The page that a rule follows. */
export function pageOf(id: string): string | undefined {
  return ruleOf(id)?.source;
}

/** Why a rule exists and how to keep it, for the terminal. */
export function textOfRule(id: string): string {
  const rule = ruleOf(id);
  if (!rule) {
    return sentence(allRules().find((one) => one.id === id)?.title ?? id);
  }
  const { title, why, source, bad, good } = rule;
  return [
    sentence(title.replace(/\.$/, '')),
    why,
    'Breaks the rule:',
    indented(bad),
    'Keeps it:',
    indented(good),
    `To accept one finding, annotate the object: ${waiverAnnotation(id)}: <reason>`,
    ...(source === undefined ? [] : [`See ${source}`]),
  ].join('\n\n');
}

function ruleOf(id: string): Rule | undefined {
  return RULES.find((rule) => rule.id === id);
}

function indented(yaml: string): string {
  return withoutMargin(yaml).replace(/^(?=.)/gm, '    ');
}

/** Without the lines and the indentation that a template literal brings. */
export function withoutMargin(yaml: string): string {
  const lines = yaml
    .replace(/^\s*\n/, '')
    .trimEnd()
    .split('\n');
  const margin = Math.min(...lines.filter((line) => line.trim() !== '').map((line) => line.search(/\S/)));
  return lines.map((line) => line.slice(margin)).join('\n');
}
