import { Command, CommanderError, Option } from 'commander';
import { nearest } from '../kube/text';
import { check } from './check';
import { CONFIG_FILE, readConfigFile } from './config-file';
import { FORMATS } from './formats';
import { exitCodeOf, planOf } from './plan';
import { PLAN_FORMATS } from './plan-formats';
import { fails, SEVERITIES } from './report';
import { allRules, textOfRule } from './rule-text';
import { UsageError } from './sources';
import { packageVersion } from './version';

/** What the command reads and writes besides files. */
export interface Surroundings {
  readonly out: (text: string) => void;
  readonly err: (text: string) => void;
  readonly stdin: () => string;
  /** Whether the output goes to a terminal, and not to a file or a pipe. */
  readonly isTerminal: boolean;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** '2026-11-28'. */
  readonly today: string;
}

interface PlanCommandOptions {
  readonly from?: string;
  readonly to: string;
  readonly kubernetes?: string;
  readonly format: string;
  readonly color: boolean;
}

interface CheckOptions {
  readonly cluster?: string;
  readonly kubernetes?: string;
  readonly format: string;
  readonly config?: string;
  readonly baseline?: string;
  readonly updateBaseline?: boolean;
  readonly failOn?: 'error' | 'warning' | 'advice';
  readonly color: boolean;
}

/** Runs the command; the exit code of `check`: 0 when nothing fails, 1 with findings that do, 2 when it was called wrongly. */
export async function run(args: readonly string[], around: Surroundings): Promise<number> {
  let code = 0;
  // 2 says of a plan that there are changes
  const wrong = args[0] === 'plan' ? 1 : 2;
  const program = new Command('cdk8s-eks-patterns')
    .description('Reviews Kubernetes manifests for Amazon EKS, whatever made them. Needs no network and no cluster.')
    .version(packageVersion())
    .exitOverride()
    .configureOutput({ writeOut: around.out, writeErr: around.err });
  program
    .command('check')
    .description('review files, folders, or - for the standard input: YAML, JSON, the output of helm and kustomize')
    .argument('[path...]', "files, folders of .yaml, .yml and .json, or '-'", ['.'])
    .addOption(new Option('--cluster <file>', 'the ClusterConfig of the cluster; by default the only one of the files'))
    .option('--kubernetes <version>', 'the version of the API server, 1.35; by default that of the cluster')
    .addOption(new Option('--format <format>', 'what to print').choices(Object.keys(FORMATS)).default('text'))
    .option('--config <file>', `levels and more; by default ${CONFIG_FILE}, if it exists`)
    .option('--baseline <file>', 'findings that are accepted for now')
    .option('--update-baseline', 'write all findings to the file of --baseline')
    .addOption(new Option('--fail-on <severity>', 'the lightest finding that fails').choices([...SEVERITIES].reverse()))
    .option('--no-color', 'print without colour')
    .action((paths: string[], options: CheckOptions) => {
      code = checkCommand(paths, options, around);
    });
  program
    .command('plan')
    .description('say what an apply of manifests does: what is refused, what restarts, what stays behind')
    .option('--from <revision>', 'a revision of git, a file or a folder; by default where the branch left the main one')
    .option('--to <folder>', 'the manifests to apply', 'dist')
    .option('--kubernetes <version>', 'the version of the API server, 1.35; by default that of the cluster')
    .addOption(new Option('--format <format>', 'what to print').choices(Object.keys(PLAN_FORMATS)).default('text'))
    .option('--no-color', 'print without colour')
    .addHelpText(
      'after',
      '\nExit codes: 0 nothing to apply, 1 called wrongly, 2 changes, 3 something is refused or can be lost.',
    )
    .action((options: PlanCommandOptions) => {
      code = planCommand(options, around);
    });
  program
    .command('explain')
    .description('print why a rule exists, and what breaks and keeps it')
    .argument('<rule>', "the id that findings have in brackets, such as 'references/missing'")
    .action((id: string) => {
      around.out(`${explained(id)}\n`);
    });
  program
    .command('rules')
    .description('list every rule')
    .action(() => {
      around.out(allRules().map(lineOf).join(''));
    });
  try {
    await program.parseAsync([...args], { from: 'user' });
    return code;
  } catch (e) {
    if (e instanceof UsageError) {
      around.err(`error: ${e.message}\n`);
      return wrong;
    }
    if (e instanceof CommanderError) {
      // --help and --version end with 0
      return e.exitCode === 0 ? 0 : wrong;
    }
    throw e;
  }
}

function checkCommand(paths: readonly string[], options: CheckOptions, around: Surroundings): number {
  const { format, config, updateBaseline = false, color, baseline, cluster, kubernetes, failOn } = options;
  const file = readConfigFile(config);
  const given = Object.entries({ baseline, cluster, kubernetes, failOn }).filter(([, value]) => value !== undefined);
  const request = { ...file, ...(Object.fromEntries(given) as Partial<typeof file>) };
  if (updateBaseline && request.baseline === undefined) {
    throw new UsageError('--update-baseline requires --baseline <file>');
  }
  const { stdin, today, env, isTerminal } = around;
  const report = check({ ...request, paths, updateBaseline, stdin, today, version: packageVersion() });
  around.out(FORMATS[format]!(report, { color: color && isTerminal && !env.NO_COLOR }));
  return report.findings.some((finding) => fails(report, finding)) ? 1 : 0;
}

function planCommand({ format, color, ...request }: PlanCommandOptions, around: Surroundings): number {
  const report = planOf({ ...request, version: packageVersion() });
  around.out(PLAN_FORMATS[format]!(report, { color: color && around.isTerminal && !around.env.NO_COLOR }));
  return exitCodeOf(report);
}

function explained(id: string): string {
  const ids = allRules().map((rule) => rule.id);
  if (!ids.includes(id)) {
    const near = nearest(id, ids);
    throw new UsageError(`unknown rule '${id}'; ${near ? `did you mean '${near}'?` : "'rules' lists all"}`);
  }
  return `${id}\n\n${textOfRule(id)}`;
}

function lineOf({ id, severity = '', title }: { id: string; severity?: string; title: string }): string {
  return `${id.padEnd(36)} ${severity.padEnd(8)} ${title}\n`;
}
