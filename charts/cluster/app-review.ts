import type { IConstruct } from 'constructs';
import type { ClusterConfig } from '../../eksctl/types';
import type { InventoryObject } from '../../kube/inventory';
import { type ClusterSide, clusterSide } from '../../review/cluster-side';
import { type CapacityInput, capacity } from '../../simulator/capacity';
import type { CapacityReport } from '../../simulator/report';
import { constructsOf, countedManifests, inventoryOf } from '../core/app-objects';
import { type Prerequisite, Requirements } from '../core/requirements';
import { withNodePools } from './auto-mode/architectures';
import type { ResolvedCluster } from './resolved-cluster';

/** The input of the review about the cluster of an app. */
export function sideOf(
  cluster: IConstruct,
  config: ClusterConfig,
  { context }: Pick<ResolvedCluster, 'context'>,
  report: () => CapacityReport,
): ClusterSide {
  const { root } = cluster.node;
  return clusterSide(config, {
    construct: cluster.node.path,
    checked: context.facts.made,
    architectures: withNodePools(root, context).facts.architectures ?? new Set(),
    capacity: report,
    // of a cluster that is made here the pool is an object
    karpenter: context.facts.made ? undefined : context.facts.karpenter,
    ...askedIn(root),
  });
}

/** The requirements of an app's constructs that the review needs. */
export function askedIn(root: IConstruct): Pick<ClusterSide, 'identities' | 'requiredArchitectures'> {
  const identities = new Map<string, string>();
  const architectures = new Map<string, ReadonlySet<string>>();
  const none: ReadonlySet<string> = new Set();
  const declared = Requirements.declaredIn(root);
  const required = new Map<IConstruct | undefined, ReadonlySet<string>>();
  for (const construct of constructsOf(root)) {
    const { node } = construct;
    // that of its scope, which comes before it
    let here = required.size === 0 ? none : (required.get(node.scope) ?? none);
    for (const { need } of declared.has(construct) ? Requirements.of(construct) : []) {
      if (need?.kind === 'pod-identity') {
        identities.set(need.name, node.path);
      } else if (need?.kind === 'architecture') {
        here = new Set([...here, need.name]);
      }
    }
    if (here.size > 0) {
      required.set(construct, here);
      architectures.set(node.path, here);
    }
  }
  return {
    identities,
    requiredArchitectures: ({ origin }: InventoryObject) => architectures.get(origin.construct ?? '') ?? none,
  };
}

/** Input of the report on capacity beside the objects of the app. */
export interface CapacityOptions extends Pick<CapacityInput, 'instanceTypes' | 'systemPods'> {
  /** Software that the steps install. */
  readonly prerequisites: readonly Prerequisite[];
}

/** The capacity report of a cluster's app; `config` is undefined if it is unknown. Throws for amounts that cannot be counted. */
export function capacityOf(
  cluster: IConstruct,
  config: ClusterConfig | undefined,
  { prerequisites, instanceTypes, systemPods }: CapacityOptions,
): CapacityReport {
  const manifests = countedManifests(inventoryOf(cluster.node.root));
  const releases = prerequisites.flatMap(({ commands }) => commands.flatMap(releasesIn));
  return capacity({ cluster: cluster.node.id, config, manifests, releases, instanceTypes, systemPods });
}

/** The Helm releases that commands install. */
export function releasesIn(text: string): string[] {
  return [...text.matchAll(/^helm upgrade --install (\S+)/gm)].map(([, name]) => name!);
}
