import { deletionOf, remainsOf } from './left-behind';
import type { Change, ObjectPlan, Risk } from './model';
import { remedyFor } from './remedies';
import { costOf, isHashed, type Rename, renamesOf } from './renames';

/**
 * A line for each object: what was renamed is one, the new object.
 *
 * @param apply the command that applies the whole set, for remedies
 */
export function objectPlans(changes: readonly Change[], apply: string): ObjectPlan[] {
  const renames = renamesOf(changes);
  const renamed = new Map(renames.map((rename) => [rename.new, rename]));
  const old = new Set(renames.map((rename) => rename.old));
  return changes
    .filter((change) => !old.has(change))
    .map((change) => {
      const rename = renamed.get(change);
      return rename ? renamedPlan(rename) : objectPlan(change, apply);
    });
}

function objectPlan(change: Change, apply: string): ObjectPlan {
  const { object, verdict, new: next, fields, refusals, condition } = change;
  const known = {
    object,
    verdict,
    ...(next?.origin.file ? { file: next.origin.file } : {}),
    fields,
    refusals,
    ...(condition === undefined ? {} : { condition }),
    risk: riskOf(change),
  };
  switch (verdict) {
    case 'refused':
      return { ...known, remedy: remedyFor(change, apply) };
    case 'left-behind':
      return { ...known, condition: remainsOf(object).condition, remedy: deletionOf(object) };
    default:
      return known;
  }
}

function riskOf({ object, verdict }: Change): Risk {
  switch (verdict) {
    case 'refused':
      return 'danger';
    case 'left-behind':
      return remainsOf(object).risk;
    case 'depends':
      return 'notice';
    default:
      return 'none';
  }
}

function renamedPlan(rename: Rename): ObjectPlan {
  const { old, new: added } = rename;
  const file = added.new?.origin.file;
  return {
    object: added.object,
    verdict: 'renamed',
    ...(file ? { file } : {}),
    was: old.object,
    fields: [],
    refusals: [],
    condition: costOf(rename),
    // the old one is for a rollback
    ...(isHashed(old.object.name, added.object.name)
      ? { risk: 'none' }
      : { remedy: deletionOf(old.object), risk: 'notice' }),
  };
}
