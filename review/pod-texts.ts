import type { ConfigMapVolumeSource, VolumeMount } from '../imports/kubernetes';
import { addTo } from '../kube/collections';
import type { Inventory, InventoryObject, PodObject } from '../kube/inventory';
import { podContainers } from '../kube/pod-containers';
import { indexPath } from '../kube/text';

/** A text that a container of a pod reads: a variable, an argument, or a value of a ConfigMap. */
export interface PodText {
  readonly text: string;
  /** For messages: "variable 'DB'". */
  readonly where: string;
  readonly kind: 'variable' | 'argument' | 'file';
  /** The variable, the flag before the argument, the key of the file; '' for none. */
  readonly name: string;
  /** Of the pod's object, where the text stands in it. */
  readonly field?: string;
  readonly container?: string;
  /** The ConfigMap that holds the text. */
  readonly configMap?: InventoryObject;
}

/** The texts of a pod, its ConfigMaps of the set included. */
export function podTexts(inventory: Inventory, pod: PodObject): readonly PodText[] {
  const { texts, maps } = inventory.view(textIndex);
  const known = texts.get(pod);
  if (known) {
    return known;
  }
  const found = textsOf(pod, maps);
  texts.set(pod, found);
  return found;
}

/** How many objects that make pods read a ConfigMap. */
export function readersOf(inventory: Inventory, configMap: InventoryObject): number {
  return inventory.view(readers).get(configMap) ?? 0;
}

type Maps = ReadonlyMap<string, InventoryObject>;

const textIndex = (inventory: Inventory) => ({
  texts: new Map<PodObject, readonly PodText[]>(),
  maps: new Map(
    inventory.ofKind('ConfigMap', '').map((map) => [`${map.namespace}/${map.manifest.metadata.name}`, map]),
  ),
});

const readers = (inventory: Inventory): ReadonlyMap<InventoryObject, number> => {
  const counts = new Map<InventoryObject, number>();
  for (const pod of inventory.pods) {
    for (const map of new Set(podTexts(inventory, pod).map(({ configMap }) => configMap))) {
      if (map) {
        counts.set(map, (counts.get(map) ?? 0) + 1);
      }
    }
  }
  return counts;
};

function textsOf(pod: PodObject, maps: Maps): readonly PodText[] {
  const found: PodText[] = [];
  const mapNamed = (name: string | undefined) => maps.get(`${pod.namespace}/${name}`);
  const mounts = new Map<string, VolumeMount[]>();
  for (const { container, field } of podContainers(pod)) {
    const { name, env = [], envFrom = [] } = container;
    const at = name === undefined ? {} : { container: name };
    for (const [i, { name: variable = '', value, valueFrom }] of env.entries()) {
      const map = mapNamed(valueFrom?.configMapKeyRef?.name);
      const text = value ?? (map && dataOf(map)[valueFrom?.configMapKeyRef?.key ?? '']);
      if (typeof text === 'string') {
        const origin = value === undefined && map ? { configMap: map } : {};
        found.push({
          text,
          where: `variable '${variable}'`,
          kind: 'variable',
          name: variable,
          field: `${field}.env[${i}]`,
          ...at,
          ...origin,
        });
      }
    }
    for (const { configMapRef, prefix = '' } of envFrom) {
      const map = mapNamed(configMapRef?.name);
      for (const [key, text] of Object.entries(map ? dataOf(map) : {})) {
        const variable = `${prefix}${key}`;
        found.push({ text, where: `variable '${variable}'`, kind: 'variable', name: variable, ...at, configMap: map! });
      }
    }
    for (const key of ['command', 'args'] as const) {
      for (const [i, text] of (container[key] ?? []).entries()) {
        const before = container[key]![i - 1] ?? '';
        const flag = /^(-{1,2}[\w.-]{1,100})=/.exec(text)?.[1] ?? (before.startsWith('-') ? before : '');
        found.push({
          text,
          where: 'its command',
          kind: 'argument',
          name: flag,
          field: indexPath(`${field}.${key}`, i),
          ...at,
        });
      }
    }
    for (const mount of container.volumeMounts ?? []) {
      addTo(mounts, mount.name, mount);
    }
  }
  for (const volume of pod.spec.volumes ?? []) {
    const sources = [volume.configMap, ...(volume.projected?.sources ?? []).map(({ configMap }) => configMap)];
    const places = mounts.get(volume.name);
    for (const source of places ? sources : []) {
      const map = mapNamed(source?.name);
      if (map) {
        found.push(...filesOf(map, source!, places!));
      }
    }
  }
  return found;
}

function filesOf(
  configMap: InventoryObject,
  { items }: ConfigMapVolumeSource,
  mounts: readonly VolumeMount[],
): readonly PodText[] {
  const found: PodText[] = [];
  const data = dataOf(configMap);
  const bySubPath = new Map(mounts.map(({ subPath, mountPath }) => [subPath ?? '', mountPath]));
  const folder = bySubPath.get('');
  for (const { key, path } of items ?? Object.keys(data).map((name) => ({ key: name, path: name }))) {
    const text = data[key];
    const place = bySubPath.get(path) ?? (folder === undefined ? undefined : `${folder}/${path}`);
    // a file whose folder is mounted by its parts alone is not seen
    if (text !== undefined && place !== undefined) {
      found.push({ text, where: `file '${place}'`, kind: 'file', name: key, configMap });
    }
  }
  return found;
}

function dataOf({ manifest }: InventoryObject): Readonly<Record<string, string>> {
  return (manifest as { readonly data?: Readonly<Record<string, string>> }).data ?? {};
}
