import { commands, configMap, deployment, only, planOf } from './support';

const GATEWAY = 'apiVersion: gateway.networking.k8s.io/v1\nkind: Gateway\nmetadata: { name: web, namespace: shop }\n';
const CLASS =
  'apiVersion: storage.k8s.io/v1\nkind: StorageClass\nmetadata: { name: fast }\nprovisioner: ebs.csi.aws.com\n';

test.each([
  [deployment('web'), 'notice', 'kubectl delete deployment.apps/web -n shop'],
  [configMap('a'), 'none', 'kubectl delete configmap/a -n shop'],
  [GATEWAY, 'notice', 'kubectl delete gateway.gateway.networking.k8s.io/web -n shop'],
  [CLASS, 'none', 'kubectl delete storageclass.storage.k8s.io/fast'],
  ['apiVersion: v1\nkind: Namespace\nmetadata: { name: shop }\n', 'notice', 'kubectl delete namespace/shop'],
  [
    'apiVersion: example.com/v1\nkind: Widget\nmetadata: { name: w }\n',
    'notice',
    'kubectl delete widget.example.com/w',
  ],
])('what is no longer there is deleted by a command of its own', (old, risk, command) => {
  const object = only(planOf(old, ''));
  expect(object).toMatchObject({ verdict: 'left-behind', risk });
  expect(object.condition).toBeDefined();
  expect(commands(object)).toEqual([command]);
});

test('what takes data along says so', () => {
  const claim = 'apiVersion: v1\nkind: PersistentVolumeClaim\nmetadata: { name: data, namespace: shop }\n';
  expect(only(planOf(claim, '')).remedy![0]!.text).toMatch(/data/);
});
