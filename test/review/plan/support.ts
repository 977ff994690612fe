import { Inventory } from '../../../kube/inventory';
import type { ObjectPlan, Plan } from '../../../review/plan/model';
import { type PlanOptions, plan } from '../../../review/plan/plan';
import { setOf } from '../../support/manifest-sets';

export { setOf };

export const NOTHING = new Inventory([]);

export const planOf = (old: string, next: string, options: PlanOptions = {}): Plan =>
  plan(setOf(old), setOf(next), options);

/** "created ConfigMap a", by object. */
export function verdicts({ objects }: Plan): string[] {
  return objects.map(
    ({ verdict, object, was }) => `${verdict} ${object.kind} ${object.name}${was ? ` < ${was.name}` : ''}`,
  );
}

/** The only object of a plan that is not unchanged. */
export function only({ objects }: Plan): ObjectPlan {
  const changed = objects.filter(({ verdict }) => verdict !== 'unchanged');
  expect(changed).toHaveLength(1);
  return changed[0]!;
}

/** The commands of an object's remedy. */
export const commands = ({ remedy = [] }: Pick<ObjectPlan, 'remedy'>): string[] =>
  remedy.flatMap(({ command }) => command ?? []);

export const configMap = (name: string, data = 'one', namespace = 'shop') =>
  `---\napiVersion: v1\nkind: ConfigMap\nmetadata: { name: ${name}, namespace: ${namespace} }\ndata: { key: ${data} }\n`;

export const deployment = (name: string, { image = 'web:1', more = '', namespace = 'shop', label = name } = {}) => `---
apiVersion: apps/v1
kind: Deployment
metadata: { name: ${name}, namespace: ${namespace} }
spec:
  replicas: 3
  selector: { matchLabels: { app: ${label} } }
  template:
    metadata: { labels: { app: ${label} } }
    spec:
      containers: [{ name: ${name}, image: '${image}'${more} }]
`;
