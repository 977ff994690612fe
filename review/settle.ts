import type { Finding } from '../kube/finding';
import type { Inventory } from '../kube/inventory';
import type { ClusterSide } from './cluster-side';
import { clusterWaivers } from './cluster-waivers';
import { isClusterRule, KnownRules } from './known-rules';
import { atLevels, type FolderLevels, type Levels, levelOf, unknownLevels } from './levels';
import type { CustomRule } from './rule';
import { RULES } from './rules';
import { type DeclaredWaiver, withWaivers } from './waivers';

/** How findings count. */
export interface ReviewSettings {
  /** Levels of rules and topics. @default - each rule has its own */
  readonly levels?: Levels;
  /** Levels of the files of folders, where `levels` says nothing. @default - none */
  readonly folders?: readonly FolderLevels[];
  /** Waivers beside the annotations of the objects and of the ClusterConfig. @default - none */
  readonly waivers?: readonly DeclaredWaiver[];
  /** The date, '2026-11-28', after which waivers with an earlier 'until' are expired. @default - none expires */
  readonly today?: string;
  /** Whether an expired waiver still covers its findings. @default false */
  readonly expiredHold?: boolean;
}

/** The findings of rules at their levels, with what is waived marked, and the findings about levels and waivers. */
export function settle(
  findings: readonly Finding[],
  inventory: Inventory,
  { rules, cluster }: { readonly rules: readonly CustomRule[]; readonly cluster: ClusterSide | undefined },
  { levels = {}, folders = [], waivers = [], today, expiredHold = false }: ReviewSettings = {},
): Finding[] {
  const known = new KnownRules([...RULES, ...rules]);
  const lacks = { cluster: cluster === undefined, capacity: cluster?.capacity === undefined };
  let run: ReadonlySet<string> | undefined;
  const isRun = (id: string) => {
    run ??= new Set(rules.filter(({ needs }) => !needs || !lacks[needs]).map((rule) => rule.id));
    return run.has(id);
  };
  const asked = (id: string) =>
    [levels, ...folders.map((folder) => folder.levels ?? {})].every((one) => levelOf(one, id) !== 'off') &&
    (isClusterRule(id) ? cluster?.checked === true : inventory.complete && isRun(id));
  const own = [levels, ...folders.map((folder) => folder.levels ?? {})].flatMap((one) => unknownLevels(one, known));
  const declared = [...waivers, ...(cluster ? clusterWaivers(cluster.config, '', cluster) : [])];
  const waived = withWaivers(findings, inventory, { declared, known, today, expiredHold, asked });
  return atLevels([...own, ...waived], levels, folders);
}
