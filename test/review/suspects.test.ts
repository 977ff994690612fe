import { loadInventory } from '../../review/load';
import { readManifests } from '../../review/read-manifests';
import type { ReviewInput } from '../../review/rule';
import { checkSuspects, suspectContainers, suspectPods, suspectsIn } from '../../review/suspects';

const pod = (name: string, spec: string) =>
  `{ apiVersion: v1, kind: Pod, metadata: { name: ${name}, namespace: shop }, spec: { ${spec} } }`;

const inventory = loadInventory(
  readManifests(
    [
      pod('a', 'containers: [{ name: a, tty: true }, { name: b, tty: true }]'),
      pod('b', 'hostNetwork: true, containers: [{ name: a }]'),
      pod('c', 'hostNetwork: true, containers: [{ name: a }], initContainers: [{ name: i, tty: true }]'),
      pod('d', 'containers: [{ name: a }], ephemeralContainers: [{ name: e, tty: true }]'),
    ].join('\n---\n'),
    'a.yaml',
  ).documents,
);
const onHost = suspectPods(({ spec }) => spec.hostNetwork === true);
const crowded = suspectPods((_, containers) => containers.length > 1);
const withTerminal = suspectContainers(({ container }) => container.tty === true);
const noContainer = suspectContainers(() => false);

test.each([
  ['of pods', onHost, ['b', 'c']],
  ['of pods with their containers', crowded, ['a', 'c', 'd']],
  ['of containers of all roles, each pod once', withTerminal, ['a', 'c', 'd']],
  ['that nothing answers', noContainer, []],
])('suspects are found in the order of the set: %s', (_, suspects, expected) => {
  expect(suspectsIn(inventory, suspects).map(({ manifest }) => manifest.metadata.name)).toEqual(expected);
});

test('a question that comes later is asked, too', () => {
  suspectsIn(inventory, onHost);
  const later = suspectPods(({ spec }) => spec.hostNetwork !== true);
  expect(suspectsIn(inventory, later).map(({ manifest }) => manifest.metadata.name)).toEqual(['a', 'd']);
});

test('a check is given the suspects alone', () => {
  const seen: string[] = [];
  const check = checkSuspects(onHost, ({ manifest }) => {
    seen.push(manifest.metadata.name);
  });
  const input: ReviewInput = { inventory, existing: [], cluster: undefined, kubernetesVersion: '1.35' };
  check(input, () => {});
  expect(seen).toEqual(['b', 'c']);
});
