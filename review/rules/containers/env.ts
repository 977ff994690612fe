import { describe } from '../../../kube/describe';
import { title } from '../../../kube/inventory';
import { isPrintableEnvName } from '../../../kube/names';
import { podContainers } from '../../../kube/pod-containers';
import { indexPath, keyPath } from '../../../kube/text';
import { Places } from '../../places';
import type { Rule } from '../../rule';
import { checkSuspects, WITH_ENV } from '../../suspects';

/** Names of environment variables that the API server refuses. */
export const rule: Rule = {
  id: 'containers/env',
  title: 'every variable has a name, and one source for its value',
  severity: 'error',
  why: "The API server refuses variables without a name, names with '=' or characters that cannot be printed, and a variable with both value and valueFrom.",
  source: 'https://kubernetes.io/docs/tasks/inject-data-application/define-environment-variable-container/',
  refusedBy: 'api-server',
  bad: `
apiVersion: v1
kind: Pod
metadata: { name: web, namespace: default }
spec:
  containers: [{ name: web, image: 'example.com/web:1.0.0', env: [{ name: 'MODE=fast', value: 'true' }] }]
`,
  good: `
apiVersion: v1
kind: Pod
metadata: { name: web, namespace: default }
spec:
  containers: [{ name: web, image: 'example.com/web:1.0.0', env: [{ name: MODE, value: fast }] }]
`,
  check: checkSuspects(WITH_ENV, (pod, report) => {
    const containers = podContainers(pod);
    const found = new Places(report, pod);
    for (const { container, field } of containers) {
      container.env?.forEach(({ name, value, valueFrom }, i) => {
        if (name && valueFrom === undefined && isPrintableEnvName(name)) {
          return;
        }
        const at = indexPath(keyPath(field, 'env'), i);
        const of = `container '${container.name}' of ${title(pod)}`;
        if (!name || !isPrintableEnvName(name)) {
          found.add(`name ${name}`, {
            message: `the name of a variable of ${of} must be printable characters without '=', but is ${describe(name)}`,
            fix: "write a name such as 'LOG_LEVEL', and its value as 'value'",
            field: keyPath(at, 'name'),
            container: container.name,
          });
        }
        const sources = Object.keys(valueFrom ?? {}).length;
        if (valueFrom && (value || sources !== 1)) {
          found.add(value ? 'both' : `${sources} sources`, {
            message: value
              ? `variable '${name}' of ${of} has both value and valueFrom`
              : `valueFrom of variable '${name}' of ${of} must have one source, but has ${sources}`,
            fix: 'write either its value or one source of it',
            field: keyPath(at, 'valueFrom'),
            container: container.name,
          });
        }
      });
    }
    found.finish();
  }),
};
