export default [
  [
    'requests are what the program says',
    'charts/pods/resources.ts',
    'requests: { cpu: resources.cpu, ',
    'requests: { cpu: cpuLimit, ',
  ],
  [
    'a finished job is kept',
    'charts/workloads/jobs.ts',
    'ttlSecondsAfterFinished: model.keepFor',
    'ttlSecondsAfterFinished: model.keepFor ?? 0',
  ],
];
