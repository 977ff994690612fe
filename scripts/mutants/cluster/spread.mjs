// Replicas in three zones and on hosts of their own, and nothing that waits for what cannot come.
const PLACEMENT = 'charts/pods/placement.ts';

export default [
  [
    'members prefer zones only',
    'charts/workloads/stateful-service.ts',
    "defaultSpread: 'zones'",
    "defaultSpread: 'soft'",
  ],
  [
    'zones are never required',
    PLACEMENT,
    "spread === 'zones' ? 'DoNotSchedule'",
    "spread === 'zones' ? 'ScheduleAnyway'",
  ],
  ['two members more in a zone', PLACEMENT, 'maxSkew: 1,', 'maxSkew: 2,'],
  [
    'a Deployment waits for a full zone',
    'charts/workloads/web-service.ts',
    "defaultSpread: 'soft'",
    "defaultSpread: 'zones'",
  ],
  [
    'a full host is waited for',
    PLACEMENT,
    "topologyKey: HOST, whenUnsatisfiable: 'ScheduleAnyway'",
    "topologyKey: HOST, whenUnsatisfiable: 'DoNotSchedule'",
  ],
  ['new pods keep away from old ones', PLACEMENT, "{ matchLabelKeys: ['pod-template-hash'] }", '{}'],
  [
    'new pods keep away from the hosts of old ones',
    'charts/workloads/pod.ts',
    'hostAntiAffinity(name, placement.spread, isDeployment)',
    'hostAntiAffinity(name, placement.spread, false)',
  ],
  [
    'hosts must differ',
    PLACEMENT,
    'preferredDuringSchedulingIgnoredDuringExecution: [{ weight: 100, podAffinityTerm }]',
    'requiredDuringSchedulingIgnoredDuringExecution: [podAffinityTerm]',
  ],
  ['tainted nodes count', PLACEMENT, "nodeTaintsPolicy: 'Honor' as const", "nodeTaintsPolicy: 'Ignore' as const"],
  [
    'zones are nothing to spread over',
    PLACEMENT,
    "const ZONE = 'topology.kubernetes.io/zone'",
    "const ZONE = 'topology.kubernetes.io/region'",
  ],
  [
    'hosts are nothing to spread over',
    PLACEMENT,
    "const HOST = 'kubernetes.io/hostname'",
    "const HOST = 'kubernetes.io/os'",
  ],
];
