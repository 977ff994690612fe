import { said } from './pods';

const object = (apiVersion: string, kind: string) =>
  `{ apiVersion: ${apiVersion}, kind: ${kind}, metadata: { name: a } }`;

test.each([
  ['policy/v1beta1', 'PodSecurityPolicy', '1.35', 'error api-versions/removed apiVersion'],
  ['extensions/v1beta1', 'Ingress', '1.35', 'error api-versions/removed apiVersion'],
  ['autoscaling/v2beta2', 'HorizontalPodAutoscaler', '1.35', 'error api-versions/removed apiVersion'],
  ['batch/v1beta1', 'CronJob', '1.35', 'error api-versions/removed apiVersion'],
  ['apiextensions.k8s.io/v1beta1', 'CustomResourceDefinition', '1.35', 'error api-versions/removed apiVersion'],
  ['flowcontrol.apiserver.k8s.io/v1beta3', 'FlowSchema', '1.31', 'warning api-versions/deprecated apiVersion'],
  ['flowcontrol.apiserver.k8s.io/v1beta3', 'FlowSchema', '1.32', 'error api-versions/removed apiVersion'],
  ['resource.k8s.io/v1', 'DeviceClass', '1.33', 'error api-versions/removed apiVersion'],
  ['resource.k8s.io/v1', 'DeviceClass', '1.34', undefined],
  ['networking.k8s.io/v1beta1', 'IPAddress', '1.36', 'warning api-versions/deprecated apiVersion'],
  ['networking.k8s.io/v1beta1', 'IPAddress', '1.37', 'error api-versions/removed apiVersion'],
  ['networking.k8s.io/v1', 'Ingres', '1.35', 'error api-versions/unknown kind'],
  ['apps/v2', 'Deployment', '1.35', 'error api-versions/unknown kind'],
  ['apps/v1', 'Ingress', '1.35', 'error api-versions/unknown kind'],
  ['v1', 'Deployment', '1.35', 'error api-versions/unknown kind'],
  ['v1', 'Deploymnt', '1.99', 'warning api-versions/unknown kind'],
  ['extensions/v1beta1', 'Job', '1.35', 'error api-versions/unknown kind'],
  ['networking.istio.io/v1', 'VirtualService', '1.35', undefined],
  ['snapshot.storage.k8s.io/v1', 'VolumeSnapshot', '1.35', undefined],
  ['metrics.k8s.io/v1', 'Anything', '1.35', undefined],
  ['autoscaling/v1', 'HorizontalPodAutoscaler', '1.35', undefined],
  ['storage.k8s.io/v1', 'VolumeAttributesClass', '1.35', undefined],
])('%s %s at %s', (apiVersion, kind, version, expected) => {
  expect(said(object(apiVersion, kind), 'api-versions', version)).toEqual(expected ? [expected] : []);
});

test('a definition of the set may add a kind to a group', () => {
  const definition = `
    apiVersion: apiextensions.k8s.io/v1
    kind: CustomResourceDefinition
    metadata: { name: sets.apps }
    spec: { group: apps, names: { kind: PetSet } }
  `;
  expect(said(`${definition}\n---\n${object('apps/v1', 'PetSet')}`, 'api-versions')).toEqual([]);
});
