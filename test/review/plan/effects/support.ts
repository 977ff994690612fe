import type { Inventory } from '../../../../kube/inventory';
import { loadInventory } from '../../../../review/load';
import type { Effect, EffectKind } from '../../../../review/plan/model';
import { type PlanOptions, plan } from '../../../../review/plan/plan';
import { readManifests } from '../../../../review/read-manifests';

/** A manifest, or YAML of several. */
export type Given = string | object;

export function inventoryOf(given: readonly Given[]): Inventory {
  const documents = given.flatMap((one) =>
    typeof one === 'string' ? readManifests(one, 'a.yaml').documents : [{ value: one, origin: {} }],
  );
  return loadInventory(documents);
}

/** The effects of an apply over another one. */
export function effectsOf(
  before: readonly Given[],
  after: readonly Given[],
  options: PlanOptions = { kubernetesVersion: '1.36' },
): readonly Effect[] {
  return plan(inventoryOf(before), inventoryOf(after), options).effects;
}

/** "danger: Deployment 'shop/web' ..." of the effects of some kinds. */
export function said(effects: readonly Effect[], ...kinds: readonly EffectKind[]): readonly string[] {
  return effects
    .filter(({ kind }) => kinds.length === 0 || kinds.includes(kind))
    .map(({ risk, text }) => `${risk}: ${text}`);
}

type Fields = Readonly<Record<string, unknown>>;

/** A Deployment 'shop/web' of three pods. */
export function deployment(spec: Fields = {}, pod: Fields = {}, name = 'web'): object {
  return workload('Deployment', spec, pod, name);
}

/** A StatefulSet 'shop/store' of three members with a volume each. */
export function statefulSet(spec: Fields = {}, pod: Fields = {}, name = 'store'): object {
  const claim = {
    metadata: { name: 'data' },
    spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '20Gi' } } },
  };
  return workload('StatefulSet', { serviceName: name, volumeClaimTemplates: [claim], ...spec }, pod, name);
}

export function workload(kind: string, spec: Fields, pod: Fields = {}, name = 'web', labels: Fields = {}): object {
  const own = { app: name };
  return {
    apiVersion: 'apps/v1',
    kind,
    metadata: { name, namespace: 'shop', labels },
    spec: {
      ...(kind === 'DaemonSet' ? {} : { replicas: 3 }),
      selector: { matchLabels: own },
      template: {
        metadata: { labels: { ...own, ...labels } },
        spec: {
          containers: [{ name: 'main', image: 'example.com/app:1', ...((pod.main as object) ?? {}) }],
          ...without(pod, 'main'),
        },
      },
      ...spec,
    },
  };
}

/** Another image. */
export const NEW = { main: { image: 'example.com/app:2' } } as const;

/** The same with limits of memory. */
export const asking = (memory: string, more: Fields = {}): Fields => ({
  main: { resources: { requests: { memory }, limits: { memory } }, ...more },
});

export function object(
  apiVersion: string,
  kind: string,
  name: string,
  more: Fields = {},
  metadata: Fields = {},
): object {
  return { apiVersion, kind, metadata: { name, namespace: 'shop', ...metadata }, ...more };
}

export const quota = (hard: Fields): object => object('v1', 'ResourceQuota', 'quota', { spec: { hard } });

export const autoscaler = (min: number, max: number, name = 'web'): object =>
  object('autoscaling/v2', 'HorizontalPodAutoscaler', name, {
    spec: { minReplicas: min, maxReplicas: max, scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name } },
  });

function without(fields: Fields, key: string): Fields {
  return Object.fromEntries(Object.entries(fields).filter(([one]) => one !== key));
}
