// What is left of the stateful sets when a whole zone goes.
export default [
  ['members prefer zones only', "defaultSpread: 'zones'", "defaultSpread: 'soft'"],
  ['two members more in a zone', 'maxSkew: 1,', 'maxSkew: 2,'],
  ['zones are nothing to spread over', 'topologyKey: ZONE', "topologyKey: 'topology.kubernetes.io/region'"],
  ['a drain takes a member more', '? { maxUnavailable: 1 } : undefined', '? { maxUnavailable: 2 } : undefined'],
  [
    'members have no budget',
    'disruption: resolveDisruption(check, props.disruption, replicas)',
    'disruption: undefined',
  ],
];
