// What is left of the stateful sets when a whole zone goes.
export default [
  ['members prefer zones only', "members.clustered ? 'zones' : 'soft'", "members.clustered ? 'soft' : 'soft'"],
  ['two members more in a zone', 'maxSkew: one.maxSkew ?? 1,', 'maxSkew: one.maxSkew ?? 2,'],
  ['zones are nothing to spread over', "over === 'zones' ? ZONE", "over === 'zones' ? 'topology.kubernetes.io/region'"],
  ['a drain takes a member more', '? { maxUnavailable: 1 } : undefined', '? { maxUnavailable: 2 } : undefined'],
  [
    'members have no budget',
    'const disruption = resolveDisruption(check, props.disruption, replicas);',
    'const disruption = undefined as never;',
  ],
];
