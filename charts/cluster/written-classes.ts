import type { IConstruct } from 'constructs';
import type { PriorityClass, StorageClass } from '../../imports/kubernetes';
import { declareExisting } from '../core/app-objects';
import { Check } from '../core/check';
import { STORAGE_CLASS } from '../core/class-names';
import type { KubeObject } from '../core/kube-object';
import type { ClusterFacts } from '../core/requirements';
import { storageClasses } from '../storage/storage-classes';
import { clusterLabels, priorityClasses } from './cluster-objects';

/** The classes that workloads name, where this app writes them. */
export interface WrittenClasses {
  readonly storage: { readonly standard: KubeObject<StorageClass>; readonly retain: KubeObject<StorageClass> };
  readonly priority: { readonly [K in 'agent' | 'critical' | 'standard' | 'batch']: KubeObject<PriorityClass> };
}

export function writeClasses(
  { compute, name }: ClusterFacts,
  add: <T extends StorageClass | PriorityClass>(manifest: T) => KubeObject<T>,
): WrittenClasses {
  const labels = clusterLabels(name);
  const storage = storageClasses(compute, labels);
  const priority = priorityClasses(labels);
  return {
    storage: { standard: add(storage.standard), retain: add(storage.retain) },
    priority: {
      agent: add(priority.agent),
      critical: add(priority.critical),
      standard: add(priority.standard),
      batch: add(priority.batch),
    },
  };
}

/** Says that the classes are in the cluster, so that claims may name them. */
export function declareClasses(cluster: IConstruct): undefined {
  const names = Object.values(STORAGE_CLASS);
  declareExisting(cluster, ...names.map((name) => ({ kind: 'StorageClass', namespace: '', name })));
}

/** The classes for who reads a property of the cluster. */
export function readClasses(
  cluster: IConstruct,
  property: string,
  classes: WrittenClasses | undefined,
): WrittenClasses {
  if (!classes) {
    throw Check.of(cluster).error(
      'forbidden',
      'classes',
      `${property} must not be read with classes 'present': another app writes them`,
      "edit them there, or leave out classes: 'present'",
    );
  }
  return classes;
}
