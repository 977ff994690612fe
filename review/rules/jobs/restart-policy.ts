import { describe } from '../../../kube/describe';
import { title } from '../../../kube/inventory';
import { podSpecField } from '../../../kube/pod-containers';
import { keyPath, listed } from '../../../kube/text';
import type { Rule } from '../../rule';

const POLICIES = ['Always', 'Never', 'OnFailure'];

/** What happens when a container ends. */
export const rule: Rule = {
  id: 'jobs/restart-policy',
  title: 'the pods of Jobs end, and those of other controllers do not',
  severity: 'error',
  why: "The API server refuses a Job without restartPolicy 'Never' or 'OnFailure', as the default is 'Always', and any other value than 'Always' in a Deployment, StatefulSet, DaemonSet or ReplicaSet.",
  source: 'https://kubernetes.io/docs/concepts/workloads/controllers/job/#pod-template',
  refusedBy: 'api-server',
  bad: `
apiVersion: batch/v1
kind: Job
metadata: { name: migrate, namespace: default }
spec:
  template:
    spec: { containers: [{ name: migrate, image: 'example.com/migrate:1.0.0' }] }
`,
  good: `
apiVersion: batch/v1
kind: Job
metadata: { name: migrate, namespace: default }
spec:
  template:
    spec: { restartPolicy: Never, containers: [{ name: migrate, image: 'example.com/migrate:1.0.0' }] }
`,
  check: ({ inventory }, report) => {
    for (const pod of inventory.pods) {
      const { spec, workload } = pod;
      const { defaultRestartPolicy = 'Always' } = workload ?? {};
      const { restartPolicy = defaultRestartPolicy } = spec;
      const allowed = workload?.restartPolicies ?? (workload?.job ? ['Never', 'OnFailure'] : ['Always']);
      // other words are no policy of any kind: objects/values
      // a Pod, and a PodTemplate, may be of any
      if (workload && POLICIES.includes(restartPolicy) && !allowed.includes(restartPolicy)) {
        const is = spec.restartPolicy === undefined ? "is not set, which is 'Always'" : `is ${describe(restartPolicy)}`;
        report(pod, {
          message: `restartPolicy of the pods of ${title(pod)} must be ${allowed.length === 1 ? '' : 'one of '}${listed(allowed)}, but ${is}`,
          fix: allowed.length === 1 ? 'leave it out' : `write ${listed([allowed[0]!])}`,
          field: keyPath(podSpecField(pod), 'restartPolicy'),
        });
      }
    }
  },
};
