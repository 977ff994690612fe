import type { VolumeMount } from '../../../imports/kubernetes';
import { title } from '../../../kube/inventory';
import { podContainers } from '../../../kube/pod-containers';
import { indexPath } from '../../../kube/text';
import { Places } from '../../places';
import type { Rule } from '../../rule';
import { checkSuspects, suspectContainers } from '../../suspects';

/** A volume in the place of everything that the image has. */
export const rule: Rule = {
  id: 'volumes/root-path',
  title: "no volume is mounted at '/'",
  severity: 'error',
  why: 'The volume would take the place of all files of the image, its program included: the container does not start.',
  source: 'https://kubernetes.io/docs/concepts/storage/volumes/#background',
  bad: pod('/'),
  good: pod('/data'),
  check: checkSuspects(
    suspectContainers(({ container }) => container.volumeMounts?.some(isAtRoot) === true),
    (one, report) => {
      const containers = podContainers(one);
      const found = new Places(report, one);
      for (const { container, field } of containers) {
        container.volumeMounts?.forEach((mount, i) => {
          const { mountPath } = mount;
          if (isAtRoot(mount)) {
            found.add('root', {
              message: `container '${container.name}' of ${title(one)} mounts a volume at '${mountPath}', over all files of its image`,
              fix: 'mount it at a folder of its own, such as /data',
              field: `${indexPath(`${field}.volumeMounts`, i)}.mountPath`,
              container: container.name,
            });
          }
        });
      }
      found.finish();
    },
  ),
};

function pod(path: string): string {
  return `
apiVersion: v1
kind: Pod
metadata: { name: web, namespace: default }
spec:
  containers: [{ name: web, image: 'example.com/web:1.0.0', volumeMounts: [{ name: data, mountPath: ${path} }] }]
  volumes: [{ name: data, emptyDir: {} }]
`;
}

/** '/', or a path that means the same. */
const isAtRoot = ({ mountPath }: VolumeMount): boolean => typeof mountPath === 'string' && /^\/[/.]*$/.test(mountPath);
