// Sidecars run beside the program: from before it starts until it has ended.
export default [
  ['sidecars are init containers that have to end', "isSidecar ? 'Always' : undefined", 'undefined'],
  [
    'init containers come before all sidecars',
    '[...behind(-1), ...initContainers.flatMap((entry, i) => [{ entry, isSidecar: false }, ...behind(i)])]',
    '[...initContainers.flatMap((entry, i) => [{ entry, isSidecar: false }, ...behind(i)]), ...behind(-1)]',
  ],
  ['no sidecar waits for an init container', '(entry.own?.waitsFor ?? []).map(', '([] as string[]).map('],
];
