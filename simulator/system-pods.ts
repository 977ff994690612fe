import { ADDONS, type SystemPods } from '../eks/addons';
import { CONTROLLERS, type Controller } from '../eks/controllers';
import type { PodSpec } from '../imports/kubernetes';
import type { Manifest } from '../kube/objects';

export type { SystemPods } from '../eks/addons';

/** Pods by the name of the EKS add-on or Helm release that brings them. */
export type SystemPodTable = Readonly<Record<string, readonly SystemPods[]>>;

/** What the add-ons and releases that this library installs take. */
export const SYSTEM_PODS: SystemPodTable = Object.fromEntries(
  [
    ...Object.entries(ADDONS),
    ...Object.values<Controller>(CONTROLLERS).map((controller) => [controller.chart, controller] as const),
  ].flatMap(([name, { pods }]) => (pods ? [[name, pods] as const] : [])),
);

/** What runs on a cluster beside the app, as manifests; and the names of which nobody knows what they bring. */
export function systemPodsOf(
  names: readonly string[],
  told: SystemPodTable = {},
): { readonly manifests: readonly SystemManifest[]; readonly unknown: readonly string[] } {
  const each = [...new Set([...names, ...Object.keys(told)])].map(
    (name) => [name, told[name] ?? (Object.hasOwn(SYSTEM_PODS, name) ? SYSTEM_PODS[name] : undefined)] as const,
  );
  return {
    manifests: each.flatMap(([, pods]) => (pods ?? []).map(systemManifest)),
    unknown: each.filter(([, pods]) => pods === undefined).map(([name]) => name),
  };
}

/** A Deployment or DaemonSet. */
export type SystemManifest = Manifest & { readonly spec: Record<string, unknown> };

/** A stand-in that takes the room of such pods. */
export function systemManifest(pods: SystemPods): SystemManifest {
  const { name, replicas, cpu, memory, priority, hostNetwork } = pods;
  const requests = { ...(cpu ? { cpu: `${cpu}m` } : {}), ...(memory ? { memory: `${memory}Mi` } : {}) };
  const labels = { 'app.kubernetes.io/name': name };
  const spec: PodSpec = {
    ...(priority ? { priorityClassName: priority } : {}),
    ...(hostNetwork ? { hostNetwork } : {}),
    ...(replicas === undefined ? { tolerations: [{ operator: 'Exists' }] } : {}),
    containers: [{ name: 'all', image: name, resources: { requests } }],
  };
  const number = replicas === undefined ? {} : { replicas };
  return {
    apiVersion: 'apps/v1',
    kind: replicas === undefined ? 'DaemonSet' : 'Deployment',
    metadata: { name, namespace: 'kube-system' },
    spec: { ...number, selector: { matchLabels: labels }, template: { metadata: { labels }, spec } },
  };
}
