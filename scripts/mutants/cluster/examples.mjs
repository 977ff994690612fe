export default [
  ['requests are what the program says', 'requests: { cpu: resources.cpu,', 'requests: { cpu: cpuLimit,'],
  ['a finished job is kept', 'ttlSecondsAfterFinished: model.keepFor', 'ttlSecondsAfterFinished: model.keepFor ?? 0'],
];
