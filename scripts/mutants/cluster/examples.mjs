export default [
  ['requests are what the program says', 'string> = { cpu: resources.cpu,', 'string> = { cpu: cpuLimit,'],
  ['a finished job is kept', 'ttlSecondsAfterFinished: model.keepFor', 'ttlSecondsAfterFinished: model.keepFor ?? 0'],
];
