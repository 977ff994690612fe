import type { Volume } from '../../../imports/kubernetes';
import { describe } from '../../../kube/describe';
import { title } from '../../../kube/inventory';
import { isDnsLabel } from '../../../kube/names';
import { podSpecField } from '../../../kube/pod-containers';
import { listed } from '../../../kube/text';
import { Places } from '../../places';
import type { Rule } from '../../rule';
import { checkSuspects, suspectPods } from '../../suspects';

/** Names of volumes, and what they are made of. */
export const rule: Rule = {
  id: 'volumes/source',
  title: 'every volume has a name and one source',
  severity: 'error',
  why: 'The API server refuses a volume with an invalid name or with two sources.',
  source: 'https://kubernetes.io/docs/reference/kubernetes-api/config-and-storage-resources/volume/',
  refusedBy: 'api-server',
  bad: `
apiVersion: v1
kind: Pod
metadata: { name: web, namespace: default }
spec:
  containers: [{ name: web, image: 'example.com/web:1.0.0' }]
  volumes: [{ name: data, emptyDir: {}, configMap: { name: settings } }]
`,
  good: `
apiVersion: v1
kind: Pod
metadata: { name: web, namespace: default }
spec:
  containers: [{ name: web, image: 'example.com/web:1.0.0' }]
  volumes: [{ name: data, configMap: { name: settings } }]
`,
  check: checkSuspects(
    suspectPods(({ spec }) => spec.volumes?.every(isPlain) === false),
    (pod, report) => {
      const found = new Places(report, pod);
      pod.spec.volumes?.forEach((volume, i) => {
        const { name } = volume;
        const field = () => `${podSpecField(pod)}.volumes[${i}]`;
        if (!name || !isDnsLabel(name)) {
          found.add(`name ${name}`, {
            message: `the name of a volume of ${title(pod)} must be at most 63 lowercase letters, digits and '-', but is ${describe(name)}`,
            fix: "write a name such as 'data'",
            field: `${field()}.name`,
          });
        }
        const given = Object.keys(volume).filter((key) => key !== 'name');
        if (given.length > 1) {
          found.add(`sources of ${name}`, {
            message: `volume '${name}' of ${title(pod)} has ${given.length} sources: ${listed(given)}`,
            fix: 'keep one of them',
            field: field(),
          });
        }
      });
      found.finish();
    },
  ),
};

/** Whether a volume has a name and one source at most, as nearly all. */
function isPlain(volume: Volume): boolean {
  let keys = 0;
  for (const _ in volume) {
    keys++;
  }
  return keys <= 2 && Boolean(volume.name) && isDnsLabel(volume.name);
}
