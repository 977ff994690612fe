import { container, pod, said } from './pods';

const C = 'spec.containers[0]';

test.each([
  ['an ephemeral volume', `volumeMounts: [{ name: v, mountPath: /v }]`, 'volumes: [{ name: v }]', []],
  [
    'a device',
    'volumeDevices: [{ name: v, devicePath: /dev/v }]',
    '',
    [`error volumes/unknown ${C}.volumeDevices[0].name`],
  ],
  [
    'a mount in a mount',
    'volumeMounts: [{ name: v, mountPath: /v }, { name: v, mountPath: /v/w }]',
    'volumes: [{ name: v }]',
    [],
  ],
  [
    'a path out of the volume',
    'volumeMounts: [{ name: v, mountPath: /v, subPath: ../w }]',
    'volumes: [{ name: v }]',
    [`error volumes/mount-path ${C}.volumeMounts[0].subPath`],
  ],
  [
    'an absolute subPathExpr',
    'volumeMounts: [{ name: v, mountPath: /v, subPathExpr: /$(A) }]',
    'volumes: [{ name: v }]',
    [`error volumes/mount-path ${C}.volumeMounts[0].subPathExpr`],
  ],
  [
    'no path',
    'volumeMounts: [{ name: v }]',
    'volumes: [{ name: v }]',
    [`error volumes/mount-path ${C}.volumeMounts[0].mountPath`],
  ],
  ['a name in capitals', '', 'volumes: [{ name: V }]', ['error volumes/source spec.volumes[0].name']],
])('mounts: %s', (_, fields, spec, expected) => {
  expect(said(container(fields, spec), 'volumes')).toEqual(expected);
});

test('one unknown volume in many containers is one finding', () => {
  const mount = "volumeMounts: [{ name: v, mountPath: /v }], image: 'c:1'";
  const found = said(
    pod(
      `containers: [{ name: a, ${mount} }, { name: b, ${mount} }], initContainers: [{ name: i, ${mount} }], ephemeralContainers: [{ name: e, ${mount} }]`,
    ),
    'volumes',
  );
  expect(found).toEqual([`error volumes/unknown ${C}.volumeMounts[0].name`]);
});

test('a volume with the name of a claim template is a warning', () => {
  const set = `
    apiVersion: apps/v1
    kind: StatefulSet
    metadata: { name: a, namespace: default }
    spec:
      selector: { matchLabels: { a: b } }
      template:
        metadata: { labels: { a: b } }
        spec: { containers: [{ name: c, image: 'c:1', volumeMounts: [{ name: v, mountPath: /v }] }], volumes: [{ name: v, emptyDir: {} }] }
      volumeClaimTemplates: [{ metadata: { name: v }, spec: { accessModes: [ReadWriteOnce], resources: { requests: { storage: 1Gi } } } }]
  `;
  expect(said(set, 'volumes')).toEqual(['warning volumes/duplicate spec.template.spec.volumes[0].name']);
});

test.each([
  ['no image', 'containers: [{ name: c }]', [`error containers/name ${C}.image`]],
  ['no containers', 'containers: []', ['error containers/name spec.containers']],
  ['a dot', "containers: [{ name: c.d, image: 'c:1' }]", [`error containers/name ${C}.name`]],
  [
    'the name of a sidecar',
    "containers: [{ name: c, image: 'c:1' }], initContainers: [{ name: c, image: 'c:1', restartPolicy: Always }]",
    ['error containers/name spec.initContainers[0].name'],
  ],
])('containers: %s', (_, spec, expected) => {
  expect(said(pod(spec), 'containers')).toEqual(expected);
});

test.each([
  ['a range', 'ports: [{ containerPort: 70000 }]', [`error containers/ports ${C}.ports[0].containerPort`]],
  [
    'a long name',
    'ports: [{ containerPort: 80, name: a-very-long-name-of-a-port }]',
    [`error containers/ports ${C}.ports[0].name`],
  ],
  ['a number as a name', "ports: [{ containerPort: 80, name: '80' }]", [`error containers/ports ${C}.ports[0].name`]],
  [
    'one host port twice',
    'ports: [{ containerPort: 80, hostPort: 80 }, { containerPort: 81, hostPort: 80 }]',
    [`error containers/ports ${C}.ports[1].hostPort`],
  ],
  [
    'one host port of two addresses',
    'ports: [{ containerPort: 80, hostPort: 80, hostIP: 1.1.1.1 }, { containerPort: 81, hostPort: 80 }]',
    [],
  ],
  [
    'one number twice',
    'ports: [{ containerPort: 80 }, { containerPort: 80, name: http }]',
    [`warning containers/ports ${C}.ports[1].containerPort`],
  ],
])('ports: %s', (_, fields, expected) => {
  expect(said(container(fields), 'containers')).toEqual(expected);
});

