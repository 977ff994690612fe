import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { versionState } from '../eks/versions';
import { UsageError } from './sources';

/** The version of the package that this file is part of: its package.json is one or two folders above. */
export function packageVersion(): string {
  for (let at = __dirname; at !== dirname(at); at = dirname(at)) {
    const file = join(at, 'package.json');
    if (existsSync(file)) {
      return (JSON.parse(readFileSync(file, 'utf8')) as { readonly version: string }).version;
    }
  }
  return '0.0.0';
}

/** Refuses a version of Kubernetes that is none. */
export function requireVersion(kubernetes: string | undefined): void {
  if (kubernetes !== undefined && versionState(kubernetes) === 'malformed') {
    throw new UsageError(`the version of Kubernetes must be as in '1.35', but is '${kubernetes}'`);
  }
}
