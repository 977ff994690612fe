import { title } from '../../../kube/inventory';
import { jobsIn } from '../../../kube/job-spec';
import type { Rule } from '../../rule';

/** A limit for the whole Job that ends it before the indexes have had their own. */
export const rule: Rule = {
  id: 'jobs/backoff-limit',
  title: 'a Job that counts failures per index is not ended by a few failures of all',
  severity: 'warning',
  why: 'backoffLimitPerIndex lets each index fail on its own, and then backoffLimit has no limit by default. Where it is given, so many failures of any indexes end all of them, the running ones included.',
  source: 'https://kubernetes.io/docs/concepts/workloads/controllers/job/#backoff-limit-per-index',
  bad: job('backoffLimit: 3'),
  good: job('maxFailedIndexes: 3'),
  check: ({ inventory }, report) => {
    for (const { object, field, spec } of jobsIn(inventory)) {
      const { backoffLimit, backoffLimitPerIndex, completions } = spec;
      if (
        backoffLimit !== undefined &&
        backoffLimitPerIndex !== undefined &&
        completions !== undefined &&
        backoffLimit < completions
      ) {
        report(object, {
          message: `backoffLimit of ${title(object)} ends all ${completions} indexes after ${backoffLimit} failures, beside backoffLimitPerIndex: ${backoffLimitPerIndex}`,
          fix: 'leave backoffLimit out (by a pattern: customize: { job: (job) => { delete job.spec.backoffLimit; } }), and write maxFailedIndexes to end the Job earlier',
          field: `${field}.backoffLimit`,
        });
      }
    }
  },
};

function job(limit: string): string {
  return `
apiVersion: batch/v1
kind: Job
metadata: { name: render, namespace: default }
spec:
  completionMode: Indexed
  completions: 100
  parallelism: 10
  backoffLimitPerIndex: 2
  ${limit}
  template:
    spec: { restartPolicy: Never, containers: [{ name: render, image: 'example.com/render:1.0.0' }] }
`;
}
