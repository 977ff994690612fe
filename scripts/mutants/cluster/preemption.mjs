// Who gives way on a full node.
export default [
  [
    'jobs displace others',
    "preemptionPolicy: 'Never'",
    "preemptionPolicy: 'PreemptLowerPriority'",
    { in: 'priorityClasses' },
  ],
  ['jobs are as important as services', "defaultPriority: 'batch'", "defaultPriority: 'standard'"],
  ['critical services are not', "priorityClass('critical', 100_000,", "priorityClass('critical', 500,"],
  ['a Job counts a displaced pod as a failure', "type: 'DisruptionTarget'", "type: 'Other'"],
  ['no workload has a budget', 'maxReplicas > 1 ? ONE_AT_A_TIME : undefined', 'undefined'],
];
