import { ApiObject } from 'cdk8s';
import type { IConstruct } from 'constructs';
import type { Architecture } from '../../eks/values';
import { nodeGroupFacts } from '../../eksctl/node-group-facts';
import type { ClusterConfig } from '../../eksctl/types';
import { fitFindings } from '../../review/cluster/fit';
import type { FitFindings, FitObject } from '../../review/cluster/input';
import { type Requirement, Requirements } from '../core/requirements';
import { manifestIn } from './app-objects';
import { driverRequirements, mayNeedDriver } from './driver-requirements';

/** Kinds that a cluster may fit or not; others are not rendered for it. */
const JUDGED: ReadonlySet<string> = new Set([
  'CronJob',
  'DaemonSet',
  'Deployment',
  'IngressClass',
  'IngressClassParams',
  'Job',
  'NodeClass',
  'NodePool',
  'PersistentVolume',
  'PersistentVolumeClaim',
  'Pod',
  'ReplicaSet',
  'Service',
  'ServiceAccount',
  'StatefulSet',
  'StorageClass',
  'TargetGroupBinding',
  'VolumeSnapshot',
  'VolumeSnapshotClass',
  'VolumeSnapshotContent',
]);

/** Where the objects of the whole app and its cluster contradict each other. */
export function fitOfApp(
  cluster: IConstruct,
  config: ClusterConfig,
  architectures: ReadonlySet<Architecture> = new Set(),
): FitFindings {
  const identities = new Map<string, IConstruct>();
  const objects: FitObject[] = [];
  const visit = (construct: IConstruct, above: ReadonlySet<string>): void => {
    const own = Requirements.of(construct).map(({ id }) => id);
    for (const id of own.filter((candidate) => candidate.startsWith('pod-identity/'))) {
      identities.set(id.slice('pod-identity/'.length), construct);
    }
    const here = own.length > 0 ? new Set([...above, ...own]) : above;
    const manifest = manifestIn(construct, JUDGED);
    if (manifest) {
      objects.push({ construct, manifest, requires: here });
    }
    for (const child of construct.node.children) {
      visit(child, here);
    }
  };
  visit(cluster.node.root, new Set());
  return fitFindings({ cluster, config, groups: nodeGroupFacts(config), objects, architectures, identities });
}

/** What an object needs that asks for nothing itself, such as a plain StorageClass. */
export function requirementsOfObject(construct: IConstruct): Requirement[] {
  const manifest =
    ApiObject.isApiObject(construct) && mayNeedDriver(construct) ? manifestIn(construct, JUDGED) : undefined;
  return manifest ? driverRequirements(manifest) : [];
}
