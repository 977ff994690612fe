export default [
  [
    'requests are what the program says',
    'charts/pods/resources.ts',
    'requests: { cpu: resources.cpu, ',
    'requests: { cpu: cpuLimit, ',
  ],
  [
    'its namespaces let its pods in',
    'charts/pods/security.ts',
    'runAsNonRoot: root ? undefined : true',
    'runAsNonRoot: undefined',
  ],
  [
    'pods of a service avoid each other',
    'charts/pods/placement.ts',
    'podAntiAffinity: { preferredDuringSchedulingIgnoredDuringExecution: [{ weight: 100, podAffinityTerm }] }',
    'podAffinity: { requiredDuringSchedulingIgnoredDuringExecution: ofDeployment ? [podAffinityTerm] : [] }',
  ],
  [
    'a job mounts its own claim',
    'charts/workloads/jobs.ts',
    '{ claimName: claimName(name, model.storage) }',
    '{ claimName: name }',
  ],
];
