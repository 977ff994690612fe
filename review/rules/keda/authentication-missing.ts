import { addTo } from '../../../kube/collections';
import { type Inventory, title } from '../../../kube/inventory';
import { madeBy } from '../../../kube/references';
import { nearest } from '../../../kube/text';
import type { ReviewInput, Rule } from '../../rule';
import { scalerTriggers } from '../../scalers';

/** An authentication that the set does not have, although it has others, or the scaler's own namespace. */
export const rule: Rule = {
  id: 'keda/authentication-missing',
  title: 'the TriggerAuthentication of a trigger, and its Secrets, are in the set',
  severity: 'warning',
  why: 'KEDA makes no scaler of a trigger whose TriggerAuthentication or Secret is missing, and the workload keeps the replicas that it has.',
  source: 'https://keda.sh/docs/latest/concepts/authentication/',
  bad: scaler('queues'),
  good: scaler('queue'),
  check: (input, report) => {
    const { inventory } = input;
    if (!inventory.complete) {
      return;
    }
    let known: ReadonlySet<string> | undefined;
    const exists = (key: string): boolean => {
      known ??= existing(input);
      return known.has(key);
    };
    for (const { object, field, type, authentication } of scalerTriggers(inventory)) {
      if (!authentication) {
        continue;
      }
      const { kind, name } = authentication;
      const namespace = kind === 'ClusterTriggerAuthentication' ? '' : object.namespace;
      const names = inventory.view(authentications).get(`${kind}/${namespace}`) ?? [];
      // those of the cluster may well be of another set
      const isForeign = namespace === '' && names.length === 0;
      if (!names.includes(name) && !isForeign && !exists(`${kind}/${namespace}/${name}`)) {
        const meant = nearest(name, names);
        report(object, {
          message: `trigger '${type}' of ${title(object)} names ${kind} '${name}', which is not in the set`,
          fix: meant
            ? `did you mean '${meant}'?`
            : `create it, or declare that it exists: existing: [{ kind: '${kind}', namespace: '${namespace}', name: '${name}' }]`,
          field: `${field}.authenticationRef.name`,
        });
      }
    }
    for (const object of inventory.ofKind('TriggerAuthentication', 'keda.sh')) {
      const refs: unknown = object.manifest.spec?.secretTargetRef;
      for (const [i, ref] of (Array.isArray(refs) ? (refs as unknown[]) : []).entries()) {
        const { name } = (typeof ref === 'object' && ref !== null ? ref : {}) as { readonly name?: unknown };
        if (typeof name === 'string' && !exists(`Secret/${object.namespace}/${name}`)) {
          report(object, {
            message: `${title(object)} reads Secret '${name}', which is not in the set`,
            fix: `create it, or declare that it exists: existing: [{ kind: 'Secret', namespace: '${object.namespace}', name: '${name}' }]`,
            field: `spec.secretTargetRef[${i}].name`,
          });
        }
      }
    }
  },
};

/** The names of authentications, by 'Kind/namespace'. */
const authentications = (inventory: Inventory): ReadonlyMap<string, readonly string[]> => {
  const found = new Map<string, string[]>();
  for (const kind of ['TriggerAuthentication', 'ClusterTriggerAuthentication']) {
    for (const { namespace, manifest } of inventory.ofKind(kind, 'keda.sh')) {
      addTo(found, `${kind}/${namespace}`, manifest.metadata.name);
    }
  }
  return found;
};

/** What the set makes, or is declared: 'Kind/namespace/name'. */
function existing({ inventory, existing: declared }: ReviewInput): ReadonlySet<string> {
  return new Set([
    ...inventory.view(secrets),
    ...declared.map(({ kind, namespace, name }) => `${kind}/${namespace}/${name}`),
  ]);
}

/** The Secrets that the objects of a set make. */
const secrets = ({ objects }: Inventory): ReadonlySet<string> =>
  new Set(
    objects.flatMap(({ manifest, namespace }) =>
      madeBy(manifest).flatMap(({ kind, name }) => (kind === 'Secret' ? [`Secret/${namespace}/${name}`] : [])),
    ),
  );

function scaler(name: string): string {
  return `
apiVersion: keda.sh/v1alpha1
kind: TriggerAuthentication
metadata: { name: queue, namespace: shop }
spec: { podIdentity: { provider: aws } }
---
apiVersion: keda.sh/v1alpha1
kind: ScaledObject
metadata: { name: mail, namespace: shop }
spec:
  scaleTargetRef: { name: mail }
  triggers:
    - type: aws-sqs-queue
      metadata: { queueURL: 'https://sqs.us-west-2.amazonaws.com/111122223333/mail', awsRegion: us-west-2 }
      authenticationRef: { name: ${name} }
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: mail, namespace: shop }
spec:
  selector: { matchLabels: { app: mail } }
  template:
    metadata: { labels: { app: mail } }
    spec: { containers: [{ name: mail, image: 'example.com/mail:1.0.0' }] }
`;
}