test('two containers on one port are a warning, an init container that ends before is none', () => {
  const port = "image: 'c:1', ports: [{ containerPort: 80, name: http }]";
  expect(
    said(
      pod(`containers: [{ name: a, ${port} }, { name: b, ${port} }], initContainers: [{ name: i, ${port} }]`),
      'containers',
    ),
  ).toEqual([
    'warning containers/ports spec.containers[1].ports[0].containerPort',
    'warning containers/ports spec.containers[1].ports[0].name',
  ]);
});

test.each([
  ['an odd name that Kubernetes takes', "env: [{ name: 'a b.c', value: '1' }]", []],
  ['no name', "env: [{ value: '1' }]", [`error containers/env ${C}.env[0].name`]],
  [
    'value and valueFrom',
    'env: [{ name: A, value: b, valueFrom: { fieldRef: { fieldPath: metadata.name } } }]',
    [`error containers/env ${C}.env[0].valueFrom`],
  ],
  ['no source', 'env: [{ name: A, valueFrom: {} }]', [`error containers/env ${C}.env[0].valueFrom`]],
  ['one that builds on itself', "env: [{ name: A, value: b }, { name: A, value: 'c:$(A)' }]", []],
  [
    'three times',
    'env: [{ name: A, value: b }, { name: A, value: c }, { name: A, value: d }]',
    [`warning containers/env-twice ${C}.env[1].name`],
  ],
])('env: %s', (_, fields, expected) => {
  expect(said(container(fields), 'containers')).toEqual(expected);
});

const field = (path: string) => `env: [{ name: A, valueFrom: { fieldRef: { fieldPath: "${path}" } } }]`;
test.each([
  ...[
    'metadata.uid',
    'spec.serviceAccountName',
    'status.podIPs',
    "metadata.labels['a/b']",
    "metadata.annotations['A.b/c']",
  ].map((path) => [path, []] as const),
  ...[
    'metadata.labels',
    'spec.containers',
    'status.phase',
    "metadata.labels['a b']",
    'metadata.labels[a]',
    'status.nodeName',
  ].map((path) => [path, [`error containers/field-ref ${C}.env[0].valueFrom.fieldRef.fieldPath`]] as const),
])('fieldPath %s', (path, expected) => {
  const found = said(container(field(path)), 'containers');
  expect(found.filter((one) => !one.includes('containers/own-label'))).toEqual(expected);
});

test.each([
  ['a file with all labels', 'fieldRef: { fieldPath: metadata.labels }', []],
  ['a file with the address', 'fieldRef: { fieldPath: status.podIP }', ['fieldRef.fieldPath']],
  ['a file without a container', 'resourceFieldRef: { resource: limits.cpu }', ['resourceFieldRef.containerName']],
  ['a file with huge pages', 'resourceFieldRef: { containerName: c, resource: limits.hugepages-2Mi }', []],
  [
    'a file with a device',
    'resourceFieldRef: { containerName: c, resource: limits.nvidia.com/gpu }',
    ['resourceFieldRef.resource'],
  ],
])('%s', (_, source, expected) => {
  const volume = `volumes: [{ name: v, projected: { sources: [{ downwardAPI: { items: [{ path: p, ${source} }] } }] } }]`;
  const at = 'error containers/field-ref spec.volumes[0].projected.sources[0].downwardAPI.items[0].';
  expect(said(container('', volume), 'containers')).toEqual(expected.map((path) => at + path));
});

const hook = (preStop: string) => `lifecycle: { preStop: { ${preStop} } }`;
test.each([
  [hook('sleep: { seconds: 30 }'), ['warning']],
  [hook('sleep: { seconds: 31 }'), ['error']],
  [hook('sleep: { seconds: 29 }'), []],
  [hook("exec: { command: [sleep, '45'] }"), ['warning']],
  [hook("exec: { command: [sh, -c, 'nginx -s quit; sleep 30'] }"), ['warning']],
  [hook("exec: { command: [sh, -c, '/usr/bin/sleepy 99'] }"), []],
])('%s of 30 s', (fields, severities) => {
  expect(said(container(fields), 'containers')).toEqual(
    severities.map((severity) => `${severity} containers/grace-period ${C}.lifecycle.preStop`),
  );
});
