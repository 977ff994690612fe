// What is left of the stateful sets when a whole zone goes.
export default [
  ['members prefer zones only', "members.clustered ? 'zones' : 'soft'", "members.clustered ? 'soft' : 'soft'"],
  ['two members more in a zone', 'maxSkew: one.maxSkew ?? 1,', 'maxSkew: one.maxSkew ?? 2,'],
  ['zones are nothing to spread over', "over === 'zones' ? ZONE", "over === 'zones' ? 'topology.kubernetes.io/region'"],
  [
    'a drain takes a member more',
    'const ONE_AT_A_TIME: MaxUnavailable = { maxUnavailable: 1 };',
    'const ONE_AT_A_TIME: MaxUnavailable = { maxUnavailable: 2 };',
  ],
  [
    'members have no budget',
    'const disruption = resolveDisruption(check, props.disruption, replicas);',
    'const disruption = undefined as never;',
  ],
];
