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
