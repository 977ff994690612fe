import { PatternError } from '../errors';

/** The output folder cannot be read or written as it must. */
export class OutputError extends PatternError {
  override readonly name = 'OutputError';
  /** The file or folder that the error is about, as it was given: relative to the working directory or absolute. */
  readonly file: string;
  /** The code of the system, such as 'EACCES', if it refused. */
  readonly code: string | undefined;

  constructor(file: string, message: string, fix: string, code?: string) {
    super([{ rule: 'output/file', severity: 'error', file: { path: file }, message, fix }]);
    this.file = file;
    this.code = code;
  }
}

const ACCESS = ['permission denied', 'give the user of this process write access, or choose another outdir'] as const;
const FULL = ['no space left on the device', 'free some space, then synthesize again'] as const;

/** What is wrong and what to do, by the code of the system. */
const REASONS: Readonly<Record<string, readonly [what: string, fix: string]>> = {
  EACCES: ACCESS,
  EPERM: ACCESS,
  EROFS: ['the file system is read-only', 'choose an outdir on a writable file system'],
  ENOSPC: FULL,
  EDQUOT: FULL,
  EISDIR: ['a folder of that name is in the way', 'rename or delete the folder'],
  ENOTDIR: ['a folder above it is a file', 'rename or delete that file'],
  ENOENT: ['the folder does not exist', 'synthesize again; nothing else may delete the outdir meanwhile'],
  EBUSY: ['another program keeps the file open', 'close that program, then synthesize again'],
  ELOOP: ['symbolic links lead in a circle', 'delete the links'],
  ENAMETOOLONG: ['the name is too long for the file system', 'shorten the id of the chart or the outdir'],
};

/** The error of the system as one of the library. */
export function outputError(doing: string, file: string, error: unknown): OutputError {
  const { code, message } = error as NodeJS.ErrnoException;
  const [what, fix] = REASONS[code ?? ''] ?? [message, 'correct what the system reports, then synthesize again'];
  return new OutputError(file, `cannot ${doing} '${file}': ${what}${code ? ` (${code})` : ''}`, fix, code);
}
