/** Sets whose edit the API server refuses, with what the steps of the remedy promise. */

export interface RemedyCase {
  readonly what: string;
  readonly old: string;
  readonly next: string;
  /** The refused object. */
  readonly refused: string;
  /** How many pods stay ready throughout. @default - it is not promised */
  readonly ready?: number;
  /** Whether the pods before are those after. @default false */
  readonly samePods?: boolean;
}

const PODS = (labels: string, image = 'app:1') => `
  template:
    metadata: { labels: ${labels} }
    spec: { terminationGracePeriodSeconds: 1, containers: [{ name: main, image: 'registry.example.com/${image}' }] }
`;

const deployment = (label: string) => `apiVersion: apps/v1
kind: Deployment
metadata: { name: web, namespace: NAMESPACE }
spec:
  replicas: 3
  selector: { matchLabels: { app: ${label} } }${PODS(`{ app: ${label}, service: web }`)}`;

const agent = (label: string) => `apiVersion: apps/v1
kind: DaemonSet
metadata: { name: agent, namespace: NAMESPACE }
spec:
  selector: { matchLabels: { app: ${label} } }${PODS(`{ app: ${label} }`)}`;

const STORAGE_CLASS = (name: string, parameters = '{ type: gp3 }') => `apiVersion: storage.k8s.io/v1
kind: StorageClass
metadata: { name: ${name} }
provisioner: ebs.csi.aws.com
parameters: ${parameters}
allowVolumeExpansion: true
volumeBindingMode: WaitForFirstConsumer
---
`;

const store = ({ label = 'store', size = '10Gi', service = 'store', className = 'NAMESPACE-a', order = 'Parallel' }) =>
  `${STORAGE_CLASS('NAMESPACE-a')}${STORAGE_CLASS('NAMESPACE-b')}apiVersion: apps/v1
kind: StatefulSet
metadata: { name: store, namespace: NAMESPACE }
spec:
  replicas: 3
  serviceName: ${service}
  podManagementPolicy: ${order}
  selector: { matchLabels: { app: ${label} } }
  volumeClaimTemplates:
    - metadata: { name: data }
      spec: { accessModes: [ReadWriteOnce], storageClassName: ${className}, resources: { requests: { storage: ${size} } } }
  template:
    metadata: { labels: { app: ${label} } }
    spec:
      terminationGracePeriodSeconds: 1
      containers: [{ name: main, image: 'registry.example.com/app:1', volumeMounts: [{ name: data, mountPath: /data }] }]
`;

const claim = (className: string) => `${STORAGE_CLASS('NAMESPACE-a')}${STORAGE_CLASS('NAMESPACE-b')}apiVersion: v1
kind: PersistentVolumeClaim
metadata: { name: shared, namespace: NAMESPACE }
spec: { accessModes: [ReadWriteOnce], storageClassName: ${className}, resources: { requests: { storage: 1Gi } } }
`;

const job = (image: string) => `apiVersion: batch/v1
kind: Job
metadata: { name: load, namespace: NAMESPACE }
spec:
  template:
    spec: { restartPolicy: Never, containers: [{ name: main, image: 'registry.example.com/${image}' }] }
`;

const binding = (role: string) => `apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata: { name: readers, namespace: NAMESPACE }
subjects: [{ kind: ServiceAccount, name: default, namespace: NAMESPACE }]
roleRef: { apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: ${role} }
`;

const configMap = (value: string) => `apiVersion: v1
kind: ConfigMap
metadata: { name: settings, namespace: NAMESPACE }
immutable: true
data: { key: ${value} }
`;

const secret = (type: string) => `apiVersion: v1
kind: Secret
metadata: { name: token, namespace: NAMESPACE }
type: ${type}
stringData: { key: value }
`;

const service = (address: string) => `apiVersion: v1
kind: Service
metadata: { name: web, namespace: NAMESPACE }
spec: { ${address}selector: { app: web }, ports: [{ port: 80 }] }
`;

const priority = (value: number) => `apiVersion: scheduling.k8s.io/v1
kind: PriorityClass
metadata: { name: NAMESPACE }
value: ${value}
`;

const runtime = (handler: string) => `apiVersion: node.k8s.io/v1
kind: RuntimeClass
metadata: { name: NAMESPACE }
handler: ${handler}
`;

const ingressClass = (controller: string) => `apiVersion: networking.k8s.io/v1
kind: IngressClass
metadata: { name: NAMESPACE }
spec: { controller: example.com/${controller} }
`;

