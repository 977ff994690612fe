import type { ConfigMapVolumeSource, VolumeMount } from '../imports/kubernetes';
import { ByName } from '../kube/by-name';
import { addTo } from '../kube/collections';
import type { Inventory, InventoryObject, PodObject } from '../kube/inventory';
import { podContainers } from '../kube/pod-containers';
import { indexPath } from '../kube/text';

/** Where a text stands in the object of its pod. */
interface Position {
  /** The field of the container. */
  readonly field: string;
  readonly list: 'env' | 'command' | 'args';
  readonly index: number;
}

/** A text that a container of a pod reads: a variable, an argument, or a value of a ConfigMap. */
export interface PodText {
  readonly text: string;
  readonly kind: 'variable' | 'argument' | 'file';
  /** The variable, the flag before the argument, the key of the file; '' for none. */
  readonly name: string;
  readonly container?: string | undefined;
  /** The ConfigMap that holds the text. */
  readonly configMap?: InventoryObject | undefined;
  /** Where the text stands in the pod's object, if it does. */
  readonly position?: Position;
  /** Of a file. */
  readonly path?: string;
}

/** For messages: "variable 'DB'". */
export function whereOf({ kind, name, path }: PodText): string {
  if (kind === 'argument') {
    return 'its command';
  }
  return kind === 'file' ? `file '${path}'` : `variable '${name}'`;
}

/** What a finding says of the place of a text in the pod's object. */
export function placeOf({ position, container }: PodText): { readonly field?: string; readonly container?: string } {
  return {
    ...(position ? { field: indexPath(`${position.field}.${position.list}`, position.index) } : {}),
    ...(container === undefined ? {} : { container }),
  };
}

/** The texts of a pod, its ConfigMaps of the set included. */
export function podTexts(inventory: Inventory, pod: PodObject): readonly PodText[] {
  const texts = inventory.view(knownTexts);
  const known = texts.get(pod);
  if (known) {
    return known;
  }
  const found = textsOf(pod, configMapsByName(inventory), () => true);
  texts.set(pod, found);
  return found;
}

/** Whether a text of a name is wanted. */
type IsWanted = (text: string, name: string) => boolean;

/** The same, without those that are not wanted, which are most where somebody looks for something. */
export function podTextsLike(inventory: Inventory, pod: PodObject, isWanted: IsWanted): readonly PodText[] {
  return textsOf(pod, configMapsByName(inventory), isWanted);
}

/** How many objects that make pods read a ConfigMap. */
export function readersOf(inventory: Inventory, configMap: InventoryObject): number {
  return inventory.view(readers).get(configMap) ?? 0;
}

/** The ConfigMaps of the set. */
export function configMapsByName(inventory: Inventory): ByName<InventoryObject> {
  return inventory.view(byName);
}

function byName(inventory: Inventory): ByName<InventoryObject> {
  const maps = new ByName<InventoryObject>();
  for (const map of inventory.ofKind('ConfigMap', '')) {
    maps.set(map.namespace, map.manifest.metadata.name, map);
  }
  return maps;
}

const knownTexts = (_inventory: Inventory) => new Map<PodObject, readonly PodText[]>();

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

function textsOf(pod: PodObject, maps: ByName<InventoryObject>, isWanted: IsWanted): readonly PodText[] {
  const found: PodText[] = [];
  const mapNamed = (name: string | undefined) => (name === undefined ? undefined : maps.named(pod.namespace, name));
  for (const { container: from, field } of podContainers(pod)) {
    const { name: container, env = NONE, envFrom = NONE } = from;
    for (let index = 0; index < env.length; index++) {
      const { name = '', value, valueFrom } = env[index]!;
      const key = value === undefined ? valueFrom?.configMapKeyRef : undefined;
      const configMap = key && mapNamed(key.name);
      const text = value ?? (configMap && dataOf(configMap)[key?.key ?? '']);
      if (typeof text === 'string' && isWanted(text, name)) {
        const position = { field, list: 'env' as const, index };
        found.push({ text, kind: 'variable', name, container, configMap, position });
      }
    }
    for (const { configMapRef, prefix = '' } of envFrom) {
      const configMap = mapNamed(configMapRef?.name);
      const data = configMap ? dataOf(configMap) : {};
      for (const key of Object.keys(data)) {
        const text = data[key]!;
        const name = `${prefix}${key}`;
        if (isWanted(text, name)) {
          found.push({ text, kind: 'variable', name, container, configMap });
        }
      }
    }
    for (const list of COMMANDS) {
      from[list]?.forEach((text, index, all) => {
        const before = all[index - 1] ?? '';
        const name = /^(-{1,2}[\w.-]{1,100})=/.exec(text)?.[1] ?? (before.startsWith('-') ? before : '');
        if (isWanted(text, name)) {
          found.push({ text, kind: 'argument', name, container, position: { field, list, index } });
        }
      });
    }
  }
  let mounts: ReadonlyMap<string, readonly VolumeMount[]> | undefined;
  for (const volume of pod.spec.volumes ?? NONE) {
    if (volume.configMap === undefined && volume.projected === undefined) {
      continue;
    }
    mounts ??= mountsOf(pod);
    const sources = [volume.configMap, ...(volume.projected?.sources ?? []).map(({ configMap }) => configMap)];
    const places = mounts.get(volume.name);
    for (const source of places ? sources : []) {
      const map = mapNamed(source?.name);
      if (map) {
        found.push(...filesOf(map, source!, places!, isWanted));
      }
    }
  }
  return found.length === 0 ? NONE : found;
}

const COMMANDS = ['command', 'args'] as const;
const NONE: readonly never[] = [];

/** By volume. */
function mountsOf(pod: PodObject): ReadonlyMap<string, readonly VolumeMount[]> {
  const mounts = new Map<string, VolumeMount[]>();
  for (const { container } of podContainers(pod)) {
    for (const mount of container.volumeMounts ?? NONE) {
      addTo(mounts, mount.name, mount);
    }
  }
  return mounts;
}

function filesOf(
  configMap: InventoryObject,
  { items }: ConfigMapVolumeSource,
  mounts: readonly VolumeMount[],
  isWanted: IsWanted,
): readonly PodText[] {
  const found: PodText[] = [];
  const data = dataOf(configMap);
  const bySubPath = new Map(mounts.map(({ subPath, mountPath }) => [subPath ?? '', mountPath]));
  const folder = bySubPath.get('');
  for (const { key, path } of items ?? Object.keys(data).map((name) => ({ key: name, path: name }))) {
    const text = data[key];
    const place = bySubPath.get(path) ?? (folder === undefined ? undefined : `${folder}/${path}`);
    // a file whose folder is mounted by its parts alone is not seen
    if (text !== undefined && place !== undefined && isWanted(text, key)) {
      found.push({ text, kind: 'file', name: key, configMap, path: place });
    }
  }
  return found;
}

function dataOf({ manifest }: InventoryObject): Readonly<Record<string, string>> {
  return (manifest as { readonly data?: Readonly<Record<string, string>> }).data ?? {};
}
