import type { Container, PodSpec } from '../../../imports/kubernetes';
import { title } from '../../../kube/inventory';
import { podContainers } from '../../../kube/pod-containers';
import { LEAST_CAPABILITIES, STEP_DOWN_CAPABILITIES, stepsDown } from '../../../kube/stepping-down';
import { listed } from '../../../kube/text';
import { Places } from '../../places';
import type { Rule } from '../../rule';
import { checkSuspects, suspectContainers } from '../../suspects';

/** Root without the capabilities by which the entry point becomes another user. */
export const rule: Rule = {
  id: 'containers/steps-down',
  title: 'an image that begins as root and goes on as another user keeps the capabilities for it',
  severity: 'warning',
  why: 'Entry points of databases and web servers that run as root give their folders to another user and go on as that user. Without SETGID and SETUID they end at once: Operation not permitted.',
  source: 'https://kubernetes.io/docs/tasks/configure-pod-container/security-context/#set-capabilities-for-a-container',
  bad: pod('drop: [ALL]'),
  good: pod('drop: [ALL], add: [CHOWN, DAC_OVERRIDE, FOWNER, SETGID, SETUID]'),
  check: checkSuspects(
    suspectContainers(({ container }, { spec }) => userOf(container, spec) === 0),
    (one, report) => {
      const containers = podContainers(one);
      const found = new Places(report, one);
      for (const { container, field } of containers) {
        const { image, securityContext = {}, name, command } = container;
        const { capabilities, privileged } = securityContext;
        // with a command of its own the entry point does not run
        if (
          userOf(container, one.spec) !== 0 ||
          privileged ||
          command !== undefined ||
          typeof image !== 'string' ||
          !stepsDown(image)
        ) {
          continue;
        }
        const [add, drop] = [capabilities?.add ?? [], capabilities?.drop ?? []].map((list) => list.map(short));
        const lacks = LEAST_CAPABILITIES.filter(
          (one) => (drop!.includes('ALL') || drop!.includes(one)) && !add!.includes('ALL') && !add!.includes(one),
        );
        if (lacks.length > 0) {
          found.add(`${image}`, {
            message: `container '${name}' of ${title(one)} runs '${image}' as root without ${lacks.join(', ')}, by which its entry point becomes another user`,
            fix: `run it as the user of the image (user: 999), or write user: { root: '...', stepsDown: true }, which keeps ${listed(STEP_DOWN_CAPABILITIES)}`,
            field: `${field}.securityContext.capabilities`,
            container: name,
          });
        }
      }
      found.finish();
    },
  ),
};

const short = (capability: string): string => capability.replace(/^CAP_/, '');

function pod(capabilities: string): string {
  return `
apiVersion: v1
kind: Pod
metadata: { name: db, namespace: default }
spec:
  containers:
    - name: db
      image: mysql:8.4.2
      securityContext: { runAsUser: 0, capabilities: { ${capabilities} } }
`;
}

const userOf = ({ securityContext: own }: Container, { securityContext: ofPod }: PodSpec): number | undefined =>
  own?.runAsUser === undefined ? ofPod?.runAsUser : own.runAsUser;
