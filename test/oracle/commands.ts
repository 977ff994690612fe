import { EKSCTL } from './oracle';
import { answers } from './program';

/** A command line of eksctl, without its name, and the ClusterConfig that it reads as cluster.yaml. */
export interface CommandLine {
  readonly args: readonly string[];
  readonly yaml: string;
}

/** How far eksctl's own command comes without an account. */
export interface CommandVerdict {
  /** Its flags and the file are accepted, and it asks AWS. */
  readonly ok: boolean;
  readonly msg: string;
}

/** What eksctl's commands say, in their order; one process for all. */
export function commandVerdicts(lines: readonly CommandLine[]): CommandVerdict[] {
  return answers(EKSCTL, '--commands', lines);
}

/** The words of a line without variables, as a POSIX shell takes them apart. A pipe is a word. */
export function wordsOf(line: string): string[] {
  const words = [...line.matchAll(/(?:'[^']*'|\\.|"(?:[^"\\$`]|\\.)*"|[^\s'"\\])+/gs)];
  return words.map(([word]) =>
    word.replace(/'([^']*)'|\\(.)|"((?:[^"\\]|\\.)*)"/gs, (_, plain, escaped, quoted) => plain ?? escaped ?? quoted),
  );
}

/** A command of a plan as a question: what `echo` writes is the file that it reads. */
export function asCommandLine(command: string, yaml: string): CommandLine {
  const words = wordsOf(command);
  const pipe = words.indexOf('|');
  const [part, args] = pipe < 0 ? [yaml, words.slice(1)] : [words[1]!, words.slice(pipe + 2)];
  return { args: args.map((arg) => (arg === '-' ? 'cluster.yaml' : arg)), yaml: part };
}

/** A command of the AWS CLI: 'eks', 'update-cluster-config', its options. */
export interface AwsCommand {
  readonly service: string;
  readonly operation: string;
  readonly options: { readonly [name: string]: unknown };
}

/** What the models of AWS say to commands, in their order; one process for all. */
export function awsVerdicts(commands: readonly AwsCommand[]): CommandVerdict[] {
  return answers(EKSCTL, '--requests', commands);
}

/** Options that every command of the AWS CLI has. */
const GLOBAL = new Set(['region', 'query', 'output']);

/** The commands of the AWS CLI in a line: those within `$(...)` first. */
export function awsCommands(line: string): AwsCommand[] {
  const inner: string[] = [];
  const outer = line.replace(/"\$\((.*)\)"/s, (_, command: string) => {
    inner.push(command);
    return 'OUTPUT';
  });
  return [...inner.flatMap(awsCommands), ...outer.split(' | ').flatMap(awsCommand)];
}

function awsCommand(line: string): AwsCommand[] {
  const [aws, service, operation, ...rest] = wordsOf(line);
  if (aws !== 'aws') {
    return [];
  }
  const options = new Map<string, string[]>();
  for (const word of rest) {
    const values = [...options.values()].at(-1);
    if (word.startsWith('--')) {
      options.set(word.slice(2), []);
    } else {
      values?.push(word);
    }
  }
  const own = [...options].filter(([name]) => !GLOBAL.has(name));
  return [
    {
      service: service!,
      operation: operation!,
      options: Object.fromEntries(own.map(([name, words]) => [RENAMED[name] ?? name, readOption(name, words)])),
    },
  ];
}

/** The CLI has a flag of this name already. */
const RENAMED: Readonly<Record<string, string>> = { 'kubernetes-version': 'version' };

/** Options that take a list: the CLI reads words, JSON, or the short form 'type=oidc,name=company'. */
const LISTS = new Set(['kubernetes-groups', 'tag-keys']);

function readOption(name: string, words: readonly string[]): unknown {
  const [word = ''] = words;
  if (/^[[{]|^\d+$/.test(word) && name !== 'configuration-values') {
    return JSON.parse(word);
  }
  if (LISTS.has(name)) {
    return words;
  }
  return /^\w+=/.test(word) ? Object.fromEntries(word.split(',').map((pair) => pair.split('='))) : word;
}
