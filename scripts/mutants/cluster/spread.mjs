// Replicas in three zones and on hosts of their own, and nothing that waits for what cannot come.
export default [
  ['members prefer zones only', "defaultSpread: 'zones'", "defaultSpread: 'soft'"],
  [
    'zones are never required',
    "whenUnsatisfiable: 'DoNotSchedule' as const",
    "whenUnsatisfiable: 'ScheduleAnyway' as const",
  ],
  ['two zones suffice for a quorum', 'minDomains: zones', 'minDomains: undefined'],
  ['two members more in a zone', 'maxSkew: 1,', 'maxSkew: 2,'],
  [
    'a Deployment waits for a full zone',
    "defaultSpread: 'soft'",
    "defaultSpread: 'zones'",
    { beside: "component: 'service'" },
  ],
  [
    'a full host is waited for',
    "topologyKey: HOST, whenUnsatisfiable: 'ScheduleAnyway'",
    "topologyKey: HOST, whenUnsatisfiable: 'DoNotSchedule'",
  ],
  ['new pods keep away from old ones', "{ matchLabelKeys: ['pod-template-hash'] }", '{}'],
  [
    'new pods keep away from the hosts of old ones',
    'affinity(name, placement, ofDeployment),',
    'affinity(name, placement, false),',
  ],
  [
    'hosts must differ',
    'preferredDuringSchedulingIgnoredDuringExecution: [{ weight: 100, podAffinityTerm }]',
    'requiredDuringSchedulingIgnoredDuringExecution: [podAffinityTerm]',
  ],
  ['tainted nodes count', "nodeTaintsPolicy: 'Honor' as const", "nodeTaintsPolicy: 'Ignore' as const"],
  ['zones are nothing to spread over', 'topologyKey: ZONE', "topologyKey: 'topology.kubernetes.io/region'"],
  [
    'hosts are nothing to spread over',
    "const ZONE = 'topology.kubernetes.io/zone'; const HOST = 'kubernetes.io/hostname'",
    "const ZONE = 'topology.kubernetes.io/zone'; const HOST = 'kubernetes.io/os'",
  ],
];
