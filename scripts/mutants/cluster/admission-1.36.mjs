export default [
  ['no unknown field', 'enableServiceLinks: false,', 'enableServiceLink: false,', { in: 'renderPod' }],
  ['no API that is gone', "apiVersion: 'autoscaling/v2',", "apiVersion: 'autoscaling/v2beta2',"],
  [
    'no API that is deprecated',
    'customizeTenant(check, props.customize, this);',
    "new KubeObject<any>(this, 'Endpoints', { apiVersion: 'v1', kind: 'Endpoints', metadata: own('old') });",
  ],
  [
    'no label that is deprecated',
    "over === 'zones' ? ZONE",
    "over === 'zones' ? 'failure-domain.beta.kubernetes.io/zone'",
  ],
  [
    'nothing that a controller makes too',
    'customizeTenant(check, props.customize, this);',
    "new KubeObject<any>(this, 'Account', { apiVersion: 'v1', kind: 'ServiceAccount', metadata: own('default') });",
  ],
  [
    'the namespace before what is in it',
    'files.get(path)!',
    "files.get(path)!.split('---\\n').reverse().join('---\\n')",
  ],
  [
    'priority classes before the pods that have them',
    "setOutputFile(this, '_cluster.k8s.yaml')",
    "setOutputFile(this, 'zz.k8s.yaml')",
  ],
  ['pods within the quota', 'pods: String(total.pods)', "pods: '1'"],
  [
    'no escalation of privileges',
    'allowPrivilegeEscalation: false, capabilities,',
    'allowPrivilegeEscalation: true, capabilities,',
  ],
  [
    'restricted by default',
    "podSecurity === 'restricted') { return 'restricted';",
    "podSecurity === 'restricted') { return 'baseline';",
  ],
  ['the level is enforced', "['audit', 'enforce', 'warn'].map(", "['audit', 'warn'].map("],
  [
    'the reason of a looser level',
    "typeof props.podSecurity === 'object' ? props.podSecurity.because : undefined",
    'undefined',
  ],
  [
    'no fixed count beside an autoscaler',
    'if (!replicas.scale) { spec.replicas = replicas.min; }',
    'spec.replicas = Math.max(1, replicas.min);',
    { in: 'deployment' },
  ],
  [
    'nothing that a controller writes otherwise',
    "kind: 'Deployment', metadata,",
    "kind: 'Deployment', metadata: { ...metadata, annotations: { 'deployment.kubernetes.io/revision': '0' } },",
  ],
  [
    'amounts as the API server writes them',
    "return formatQuantity(unitsOf(amount, MILLI) * MILLI, 'decimal');",
    'return `${unitsOf(amount, MILLI)}m`;',
  ],
];
