import type { Volume, VolumeMount } from '../../../imports/kubernetes';
import { title } from '../../../kube/inventory';
import { podContainers } from '../../../kube/pod-containers';
import { indexPath, keyPath, withoutEndSlashes } from '../../../kube/text';
import { Places } from '../../places';
import type { Rule } from '../../rule';
import { checkSuspects, WITH_SUB_PATHS } from '../../suspects';

/** A single file below a volume in which the kubelet makes a folder for it. */
export const rule: Rule = {
  id: 'volumes/nested-mount',
  title: 'no single file is mounted below a volume of a ConfigMap, a Secret or the downward API',
  severity: 'warning',
  why: 'For each mount below such a volume the kubelet makes a folder in it, over which a file cannot be mounted: the container does not start.',
  source: 'https://github.com/kubernetes/kubernetes/blob/master/pkg/volume/util/nested_volumes.go',
  bad: pod(', subPath: tls.key'),
  good: pod(''),
  check: checkSuspects(WITH_SUB_PATHS, (pod, report) => {
    const containers = podContainers(pod);
    const volumes = new Map((pod.spec.volumes ?? []).map((volume) => [volume.name, volume]));
    const found = new Places(report, pod);
    for (const { container, field } of containers) {
      const mounts = container.volumeMounts ?? [];
      for (const [i, mount] of mounts.entries()) {
        const { name, mountPath, subPath } = mount;
        const path = withoutEndSlashes(mountPath ?? '');
        const outer = isFile(mount, volumes.get(name))
          ? mounts.find((other) => isWhole(other, volumes.get(other.name)) && isBelow(path, other.mountPath))
          : undefined;
        if (outer) {
          found.add(`${name} in ${outer.name}`, {
            message: `container '${container.name}' of ${title(pod)} mounts the file '${subPath}' of '${name}' at '${mountPath}', below volume '${outer.name}' at '${outer.mountPath}'`,
            fix: 'put both into one projected volume, or mount the file elsewhere',
            field: keyPath(indexPath(keyPath(field, 'volumeMounts'), i), 'mountPath'),
            container: container.name,
          });
        }
      }
    }
    found.finish();
  }),
};

function isBelow(path: string, outer: string | undefined): boolean {
  const folder = withoutEndSlashes(outer ?? '');
  return folder !== '' && path.startsWith(`${folder}/`);
}

/** Whether a volume holds files that the API server keeps, into which the kubelet writes. */
function isOfApi(volume: Volume | undefined): volume is Volume {
  return (volume?.configMap ?? volume?.secret ?? volume?.projected ?? volume?.downwardAPI) !== undefined;
}

function isWhole({ subPath, subPathExpr }: VolumeMount, volume: Volume | undefined): boolean {
  return isOfApi(volume) && !subPath && !subPathExpr;
}

/** Whether one key is mounted: the keys of such a volume are files, and folders only where an item has one in its path. */
function isFile({ subPath }: VolumeMount, volume: Volume | undefined): boolean {
  if (!subPath || !isOfApi(volume)) {
    return false;
  }
  const folder = `${withoutEndSlashes(subPath)}/`;
  const sources: readonly Pick<Volume, 'configMap' | 'secret' | 'downwardAPI'>[] = [
    volume,
    ...(volume.projected?.sources ?? []),
  ];
  const paths = sources.flatMap(({ configMap, secret, downwardAPI }): readonly (string | undefined)[] =>
    [...(configMap?.items ?? []), ...(secret?.items ?? []), ...(downwardAPI?.items ?? [])].map(({ path }) => path),
  );
  return !paths.some((path) => path?.startsWith(folder));
}

function pod(more: string): string {
  return `
apiVersion: v1
kind: Pod
metadata: { name: web, namespace: default }
spec:
  containers:
    - name: web
      image: example.com/web:1.0.0
      volumeMounts: [{ name: settings, mountPath: /etc/web }, { name: keys, mountPath: /etc/web/keys${more} }]
  volumes: [{ name: settings, configMap: { name: settings } }, { name: keys, secret: { secretName: keys } }]
`;
}
