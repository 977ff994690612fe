import { title } from '../../../kube/inventory';
import { queueUrlProblem, type TriggerProblem, windowProblems } from '../../../kube/keda-triggers';
import type { Rule } from '../../rule';
import { type ScalerTrigger, scalerTriggers } from '../../scalers';

/** What a scaler reads of its metadata. */
export const rule: Rule = {
  id: 'keda/trigger',
  title: 'time windows begin, end and parse, and queues are named by their URL',
  severity: 'error',
  why: 'KEDA cannot make a scaler of such a trigger, and the workload keeps the replicas that it has.',
  source: 'https://keda.sh/docs/latest/scalers/cron/',
  bad: scaler('0 8 * * *'),
  good: scaler('0 18 * * *'),
  check: ({ inventory }, report) => {
    for (const trigger of scalerTriggers(inventory)) {
      for (const { key, problem, fix } of problemsOf(trigger)) {
        report(trigger.object, {
          message: `${key} of trigger '${trigger.type}' of ${title(trigger.object)} ${problem}`,
          fix,
          field: `${trigger.field}.metadata.${key}`,
        });
      }
    }
  },
};

function problemsOf({ type, metadata, object }: ScalerTrigger): TriggerProblem[] {
  if (type === 'aws-sqs-queue') {
    return [queueUrlProblem(metadata.queueURL ?? '') ?? []].flat();
  }
  if (type !== 'cron') {
    return [];
  }
  const { start, end, timezone, desiredReplicas = '' } = metadata;
  const max = object.manifest.spec?.maxReplicaCount;
  return [
    ...(start !== undefined && end !== undefined && timezone !== undefined
      ? windowProblems({ start, end, timezone })
      : []),
    ...(typeof max === 'number' && Number(desiredReplicas) > max
      ? [
          {
            key: 'desiredReplicas',
            problem: `must be at most maxReplicaCount (${max}), but is '${desiredReplicas}'`,
            fix: 'raise maxReplicaCount, or write fewer replicas',
          },
        ]
      : []),
  ];
}

function scaler(end: string): string {
  return `
apiVersion: keda.sh/v1alpha1
kind: ScaledObject
metadata: { name: web, namespace: default }
spec:
  scaleTargetRef: { name: web }
  triggers:
    - type: cron
      metadata: { start: 0 8 * * *, end: ${end}, timezone: Europe/Berlin, desiredReplicas: '4' }
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: web, namespace: default }
spec:
  selector: { matchLabels: { app: web } }
  template:
    metadata: { labels: { app: web } }
    spec: { containers: [{ name: web, image: example.com/web:1.0.0 }] }
`;
}
