import type { Rule } from './rule';

/** Rules of the engine itself, beside those of the list: about documents that cannot be read, waivers and levels. */
export const ENGINE_RULES = [
  'manifests/head',
  'manifests/not-an-object',
  'manifests/syntax',
  'manifests/template',
  'manifests/type',
  'review/unknown-rule',
  'waivers/expired',
  'waivers/invalid-date',
  'waivers/no-reason',
  'waivers/unused',
] as const;

/** The rules that levels and waivers may name. */
export class KnownRules {
  readonly ids: readonly string[];
  readonly topics: ReadonlySet<string>;
  private readonly set: ReadonlySet<string>;

  constructor(rules: readonly Pick<Rule, 'id'>[], more: readonly string[] = []) {
    this.ids = [...rules.map(({ id }) => id), ...ENGINE_RULES, ...more];
    this.set = new Set(this.ids);
    this.topics = new Set(this.ids.filter((id) => id.includes('/')).map((id) => id.slice(0, id.indexOf('/'))));
  }

  has(id: string): boolean {
    return this.set.has(id) || CLUSTER_RULE.test(id);
  }
}

/** Rules of the ClusterConfig have short ids: 'N12', 'L1c'. */
const CLUSTER_RULE = /^[A-Z]\d+[a-z]?$/;
