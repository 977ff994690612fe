export default [
  ['members that are not ready may always be evicted', "protect: 'IfHealthyBudget'", "protect: 'AlwaysAllow'"],
  ['members are numbered from zero', 'set.firstOrdinal === 0 ? undefined : { start: set.firstOrdinal }', 'undefined'],
  ['a partition holds nothing back', 'rollingUpdate: { partition }', 'rollingUpdate: { partition: 0 }'],
  ["'OnDelete' replaces members at once", 'return { type: update };', "return { type: 'RollingUpdate' };"],
];
