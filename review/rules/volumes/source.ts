import { describe } from '../../../kube/describe';
import { title } from '../../../kube/inventory';
import { isDnsLabel } from '../../../kube/names';
import { podSpecField } from '../../../kube/pod-containers';
import { listed } from '../../../kube/text';
import { Places } from '../../places';
import { podsWith } from '../../pods-with';
import type { Rule } from '../../rule';

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
  check: ({ inventory }, report) => {
    for (const pod of podsWith(inventory, 'volumes')) {
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
        const keys = Object.keys(volume);
        // its name and its source
        if (keys.length <= 2 && name !== undefined) {
          return;
        }
        const given = keys.filter((key) => key !== 'name');
        if (given.length > 1) {
          found.add(`sources of ${name}`, {
            message: `volume '${name}' of ${title(pod)} has ${given.length} sources: ${listed(given)}`,
            fix: 'keep one of them',
            field: field(),
          });
        }
      });
      found.finish();
    }
  },
};
