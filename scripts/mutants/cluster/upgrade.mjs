// Which edits of a program a running cluster bears, and how.
export default [
  [
    'the selector of a Deployment never changes',
    'charts/workloads/scaling.ts',
    'selector: { matchLabels: selectorLabels(metadata.name) }',
    'selector: { matchLabels: metadata.labels! }',
  ],
  [
    'nor does that of a StatefulSet',
    'charts/workloads/members.ts',
    'selector: { matchLabels: selectorLabels(metadata.name) }',
    'selector: { matchLabels: metadata.labels! }',
  ],
  [
    'templates of claims have no label that can change',
    'charts/workloads/members.ts',
    'claimTemplate(metadata.name, s)',
    '({ ...claimTemplate(metadata.name, s), metadata: { name: s.name, labels: metadata.labels } })',
  ],
  [
    'the name of a Job has the hash of its content',
    'charts/workloads/batch-job.ts',
    '({ spec }) => contentHash(JSON.stringify(spec))',
    "() => 'content'",
  ],
  [
    'the hash of a Job is that of its content alone',
    'charts/workloads/batch-job.ts',
    'contentHash(JSON.stringify(spec))',
    'contentHash(JSON.stringify([spec, this.node.root.node.findAll().length]))',
  ],
  [
    'the name of a ConfigMap has the hash of its content',
    'charts/config/config-map.ts',
    '({ data: d, binaryData: b }) => contentHash(JSON.stringify([d, b]))',
    "() => 'content'",
  ],
  ['the order of keys means nothing', 'kube/canonical.ts', 'return keys.sort();', 'return keys;'],
  [
    'no fixed count beside an autoscaler',
    'charts/workloads/scaling.ts',
    'replicas.scale ? undefined : replicas.min',
    'replicas.min',
  ],
  [
    'no pod is missing in a rollout',
    'charts/scaling/availability.ts',
    'rollout.maxUnavailable ?? 0',
    "rollout.maxUnavailable ?? '50%'",
  ],
  [
    'members are replaced',
    'charts/workloads/members.ts',
    "updateStrategy: { type: 'RollingUpdate' }",
    "updateStrategy: { type: 'OnDelete' }",
  ],
  [
    'the claim of a member stays when the member goes',
    'charts/workloads/members.ts',
    "whenScaled: 'Retain'",
    "whenScaled: 'Delete'",
  ],
];
