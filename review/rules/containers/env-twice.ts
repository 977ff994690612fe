import { title } from '../../../kube/inventory';
import { podContainers } from '../../../kube/pod-containers';
import { indexPath, keyPath } from '../../../kube/text';
import { Places } from '../../places';
import type { Rule } from '../../rule';
import { checkSuspects, WITH_ENV } from '../../suspects';

/** Variables that a container has twice. */
export const rule: Rule = {
  id: 'containers/env-twice',
  title: 'every variable of a container is set once',
  severity: 'warning',
  why: 'The last value wins, and kubectl apply may drop the earlier one or, later, both.',
  source: 'https://kubernetes.io/docs/reference/kubernetes-api/workload-resources/pod-v1/#environment-variables',
  bad: `
apiVersion: v1
kind: Pod
metadata: { name: web, namespace: default }
spec:
  containers:
    - name: web
      image: example.com/web:1.0.0
      env: [{ name: MODE, value: slow }, { name: MODE, value: fast }]
`,
  good: `
apiVersion: v1
kind: Pod
metadata: { name: web, namespace: default }
spec:
  containers:
    - name: web
      image: example.com/web:1.0.0
      env: [{ name: MODE, value: fast }, { name: MODE_OF_TEST, value: '$(MODE)' }]
`,
  check: checkSuspects(WITH_ENV, (pod, report) => {
    const containers = podContainers(pod);
    const found = new Places(report, pod);
    for (const { container, field } of containers) {
      if (container.env === undefined) {
        continue;
      }
      const names = new Set<string>();
      container.env.forEach(({ name, value }, i) => {
        // PATH=/own:$(PATH) builds on the value before it
        if (name && names.has(name) && !value?.includes(`$(${name})`)) {
          found.add(`${container.name} ${name}`, {
            message: `variable '${name}' of container '${container.name}' of ${title(pod)} is set twice, and the last value wins`,
            fix: 'delete one of them',
            field: keyPath(indexPath(keyPath(field, 'env'), i), 'name'),
            container: container.name,
          });
        }
        names.add(name);
      });
    }
    found.finish();
  }),
};
