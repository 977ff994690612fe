import { CHECK_RULES } from './check-rules';
import type { CustomRule } from './rule';

/** Rules of the engine itself, beside those of the list, with what holds when they are kept. */
export const ENGINE_RULES: Readonly<Record<string, string>> = {
  'manifests/head': 'an object has an apiVersion, a kind and a metadata.name',
  'manifests/not-an-object': 'a document is an object, not a list or a scalar',
  'manifests/syntax': 'a document is YAML or JSON that kubectl can read',
  'manifests/template': 'templates are rendered before they are checked',
  'manifests/type': 'the value of a field is of the type that the API server expects',
  'review/unknown-rule': 'levels and waivers name rules that exist',
  'waivers/expired': 'a waiver is within its date',
  'waivers/invalid-date': 'a waiver ends on a date, as in until=2027-03-31',
  'waivers/no-reason': 'a waiver has a reason',
  'waivers/unused': 'a waiver covers a finding',
};

/** The rules that levels and waivers may name; most reviews have neither, and ask for none. */
export class KnownRules {
  private known: ReadonlySet<string> | undefined;
  private heads: ReadonlySet<string> | undefined;

  constructor(private readonly rules: readonly Pick<CustomRule, 'id'>[]) {}

  get ids(): readonly string[] {
    return [...this.set];
  }

  get topics(): ReadonlySet<string> {
    this.heads ??= new Set(this.ids.filter((id) => id.includes('/')).map((id) => id.slice(0, id.indexOf('/'))));
    return this.heads;
  }

  has(id: string): boolean {
    return this.set.has(id) || isClusterRule(id);
  }

  private get set(): ReadonlySet<string> {
    const own = this.rules.map(({ id }) => id);
    this.known ??= new Set([...own, ...Object.keys(ENGINE_RULES), ...Object.keys(CHECK_RULES)]);
    return this.known;
  }
}

/** Rules of the ClusterConfig have short ids: 'N12', 'L1c'. */
export const isClusterRule = (id: string): boolean => /^[A-Z]\d+[a-z]?$/.test(id);
