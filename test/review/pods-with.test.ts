import { loadInventory } from '../../review/load';
import { podsWith } from '../../review/pods-with';
import { readManifests } from '../../review/read-manifests';

const pod = (name: string, spec: string) =>
  `{ apiVersion: v1, kind: Pod, metadata: { name: ${name}, namespace: shop }, spec: { ${spec} } }`;

const inventory = loadInventory(
  readManifests(
    [
      pod('a', 'containers: [{ name: a, env: [{ name: A, value: a }] }, { name: b, env: [{ name: B, value: b }] }]'),
      pod('b', 'hostNetwork: true, containers: [{ name: a }], volumes: [{ name: v, hostPath: { path: /v } }]'),
      pod('c', 'containers: [{ name: a }], initContainers: [{ name: i, env: [{ name: A, value: a }] }]'),
      pod('d', 'containers: [{ name: a }], ephemeralContainers: [{ name: e, stdin: true }]'),
    ].join('\n---\n'),
    'a.yaml',
  ).documents,
);

const named = (...fields: Parameters<typeof podsWith> extends [unknown, ...infer F] ? F : never) =>
  podsWith(inventory, ...fields).map(({ manifest }) => manifest.metadata.name);

test.each([
  ['a field of the spec', ['hostNetwork'], ['b']],
  ['a field of containers, each pod once', ['containers.env'], ['a', 'c']],
  ['a field of an ephemeral container', ['containers.stdin'], ['d']],
  ['the source of a volume', ['volumes.hostPath'], ['b']],
  ['several fields, in the order of the set', ['containers.env', 'hostNetwork'], ['a', 'b', 'c']],
  ['several fields, of which one has pods', ['hostPID', 'hostNetwork'], ['b']],
  ['fields of which all pods have one', ['containers.env', 'containers.name'], ['a', 'b', 'c', 'd']],
  ['a field that no pod has', ['hostPID', 'containers.tty'], []],
] as const)('pods are found by %s', (_, fields, expected) => {
  expect(named(...fields)).toEqual(expected);
});
