import { addTo, rememberedBy } from '../../../kube/collections';
import { type InventoryObject, inventoryObject, title } from '../../../kube/inventory';
import type { Manifest } from '../../../kube/objects';
import { isFieldWithin } from '../../../kube/text';
import { workloadKey } from '../../replicas';
import type { Change, PlanInput } from '../model';

import { isSame } from '../verdict/values';

/** An object that the cluster holds otherwise after the apply than before it. */
export interface Move {
  readonly change: Change;
  /** As the server holds it before. @default - it does not */
  readonly before?: InventoryObject;
  /** As the server holds it afterwards. */
  readonly after: InventoryObject;
}

/** An object that an apply changes, and that the cluster holds before and after. */
export type Update = Move & Required<Pick<Move, 'before'>>;

interface Sorted {
  readonly moves: readonly Move[];
  readonly byKind: ReadonlyMap<string, readonly Move[]>;
  readonly left: readonly InventoryObject[];
}

/** Nearly everything stays as it is: it is sorted out once for all kinds of effects. */
const sorted = rememberedBy(sortOut);

/** What is created or changed, in the order of the new set. */
export function movesOf(input: PlanInput): readonly Move[] {
  return sorted(input).moves;
}

/** The same of one kind, in any version of its API. */
export function movesOfKind(input: PlanInput, ...kinds: readonly string[]): readonly Move[] {
  const { byKind } = sorted(input);
  return kinds.length === 1 ? (byKind.get(kinds[0]!) ?? []) : kinds.flatMap((kind) => byKind.get(kind) ?? []);
}

/** What is no longer in the set, as the cluster goes on holding it. */
export function leftBehind(input: PlanInput): readonly InventoryObject[] {
  return sorted(input).left;
}

export const isUpdate = (move: Move): move is Update => move.before !== undefined;

/** The fields of a change that are at a field or below it, as the plan names them; the field itself where none is named. */
export function fieldsBelow({ fields }: Change, at: string): readonly string[] {
  const found = fields.flatMap(({ field }) => (isFieldWithin(field, at) ? [field] : []));
  return found.length > 0 ? [...new Set(found)] : [at];
}

/** "Deployment 'shop/web'". */
export const named = (object: Pick<InventoryObject, 'manifest'>): string => title(object);

export { isSame, workloadKey };

function sortOut(input: PlanInput): Sorted {
  const moves: Move[] = [];
  const left: InventoryObject[] = [];
  const byKind = new Map<string, Move[]>();
  for (const change of input.changes) {
    const { verdict, old } = change;
    if (verdict === 'left-behind') {
      left.push(held(change.live ?? old!.manifest, old!));
    } else if (verdict !== 'unchanged' && verdict !== 'refused') {
      const move = moveOf(change);
      moves.push(move);
      addTo(byKind, move.after.manifest.kind, move);
    }
  }
  return { moves, byKind, left };
}

function moveOf(change: Change): Move {
  const { old, new: next, live } = change;
  const after = held(change.next ?? next!.manifest, next ?? old!);
  return old ? { change, before: held(live ?? old.manifest, old), after } : { change, after };
}

const held = (manifest: Manifest, { origin }: InventoryObject): InventoryObject => inventoryObject(manifest, origin);
