import type { Loose } from '../../../kube/loose';
import type { Context } from './draft';
import { membersOf } from './identities';

/** A member of a list on one side or both; its path is that of its changes. */
export interface Member {
  readonly name: string;
  readonly path: string;
  readonly old: Loose | undefined;
  readonly new: Loose | undefined;
}

/** The members of a list that differ: new ones, kept ones, removed ones. */
export interface Members {
  readonly added: readonly (Member & { readonly new: Loose })[];
  readonly kept: readonly (Member & {
    readonly old: Loose;
    readonly new: Loose;
    readonly changed: readonly string[];
  })[];
  readonly removed: readonly (Member & { readonly old: Loose })[];
}

/** Compares a list by the names of its members: 'iam.serviceAccounts'. None where names are missing or given twice. */
export function changedMembers({ old, new: next, changes }: Context, path: string): Members {
  const before = membersOf(path, at(old, path)) ?? new Map<string, Loose>();
  const after = membersOf(path, at(next, path)) ?? new Map<string, Loose>();
  const all = [...new Set([...after.keys(), ...before.keys()])].map((name) => ({
    name,
    path: `${path}[${name}]`,
    old: before.get(name),
    new: after.get(name),
    changed: changes.under(`${path}[${name}]`),
  }));
  const changed = all.filter((member) => member.changed.length > 0) as unknown as Members['kept'];
  return {
    added: changed.filter((member) => !member.old),
    kept: changed.filter((member) => member.old && member.new),
    removed: changed.filter((member) => !member.new),
  };
}

/** The value at a path of names: 'iam.serviceAccounts'. */
export function at(config: Loose, path: string): unknown {
  return path
    .split('.')
    .reduce<unknown>(
      (value, key) => (typeof value === 'object' && value !== null ? (value as Loose)[key] : undefined),
      config,
    );
}
