import { scaleTargetOf } from '../../../kube/autoscalers';
import { type Inventory, type PodObject, title } from '../../../kube/inventory';
import { podContainers } from '../../../kube/pod-containers';
import { workloadKey } from '../../replicas';
import type { Rule } from '../../rule';
import { type ScalerTrigger, scalerTriggers } from '../../scalers';

/** A variable that the container which KEDA reads does not have. */
export const rule: Rule = {
  id: 'keda/env',
  title: 'variables that a trigger names are those of the container that it scales',
  severity: 'warning',
  why: 'KEDA reads ...FromEnv in the first container of the workload, or in that of envSourceContainerName. A variable that it does not have is empty, and the scaler cannot log in.',
  source: 'https://keda.sh/docs/latest/concepts/scaling-deployments/',
  bad: scaler('RABBITMQ'),
  good: scaler('RABBITMQ_HOST'),
  check: ({ inventory }, report) => {
    for (const trigger of scalerTriggers(inventory)) {
      const { object, field, type, metadata } = trigger;
      for (const [key, variable] of Object.entries(metadata)) {
        const variables = key.endsWith('FromEnv') && variable !== '' ? variablesOf(inventory, trigger) : undefined;
        if (variables && !variables.has(variable)) {
          report(object, {
            message: `${key} of trigger '${type}' of ${title(object)} names the variable '${variable}', which the container that KEDA reads does not have`,
            fix:
              variables.size > 0
                ? `write one of its variables: ${[...variables].slice(0, 5).join(', ')}`
                : 'name a TriggerAuthentication, or set the variable',
            field: `${field}.metadata.${key}`,
          });
        }
      }
    }
  },
};

/** The variables that KEDA reads; undefined where they are not known. */
function variablesOf(inventory: Inventory, { object }: ScalerTrigger): ReadonlySet<string> | undefined {
  const pod = podOf(inventory, object);
  const named = (object.manifest.spec?.scaleTargetRef as { readonly envSourceContainerName?: unknown } | undefined)
    ?.envSourceContainerName;
  const containers = pod ? podContainers(pod).filter(({ role }) => role === 'main') : [];
  const read = typeof named === 'string' ? containers.find(({ container }) => container.name === named) : containers[0];
  // the keys of a Secret are not known, and those of a ConfigMap may be of another set
  return !read || read.container.envFrom?.length
    ? undefined
    : new Set((read.container.env ?? []).map(({ name }) => name));
}

/** The pods that are scaled; a ScaledJob has their template itself, and is not read. */
function podOf(inventory: Inventory, { manifest, namespace }: ScalerTrigger['object']): PodObject | undefined {
  const target = scaleTargetOf(manifest);
  return target && inventory.view(byWorkload).get(`${namespace}/${target.kind}/${target.name}`);
}

const byWorkload = (inventory: Inventory): ReadonlyMap<string, PodObject> =>
  new Map(inventory.pods.map((pod) => [workloadKey(pod), pod]));

function scaler(variable: string): string {
  return `
apiVersion: keda.sh/v1alpha1
kind: ScaledObject
metadata: { name: mail, namespace: shop }
spec:
  scaleTargetRef: { name: mail }
  triggers: [{ type: rabbitmq, metadata: { queueName: mail, mode: QueueLength, value: '5', hostFromEnv: ${variable} } }]
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: mail, namespace: shop }
spec:
  selector: { matchLabels: { app: mail } }
  template:
    metadata: { labels: { app: mail } }
    spec:
      containers:
        - { name: mail, image: 'example.com/mail:1.0.0', env: [{ name: RABBITMQ_HOST, valueFrom: { secretKeyRef: { name: mail, key: url } } }] }
`;
}
