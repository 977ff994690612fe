import type { PodSecurityContext, SecurityContext } from '../../../imports/kubernetes';
import { title } from '../../../kube/inventory';
import { podContainers, podSpecField } from '../../../kube/pod-containers';
import { Places } from '../../places';
import type { Rule } from '../../rule';
import { checkSuspects, suspectPods } from '../../suspects';

const IDS = ['runAsUser', 'runAsGroup', 'fsGroup'] as const;

/** Security contexts that contradict themselves. */
export const rule: Rule = {
  id: 'containers/security-context',
  title: 'security contexts do not contradict themselves',
  severity: 'error',
  why: 'The API server refuses a privileged container that may not gain privileges, and negative ids. The kubelet does not start a container as root that must not be root.',
  source: 'https://kubernetes.io/docs/tasks/configure-pod-container/security-context/',
  refusedBy: 'api-server',
  bad: `
apiVersion: v1
kind: Pod
metadata: { name: agent, namespace: default }
spec:
  containers:
    - name: agent
      image: example.com/agent:1.0.0
      securityContext: { privileged: true, allowPrivilegeEscalation: false }
`,
  good: `
apiVersion: v1
kind: Pod
metadata: { name: agent, namespace: default }
spec:
  containers:
    - name: agent
      image: example.com/agent:1.0.0
      securityContext: { privileged: true }
`,
  check: checkSuspects(
    suspectPods(
      ({ spec: { securityContext: ofPod } }, containers) =>
        !isPlainPod(ofPod) || containers.some(({ container }) => !isPlain(container.securityContext, ofPod)),
    ),
    (pod, report) => {
      const containers = podContainers(pod);
      const { securityContext: ofPod } = pod.spec;
      const found = new Places(report, pod);
      for (const id of IDS) {
        const value = ofPod?.[id];
        if (value !== undefined && value < 0) {
          found.add(id, {
            message: `${id} of the pods of ${title(pod)} must be zero or more, but is ${value}`,
            fix: 'write the number of the user or group of the image',
            field: `${podSpecField(pod)}.securityContext.${id}`,
          });
        }
      }
      for (const { container, field } of containers) {
        const { securityContext: own } = container;
        if (isPlain(own, ofPod)) {
          continue;
        }
        const add = (key: string, what: string, fix: string) =>
          found.add(what, {
            message: `container '${container.name}' of ${title(pod)} ${what}`,
            fix,
            field: `${field}.securityContext.${key}`,
            container: container.name,
          });
        if (own?.allowPrivilegeEscalation === false) {
          const added = own.capabilities?.add ?? [];
          if (own.privileged === true) {
            add(
              'privileged',
              'is privileged, and may not gain privileges',
              'delete one of privileged and allowPrivilegeEscalation',
            );
          } else if (added.includes('CAP_SYS_ADMIN')) {
            add(
              'capabilities',
              'adds CAP_SYS_ADMIN, and may not gain privileges',
              'delete the capability, or allowPrivilegeEscalation',
            );
          }
        }
        for (const id of ['runAsUser', 'runAsGroup'] as const) {
          const value = own?.[id];
          if (value !== undefined && value < 0) {
            add(
              id,
              `has ${id} of ${value}, which must be zero or more`,
              'write the number of the user or group of the image',
            );
          }
        }
        const user = own?.runAsUser ?? ofPod?.runAsUser;
        if (user === 0 && (own?.runAsNonRoot ?? ofPod?.runAsNonRoot) === true) {
          add(
            'runAsUser',
            'must not run as root by runAsNonRoot, and has runAsUser: 0',
            'write another user, or runAsNonRoot: false',
          );
        }
      }
      found.finish();
    },
  ),
};

const isId = (id: number | undefined): boolean => id === undefined || id >= 0;

const isPlainPod = (ofPod: PodSecurityContext | undefined): boolean =>
  ofPod === undefined || (isId(ofPod.runAsUser) && isId(ofPod.runAsGroup) && isId(ofPod.fsGroup));

/** Whether a container and its pod have nothing that may contradict, as nearly all. */
function isPlain(own: SecurityContext | undefined, ofPod: PodSecurityContext | undefined): boolean {
  if (own === undefined) {
    return ofPod?.runAsUser !== 0;
  }
  const { runAsUser, runAsGroup, capabilities, privileged } = own;
  return (
    privileged !== true &&
    capabilities?.add === undefined &&
    isId(runAsUser) &&
    isId(runAsGroup) &&
    (runAsUser ?? ofPod?.runAsUser) !== 0
  );
}
