import type { Container } from '../../../imports/kubernetes';
import { type PodContainer, podContainers } from '../../../kube/pod-containers';
import type { Rule } from '../../rule';
import { checkSuspects, suspectPods } from '../../suspects';

/** A migration with the image of its service, but without the address of the database, uses a default or none. */
export const rule: Rule = {
  id: 'containers/no-variables',
  title: 'an init container with the image of another container has its variables too',
  severity: 'warning',
  why: 'Variables belong to one container. A program that finds its settings in variables runs with its defaults in an init container that has none, such as an empty database of its own.',
  source: 'https://kubernetes.io/docs/concepts/workloads/pods/init-containers/',
  bad: `
apiVersion: v1
kind: Pod
metadata: { name: web, namespace: shop }
spec:
  initContainers: [{ name: migrate, image: 'example.com/web:1', args: [migrate] }]
  containers:
    - { name: web, image: 'example.com/web:1', env: [{ name: DATABASE, value: db.shop.svc.cluster.local }] }
`,
  good: `
apiVersion: v1
kind: Pod
metadata: { name: web, namespace: shop }
spec:
  initContainers:
    - name: migrate
      image: example.com/web:1
      args: [migrate]
      env: [{ name: DATABASE, value: db.shop.svc.cluster.local }]
  containers:
    - { name: web, image: 'example.com/web:1', env: [{ name: DATABASE, value: db.shop.svc.cluster.local }] }
`,
  check: checkSuspects(
    suspectPods(({ spec }) => spec.initContainers !== undefined),
    (pod, report) => {
      const containers = podContainers(pod);
      if (!containers.some(({ role }) => role === 'init')) {
        return;
      }
      const withVariables = new Map(
        containers.filter(hasVariables).map(({ container }) => [container.image, container.name]),
      );
      for (const found of containers) {
        const { container, field, role } = found;
        const other = withVariables.get(container.image);
        if (role === 'init' && other !== undefined && !hasVariables(found) && runsProgram(container)) {
          report(pod, {
            message: `init container '${container.name}' runs the image of '${other}' without any of its variables`,
            field: `${field}.env`,
            container: container.name,
            fix: `write the 'env' and 'envFrom' that it needs, since those of '${other}' are not its own; a container with like: 'main' has those of its workload`,
          });
        }
      }
    },
  ),
};

/** Programs that only move files, which images have init containers for. */
const FILE_TOOLS: ReadonlySet<string> = new Set([
  'chmod',
  'chown',
  'cp',
  'install',
  'ln',
  'mkdir',
  'mv',
  'sleep',
  'tar',
  'touch',
]);

/** Whether it is told to do something beside copying files: what an image does by itself is not known. */
function runsProgram({ command = [], args = [], volumeMounts = [] }: Container): boolean {
  const [program = '', ...rest] = [...command, ...args];
  const script = /(^|\/)(ba|da)?sh$/.test(program) ? rest.find((word) => !word.startsWith('-')) : program;
  const [first = ''] = (script ?? '').trim().split(/\s+/, 1);
  // a script of a volume is not the program of the image
  const isMounted = volumeMounts.some(({ mountPath }) => first.startsWith(`${mountPath.replace(/\/$/, '')}/`));
  return first !== '' && !isMounted && !FILE_TOOLS.has(first.slice(first.lastIndexOf('/') + 1));
}

function hasVariables({ container: { env, envFrom } }: PodContainer): boolean {
  return (env?.length ?? 0) > 0 || (envFrom?.length ?? 0) > 0;
}
