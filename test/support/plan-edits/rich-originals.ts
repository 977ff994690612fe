import type { Manifest } from '../app';
import { EXAMPLES } from './examples';

const own = (apiVersion: string, kind: string, name: string, spec: object): Manifest => ({
  apiVersion,
  kind,
  metadata: { name: `plan-${name}`, namespace: 'default' },
  spec,
});
const shared = (apiVersion: string, kind: string, name: string, spec: object): Manifest => ({
  apiVersion,
  kind,
  metadata: { name: `plan-${name}` },
  spec,
});

/** More sources of volumes, most of them of clouds and protocols that few use. */
const SOURCES: Readonly<Record<string, object>> = {
  awsElasticBlockStore: { volumeID: 'vol-1', fsType: 'ext4', partition: 1, readOnly: true },
  azureFile: { secretName: 'a', shareName: 'b', readOnly: true },
  cinder: { volumeID: 'a', fsType: 'ext4', readOnly: true, secretRef: { name: 'a' } },
  configMap: { name: 'a', items: [{ key: 'b', path: 'c', mode: 0o400 }], defaultMode: 0o440, optional: true },
  csi: {
    driver: 'a.example.com',
    readOnly: true,
    fsType: 'ext4',
    volumeAttributes: { a: 'b' },
    nodePublishSecretRef: { name: 'a' },
  },
  downwardAPI: {
    defaultMode: 0o440,
    items: [
      { path: 'cpu', mode: 0o400, resourceFieldRef: { containerName: 'app', resource: 'limits.cpu', divisor: '1m' } },
    ],
  },
  emptyDir: { medium: 'Memory', sizeLimit: '1Gi' },
  fc: { targetWWNs: ['500a0982991b8dc5'], lun: 0, fsType: 'ext4', readOnly: true },
  flexVolume: { driver: 'a/b', fsType: 'ext4', secretRef: { name: 'a' }, readOnly: true, options: { a: 'b' } },
  gcePersistentDisk: { pdName: 'a', fsType: 'ext4', partition: 1, readOnly: true },
  gitRepo: { repository: 'https://example.com/a', revision: 'b', directory: 'c' },
  glusterfs: { endpoints: 'a', path: 'b', readOnly: true },
  image: { reference: 'a:1', pullPolicy: 'Never' },
  nfs: { server: 'a', path: '/b', readOnly: true },
  photonPersistentDisk: { pdID: 'a', fsType: 'ext4' },
  portworxVolume: { volumeID: 'a', fsType: 'ext4', readOnly: true },
  secret: { secretName: 'a', items: [{ key: 'b', path: 'c', mode: 0o400 }], defaultMode: 0o440, optional: true },
  storageos: { volumeName: 'a', volumeNamespace: 'b', fsType: 'ext4', readOnly: true, secretRef: { name: 'a' } },
  vsphereVolume: { volumePath: '[a] b', fsType: 'ext4', storagePolicyName: 'c' },
};
/** What only volumes of claims, or only those of pods can be. */
const ONLY_PODS: ReadonlySet<string> = new Set(['configMap', 'downwardAPI', 'emptyDir', 'gitRepo', 'image', 'secret']);
/** References of volumes of the cluster have a namespace. */
const OF_CLUSTER: Readonly<Record<string, object>> = {
  azureFile: { secretName: 'a', shareName: 'b', readOnly: true, secretNamespace: 'default' },
  csi: {
    driver: 'a.example.com',
    volumeHandle: 'b',
    readOnly: true,
    fsType: 'ext4',
    nodeStageSecretRef: { name: 'a', namespace: 'default' },
  },
  cinder: { volumeID: 'a', fsType: 'ext4', readOnly: true, secretRef: { name: 'a', namespace: 'b' } },
  local: { path: '/a', fsType: 'ext4' },
  storageos: {
    volumeName: 'a',
    volumeNamespace: 'b',
    fsType: 'ext4',
    readOnly: true,
    secretRef: { name: 'a', namespace: 'b' },
  },
};

const examplesOf = (struct: string): [string, object][] =>
  Object.entries(EXAMPLES).flatMap(([key, [value]]): [string, object][] =>
    key.startsWith(`${struct}.`) && typeof value === 'object' && !Array.isArray(value)
      ? [[key.slice(struct.length + 1), value as object]]
      : [],
  );

