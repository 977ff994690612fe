import { type Manifest, manifests, PROGRAMS } from '../golden/programs';
import { callersOf } from './callers';

const program = PROGRAMS.find(({ name }) => name === 'windows')!;
const objects = manifests(program).map(({ manifest }) => manifest);
const find = (kind: string, name: string): Manifest =>
  objects.find((object) => object?.kind === kind && object.metadata.name === name);
const config = objects.find((object) => object?.kind === 'ClusterConfig');
const podOf = (name: string): Manifest => find('Deployment', name).spec.template.spec;

test('pods of Windows run as ContainerUser in a restricted namespace, without fields of Linux', () => {
  const { containers, os, securityContext } = podOf('invoices');
  expect(os).toEqual({ name: 'windows' });
  expect(securityContext).toEqual({ runAsNonRoot: true, windowsOptions: { runAsUserName: 'ContainerUser' } });
  expect(containers.map((container: Manifest) => container.securityContext)).toEqual([undefined]);
  expect(find('Namespace', 'billing').metadata.labels['pod-security.kubernetes.io/enforce']).toBe('restricted');
});

test('each workload is for nodes of its own system, of which there is a group', () => {
  const [workers, windows] = config.managedNodeGroups;
  const { nodeSelector, tolerations } = podOf('invoices');
  expect(nodeSelector).toEqual({ 'kubernetes.io/os': 'windows' });
  expect(windows.amiFamily).toBe('WindowsServer2022CoreContainer');
  expect(tolerations).toEqual(windows.taints.map((taint: Manifest) => ({ operator: 'Equal', ...taint })));
  const { requiredDuringSchedulingIgnoredDuringExecution: required } = podOf('prices').affinity.nodeAffinity;
  expect(required.nodeSelectorTerms[0].matchExpressions[0].values).toEqual(['linux']);
  expect(workers.amiFamily).toBe('AmazonLinux2023');
});

test('pods on Windows get addresses', () => {
  const cni = config.addons.find(({ name }: Manifest) => name === 'vpc-cni');
  expect(JSON.parse(cni.configurationValues)).toMatchObject({ enableWindowsIpam: 'true' });
});

test('the service on Linux is called by the application alone, by its full name', () => {
  expect(callersOf(find('NetworkPolicy', 'prices'))).toEqual({ 8080: ['invoices'] });
  const [{ configMapRef }] = podOf('invoices').containers[0].envFrom;
  const { data } = find('ConfigMap', configMapRef.name);
  expect(data.Prices__Url).toBe('http://prices.billing.svc.cluster.local:8080');
});

test('a pod serves until its target is gone, and has the whole drain after that', () => {
  const { containers, terminationGracePeriodSeconds } = podOf('invoices');
  const sleep = containers[0].lifecycle.preStop.sleep.seconds;
  const attributes = find('Ingress', 'invoices').metadata.annotations[
    'alb.ingress.kubernetes.io/target-group-attributes'
  ];
  expect(attributes).toBe(`deregistration_delay.timeout_seconds=${sleep + 30}`);
  expect(terminationGracePeriodSeconds).toBeGreaterThanOrEqual(sleep + 30);
});
