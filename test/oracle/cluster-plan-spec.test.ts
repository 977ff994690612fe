import { loadAwsServiceSpecSync } from '@aws-cdk/aws-service-spec';
import { isSame } from '../../review/plan/cluster/changes';
import type { ClusterPlan } from '../../review/plan/cluster/model';
import { planCluster } from '../../review/plan/cluster/plan-cluster';
import { CASES } from '../review/plan/cluster/cases';
import { configOf } from '../review/plan/cluster/cases/case';
import { PROPERTIES, type Reached } from './cluster-properties';
import { type Stack, templates } from './templates';

const SPEC = loadAwsServiceSpecSync();

/** What CloudFormation replaces, by property. */
function replacing(type: string): ReadonlyMap<string, boolean> {
  const [resource] = SPEC.lookup('resource', 'cloudFormationType', 'equals', type);
  return new Map(
    Object.entries(resource!.properties).map(([name, { causesReplacement }]) => [name, causesReplacement === 'yes']),
  );
}

const caseNamed = (name: string) => {
  const found = CASES.find((one) => one.name === name);
  if (!found) {
    throw new Error(`no case '${name}'`);
  }
  return { old: configOf(found.old), new: configOf(found.new) };
};

/** What a plan does about a field. */
function outcomeOf({ steps, ignored, newCluster }: ClusterPlan, field: string): string {
  const covering = steps.filter(({ fields }) => fields.includes(field));
  if (newCluster.some((named) => named.field === field)) {
    return 'replaced';
  }
  if (covering.length === 0) {
    return ignored.some((named) => named.field === field) ? 'ignored' : 'missing';
  }
  const anew = covering.some(({ replaces }) => replaces !== undefined && !/^the (nodes|servers) of /.test(replaces));
  return anew ? 'replaced' : 'updated';
}

/** A renamed member: one is deleted, and another one is made. */
function isRenamed({ steps }: ClusterPlan, [from, to]: readonly [string, string]): boolean {
  const idOf = (field: string): string => steps.find(({ fields }) => fields.includes(field))?.id ?? '';
  return /\/delete$/.test(idOf(from)) && /create$/.test(idOf(to));
}

/** Properties of a type whose values differ between the templates of a case. */
function changedIn(type: string, name: string): ReadonlySet<string> {
  const both = caseNamed(name);
  const [old, next] = templates([
    { file: 'old', yaml: JSON.stringify(both.old) },
    { file: 'new', yaml: JSON.stringify(both.new) },
  ]);
  const propertiesOf = (stacks: readonly Stack[]) =>
    stacks.flatMap(({ template }) => Object.values(template.Resources).filter(({ Type }) => Type === type))[0]
      ?.Properties ?? {};
  const [a, b] = [propertiesOf(old!.stacks), propertiesOf(next!.stacks)];
  return new Set([...Object.keys(a), ...Object.keys(b)].filter((key) => !isSame(sorted(a[key]), sorted(b[key]))));
}

/** eksctl's builder writes subnets in any order. */
const sorted = (value: unknown): unknown =>
  Array.isArray(value) ? value.map((one) => JSON.stringify(one)).sort() : value;

describe.each(Object.entries(PROPERTIES))('%s', (type, properties) => {
  const spec = replacing(type);

  test('every property is reached by a change, or has a reason why none reaches it', () => {
    expect(Object.keys(properties).sort()).toEqual([...spec.keys()].sort());
  });

  const reached = Object.entries(properties).filter((entry): entry is [string, Reached] => 'case' in entry[1]);

  test.each(reached)(
    '%s is replaced or updated as CloudFormation says',
    (name, { case: of, field, renamed, otherwise }) => {
      const both = caseNamed(of);
      const plan = planCluster(both.old, both.new);
      const outcome = renamed ? (isRenamed(plan, renamed) ? 'replaced' : 'missing') : outcomeOf(plan, field!);
      const expected = spec.get(name) ? 'replaced' : 'updated';
      // a reason is written exactly where eksctl does something else
      expect({ outcome, same: outcome === expected }).toEqual({
        outcome: otherwise?.outcome ?? expected,
        same: otherwise === undefined,
      });
    },
  );

  test("those that eksctl's builder writes differ in its template, and no others", () => {
    const wrong = reached.filter(([name, { case: of, by }]) => changedIn(type, of).has(name) !== (by === undefined));
    expect(wrong.map(([name]) => name)).toEqual([]);
  });
});
