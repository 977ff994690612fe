import { OS } from '../../../eks/node-labels';
import { title } from '../../../kube/inventory';
import { linuxFields, windowsFields } from '../../../kube/os-fields';
import { podContainers, podSpecField } from '../../../kube/pod-containers';
import type { Rule } from '../../rule';
import { checkSuspects, suspectPods } from '../../suspects';

/** Fields of one operating system on pods of the other. */
export const rule: Rule = {
  id: 'windows/fields',
  title: 'pods have the fields of their operating system only',
  severity: 'error',
  why: 'With os.name the API server refuses fields of the other system. With a node selector alone such a pod is accepted, and on Windows its containers do not start, or run without what the fields ask for.',
  source: 'https://kubernetes.io/docs/concepts/windows/intro/#field-compatibility',
  refusedBy: 'api-server',
  bad: `
apiVersion: v1
kind: Pod
metadata: { name: web, namespace: default }
spec:
  os: { name: windows }
  nodeSelector: { kubernetes.io/os: windows }
  securityContext: { runAsUser: 1000 }
  containers: [{ name: web, image: 'example.com/web:1.0.0' }]
`,
  good: `
apiVersion: v1
kind: Pod
metadata: { name: web, namespace: default }
spec:
  os: { name: windows }
  nodeSelector: { kubernetes.io/os: windows }
  securityContext: { runAsNonRoot: true, windowsOptions: { runAsUserName: ContainerUser } }
  containers: [{ name: web, image: 'example.com/web:1.0.0' }]
`,
  check: checkSuspects(
    suspectPods(({ spec }) => spec.os !== undefined || spec.nodeSelector?.[OS] !== undefined),
    (pod, report) => {
      const containers = podContainers(pod);
      const { spec } = pod;
      const at = podSpecField(pod);
      const selected = spec.nodeSelector?.[OS];
      const os = spec.os?.name ?? (selected === 'windows' ? selected : undefined);
      if (os !== 'windows' && os !== 'linux') {
        return;
      }
      if (spec.os?.name !== undefined && selected !== undefined && selected !== os) {
        report(pod, {
          severity: 'warning',
          message: `the pods of ${title(pod)} are of ${os} by os.name, and their nodeSelector asks for ${selected}`,
          fix: `write ${OS}: ${os}`,
          field: `${at}.nodeSelector`,
        });
      }
      const fields = (os === 'windows' ? linuxFields : windowsFields)(spec, at, containers);
      if (fields.length > 0) {
        const more = fields.length === 1 ? '' : `, as are ${fields.length - 1} more`;
        report(pod, {
          ...(spec.os?.name === undefined ? { severity: 'warning' } : {}),
          message: `the pods of ${title(pod)} run on ${os === 'windows' ? 'Windows' : 'Linux'}, and ${fields[0]} is for ${os === 'windows' ? 'Linux' : 'Windows'} only${more}`,
          fix:
            os === 'windows' ? 'delete these fields, and write securityContext.windowsOptions' : 'delete these fields',
          field: fields[0]!,
        });
      }
    },
  ),
};
