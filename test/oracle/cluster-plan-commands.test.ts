import * as fc from 'fast-check';
import { ClusterConfig } from '../../eksctl';
import { planCluster } from '../../review/plan/cluster/plan-cluster';
import { CASES } from '../review/plan/cluster/cases';
import { configOf } from '../review/plan/cluster/cases/case';
import { asCommandLine, commandVerdicts, wordsOf } from './commands';
import { anAcceptedConfig } from './generator/base';

const SEED = 20261129;
const COMMANDS: Readonly<Record<string, string>> = {
  associate: 'identityprovider',
  create:
    'accessentry addon capability cluster fargateprofile iamidentitymapping iamserviceaccount nodegroup podidentityassociation',
  delete:
    'accessentry addon capability fargateprofile iamidentitymapping iamserviceaccount nodegroup podidentityassociation',
  disassociate: 'identityprovider',
  enable: 'flux',
  scale: 'nodegroup',
  set: 'labels',
  unset: 'labels',
  update: 'addon auto-mode-config capability iamserviceaccount nodegroup podidentityassociation',
  upgrade: 'cluster nodegroup',
  utils:
    'associate-iam-oidc-provider enable-secrets-encryption update-authentication-mode update-cluster-logging update-cluster-vpc-config update-control-plane-component-config update-zonal-shift-config',
};

type Pair = readonly [ClusterConfig, ClusterConfig];

/** The commands of eksctl in plans, each with the file that it finds. */
function linesOf(pairs: readonly Pair[]) {
  return pairs.flatMap(([old, next]) =>
    planCluster(old, next).steps.flatMap(({ command }) =>
      command !== undefined && /^(eksctl|echo) /.test(command) ? [{ command, yaml: fileOf(command, next) }] : [],
    ),
  );
}

/** What eksctl does not take of them. */
function refused(pairs: readonly Pair[]): string[] {
  const lines = linesOf(pairs);
  const verdicts = commandVerdicts(lines.map(({ command, yaml }) => asCommandLine(command, yaml)));
  return verdicts.flatMap(({ ok, msg }, i) => (ok ? [] : [`${lines[i]!.command}\n  ${msg}`]));
}

/** The file as it is when a step comes to it: with the new names that the plan asks for. */
function fileOf(command: string, config: ClusterConfig): string {
  const include = wordsOf(command).indexOf('--include');
  const name = include < 0 ? undefined : wordsOf(command)[include + 1]!;
  const renamed = (groups: readonly { readonly name: string }[] | undefined) =>
    groups?.map((group) => (name?.replace(/-\d+$/, '') === group.name ? { ...group, name } : group));
  return JSON.stringify({
    ...config,
    managedNodeGroups: renamed(config.managedNodeGroups),
    nodeGroups: renamed(config.nodeGroups),
  });
}

const LISTED = CASES.map(({ old, new: next }): Pair => [configOf(old), configOf(next)]);

test('eksctl takes the commands of every listed change', () => {
  expect(refused(LISTED)).toEqual([]);
});

test('the listed changes come to every command of eksctl that a plan knows', () => {
  const lines = linesOf(LISTED).map(({ command, yaml }) => asCommandLine(command, yaml).args.slice(0, 2).join(' '));
  expect([...new Set(lines)].sort()).toEqual(
    Object.entries(COMMANDS).flatMap(([verb, resources]) =>
      resources.split(' ').map((resource) => `${verb} ${resource}`),
    ),
  );
});

test('eksctl takes the commands of 500 random changes', () => {
  const configs = fc
    .sample(anAcceptedConfig, { numRuns: 1000, seed: SEED })
    .map((config) => config as unknown as ClusterConfig)
    .filter((config) => !ClusterConfig.check(config).some(({ severity }) => severity === 'error'));
  const pairs = configs.slice(0, 500).map((config, i) => [config, configs[(i + 1) % configs.length]!] as const);
  expect(pairs).toHaveLength(500);
  expect(refused(pairs)).toEqual([]);
});

test.each([
  ['eksctl upgrade clusters --name prod', 'unknown resource'],
  ['eksctl upgrade cluster --name prod --region us-west-2 --when now', 'unknown flag'],
  ['eksctl upgrade cluster -f cluster.yaml --version 1.35', 'cannot use --version'],
  ['eksctl delete addon -f cluster.yaml', 'unknown shorthand flag'],
  ['eksctl scale nodegroup --cluster prod --region us-west-2 --name web', 'at least one of'],
  ["echo '{}' | eksctl update addon -f -", "Object 'Kind' is missing"],
])('it refuses %s', (command, message) => {
  const [verdict] = commandVerdicts([asCommandLine(command, JSON.stringify(configOf()))]);
  expect(verdict).toMatchObject({ ok: false });
  expect(verdict!.msg).toContain(message);
});
