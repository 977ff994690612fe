import { statSync } from 'node:fs';
import type { ClusterConfig } from '../eksctl/types';
import type { Finding } from '../kube/finding';
import type { Inventory } from '../kube/inventory';
import type { ClusterSide } from '../review/cluster-side';
import type { ClusterPlan, ClusterStep } from '../review/plan/cluster/model';
import { planCluster } from '../review/plan/cluster/plan-cluster';
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

/** What a changed ClusterConfig asks for. */
export interface ClusterChange extends ClusterPlan {
  readonly name: string;
  readonly file: string;
}

/** A plan, and of what. */
export interface PlanReport extends Plan {
  /** Of the clusters whose ClusterConfigs differ. */
  readonly clusters: readonly ClusterChange[];
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
    clusters: clusterChanges(old, next),
    from: isPath ? from : describeRevision(base, to),
    to,
    unread: next.inventory.findings,
    version,
  };
}

/**
 * 0 when nothing changes, 2 with changes, 3 when something is refused, can be lost or could not be read. 1 is for a wrong call,
 * as the exit codes of Terraform are.
 */
export function exitCodeOf({ objects, effects, clusters, unread }: PlanReport): 0 | 2 | 3 {
  const risks = [...objects, ...effects, ...clusters.flatMap(({ steps }) => steps)].map(({ risk }) => risk);
  if (unread.length > 0 || risks.includes('danger') || clusters.some(({ newCluster }) => newCluster.length > 0)) {
    return 3;
  }
  const isSame = objects.every(({ verdict }) => verdict === 'unchanged') && effects.length + clusters.length === 0;
  return isSame ? 0 : 2;
}

/** One side of the comparison. */
interface Side {
  readonly inventory: Inventory;
  readonly clusters: readonly NamedCluster[];
  /** The cluster of the objects: the only one. */
  readonly cluster: ClusterSide | undefined;
}

interface NamedCluster {
  readonly name: string;
  readonly file: string;
  readonly config: ClusterConfig;
}

function sideOf(sources: readonly Source[]): Side {
  const { inventory, clusterConfigs } = loadSet(sources);
  const sides = clusterConfigs.flatMap((config) => checkConfig(config, inventory).cluster ?? []);
  const clusters = sides.map(({ config, file }) => ({
    name: config.metadata.name,
    file: file?.path ?? 'cluster.yaml',
    config,
  }));
  return { inventory, clusters, cluster: sides.length === 1 ? sides[0] : undefined };
}

/** A cluster of one side alone is made or deleted as a whole. */
function clusterChanges(old: Side, next: Side): ClusterChange[] {
  const before = new Map(old.clusters.map((cluster) => [cluster.name, cluster]));
  const after = new Set(next.clusters.map(({ name }) => name));
  const { inventory } = next;
  const changed = next.clusters.map(({ name, file, config }): ClusterChange => {
    const was = before.get(name);
    return { name, file, ...(was ? planCluster(was.config, config, { file, inventory }) : madeCluster(file)) };
  });
  const gone = old.clusters
    .filter(({ name }) => !after.has(name))
    .map(({ name, file, config }): ClusterChange => ({ name, file, ...leftCluster(config) }));
  return [...changed, ...gone].filter(
    ({ steps, ignored, newCluster }) => steps.length + ignored.length + newCluster.length > 0,
  );
}

function madeCluster(file: string): ClusterPlan {
  const step: ClusterStep = {
    id: 'cluster/create',
    command: `eksctl create cluster -f ${file}`,
    text: 'Make the cluster',
    fields: [],
    minutes: [15, 40],
    risk: 'notice',
  };
  return { steps: [step], ignored: [], newCluster: [] };
}

function leftCluster({ metadata: { name, region } }: ClusterConfig): ClusterPlan {
  const step: ClusterStep = {
    id: 'cluster/delete',
    command: `eksctl delete cluster --name ${name} --region ${region}`,
    text: 'The cluster keeps running; delete it when nothing in it is needed',
    fields: [],
    minutes: [10, 30],
    risk: 'notice',
  };
  return { steps: [step], ignored: [], newCluster: [] };
}

function exists(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false }) !== undefined;
}

function noInput(): string {
  throw new UsageError("a plan compares files: '-' is not one");
}
