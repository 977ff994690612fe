// What a plan must not get wrong of the pods, volumes, connections and permissions that an apply changes.
export const planEffects = [
  ['surge is rounded up', "round === 'up' ? Math.ceil(share) : Math.floor(share)", 'Math.floor(share)'],
  [
    'one pod may be missing where both bounds are nothing',
    'surge === 0 && unavailable === 0 ? 1',
    'surge === 0 && unavailable === 0 ? 0',
  ],
  ['members below a partition stay', 'replaced: Math.max(count - kept, 0)', 'replaced: count'],
  ['one member at least is replaced at a time', 'Math.max(missing, 1), count)', 'missing, count)'],
  ['an apply takes replicas away', 'forgets ? 1 : old', 'old'],
  ['pods that go make room under a quota', 'all - 1 >= target - unavailable', 'all - 1 >= target'],
  ['new pods come before old ones go', 'all < target + surge', 'all < target'],
  [
    'what stays behind counts against a quota',
    'for (const object of leftBehind(input)) {\n    add',
    'for (const object of [] as InventoryObject[]) {\n    add',
  ],
  [
    'pods that are asked for as a whole',
    'return whole === undefined ? podTotal',
    'return (true as boolean) ? podTotal',
  ],
  ['only what changes surges', '&& !rolled.has(workloadKey(object))', '&& rolled.size < 0'],
  ['a port on which nobody listens is no danger', 'if (lost.length === 0 || !isPod(to)) {', 'if (!isPod(to)) {'],
  ['a budget that lets no pod go before either', 'now.allowed === 0 && was?.allowed !== 0) {', 'now.allowed === 0) {'],
  ['an Ingress that joins others', 'group !== undefined && others.some', 'others.some'],
  ['access to Secrets', "resource === 'secrets' ||", ''],
  ['ordinals that do not begin at 0', 'startOf(after) + old - 1 - i', 'old - 1 - i'],
  ['a Service that is meant for both', "risk: meant ? 'notice' : 'danger'", "risk: 'danger'"],
  [
    'a version that was removed before',
    'isAtLeast(version.new, removed) && !isAtLeast(version.old, removed)',
    'isAtLeast(version.new, removed)',
  ],
  ['Jobs of other work', 'nameLabel(manifest) === nameLabel(after.manifest)', 'true'],
];
