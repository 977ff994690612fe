import type { IConstruct } from 'constructs';
import type { ClusterConfig } from '../../eksctl/types';
import { type CapacityInput, capacity } from '../../simulator/capacity';
import type { CapacityReport } from '../../simulator/report';
import type { Prerequisite } from '../core/requirements';
import { manifestIn } from './app-objects';

/** Kinds that decide what an app takes, and where. */
const KINDS: ReadonlySet<string> = new Set([
  'CronJob',
  'DaemonSet',
  'Deployment',
  'HorizontalPodAutoscaler',
  'Job',
  'LimitRange',
  'Namespace',
  'PersistentVolumeClaim',
  'Pod',
  'PriorityClass',
  'ReplicaSet',
  'ScaledObject',
  'StatefulSet',
  'StorageClass',
]);

/** What a cluster knows beside the objects of its app. */
export interface CapacityOptions extends Pick<CapacityInput, 'instanceTypes' | 'systemPods'> {
  /** What the steps install. */
  readonly prerequisites: readonly Prerequisite[];
}

/** The report on the app that a cluster belongs to; `config` is undefined where nobody knows it. */
export function capacityOf(
  cluster: IConstruct,
  config: ClusterConfig | undefined,
  { prerequisites, instanceTypes, systemPods }: CapacityOptions,
): CapacityReport {
  const manifests = cluster.node.root.node.findAll().flatMap((construct) => manifestIn(construct, KINDS) ?? []);
  const releases = prerequisites.flatMap(({ commands }) => commands.flatMap(releasesIn));
  return capacity({ cluster: cluster.node.id, config, manifests, releases, instanceTypes, systemPods });
}

/** The Helm releases that a text of commands installs. */
export function releasesIn(text: string): string[] {
  return [...text.matchAll(/^helm upgrade --install (\S+)/gm)].map(([, name]) => name!);
}
