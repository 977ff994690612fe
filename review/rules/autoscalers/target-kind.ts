import { scaleTargetOf } from '../../../kube/autoscalers';
import { title } from '../../../kube/inventory';
import { WORKLOAD_KINDS } from '../../../kube/workload-kinds';
import type { Rule } from '../../rule';

/** Kinds of Kubernetes that run pods, but have no number of replicas. */
const UNSCALED: ReadonlySet<string> = new Set([
  'Pod',
  ...Object.entries(WORKLOAD_KINDS).flatMap(([kind, { scaled }]) => (scaled ? [] : [kind])),
]);

/** Autoscalers read and write the scale subresource of their target. */
export const rule: Rule = {
  id: 'autoscalers/target-kind',
  title: 'an autoscaler scales a kind that has replicas',
  severity: 'error',
  why: 'DaemonSets, Jobs, CronJobs and Pods have no scale subresource: the autoscaler reports FailedGetScale and does nothing.',
  source: 'https://kubernetes.io/docs/tasks/run-application/horizontal-pod-autoscale/',
  bad: `
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: { name: agent }
spec: { scaleTargetRef: { apiVersion: apps/v1, kind: DaemonSet, name: agent }, maxReplicas: 5 }
`,
  good: `
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: { name: agent }
spec: { scaleTargetRef: { apiVersion: apps/v1, kind: StatefulSet, name: agent }, maxReplicas: 5 }
`,
  check: ({ inventory }, report) => {
    for (const object of [
      ...inventory.ofKind('HorizontalPodAutoscaler', 'autoscaling'),
      ...inventory.ofKind('ScaledObject', 'keda.sh'),
    ]) {
      const target = scaleTargetOf(object.manifest);
      if (target && UNSCALED.has(target.kind)) {
        report(object, {
          message: `${title(object)} scales ${target.kind} '${target.name}', which has no replicas`,
          field: 'spec.scaleTargetRef.kind',
          fix:
            target.kind === 'Job' || target.kind === 'CronJob'
              ? 'scale a Deployment or StatefulSet, or write a ScaledJob of KEDA'
              : 'scale a Deployment or StatefulSet',
        });
      }
    }
  },
};
