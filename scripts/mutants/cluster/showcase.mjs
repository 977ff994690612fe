export default [
  ['requests are what the program says', 'requests: { cpu: resources.cpu,', 'requests: { cpu: cpuLimit,'],
  ['its namespaces let its pods in', 'runAsNonRoot: root ? undefined : true', 'runAsNonRoot: undefined'],
  [
    'pods of a service avoid each other',
    'podAntiAffinity: { preferredDuringSchedulingIgnoredDuringExecution: [{ weight: 100, podAffinityTerm }] }',
    'podAffinity: { requiredDuringSchedulingIgnoredDuringExecution: ofDeployment ? [podAffinityTerm] : [] }',
  ],
  ['a job mounts its own claim', '{ claimName: claimName(name, model.storage) }', '{ claimName: name }'],
];
