import type { Volume, VolumeMount } from '../../../imports/kubernetes';
import { type Inventory, title } from '../../../kube/inventory';
import { podContainers } from '../../../kube/pod-containers';
import { indexPath, keyPath, withoutEndSlashes } from '../../../kube/text';
import { Places } from '../../places';
import type { Rule } from '../../rule';

/** Mounts below another one that cannot be written. */
export const rule: Rule = {
  id: 'volumes/nested-mount',
  title: 'no mount stands below one that is read-only',
  severity: 'warning',
  why: 'The folder of the inner mount must be made in the outer one. Volumes of ConfigMaps, Secrets and the downward API are read-only, so that the container does not start.',
  source: 'https://kubernetes.io/docs/concepts/storage/volumes/#configmap',
  bad: pod('/etc/web/keys'),
  good: pod('/etc/keys'),
  check: ({ inventory }, report) => {
    for (const pod of inventory.pods) {
      const volumes = new Map((pod.spec.volumes ?? []).map((volume) => [volume.name, volume]));
      const keys = (kind: string, name: string | undefined) =>
        inventory.view(keysOfFiles).get(`${kind}/${pod.namespace}/${name}`);
      const found = new Places(report, pod);
      for (const { container, field } of podContainers(pod)) {
        const mounts = container.volumeMounts ?? [];
        const fixed = mounts.filter((mount) => mount.mountPath && isReadOnly(mount, volumes.get(mount.name)));
        for (const [i, { name, mountPath, subPath }] of fixed.length === 0 ? [] : mounts.entries()) {
          const path = withoutEndSlashes(mountPath ?? '');
          const outer = fixed.find((mount) => isBelow(path, withoutEndSlashes(mount.mountPath)));
          if (
            outer &&
            !mayHold(
              volumes.get(outer.name)!,
              path.slice(withoutEndSlashes(outer.mountPath).length + 1),
              !subPath,
              keys,
            )
          ) {
            found.add(`${name} in ${outer.name}`, {
              message: `container '${container.name}' of ${title(pod)} mounts '${name}' at '${mountPath}', below volume '${outer.name}' at '${outer.mountPath}', which is read-only`,
              fix: 'mount one of them elsewhere, or put both into one projected volume',
              field: keyPath(indexPath(keyPath(field, 'volumeMounts'), i), 'mountPath'),
              container: container.name,
            });
          }
        }
      }
      found.finish();
    }
  },
};

function isBelow(path: string, outer: string): boolean {
  return outer !== '/' && path.startsWith(`${outer}/`);
}

/** Files of the API are mounted read-only whatever the mount says. A mount of one file has nothing below it. */
function isReadOnly({ subPath, subPathExpr }: VolumeMount, volume: Volume | undefined): boolean {
  return (
    !subPath &&
    !subPathExpr &&
    volume !== undefined &&
    (volume.configMap ?? volume.secret ?? volume.projected ?? volume.downwardAPI) !== undefined
  );
}

/** The keys of an object; undefined where the set does not show it. */
type KeysOf = (kind: string, name: string | undefined) => readonly string[] | undefined;

/** Whether a volume has the path already, as far as its files are known: the listed ones, or the keys of an object of the set. */
function mayHold(volume: Volume, path: string, isFolder: boolean, keys: KeysOf): boolean {
  const files = [volume, ...(volume.projected?.sources ?? [])].flatMap((source): readonly (string | undefined)[] => {
    const { configMap, secret, downwardAPI } = source as Volume;
    const items = configMap?.items ?? secret?.items ?? downwardAPI?.items;
    const name = secret?.secretName ?? (secret as { name?: string } | undefined)?.name;
    return items
      ? items.map((item) => item.path)
      : configMap
        ? (keys('ConfigMap', configMap.name) ?? [undefined])
        : secret
          ? (keys('Secret', name) ?? [undefined])
          : [];
  });
  // a key is a file, never a folder
  const unknown = files.includes(undefined) && !isFolder && !path.includes('/');
  return unknown || files.some((file) => file === path || file?.startsWith(`${path}/`) === true);
}

function keysOfFiles(inventory: Inventory): ReadonlyMap<string, readonly string[]> {
  return new Map(
    ['ConfigMap', 'Secret'].flatMap((kind) =>
      inventory.ofKind(kind, '').map(({ manifest, namespace }) => {
        const { data, binaryData, stringData } = manifest as unknown as Readonly<Record<string, object | undefined>>;
        return [
          `${kind}/${namespace}/${manifest.metadata.name}`,
          [data, binaryData, stringData].flatMap((part) => Object.keys(part ?? {})),
        ] as const;
      }),
    ),
  );
}

function pod(path: string): string {
  return `
apiVersion: v1
kind: Pod
metadata: { name: web, namespace: default }
spec:
  containers:
    - name: web
      image: example.com/web:1.0.0
      volumeMounts: [{ name: settings, mountPath: /etc/web }, { name: keys, mountPath: ${path} }]
  volumes: [{ name: settings, configMap: { name: settings } }, { name: keys, secret: { secretName: keys } }]
`;
}
