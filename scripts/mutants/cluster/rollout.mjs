// What test/cluster/rollout.test.ts promises, each broken in turn: [what, snippet, replacement].
export default [
  ['a rollout takes no pod away', 'rollout.maxUnavailable ?? 0', 'rollout.maxUnavailable ?? 1'],
  ['deadline of a rollout', 'const DEADLINE = 600;', 'const DEADLINE = 6000;'],
  [
    'a deadline of its own',
    'check.seconds(`${field}.deadline`, deadline, 1)',
    'check.seconds(`${field}.deadline`, DEADLINE, 1)',
  ],
  ['old revisions are kept', 'const REVISIONS = 3;', 'const REVISIONS = 0;'],
  ['configuration is named by its content', 'contentHash(JSON.stringify([data, binaryData]))', "'fixed'"],
  [
    'the hash is of values, not of keys',
    'contentHash(JSON.stringify([data, binaryData]))',
    'contentHash(JSON.stringify([Object.keys(data ?? {}), binaryData]))',
  ],
  [
    'variables come from their own ConfigMap',
    'sourcesOf(props.envFrom ?? [], rendering.envConfigMap)',
    'sourcesOf(props.envFrom ?? [], rendering.filesConfigMap ?? rendering.envConfigMap)',
  ],
  [
    'files come from their own ConfigMap',
    'filesConfigMap: this.filesConfigMap?.name',
    'filesConfigMap: this.configMap?.name',
  ],
  ['keys of configuration in any order', 'sort(keys); const result', 'const result'],
  ['files in any order', 'sortedEntries(files)', 'Object.entries(files)'],
  ['files of shared configuration in any order', 'sortedBy(({ node }) => node.id, configFiles)', 'configFiles'],
  ['shared configuration by all keys', 'sourcesOf(props.envFrom ?? [],', 'sourcesOf((props.envFrom ?? []).slice(1),'],
  [
    'a pod does not say when it was made',
    'annotations: { ...this.annotations, ...podAnnotations',
    'annotations: { made: String(process.hrtime.bigint()), ...this.annotations, ...podAnnotations',
  ],
  [
    'a selector is the name alone',
    'selector: { matchLabels: selectorLabels(metadata.name) }',
    'selector: { matchLabels: template.metadata!.labels! }',
    { in: 'deployment' },
  ],
  [
    'a Service selects by the name alone',
    'selector: selectorLabels(name)',
    'selector: { ...metadata.labels }',
    { in: 'clientService' },
  ],
  [
    'claims carry the name alone',
    'claimTemplate(metadata.name, s)',
    '({ ...claimTemplate(metadata.name, s), metadata: { name: s.name, labels: metadata.labels } })',
  ],
  [
    'the owner that a tenant names is on the pods',
    'labels: this.labels, annotations: {',
    'labels: { ...this.labels, owner: this.name }, annotations: {',
  ],
  [
    'a count is not in the pods',
    'strategy, template,',
    'strategy, template: { ...template, metadata: { ...template.metadata, annotations: { count: String(replicas.min) } } },',
    { in: 'deployment' },
  ],
];