const PROJECTED = {
  projected: { defaultMode: 0o440, sources: (EXAMPLES['ProjectedVolumeSource.sources'] ?? []).flat() },
};
const VOLUMES = [...Object.entries(SOURCES), ...examplesOf('Volume')].map(([key, source]) => ({
  name: key.toLowerCase(),
  [key]: source,
}));
const NODES = { required: { nodeSelectorTerms: [{ matchExpressions: [{ key: 'a', operator: 'Exists' }] }] } };
const CONTAINER = {
  name: 'app',
  image: 'web:1',
  env: [
    { name: 'A', valueFrom: { secretKeyRef: { name: 'a', key: 'b', optional: true } } },
    { name: 'B', valueFrom: { configMapKeyRef: { name: 'a', key: 'b', optional: true } } },
    { name: 'C', valueFrom: { resourceFieldRef: { resource: 'limits.cpu', containerName: 'app' } } },
  ],
  envFrom: [{ configMapRef: { name: 'a', optional: true } }, { secretRef: { name: 'b', optional: false } }],
  livenessProbe: { httpGet: { port: 80, host: 'a.example.com', httpHeaders: [{ name: 'X-One', value: 'a' }] } },
  ports: [{ containerPort: 80, hostPort: 8080, hostIP: '10.0.0.1', name: 'http' }],
  resources: { claims: [{ name: 'gpu', request: 'one' }], limits: { cpu: '1', 'example.com/device': 1 } },
  restartPolicy: 'Never',
  restartPolicyRules: [{ action: 'Restart', exitCodes: { operator: 'In', values: [42] } }],
  securityContext: {
    appArmorProfile: { type: 'Localhost', localhostProfile: 'a' },
    procMount: 'Default',
    seccompProfile: { type: 'Localhost', localhostProfile: 'a.json' },
    seLinuxOptions: { level: 's0', role: 'a', type: 'b', user: 'c' },
  },
  stdin: true,
  tty: true,
  volumeMounts: [
    { name: 'emptydir', mountPath: '/a', subPathExpr: '$(A)', mountPropagation: 'None' },
    { name: 'nfs', mountPath: '/b', readOnly: true, recursiveReadOnly: 'Disabled' },
  ],
};
const POD = {
  metadata: { labels: { app: 'web' } },
  spec: {
    affinity: {
      podAffinity: {
        preferredDuringSchedulingIgnoredDuringExecution:
          EXAMPLES['PodAffinity.preferredDuringSchedulingIgnoredDuringExecution']![0],
      },
    },
    containers: [CONTAINER],
    resourceClaims: [{ name: 'gpu', resourceClaimTemplateName: 'one' }],
    tolerations: [{ key: 'a', operator: 'Exists', effect: 'NoExecute', tolerationSeconds: 60 }],
    volumes: [...VOLUMES, { name: 'projected', ...PROJECTED }],
  },
};
const WINDOWS = {
  metadata: { labels: { app: 'web' } },
  spec: {
    os: { name: 'windows' },
    containers: [
      {
        name: 'app',
        image: 'web:1',
        securityContext: { windowsOptions: { runAsUserName: 'ContainerUser', gmsaCredentialSpecName: 'a' } },
      },
    ],
    hostNetwork: true,
    securityContext: { windowsOptions: { hostProcess: true, runAsUserName: 'a' } },
  },
};
const SELECTOR = { matchLabels: { app: 'web' } };
const ONCE = {
  metadata: { labels: { app: 'web' } },
  spec: { restartPolicy: 'Never', containers: [{ name: 'app', image: 'web:1' }] },
};

