import { deployment, effectsOf, NEW, object, said, statefulSet } from './support';

const map = (value: string, kind = 'ConfigMap') => object('v1', kind, 'web', { data: { key: value } });
const variable = { main: { env: [{ name: 'A', valueFrom: { configMapKeyRef: { name: 'web', key: 'key' } } }] } };
const file = (mount: object = {}) => ({
  main: { volumeMounts: [{ name: 'config', mountPath: '/etc/web', ...mount }] },
  volumes: [{ name: 'config', configMap: { name: 'web' } }],
});

test('pods that read content as variables have it at the next start', () => {
  const [effect, ...others] = effectsOf([map('a'), deployment({}, variable)], [map('b'), deployment({}, variable)]);
  expect(others).toEqual([]);
  expect(effect).toEqual({
    kind: 'configuration',
    risk: 'notice',
    object: expect.objectContaining({ kind: 'ConfigMap', name: 'web' }),
    text: "the content of ConfigMap 'shop/web' changes, and no pod restarts for it: Deployment 'shop/web' reads it at the next start",
    because: ['data.key'],
    remedy: [
      {
        text: "to restart Deployment 'shop/web' with the new content",
        command: 'kubectl rollout restart deployment.apps/web -n shop',
      },
    ],
  });
});

test('files change without a restart, but not those that are mounted by subPath', () => {
  expect(said(effectsOf([map('a'), deployment({}, file())], [map('b'), deployment({}, file())]))).toEqual([
    "notice: the content of ConfigMap 'shop/web' changes: the files of Deployment 'shop/web' change about a minute later, without a restart",
  ]);
  const fixed = deployment({}, file({ subPath: 'key' }));
  expect(said(effectsOf([map('a'), fixed], [map('b'), fixed]))[0]).toContain('reads it at the next start');
});

test('pods that restart anyway, and content that nobody reads', () => {
  const after = [map('b'), deployment({}, { ...variable, main: { ...variable.main, ...NEW.main } })];
  expect(said(effectsOf([map('a'), deployment({}, variable)], after), 'configuration')).toEqual([
    "none: the content of ConfigMap 'shop/web' changes, and no pod of the set reads it",
  ]);
  expect(said(effectsOf([map('a', 'Secret')], [map('b', 'Secret')]))).toEqual([
    "none: the content of Secret 'shop/web' changes, and no pod of the set reads it",
  ]);
});

test('several workloads, and labels alone', () => {
  const secret = { main: { envFrom: [{ secretRef: { name: 'web' } }] } };
  const users = [deployment({}, secret), statefulSet({}, secret)];
  expect(said(effectsOf([map('a', 'Secret'), ...users], [map('b', 'Secret'), ...users]))).toEqual([
    "notice: the content of Secret 'shop/web' changes, and no pod restarts for it: Deployment 'shop/web' and StatefulSet 'shop/store' read it at the next start",
  ]);
  const labelled = {
    ...(map('a') as { metadata: object }),
    metadata: { name: 'web', namespace: 'shop', labels: { a: 'b' } },
  };
  expect(effectsOf([map('a'), deployment({}, variable)], [labelled, deployment({}, variable)])).toEqual([]);
});
