import type { ObjectFieldSelector, ResourceFieldSelector, Volume } from '../../../imports/kubernetes';
import { describe } from '../../../kube/describe';
import { fieldPaths, isFieldPath, isResourceField, RESOURCE_FIELDS } from '../../../kube/downward-api';
import { type PodContainer, podContainers, podSpecField } from '../../../kube/pod-containers';
import { indexPath, keyPath, listed } from '../../../kube/text';
import { Places } from '../../places';
import type { Rule } from '../../rule';
import { checkSuspects, suspectPods } from '../../suspects';

interface Source {
  readonly fieldRef?: ObjectFieldSelector;
  readonly resourceFieldRef?: ResourceFieldSelector;
}

/** Fields of the pod that variables and files refer to. */
export const rule: Rule = {
  id: 'containers/field-ref',
  title: 'variables and files refer to fields that the downward API has',
  severity: 'error',
  why: 'The API server refuses the object: only some fields of a pod and the amounts of its containers can be read.',
  source: 'https://kubernetes.io/docs/concepts/workloads/pods/downward-api/#available-fields',
  refusedBy: 'api-server',
  bad: `
apiVersion: v1
kind: Pod
metadata: { name: web, namespace: default }
spec:
  containers:
    - name: web
      image: example.com/web:1.0.0
      env: [{ name: NODE, valueFrom: { fieldRef: { fieldPath: status.nodeName } } }]
`,
  good: `
apiVersion: v1
kind: Pod
metadata: { name: web, namespace: default, labels: { app: web } }
spec:
  containers:
    - name: web
      image: example.com/web:1.0.0
      env:
        - { name: NODE, valueFrom: { fieldRef: { fieldPath: spec.nodeName } } }
        - { name: APP, valueFrom: { fieldRef: { fieldPath: "metadata.labels['app']" } } }
        - { name: CPUS, valueFrom: { resourceFieldRef: { resource: limits.cpu } } }
`,
  check: checkSuspects(
    suspectPods(({ spec }, containers) => containers.some(hasReference) || spec.volumes?.some(mayHoldFields) === true),
    (pod, report) => {
      const containers = podContainers(pod);
      const found = new Places(report, pod);
      const names = new Set(containers.map(({ container }) => container.name));
      const judge = ({ fieldRef, resourceFieldRef }: Source, of: 'env' | 'file', at: string, container?: string) => {
        const place = container === undefined ? {} : { container };
        const path = fieldRef?.fieldPath;
        if (fieldRef && (path === undefined || !isFieldPath(path, of))) {
          found.add(`field ${path}`, {
            ...place,
            message: `fieldPath must be one of ${listed(fieldPaths(of))}, or a label or annotation such as metadata.labels['app'], but is ${describe(path)}`,
            fix: 'write a field of the downward API',
            field: keyPath(keyPath(at, 'fieldRef'), 'fieldPath'),
          });
        }
        const { resource, containerName } = resourceFieldRef ?? {};
        if (resourceFieldRef && (resource === undefined || !isResourceField(resource))) {
          found.add(`resource ${resource}`, {
            ...place,
            message: `resource must be one of ${listed(RESOURCE_FIELDS)}, but is ${describe(resource)}`,
            fix: 'write the limit or the request that the program needs',
            field: keyPath(keyPath(at, 'resourceFieldRef'), 'resource'),
          });
        }
        if (resourceFieldRef && (of === 'file' ? !containerName : containerName && !names.has(containerName))) {
          found.add(`container ${containerName}`, {
            ...place,
            message: `containerName must be a container of the pod, but is ${describe(containerName)}`,
            fix: `write one of ${listed([...names])}`,
            field: keyPath(keyPath(at, 'resourceFieldRef'), 'containerName'),
          });
        }
      };
      for (const { container, field } of containers) {
        for (const [i, { valueFrom }] of (container.env ?? []).entries()) {
          if (valueFrom) {
            const at = keyPath(indexPath(keyPath(field, 'env'), i), 'valueFrom');
            judge(valueFrom, 'env', at, container.name);
          }
        }
      }
      for (const [i, { downwardAPI, projected }] of (pod.spec.volumes ?? []).entries()) {
        const at = indexPath(keyPath(podSpecField(pod), 'volumes'), i);
        const files = (items: readonly Source[] | undefined, from: string) =>
          items?.forEach((item, k) => {
            judge(item, 'file', indexPath(keyPath(from, 'items'), k));
          });
        files(downwardAPI?.items, keyPath(at, 'downwardAPI'));
        for (const [j, source] of (projected?.sources ?? []).entries()) {
          const from = indexPath(keyPath(keyPath(at, 'projected'), 'sources'), j);
          files(source.downwardAPI?.items, keyPath(from, 'downwardAPI'));
        }
      }
      found.finish();
    },
  ),
};

const hasReference = ({ container: { env } }: PodContainer): boolean =>
  env?.some(({ valueFrom }) => valueFrom !== undefined) === true;
const mayHoldFields = ({ downwardAPI, projected }: Volume): boolean => (downwardAPI ?? projected) !== undefined;
