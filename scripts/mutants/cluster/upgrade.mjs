// Which edits of a program a running cluster bears, and how.
export default [
  [
    'the selector of a Deployment never changes',
    'selector: { matchLabels: selectorLabels(metadata.name) }',
    'selector: { matchLabels: metadata.labels! }',
    { in: 'deployment' },
  ],
  [
    'nor does that of a StatefulSet',
    'selector: { matchLabels: selectorLabels(metadata.name) }',
    'selector: { matchLabels: metadata.labels! }',
    { in: 'statefulSet' },
  ],
  [
    'templates of claims have no label that can change',
    'claimTemplate(metadata.name, s)',
    '({ ...claimTemplate(metadata.name, s), metadata: { name: s.name, labels: metadata.labels } })',
  ],
  [
    'the name of a Job has the hash of its content',
    '({ spec }: Job) => contentHash(JSON.stringify({ ...spec, ...mutable }))',
    "(): string => 'content'",
  ],
  [
    'the hash of a Job is that of its content alone',
    'contentHash(JSON.stringify({ ...spec, ...mutable }))',
    'contentHash(JSON.stringify([spec, this.node.root.node.findAll().length]))',
  ],
  [
    'the name of a ConfigMap has the hash of its content',
    'contentHash(JSON.stringify([data, binaryData]))',
    "'content'",
  ],
  ['the order of keys means nothing', 'sort(keys); const result', 'const result'],
  [
    'no fixed count beside an autoscaler',
    'if (!replicas.scale) { spec.replicas = replicas.min; }',
    'spec.replicas = replicas.min;',
    { in: 'deployment' },
  ],
  ['no pod is missing in a rollout', 'rollout.maxUnavailable ?? 0', "rollout.maxUnavailable ?? '50%'"],
  ['members are replaced', 'updateStrategy: copyPlain(set.updateStrategy)', "updateStrategy: { type: 'OnDelete' }"],
  [
    'the claim of a member stays when the member goes',
    "retention.whenScaled ?? 'Retain'",
    "retention.whenScaled ?? 'Delete'",
  ],
];
