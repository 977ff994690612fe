import type { IConstruct } from 'constructs';
import type { Finding } from '../../../kube/finding';

/** A construct, for messages about files. */
export function label(construct: IConstruct): string {
  return construct.node.path ? `[${construct.node.path}]` : 'the app';
}

/** The finding about two owners of one file. */
export function clash(
  path: string,
  owner: IConstruct,
  other: IConstruct,
  fix: string,
  one = label(owner),
  two = label(other),
): Finding {
  return {
    rule: 'output/same-file',
    severity: 'error',
    construct: other.node.path,
    message: `${one} and ${two} would both be written to '${path}'`,
    fix,
  };
}
