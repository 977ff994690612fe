import { EKSCTL_DEFAULT_VERSION } from '../../eks/versions';
import { Inventory, inventoryObject } from '../../kube/inventory';
import type { ClusterSide } from '../cluster-side';
import { EFFECTS } from './effects';
import { type Change, type Effect, type Plan, type PlanInput, RISKS, type Risk } from './model';
import { objectPlans } from './object-plans';
import { type Pair, pairsOf } from './pairs';
import { applied, created } from './verdict';

const APPLY = 'kubectl apply -f dist/';

/** What is known of the cluster that both sets are applied to. */
export interface PlanOptions {
  /** The cluster of the new set. @default - nothing is known of it */
  readonly cluster?: ClusterSide | undefined;
  /** The cluster of the old set. @default - the same */
  readonly clusterBefore?: ClusterSide | undefined;
  /** The version of the API server, '1.35'. @default - that of the cluster, else the one that eksctl chooses */
  readonly kubernetesVersion?: string | undefined;
  /** The version of the API server at the old set. @default - that of the cluster before, else the same */
  readonly kubernetesVersionBefore?: string | undefined;
  /** The command that applies the new set, for the steps of remedies. @default 'kubectl apply -f dist/' */
  readonly apply?: string | undefined;
}

/**
 * What `kubectl apply` of a set does to a cluster that holds another one: a verdict per object, and what follows for pods,
 * volumes, connections and permissions. Pure, and never throws on a manifest.
 *
 * @param old the set that was applied last
 * @param next the set to apply
 */
export function plan(old: Inventory, next: Inventory, options: PlanOptions = {}): Plan {
  const versions = versionsOf(options);
  const changes = pairsOf(old, next).map((pair) => changeOf(pair, versions.new));
  const { cluster, clusterBefore = cluster, apply = APPLY } = options;
  const input: PlanInput = {
    old,
    new: next,
    versions,
    clusters: { ...(clusterBefore ? { old: clusterBefore } : {}), ...(cluster ? { new: cluster } : {}) },
    changes,
    apply,
    after: afterApply(changes),
  };
  return {
    objects: worstFirst(objectPlans(changes, apply)),
    effects: worstFirst(EFFECTS.flatMap((effectsOf): readonly Effect[] => effectsOf(input))),
  };
}

function versionsOf({ cluster, clusterBefore, kubernetesVersion, kubernetesVersionBefore }: PlanOptions) {
  const version = kubernetesVersion ?? cluster?.config.metadata.version ?? EKSCTL_DEFAULT_VERSION;
  return { old: kubernetesVersionBefore ?? clusterBefore?.config.metadata.version ?? version, new: version };
}

function changeOf({ object, old, new: next }: Pair, version: string): Change {
  if (!next) {
    const live = created(old!.manifest, version);
    return { object, verdict: 'left-behind', old: old!, live, next: live, fields: [], refusals: [] };
  }
  if (!old) {
    return { object, verdict: 'created', new: next, next: created(next.manifest, version), fields: [], refusals: [] };
  }
  return { object, old, new: next, ...applied(old.manifest, next.manifest, version) };
}

function afterApply(changes: readonly Change[]): Inventory {
  return new Inventory(
    changes.flatMap(({ next, new: object, old }) => (next ? [inventoryObject(next, (object ?? old)!.origin)] : [])),
  );
}

function worstFirst<T extends { readonly risk: Risk }>(items: readonly T[]): T[] {
  return RISKS.flatMap((risk) => items.filter((item) => item.risk === risk));
}
