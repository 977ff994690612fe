export default [
  ['requests are what the program says', 'string> = { cpu: resources.cpu,', 'string> = { cpu: cpuLimit,'],
  [
    'its namespaces let its pods in',
    'runAsNonRoot: root ? undefined : true',
    'runAsNonRoot: undefined',
    { in: 'podSecurityContext' },
  ],
  [
    'pods of a service avoid each other',
    '{ preferredDuringSchedulingIgnoredDuringExecution: [own] }',
    '{ requiredDuringSchedulingIgnoredDuringExecution: revision ? [podAffinityTerm] : [] }',
  ],
  ['a job mounts its own claim', '{ claimName: claimName(name, model.storage) }', '{ claimName: name }'],
];
