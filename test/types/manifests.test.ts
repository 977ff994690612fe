import { objects, plain, untouched, web } from './manifests';

test('an edit adds to lists and maps that the manifest would not have', () => {
  const { metadata, spec } = web.deployment.toJson().spec.template;
  expect(metadata.annotations).toEqual({ 'example.com/a': 'b' });
  expect(spec.containers[0].env).toEqual([{ name: 'A', value: 'b' }]);
  expect(spec.containers[0].envFrom).toBeUndefined();
  expect(spec.nodeSelector).toEqual({ pool: 'web' });
  expect(spec.tolerations).toEqual([{ key: 'example.com/pool', operator: 'Exists' }]);
  expect(spec.initContainers).toBeUndefined();
  expect(web.serviceAccount.toJson().metadata.annotations).toEqual({ 'example.com/account': 'web' });
  expect(web.networkPolicy!.toJson().spec.egress.at(-1)).toEqual({ to: [{ ipBlock: { cidr: '10.0.0.0/8' } }] });
});

test('an edit that adds nothing changes nothing', () => {
  const named = JSON.stringify(plain.deployment.toJson()).replaceAll('plain', 'untouched');
  expect(JSON.stringify(untouched.deployment.toJson())).toBe(named);
});

test('objects of kinds that the compiler knows or not are written as they are', () => {
  expect(objects.map((object) => object.toJson())).toMatchObject([
    { kind: 'Service', spec: { publishNotReadyAddresses: true } },
    { kind: 'Widget', spec: { size: 2 } },
    { kind: 'ConfigMap', data: { a: 'b' } },
  ]);
});
