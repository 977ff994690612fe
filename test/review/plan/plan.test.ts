import { plan } from '../../../review/plan/plan';
import { configMap, deployment, NOTHING, planOf, setOf, verdicts } from './support';

test('each object has one verdict', () => {
  const old = configMap('kept') + configMap('edited') + configMap('dropped', 'something-else');
  const next = configMap('kept') + configMap('edited', 'two') + deployment('added');
  expect(verdicts(planOf(old, next)).sort()).toEqual([
    'created Deployment added',
    'left-behind ConfigMap dropped',
    'unchanged ConfigMap kept',
    'updated ConfigMap edited',
  ]);
});

test('everything of a first apply is created, and everything of an empty set is left behind', () => {
  const set = setOf(configMap('a') + deployment('web'));
  expect(plan(NOTHING, set).objects.map(({ verdict }) => verdict)).toEqual(['created', 'created']);
  expect(plan(set, NOTHING).objects.map(({ verdict }) => verdict)).toEqual(['left-behind', 'left-behind']);
  expect(plan(NOTHING, NOTHING)).toEqual({ objects: [], effects: [] });
});

test('an object is the same in another version of its API group, and in its default namespace', () => {
  const hpa = (version: string) =>
    `apiVersion: autoscaling/${version}\nkind: HorizontalPodAutoscaler\nmetadata: { name: web }\nspec: { maxReplicas: 3, scaleTargetRef: { apiVersion: apps/v1, kind: Deployment, name: web } }\n`;
  const [object] = planOf(hpa('v1'), hpa('v2').replace('name: web }', 'name: web, namespace: default }')).objects;
  expect(object!.verdict).not.toBe('created');
});

test('of an object that stands twice, the last one is applied', () => {
  expect(verdicts(planOf(configMap('a', 'one') + configMap('a', 'two'), configMap('a', 'two')))).toEqual([
    'unchanged ConfigMap a',
  ]);
});

test('what is worst comes first', () => {
  const { objects } = planOf(configMap('a') + deployment('web'), configMap('a') + configMap('b'));
  const order = ['danger', 'notice', 'none'];
  const risks = objects.map(({ risk }) => order.indexOf(risk));
  expect(risks).toEqual([...risks].sort());
  expect(new Set(risks).size).toBeGreaterThan(1);
});
