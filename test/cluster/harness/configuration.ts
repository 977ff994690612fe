import type { V1ConfigMap, V1Pod } from '@kubernetes/client-node';
import type { Kube } from './kube';

/** The configuration of pods that have the same. */
export async function commonConfiguration(kube: Kube, pods: readonly V1Pod[]): Promise<Record<string, string>> {
  const [first, ...others] = await Promise.all(pods.map((pod) => configurationOf(kube, pod)));
  for (const other of others) {
    expect(other).toEqual(first);
  }
  return first!;
}

/** What the kubelet would give to the program in a pod: its variables and files, from the ConfigMaps that are there. */
async function configurationOf(kube: Kube, { metadata, spec }: V1Pod): Promise<Record<string, string>> {
  const container = spec!.containers[0]!;
  const named = (name: string | undefined): Promise<V1ConfigMap> =>
    kube.core.readNamespacedConfigMap({ namespace: metadata!.namespace!, name: name! });
  const found: Record<string, string> = {};
  for (const { configMapRef } of container.envFrom ?? []) {
    Object.assign(found, (await named(configMapRef!.name)).data);
  }
  for (const { name, value, valueFrom } of container.env ?? []) {
    const from = valueFrom?.configMapKeyRef;
    found[name] = from ? (await named(from.name)).data![from.key]! : value!;
  }
  for (const { name, projected } of spec!.volumes ?? []) {
    const configMap = projected?.sources?.[0]?.configMap;
    for (const { mountPath, subPath } of container.volumeMounts!.filter((mount) => configMap && mount.name === name)) {
      const { data } = await named(configMap!.name);
      for (const [key, text] of Object.entries(data!).filter(([key]) => subPath === undefined || key === subPath)) {
        found[subPath === undefined ? `${mountPath}/${key}` : mountPath] = text;
      }
    }
  }
  return found;
}
