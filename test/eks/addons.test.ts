import { ADDONS, addonOfDriver, addonOfGroup, baseAddonNames, eksctlAddonNames, isOffered } from '../../eks/addons';
import { CONTROLLERS, type Controller, controllerOfGroup } from '../../eks/controllers';

const rows = Object.entries(ADDONS);
const twice = (words: readonly string[]) => words.filter((word, i) => words.indexOf(word) !== i);

test.each([
  [
    false,
    'us-west-2',
    [...'vpc-cni kube-proxy coredns eks-pod-identity-agent eks-node-monitoring-agent'.split(' '), 'metrics-server'],
  ],
  [false, 'cn-north-1', 'vpc-cni kube-proxy coredns eks-pod-identity-agent eks-node-monitoring-agent'.split(' ')],
  [true, 'us-west-2', ['metrics-server']],
  [true, 'us-gov-west-1', []],
])('the add-ons of every cluster: Auto Mode %p in %s', (auto, region, names) => {
  expect(baseAddonNames(auto, region)).toEqual(names);
});

test.each([
  [false, 'us-west-2', ['vpc-cni', 'kube-proxy', 'coredns', 'metrics-server']],
  [true, 'us-west-2', ['metrics-server']],
  [true, 'cn-north-1', []],
])('those that eksctl adds: Auto Mode %p in %s', (auto, region, names) => {
  expect(eksctlAddonNames(auto, region)).toEqual(names);
});

test('an add-on of AWS is offered everywhere, one of the community is not, and of another nothing is known', () => {
  expect(isOffered('vpc-cni', 'cn-north-1')).toBe(true);
  expect(isOffered('cert-manager', 'cn-north-1')).toBe(false);
  expect(isOffered('cert-manager', 'us-west-2')).toBe(true);
  expect(isOffered('constructor', 'cn-north-1')).toBe(true);
});

test('each driver and each API group has one add-on or controller', () => {
  expect(twice(rows.flatMap(([, { driver }]) => driver ?? []))).toEqual([]);
  const groups = [...Object.values(ADDONS), ...Object.values<Controller>(CONTROLLERS)].flatMap(
    (row) => row.groups ?? [],
  );
  expect(groups.length).toBeGreaterThan(6);
  expect(twice(groups)).toEqual([]);
  expect(addonOfDriver('fsx.csi.aws.com')).toBe('aws-fsx-csi-driver');
  expect(addonOfGroup('cert-manager.io')).toBe('cert-manager');
  expect(addonOfGroup('keda.sh')).toBeUndefined();
  expect(controllerOfGroup('keda.sh')).toBe(CONTROLLERS.keda);
  expect(controllerOfGroup('cert-manager.io')).toBeUndefined();
});

test('what an add-on requires is an add-on, and what needs permissions says for which service account', () => {
  expect(rows.flatMap(([, { requires = [] }]) => requires).filter((name) => !Object.hasOwn(ADDONS, name))).toEqual([]);
  const incomplete = rows.filter(
    ([, { needs, recommends, serviceAccount }]) => (needs ?? recommends) && !serviceAccount,
  );
  expect(incomplete).toEqual([]);
});
