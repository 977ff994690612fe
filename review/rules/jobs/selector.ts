import { title } from '../../../kube/inventory';
import { workloadKind } from '../../../kube/workload-kinds';
import { workloadsIn } from '../../kinds';
import type { Rule } from '../../rule';

/** Selectors of Jobs are made by the API server. */
export const rule: Rule = {
  id: 'jobs/selector',
  title: 'a Job has no selector of its own',
  severity: 'error',
  why: 'The API server makes the selector of every Job, and refuses another one unless manualSelector is true. In a CronJob it refuses both.',
  source: 'https://kubernetes.io/docs/concepts/workloads/controllers/job/#pod-selector',
  refusedBy: 'api-server',
  bad: `
apiVersion: batch/v1
kind: Job
metadata: { name: migrate, namespace: default }
spec:
  selector: { matchLabels: { app: migrate } }
  template:
    metadata: { labels: { app: migrate } }
    spec: { restartPolicy: Never, containers: [{ name: migrate, image: 'example.com/migrate:1.0.0' }] }
`,
  good: `
apiVersion: batch/v1
kind: Job
metadata: { name: migrate, namespace: default }
spec:
  template:
    metadata: { labels: { app: migrate } }
    spec: { restartPolicy: Never, containers: [{ name: migrate, image: 'example.com/migrate:1.0.0' }] }
`,
  check: ({ inventory }, report) => {
    for (const object of workloadsIn(inventory).filter(({ manifest }) => workloadKind(manifest)?.job)) {
      const { kind, spec } = object.manifest;
      const field = kind === 'CronJob' ? 'spec.jobTemplate.spec' : 'spec';
      const job = (kind === 'CronJob' ? (spec?.jobTemplate as { spec?: typeof spec } | undefined)?.spec : spec) ?? {};
      if (job.selector !== undefined && (kind === 'CronJob' || job.manualSelector !== true)) {
        report(object, {
          message: `${title(object)} has a selector, which the API server makes itself`,
          fix: 'delete the selector',
          field: `${field}.selector`,
        });
      }
      if (kind === 'CronJob' && job.manualSelector === true) {
        report(object, {
          message: `${title(object)} has manualSelector, with which its Jobs would share their pods`,
          fix: 'delete manualSelector',
          field: `${field}.manualSelector`,
        });
      }
    }
  },
};
