import { commands, configMap, deployment, only, planOf, verdicts } from './support';

test('an object that is equal but for its name was renamed, and the old one stays', () => {
  const object = only(planOf(deployment('web'), deployment('site')));
  expect(object).toMatchObject({ verdict: 'renamed', was: { name: 'web' }, object: { name: 'site' }, risk: 'notice' });
  expect(object.condition).toMatch(/Deployment 'shop\/web' stays until it is deleted/);
  expect(commands(object)).toEqual(['kubectl delete deployment.apps/web -n shop']);
});

test('one that is alike was renamed too', () => {
  expect(verdicts(planOf(deployment('web'), deployment('site', { image: 'web:2' })))).toEqual([
    'renamed Deployment site < web',
  ]);
});

test('one that has little in common was not', () => {
  const other = deployment('site', { image: 'site:7' }).replace('replicas: 3', 'minReadySeconds: 5');
  const more = other.replace(
    "'site:7' }",
    "'site:7', env: [{ name: A, value: b }, { name: C, value: d }], tty: true }",
  );
  expect(verdicts(planOf(deployment('web'), more)).sort()).toEqual([
    'created Deployment site',
    'left-behind Deployment web',
  ]);
});

test('an object of another namespace was renamed where the name is the same', () => {
  expect(verdicts(planOf(configMap('a', 'one', 'shop'), configMap('a', 'one', 'store')))).toEqual([
    'renamed ConfigMap a < a',
  ]);
});

test('another kind is another object', () => {
  const set = deployment('web').replace('kind: Deployment', 'kind: DaemonSet').replace('  replicas: 3\n', '');
  expect(verdicts(planOf(deployment('web'), set)).sort()).toEqual([
    'created DaemonSet web',
    'left-behind Deployment web',
  ]);
});

test('a name that follows the content is no loss: the old object is for a rollback', () => {
  const object = only(planOf(configMap('web-config-1a2b3c4d'), configMap('web-config-9z8y7x6w', 'two')));
  expect(object).toMatchObject({ verdict: 'renamed', was: { name: 'web-config-1a2b3c4d' }, risk: 'none' });
});

test('names of words are no hashes', () => {
  const old = configMap('web-files') + configMap('web-other', 'two');
  expect(verdicts(planOf(old, configMap('web-cached', 'three')))).not.toContain(
    'renamed ConfigMap web-cached < web-files',
  );
});

test('each old object is taken once', () => {
  const { objects } = planOf(configMap('a') + configMap('b'), configMap('c') + configMap('d') + configMap('e'));
  expect(objects.map(({ verdict }) => verdict).sort()).toEqual(['created', 'renamed', 'renamed']);
  expect(new Set(objects.flatMap(({ was }) => was?.name ?? []))).toEqual(new Set(['a', 'b']));
});

test('names with characters of regular expressions are taken as they are', () => {
  expect(verdicts(planOf(configMap('a.b'), configMap('axc')))).toEqual(['renamed ConfigMap axc < a.b']);
});
