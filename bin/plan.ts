import { statSync } from 'node:fs';
import type { Finding } from '../kube/finding';
import type { ClusterSide } from '../review/cluster-side';
import type { Plan } from '../review/plan/model';
import { plan } from '../review/plan/plan';
import { checkConfig } from './check-config';
import { baseRevision, describeRevision, readRevision } from './git';
import { loadSet } from './load-set';
import { readSources, type Source, UsageError } from './sources';
import { requireVersion } from './version';

/** What is compared, and with what. */
export interface PlanRequest {
  /** A revision of git, a file or a folder. @default - where the branch left the main one */
  readonly from?: string;
  /** A file or a folder. */
  readonly to: string;
  /** '1.35'. @default - of the ClusterConfig of each side */
  readonly kubernetes?: string;
  readonly version: string;
}

/** A plan, and of what. */
export interface PlanReport extends Plan {
  readonly from: string;
  readonly to: string;
  /** What could not be read, on the new side. */
  readonly unread: readonly Finding[];
  /** Of the package. */
  readonly version: string;
}

/** Reads both sides and compares them. Throws a UsageError. */
export function planOf({ from, to, kubernetes, version }: PlanRequest): PlanReport {
  requireVersion(kubernetes);
  const next = sideOf(readSources([to], noInput));
  const base = from ?? baseRevision(to);
  const isPath = from !== undefined && exists(from);
  const old = sideOf(isPath ? readSources([from], noInput) : readRevision(base, to));
  return {
    ...plan(old.inventory, next.inventory, {
      cluster: next.cluster,
      clusterBefore: old.cluster,
      kubernetesVersion: kubernetes,
      apply: `kubectl apply -f ${to}`,
    }),
    from: isPath ? from : describeRevision(base, to),
    to,
    unread: next.inventory.findings,
    version,
  };
}

interface Side {
  readonly inventory: ReturnType<typeof loadSet>['inventory'];
  readonly cluster: ClusterSide | undefined;
}

/** The cluster is that of the only ClusterConfig. */
function sideOf(sources: readonly Source[]): Side {
  const { inventory, clusterConfigs } = loadSet(sources);
  const [config] = clusterConfigs.length === 1 ? clusterConfigs : [];
  return { inventory, cluster: config ? checkConfig(config, inventory).cluster : undefined };
}

function exists(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false }) !== undefined;
}

function noInput(): string {
  throw new UsageError("a plan compares files: '-' is not one");
}
