// Replicas in three zones and on hosts of their own, and nothing that waits for what cannot come.
export default [
  ['members prefer zones only', "members.clustered ? 'zones' : 'soft'", "members.clustered ? 'soft' : 'soft'"],
  [
    'zones are never required',
    "whenUnsatisfiable: one.required === true ? 'DoNotSchedule' : 'ScheduleAnyway'",
    "whenUnsatisfiable: 'ScheduleAnyway'",
  ],
  [
    'two zones suffice for a quorum',
    'topologyKey === ZONE ? zones : undefined',
    'topologyKey === ZONE ? undefined : undefined',
  ],
  ['two members more in a zone', 'maxSkew: one.maxSkew ?? 1,', 'maxSkew: one.maxSkew ?? 2,'],
  [
    'a Deployment waits for a full zone',
    "defaultSpread: 'soft'",
    "defaultSpread: 'zones'",
    { beside: "component: 'service'" },
  ],
  [
    'a full host is waited for',
    'whenUnsatisfiable: one.required === true ?',
    'whenUnsatisfiable: one.required === true || topologyKey === HOST ?',
  ],
  ['new pods keep away from old ones', 'undefined : [revision]', 'undefined : undefined'],
  [
    'new pods keep away from the hosts of old ones',
    'affinity(name, placement, { revision, cluster })',
    'affinity(name, placement, { revision: undefined, cluster })',
  ],
  [
    'hosts must differ',
    '{ preferredDuringSchedulingIgnoredDuringExecution: [own] }',
    '{ requiredDuringSchedulingIgnoredDuringExecution: [podAffinityTerm] }',
  ],
  ['tainted nodes count', "nodeTaintsPolicy: 'Honor'", "nodeTaintsPolicy: 'Ignore'"],
  ['zones are nothing to spread over', "over === 'zones' ? ZONE", "over === 'zones' ? 'topology.kubernetes.io/region'"],
  ['hosts are nothing to spread over', "over === 'nodes' ? HOST", "over === 'nodes' ? 'kubernetes.io/os'"],
];
