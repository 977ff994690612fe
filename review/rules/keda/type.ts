import { title } from '../../../kube/inventory';
import { SCALER_TYPES } from '../../../kube/keda-triggers';
import { nearest } from '../../../kube/text';
import type { Rule } from '../../rule';
import { scalerTriggers } from '../../scalers';

const KNOWN: ReadonlySet<string> = new Set(SCALER_TYPES);

/** A type that KEDA has no scaler for. */
export const rule: Rule = {
  id: 'keda/type',
  title: 'every trigger has a type that KEDA has a scaler for',
  severity: 'warning',
  why: 'KEDA finds no scaler for the type, so none of the triggers of the object scales, and the workload keeps the replicas that it has.',
  source: 'https://keda.sh/docs/latest/scalers/',
  refusedBy: 'controller',
  bad: scaler('kubernetes-workloads'),
  good: scaler('kubernetes-workload'),
  check: ({ inventory }, report) => {
    for (const { object, field, type } of scalerTriggers(inventory)) {
      if (!KNOWN.has(type)) {
        const meant = nearest(type, SCALER_TYPES);
        report(object, {
          message: `trigger '${type}' of ${title(object)} is of no known type of KEDA`,
          fix: meant === undefined ? 'write a type of https://keda.sh/docs/latest/scalers/' : `write '${meant}'`,
          field: `${field}.type`,
        });
      }
    }
  },
};

function scaler(type: string): string {
  return `
apiVersion: keda.sh/v1alpha1
kind: ScaledObject
metadata: { name: mail, namespace: default }
spec:
  scaleTargetRef: { name: mail }
  triggers:
    - type: ${type}
      metadata: { podSelector: app=web, value: '2' }
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: mail, namespace: default }
spec:
  selector: { matchLabels: { app: mail } }
  template:
    metadata: { labels: { app: mail } }
    spec: { containers: [{ name: mail, image: example.com/mail:1.0.0 }] }
`;
}
