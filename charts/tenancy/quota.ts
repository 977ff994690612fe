import { replicaBoundsOf } from '../../kube/autoscalers';
import type { SpecManifest } from '../../kube/pod-resources';
import { formatBytes, formatCpu } from '../../kube/quantity';
import type { Quantity } from '../../kube/values';
import type { Check } from '../core/check';
import type { LimitRange, ObjectMeta, ResourceQuota } from '../core/k8s';
import { add, CONTAINER_DEFAULTS, type Footprint, footprint, NOTHING } from './footprint';

/** Totals of a namespace as the user gave them. */
export type QuotaTotals = Readonly<Record<string, Quantity | number>>;

export function checkQuota(check: Check, quota: QuotaTotals | 'none' | undefined): void {
  if (quota === undefined || quota === 'none') {
    return;
  }
  if (typeof quota !== 'object' || Object.keys(quota).length === 0) {
    check.fail('quota has no totals', "write { 'requests.cpu': '20', pods: 100 }, or 'none'");
  }
  for (const [name, total] of Object.entries(quota)) {
    if (typeof total === 'number') {
      check.integer(`quota '${name}'`, total, 0);
    } else {
      check.quantity(`quota '${name}'`, total, '20');
    }
  }
}

/** What all workloads of a namespace take together; not `counted` when the number of somebody's pods is not known. */
export interface TotalFootprint {
  readonly total: Footprint;
  readonly counted: boolean;
}

export function totalFootprint(manifests: readonly SpecManifest[], nodes: number | undefined): TotalFootprint {
  const around = { replicas: replicaBoundsOf(manifests), nodes };
  const each = manifests.map((manifest) => footprint(manifest, around));
  return {
    total: each.reduce<Footprint>((sum, one) => (one === undefined || one === NOTHING ? sum : add(sum, one)), NOTHING),
    counted: !each.includes(undefined),
  };
}

/**
 * No `limits.cpu`, which would put back the limit that `cpuLimit: 'none'` took out. Where pods cannot be counted only
 * storage is limited: a guess would stop a rollout.
 */
export function computedTotals(total: Footprint, counted: boolean): Record<string, string> {
  const storage = {
    persistentvolumeclaims: String(total.claims),
    'requests.storage': formatBytes(total.storage),
  };
  if (!counted) {
    return storage;
  }
  return {
    'limits.memory': formatBytes(total.memoryLimit),
    pods: String(total.pods),
    'requests.cpu': formatCpu(total.cpu),
    'requests.ephemeral-storage': formatBytes(total.ephemeralStorage),
    'requests.memory': formatBytes(total.memory),
    ...storage,
  };
}

export function resourceQuota(metadata: ObjectMeta & { name: string }, totals: QuotaTotals): ResourceQuota {
  const hard = Object.fromEntries(Object.entries(totals).map(([name, total]) => [name, String(total)]));
  return { apiVersion: 'v1', kind: 'ResourceQuota', metadata, spec: { hard } };
}

/**
 * What containers get that say nothing, so that the quota can count them. No default CPU limit: it would throttle those
 * that left it out on purpose.
 */
export function limitRange(metadata: ObjectMeta & { name: string }): LimitRange {
  return {
    apiVersion: 'v1',
    kind: 'LimitRange',
    metadata,
    spec: {
      limits: [
        {
          type: 'Container',
          default: { ...CONTAINER_DEFAULTS.limits },
          defaultRequest: { ...CONTAINER_DEFAULTS.requests },
        },
        { type: 'PersistentVolumeClaim', min: { storage: '1Gi' } },
      ],
    },
  };
}