export const REMEDY_CASES: readonly RemedyCase[] = [
  {
    what: 'the selector of a Deployment',
    old: deployment('web'),
    next: deployment('site'),
    refused: 'Deployment web',
    ready: 3,
  },
  { what: 'the selector of a DaemonSet', old: agent('agent'), next: agent('daemon'), refused: 'DaemonSet agent' },
  {
    what: 'the size of the volumes of a set',
    old: store({}),
    next: store({ size: '20Gi' }),
    refused: 'StatefulSet store',
    ready: 3,
    samePods: true,
  },
  {
    what: 'the class of the volumes of a set',
    old: store({}),
    next: store({ className: 'NAMESPACE-b' }),
    refused: 'StatefulSet store',
    ready: 3,
    samePods: true,
  },
  {
    what: 'the order of a set',
    old: store({}),
    next: store({ order: 'OrderedReady' }),
    refused: 'StatefulSet store',
    ready: 3,
    samePods: true,
  },
  {
    what: 'the Service of a set',
    old: store({}),
    next: store({ service: 'peers' }),
    refused: 'StatefulSet store',
    ready: 2,
  },
  {
    what: 'the selector of a set',
    old: store({}),
    next: store({ label: 'database' }),
    refused: 'StatefulSet store',
    ready: 2,
  },
  { what: 'the image of a Job', old: job('load:1'), next: job('load:2'), refused: 'Job load' },
  {
    what: 'the class of a claim',
    old: claim('NAMESPACE-a'),
    next: claim('NAMESPACE-b'),
    refused: 'PersistentVolumeClaim shared',
  },
  {
    what: 'the parameters of a StorageClass',
    old: STORAGE_CLASS('NAMESPACE'),
    next: STORAGE_CLASS('NAMESPACE', '{ type: io2 }'),
    refused: 'StorageClass NAMESPACE',
  },
  { what: 'the role of a binding', old: binding('view'), next: binding('edit'), refused: 'RoleBinding readers' },
  { what: 'an immutable ConfigMap', old: configMap('one'), next: configMap('two'), refused: 'ConfigMap settings' },
  { what: 'the type of a Secret', old: secret('Opaque'), next: secret('example.com/token'), refused: 'Secret token' },
  {
    what: 'a Service that becomes headless',
    old: service(''),
    next: service('clusterIP: None, '),
    refused: 'Service web',
  },
  { what: 'the value of a priority', old: priority(100), next: priority(200), refused: 'PriorityClass NAMESPACE' },
  { what: 'the handler of a runtime', old: runtime('runc'), next: runtime('kata'), refused: 'RuntimeClass NAMESPACE' },
  {
    what: 'the controller of an IngressClass',
    old: ingressClass('one'),
    next: ingressClass('two'),
    refused: 'IngressClass NAMESPACE',
  },
];

/** From three pods to an autoscaler that begins with as many. */
export const FIXED_COUNT = deployment('web');
export const AUTOSCALED = `${FIXED_COUNT.replace('  replicas: 3\n', '')}---
${object('autoscaling/v2', 'HorizontalPodAutoscaler', '{ minReplicas: 3, maxReplicas: 5, scaleTargetRef: { apiVersion: apps/v1, kind: Deployment, name: web } }')}`;

/** An object of each kind that a plan knows something about, for the commands that delete it. */
export const LEFT_BEHIND = [
  deployment('web'),
  agent('agent'),
  store({}),
  claim('NAMESPACE-a').split('---\n').at(-1)!,
  job('load:1'),
  binding('view'),
  configMap('one'),
  secret('Opaque'),
  service(''),
  priority(100),
  runtime('runc'),
  ingressClass('one'),
  object(
    'batch/v1',
    'CronJob',
    '{ schedule: "0 3 1 1 *", jobTemplate: { spec: { template: { spec: { restartPolicy: Never, containers: [{ name: main, image: registry.example.com/app:1 }] } } } } }',
  ),
  object('networking.k8s.io/v1', 'Ingress', '{ defaultBackend: { service: { name: web, port: { number: 80 } } } }'),
  object('networking.k8s.io/v1', 'NetworkPolicy', '{ podSelector: {} }'),
  object(
    'autoscaling/v2',
    'HorizontalPodAutoscaler',
    '{ maxReplicas: 3, scaleTargetRef: { apiVersion: apps/v1, kind: Deployment, name: web } }',
  ),
  object('policy/v1', 'PodDisruptionBudget', '{ maxUnavailable: 1, selector: { matchLabels: { app: web } } }'),
  object('v1', 'ResourceQuota', '{ hard: { pods: "50" } }'),
  object('v1', 'LimitRange', '{ limits: [{ type: Container, default: { memory: 1Gi } }] }'),
  object('v1', 'ServiceAccount'),
  object('rbac.authorization.k8s.io/v1', 'Role'),
  object(
    'admissionregistration.k8s.io/v1',
    'ValidatingAdmissionPolicyBinding',
    '{ policyName: NAMESPACE, validationActions: [Deny] }',
    false,
  ),
  object('rbac.authorization.k8s.io/v1', 'ClusterRole', undefined, false),
].join('---\n');

function object(apiVersion: string, kind: string, spec?: string, namespaced = true): string {
  const metadata = namespaced ? '{ name: other, namespace: NAMESPACE }' : '{ name: NAMESPACE-other }';
  return `apiVersion: ${apiVersion}\nkind: ${kind}\nmetadata: ${metadata}\n${spec === undefined ? '' : `spec: ${spec}\n`}`;
}
