import type { IConstruct } from 'constructs';
import type { ClusterConfig } from '../../../imports/eksctl';
import type { ManifestError } from '../../core/errors';
import type { SpecManifest } from '../../core/pod-footprint';
import { quantityErrors } from '../../core/quantity-errors';
import type { Prerequisite } from '../../core/requirements';
import { cachedInPass } from '../../core/synthesis-pass';
import { manifestIn } from '../app-objects';
import { type CapacityInput, capacity } from './capacity';
import type { CapacityReport } from './report';

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

/** Amounts that cannot be counted, each with the object and the field. */
export function capacityErrors(cluster: IConstruct): ManifestError[] {
  return objectsOf(cluster).flatMap(({ construct, manifest }) => quantityErrors(construct, manifest));
}

/**
 * The report on the app that a cluster belongs to; `config` is undefined where nobody knows it. Throws when an amount
 * cannot be counted.
 */
export function capacityOf(
  cluster: IConstruct,
  config: ClusterConfig | undefined,
  { prerequisites, instanceTypes, systemPods }: CapacityOptions,
): CapacityReport {
  const [error] = capacityErrors(cluster);
  if (error) {
    throw error;
  }
  const manifests = objectsOf(cluster).map(({ manifest }) => manifest);
  const releases = prerequisites.flatMap(({ commands }) => commands.flatMap(releasesIn));
  return capacity({ cluster: cluster.node.id, config, manifests, releases, instanceTypes, systemPods });
}

interface CountedObject {
  readonly construct: IConstruct;
  readonly manifest: SpecManifest;
}

const OBJECTS = {};

function objectsOf(cluster: IConstruct): readonly CountedObject[] {
  return cachedInPass(OBJECTS, () =>
    cluster.node.root.node.findAll().flatMap((construct): CountedObject[] => {
      const manifest = manifestIn(construct, KINDS);
      return manifest ? [{ construct, manifest }] : [];
    }),
  );
}

/** The Helm releases that a text of commands installs. */
export function releasesIn(text: string): string[] {
  return [...text.matchAll(/^helm upgrade --install (\S+)/gm)].map(([, name]) => name!);
}
