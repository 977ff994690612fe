import { replicaBoundsOf } from '../../kube/autoscalers';
import { describe } from '../../kube/describe';
import type { Manifest } from '../../kube/objects';
import { podTemplates } from '../../kube/pod-templates';
import { formatBytes, formatCpu, MEBI, quantityOf } from '../../kube/quantity';
import { faultOfQuotaResource, isBytes } from '../../kube/quota-resources';
import { keyPath } from '../../kube/text';
import type { Quantity } from '../../kube/values';
import type { Check } from '../core/check';
import type { ObjectMeta, ResourceQuota } from '../core/k8s';
import { add, DEFAULT, type Footprint, footprint, NOTHING } from './footprint';

/** Totals of a namespace, by resource: { 'requests.cpu': '20', pods: 100 }. */
export type QuotaTotals = Readonly<Record<string, Quantity | number>>;

export function checkQuota(check: Check, quota: QuotaTotals | 'none' | undefined): void {
  if (quota === undefined || quota === 'none') {
    return;
  }
  if (typeof quota !== 'object' || Object.keys(quota).length === 0) {
    check.fail(
      typeof quota === 'object' ? 'invalid' : 'type',
      'quota',
      `quota must be an object with at least one total, or 'none', but is ${describe(quota)}`,
      "write { 'requests.cpu': '20', pods: 100 }, or 'none'",
    );
  }
  for (const [name, total] of Object.entries(quota)) {
    const fault = faultOfQuotaResource(name);
    if (fault) {
      check.fail(
        'unknown',
        keyPath('quota', name),
        `quota must have resources that a ResourceQuota limits, but has ${describe(name)}${fault.why}`,
        fault.fix,
      );
    }
    if (typeof total === 'number') {
      check.integer(keyPath('quota', name), total, 0);
    } else {
      check.quantity(keyPath('quota', name), total, '20');
    }
    const amount = quantityOf(total) ?? 0n;
    if (isBytes(name) && amount > 0n && amount < MEBI) {
      check.fail(
        'invalid',
        keyPath('quota', name),
        `${keyPath('quota', name)} must be bytes with a unit, but is ${describe(total)}, less than 1Mi`,
        "write for example '64Gi'",
      );
    }
  }
}

/** The sum over all workloads of a namespace. */
export interface TotalFootprint {
  readonly total: Footprint;
  /** Whether the number of pods of every workload is known. */
  readonly counted: boolean;
  /** Whether that of every workload is known whose pods have volumes of their own. */
  readonly volumesCounted: boolean;
}

export function totalFootprint(manifests: readonly Manifest[], nodes: number | undefined): TotalFootprint {
  const around = { replicas: replicaBoundsOf(manifests), nodes };
  const each = manifests.map((manifest) => footprint(manifest, around));
  return {
    total: each.reduce<Footprint>((sum, one) => (one === undefined || one === NOTHING ? sum : add(sum, one)), NOTHING),
    counted: !each.includes(undefined),
    volumesCounted: !each.some((one, i) => one === undefined && hasOwnVolumes(manifests[i]!)),
  };
}

function hasOwnVolumes(manifest: Manifest): boolean {
  return podTemplates(manifest).some(({ template }) => template.spec?.volumes?.some(({ ephemeral }) => ephemeral));
}

/**
 * Storage is counted by class as well, so that a claim by hand of another class does not use up what the members of a set need;
 * unless a claim has no class, and so that of the cluster, which the app need not know.
 *
 * `limits.cpu` is left out, because with it every container needs a CPU limit. If pods cannot be counted, only storage and
 * Services are limited: too low an estimate would block a rollout. Load balancers and node ports are counted, so that
 * rights in the namespace do not suffice to open a way in that the app does not declare.
 *
 * @param classes names of the StorageClasses that are for all tenants
 * @see https://kubernetes.io/docs/concepts/policy/resource-quotas/
 */
export function computedTotals(
  { total, counted, volumesCounted }: TotalFootprint,
  classes: readonly string[] = [],
): Record<string, string> {
  const known = {
    ...(volumesCounted
      ? {
          ...byClass(total, classes),
          persistentvolumeclaims: String(total.claims),
          'requests.storage': formatBytes(total.storage),
        }
      : {}),
    'services.loadbalancers': String(total.loadBalancers),
    'services.nodeports': String(total.nodePorts),
  };
  if (!counted) {
    return known;
  }
  return {
    'limits.memory': formatBytes(total.memoryLimit),
    pods: String(total.pods),
    'requests.cpu': formatCpu(total.cpu),
    'requests.ephemeral-storage': formatBytes(total.ephemeralStorage),
    'requests.memory': formatBytes(total.memory),
    ...known,
  };
}

/** None where the total, 0, says the same of each class. */
function byClass({ byClass, storage }: Footprint, classes: readonly string[]): Record<string, string> {
  if (storage === 0n || byClass.has(DEFAULT)) {
    return {};
  }
  const names = [...new Set([...classes, ...byClass.keys()])].sort();
  return Object.fromEntries(
    names.map((name) => [`${name}.storageclass.storage.k8s.io/requests.storage`, formatBytes(byClass.get(name) ?? 0n)]),
  );
}

export function resourceQuota(metadata: ObjectMeta & { name: string }, totals: QuotaTotals): ResourceQuota {
  const hard = Object.fromEntries(Object.entries(totals).map(([name, total]) => [name, String(total)]));
  return { apiVersion: 'v1', kind: 'ResourceQuota', metadata, spec: { hard } };
}
