import { loadAwsServiceSpecSync } from '@aws-cdk/aws-service-spec';
import * as fc from 'fast-check';
import { ClusterConfig } from '../../eksctl';
import { isSame } from '../../review/plan/cluster/changes';
import { withDefaults } from '../../review/plan/cluster/defaults';
import { planCluster } from '../../review/plan/cluster/plan-cluster';
import { anAcceptedConfig } from './generator/base';
import { type Resource, type Stack, templates } from './templates';

const SEED = 20261130;

const [nodegroup] = loadAwsServiceSpecSync().lookup('resource', 'cloudFormationType', 'equals', 'AWS::EKS::Nodegroup');
/** Properties of a managed group that CloudFormation cannot change in place. */
const FIXED = Object.entries(nodegroup!.properties).flatMap(([name, { causesReplacement }]) =>
  causesReplacement === 'yes' ? [name] : [],
);

const accepted = fc
  .sample(anAcceptedConfig, { numRuns: 1000, seed: SEED })
  .map((config) => config as unknown as ClusterConfig)
  .filter((config) => !ClusterConfig.check(config).some(({ severity }) => severity === 'error'));

/** A group of both configs, with its resources before and after. */
interface Pair {
  readonly name: string;
  readonly old: Resource;
  readonly next: Resource;
  readonly deleted: boolean;
}

function groupsOf(config: ClusterConfig, stacks: readonly Stack[]): ReadonlyMap<string, Stack> {
  return new Map(
    (config.managedNodeGroups ?? []).flatMap(({ name }, i) => {
      const stack = stacks.find(({ of }) => of === `managedNodeGroups[${i}]`);
      return stack ? [[name, stack]] : [];
    }),
  );
}

const groupIn = ({ template }: Stack): Resource =>
  Object.values(template.Resources).find(({ Type }) => Type === 'AWS::EKS::Nodegroup')!;

/** What says the same as nothing to EKS and EC2, and what eksctl packs anew each time. */
const SAID = new Set(['"IpFamily": "ipv4"', '"SupportType": "EXTENDED"', '"Encrypted": false']);
const PACKED =
  /^"(UserData|MinSize|MaxSize|DesiredSize|DesiredCapacity)": |^"(UpgradePolicy|KubernetesNetworkConfig|ScalingConfig)": \{\}?$/;

/** All lines of a stack, in any order, without the sizes, which eksctl fills in at another place. */
const linesOf = (stack: Stack): string[] =>
  JSON.stringify(stack, undefined, 1)
    .split('\n')
    .map((line) => line.trim().replace(/,$/, ''))
    .filter((line) => !SAID.has(line) && !PACKED.test(line) && !/^[{}]+$/.test(line))
    .sort();

const made = templates(accepted.map((config, i) => ({ file: `${i}`, yaml: JSON.stringify(config) })));
const pairs = accepted.slice(1).flatMap((config, i): Pair[] => {
  const [before, after] = [accepted[i]!, config];
  const { steps } = planCluster(before, after);
  const next = groupsOf(after, made[i + 1]!.stacks);
  return [...groupsOf(before, made[i]!.stacks)].flatMap(([name, stack]) => {
    const other = next.get(name);
    const deleted = steps.some(({ id }) => id === `node-group/${name}/delete`);
    return other ? [{ name, old: groupIn(stack), next: groupIn(other), deleted }] : [];
  });
});

const changedFixed = ({ old, next }: Pair): string[] =>
  FIXED.filter((key) => !isSame(sorted(old.Properties[key]), sorted(next.Properties[key])));

/** eksctl's builder writes subnets in any order. */
const sorted = (value: unknown): unknown =>
  Array.isArray(value) ? value.map((one) => JSON.stringify(one)).sort() : value;

test('a plan replaces a managed group wherever a property changes that cannot change in place', () => {
  const fixed = pairs.filter((pair) => changedFixed(pair).length > 0);
  expect(fixed.length).toBeGreaterThan(100);
  expect(fixed.filter(({ deleted }) => !deleted).map((pair) => [pair.name, changedFixed(pair)])).toEqual([]);
});

test('defaults that are written down change no template', () => {
  const filled = accepted.map((config, i) => ({ file: `${i}`, yaml: JSON.stringify(withDefaults(config)) }));
  const different = templates(filled).flatMap(({ file, stacks, errors }, i) => {
    const theirs = made[i]!;
    const wrong = stacks.flatMap((stack, at) => {
      const [ours, before] = [linesOf(stack), linesOf(theirs.stacks[at]!)];
      const only = [...ours.filter((line) => !before.includes(line)), ...before.filter((line) => !ours.includes(line))];
      return only.length > 0 || ours.length !== before.length ? [`${stack.of}: ${only.join(' ')}`] : [];
    });
    return errors.length === theirs.errors.length ? wrong : [`${file}: ${JSON.stringify(errors)}`];
  });
  expect(different.slice(0, 3)).toEqual([]);
});