/** Objects that have what the others lack, so that edits inside of it are drawn. */
export const RICH_ORIGINALS: readonly Manifest[] = [
  own('apps/v1', 'Deployment', 'volumes', { selector: SELECTOR, template: POD }),
  own('apps/v1', 'DaemonSet', 'windows', {
    selector: SELECTOR,
    template: WINDOWS,
    updateStrategy: { type: 'RollingUpdate', rollingUpdate: { maxSurge: 1, maxUnavailable: 0 } },
  }),
  own('batch/v1', 'Job', 'policies', {
    completionMode: 'Indexed',
    completions: 3,
    podFailurePolicy: (EXAMPLES['JobSpec.podFailurePolicy'] ?? [])[0],
    successPolicy: (EXAMPLES['JobSpec.successPolicy'] ?? [])[0],
    template: ONCE,
  }),
  ...[
    ...Object.entries({ ...SOURCES, ...OF_CLUSTER }).filter(([key]) => !ONLY_PODS.has(key)),
    ...examplesOf('PersistentVolumeSpec'),
  ].map(([key, source]) =>
    shared('v1', 'PersistentVolume', `of-${key.toLowerCase()}`, {
      accessModes: ['ReadWriteOnce'],
      capacity: { storage: '1Gi' },
      nodeAffinity: NODES,
      [key]: source,
    }),
  ),
  own('autoscaling/v2', 'HorizontalPodAutoscaler', 'measures', {
    maxReplicas: 5,
    metrics: (EXAMPLES['HorizontalPodAutoscalerSpec.metrics'] ?? []).flat(),
    scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'web' },
  }),
  {
    ...shared('apiextensions.k8s.io/v1', 'CustomResourceDefinition', 'any', {
      group: 'example.com',
      names: {
        plural: 'cars',
        kind: 'Car',
        singular: 'car',
        listKind: 'Cars',
        shortNames: ['cr'],
        categories: ['all'],
      },
      scope: 'Namespaced',
      conversion: (EXAMPLES['CustomResourceDefinitionSpec.conversion'] ?? [])[1],
      versions: [
        {
          name: 'v1',
          served: true,
          storage: true,
          deprecated: true,
          deprecationWarning: 'old',
          additionalPrinterColumns: (EXAMPLES['CustomResourceDefinitionVersion.additionalPrinterColumns'] ?? [])[0],
          schema: (EXAMPLES['CustomResourceDefinitionVersion.schema'] ?? [])[0],
          selectableFields: [{ jsonPath: '.spec.size' }],
          subresources: (EXAMPLES['CustomResourceDefinitionVersion.subresources'] ?? [])[0],
        },
      ],
    }),
    metadata: { name: 'cars.example.com' },
  },
  shared('flowcontrol.apiserver.k8s.io/v1', 'FlowSchema', 'rules', {
    distinguisherMethod: { type: 'ByUser' },
    matchingPrecedence: 500,
    priorityLevelConfiguration: { name: 'global-default' },
    rules: (EXAMPLES['PolicyRulesWithSubjects.subjects'] ?? []).map((subjects) => ({
      subjects,
      nonResourceRules: [{ verbs: ['get'], nonResourceURLs: ['/a'] }],
      resourceRules: [{ apiGroups: [''], resources: ['pods'], verbs: ['get'], clusterScope: true, namespaces: ['*'] }],
    })),
  }),
  shared('flowcontrol.apiserver.k8s.io/v1', 'PriorityLevelConfiguration', 'reject', {
    type: 'Limited',
    limited: {
      limitResponse: { type: 'Reject' },
      nominalConcurrencyShares: 5,
      lendablePercent: 10,
      borrowingLimitPercent: 20,
    },
  }),
  own('resource.k8s.io/v1', 'ResourceClaim', 'many', {
    devices: {
      config: [{ requests: ['one'], opaque: { driver: 'a.example.com', parameters: { a: 1 } } }],
      constraints: [{ requests: ['one'], matchAttribute: 'a.example.com/one' }],
      requests: [
        {
          name: 'one',
          exactly: {
            allocationMode: 'ExactCount',
            count: 2,
            deviceClassName: 'a.example.com',
            selectors: [{ cel: { expression: "device.driver == 'a.example.com'" } }],
            tolerations: [{ key: 'a', operator: 'Equal', value: 'b', effect: 'NoExecute', tolerationSeconds: 5 }],
            capacity: { requests: { memory: '1Gi' } },
          },
        },
        {
          name: 'two',
          firstAvailable: [
            { name: 'a', deviceClassName: 'a.example.com', allocationMode: 'All' },
            {
              name: 'b',
              deviceClassName: 'b.example.com',
              count: 2,
              tolerations: [{ operator: 'Exists' }],
              capacity: { requests: { memory: '1Gi' } },
            },
          ],
        },
      ],
    },
  }),
  shared('resource.k8s.io/v1', 'DeviceClass', 'configured', {
    config: (EXAMPLES['DeviceClassSpec.config'] ?? [])[0],
    extendedResourceName: 'example.com/gpu',
    selectors: [{ cel: { expression: "device.driver == 'a.example.com'" } }],
  }),
  own('coordination.k8s.io/v1', 'Lease', 'times', {
    acquireTime: '2026-01-02T03:04:05.000000Z',
    holderIdentity: 'a',
    leaseDurationSeconds: 15,
    leaseTransitions: 1,
    renewTime: '2026-01-02T03:04:05.123456Z',
  }),
  shared('networking.k8s.io/v1', 'IngressClass', 'scoped', {
    controller: 'example.com/one',
    parameters: { apiGroup: 'example.com', kind: 'Any', name: 'one', scope: 'Namespace', namespace: 'default' },
  }),
];
