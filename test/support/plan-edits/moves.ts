import type { Manifest } from '../app';

/** An edit that people make in one step, though it touches several fields; undefined for objects that it does not fit. */
export type Move = (object: Manifest) => Manifest | undefined;

const spec = (object: Manifest, change: object): Manifest => ({ ...object, spec: { ...object.spec, ...change } });
const ofKind =
  (kind: string, change: (object: Manifest) => Manifest | undefined): Move =>
  (object) =>
    object.kind === kind ? change(object) : undefined;
const template = (object: Manifest, change: (pod: Manifest) => object): Manifest =>
  object.kind === 'CronJob'
    ? spec(object, {
        jobTemplate: { ...object.spec.jobTemplate, spec: template(object.spec.jobTemplate, change).spec },
      })
    : object.kind === 'Pod'
      ? spec(object, change(object.spec))
      : spec(object, {
          template: {
            ...object.spec.template,
            spec: { ...object.spec.template.spec, ...change(object.spec.template.spec) },
          },
        });
const hasPods = ({ kind }: Manifest): boolean =>
  ['Pod', 'Deployment', 'StatefulSet', 'DaemonSet', 'ReplicaSet', 'Job', 'CronJob'].includes(kind);
/** Of a pod, or of what a controller makes pods of. */
const pod =
  (change: (pod: Manifest) => object): Move =>
  (object) =>
    hasPods(object) ? template(object, change) : undefined;
const first = (change: (container: Manifest) => object): Move =>
  pod(({ containers: [one, ...others] }) => ({ containers: [{ ...one, ...change(one) }, ...others] }));
const relabel = (kind: string): Move =>
  ofKind(kind, (object) =>
    spec(object, {
      selector: { matchLabels: { app: 'other' } },
      template: { ...object.spec.template, metadata: { labels: { app: 'other', tier: 'back' } } },
    }),
  );
const service = (change: (spec: Manifest) => object): Move =>
  ofKind('Service', (object) => spec(object, change(object.spec)));
/** All that one type of Service has and another one does not. */
const withoutType = ({ ports, selector }: Manifest) => ({ ports: ports ?? [{ port: 80 }], selector });
const typed = (change: object): Move =>
  ofKind('Service', (object) => ({ ...object, spec: { ...withoutType(object.spec), ...change } }));

export const MOVES: readonly Move[] = [
  ...['Deployment', 'StatefulSet', 'DaemonSet', 'ReplicaSet'].map(relabel),
  ofKind('Deployment', (object) => spec(object, { strategy: { type: 'Recreate' } })),
  ofKind('Deployment', (object) => spec(object, { strategy: { type: 'RollingUpdate' } })),
  ofKind('Deployment', (object) => spec(object, { strategy: undefined })),
  ...['StatefulSet', 'DaemonSet'].flatMap((kind) => [
    ofKind(kind, (object) => spec(object, { updateStrategy: { type: 'OnDelete' } })),
    ofKind(kind, (object) => spec(object, { updateStrategy: { type: 'RollingUpdate' } })),
    ofKind(kind, (object) => spec(object, { updateStrategy: undefined })),
  ]),
  ofKind('StatefulSet', (object) => spec(object, { persistentVolumeClaimRetentionPolicy: undefined })),
  ofKind('Job', (object) => spec(object, { completions: 5, parallelism: 5 })),
  ofKind('Job', (object) => spec(object, { completions: 5 })),
  ofKind('Job', (object) => spec(object, { parallelism: undefined, completions: undefined })),
  ofKind('Job', (object) => spec(object, { suspend: true })),
  ofKind('Job', (object) => spec(object, { suspend: false })),
  ofKind('Job', (object) => spec(object, { manualSelector: true, selector: { matchLabels: { app: 'web' } } })),
  ofKind('Job', (object) =>
    spec(object, { backoffLimitPerIndex: 1, completionMode: 'Indexed', completions: 3, parallelism: 3 }),
  ),
  ofKind('Job', (object) => template(object, () => ({ nodeSelector: { one: 'b' }, tolerations: [] }))),
  ofKind('Job', (object) =>
    spec(object, {
      template: { ...object.spec.template, metadata: { labels: { app: 'web', new: 'b' }, annotations: { a: 'b' } } },
    }),
  ),
  first(() => ({ resources: { limits: { cpu: '2', memory: '2Gi' } } })),
  first(() => ({ livenessProbe: { exec: { command: ['true'] } } })),
  first(() => ({ livenessProbe: { httpGet: { port: 80 } } })),
  first(() => ({ readinessProbe: { grpc: { port: 80 } } })),
  first(() => ({ startupProbe: undefined })),
  first(() => ({ lifecycle: { preStop: { exec: { command: ['true'] } } } })),
  first(() => ({ lifecycle: { preStop: { httpGet: { port: 80 } }, postStart: { exec: { command: ['true'] } } } })),
  first(() => ({
    env: [
      { name: 'B', value: 'now a value' },
      { name: 'A', valueFrom: { fieldRef: { fieldPath: 'metadata.name' } } },
    ],
  })),
  first(() => ({ ports: [{ containerPort: 53 }, { containerPort: 53, protocol: 'UDP' }] })),
  first(() => ({ image: 'web:3', imagePullPolicy: undefined })),
  first(() => ({ image: 'web' })),
  first(() => ({ image: 'web:2', terminationMessagePolicy: undefined, securityContext: {} })),
  pod(({ containers }) => ({ containers: [...containers].reverse() })),
  pod(({ containers }) => ({ containers: [{ name: 'new', image: 'new:1' }, ...containers] })),
  pod(({ containers }) => ({ containers: containers.map((one: Manifest) => ({ ...one, name: `${one.name}-b` })) })),
  pod(() => ({ serviceAccountName: undefined })),
  pod(() => ({ serviceAccountName: 'default' })),
  pod(() => ({ securityContext: { runAsNonRoot: true } })),
  pod(() => ({ tolerations: [{ operator: 'Exists' }] })),
  pod(({ tolerations = [] }) => ({ tolerations: [...tolerations, { key: 'new', operator: 'Exists' }] })),
  pod(() => ({ hostNetwork: true, hostPID: true })),
  pod(() => ({ terminationGracePeriodSeconds: 30 })),
  pod(({ volumes = [] }) => ({
    volumes: [...volumes, { name: 'more', emptyDir: { medium: 'Memory', sizeLimit: '1024Mi' } }],
  })),
  pod(({ volumes = [] }) => ({
    volumes: volumes.map(({ name }: Manifest) => ({ name, secret: { secretName: 'now' } })),
  })),
  pod(({ volumes = [] }) => ({
    volumes: volumes.map(({ name }: Manifest) => ({ name, configMap: { name: 'now', defaultMode: 256 } })),
  })),
  pod(({ volumes = [] }) => ({ volumes: volumes.map(({ name }: Manifest) => ({ name })) })),
  pod(() => ({ schedulingGates: [] })),
  pod(() => ({ nodeSelector: { one: 'a', two: 'b' } })),
  pod(({ nodeSelector }) => ({ nodeSelector: { ...nodeSelector, more: 'a' } })),
  pod(() => ({ activeDeadlineSeconds: 100 })),
  pod(() => ({ activeDeadlineSeconds: 100000 })),
  service(({ type }) => ({ type: type === 'ClusterIP' ? 'NodePort' : 'ClusterIP' })),
  service(() => ({ clusterIP: 'None' })),
  service(() => ({ clusterIP: undefined })),
  service(() => ({ loadBalancerClass: undefined })),
  service(() => ({ ipFamilyPolicy: 'SingleStack', ipFamilies: ['IPv4'] })),
  service(() => ({ ipFamilyPolicy: 'PreferDualStack' })),
  service(() => ({ selector: undefined })),
  service(() => ({ sessionAffinity: 'ClientIP' })),
  service(() => ({ sessionAffinity: undefined, sessionAffinityConfig: undefined })),
  service(({ ports = [] }) => ({ ports: ports.map((port: Manifest) => ({ ...port, port: port.port + 1 })) })),
  service(({ ports = [] }) => ({ ports: [...ports].reverse() })),
  service(({ ports = [] }) => ({ ports: ports.slice(1) })),
  service(({ ports = [] }) => ({ ports: ports.slice(0, 1) })),
  service(({ ports = [] }) => ({ ports: ports.map(({ targetPort, ...port }: Manifest) => port) })),
  service(({ ports = [] }) => ({
    ports: [...ports, { name: 'more', port: 9000 }, { name: 'more-udp', port: 9000, protocol: 'UDP' }],
  })),
  typed({ type: 'ClusterIP' }),
  typed({ type: 'ClusterIP', clusterIP: 'None' }),
  typed({ type: 'NodePort' }),
  typed({ type: 'NodePort', externalTrafficPolicy: 'Local' }),
  typed({ type: 'LoadBalancer' }),
  typed({ type: 'LoadBalancer', loadBalancerClass: 'example.com/two' }),
  typed({ type: 'LoadBalancer', externalTrafficPolicy: 'Local', allocateLoadBalancerNodePorts: false }),
  typed({ type: 'ExternalName', externalName: 'c.example.com', ports: undefined }),
  typed({ type: 'ExternalName', externalName: 'c.example.com' }),
  ofKind('PersistentVolumeClaim', (object) => spec(object, { resources: { requests: { storage: '20Gi' } } })),
  ofKind('PersistentVolumeClaim', (object) => spec(object, { resources: { requests: { storage: '5Gi' } } })),
  ofKind('PersistentVolumeClaim', (object) => spec(object, { storageClassName: 'slow' })),
  ofKind('PersistentVolumeClaim', (object) => spec(object, { storageClassName: undefined, volumeName: undefined })),
  ofKind('PersistentVolumeClaim', (object) => spec(object, { volumeMode: 'Block' })),
  ofKind('PersistentVolumeClaim', (object) => spec(object, { volumeAttributesClassName: undefined })),
  ofKind('PersistentVolumeClaim', (object) => spec(object, { dataSource: undefined, dataSourceRef: undefined })),
  ofKind('PersistentVolume', (object) =>
    spec(object, { hostPath: undefined, csi: undefined, nfs: { server: 'a', path: '/a' } }),
  ),
  ofKind('HorizontalPodAutoscaler', (object) => spec(object, { behavior: undefined })),
  ofKind('HorizontalPodAutoscaler', (object) => spec(object, { behavior: { scaleUp: { selectPolicy: 'Disabled' } } })),
  ofKind('HorizontalPodAutoscaler', (object) => spec(object, { metrics: undefined, minReplicas: undefined })),
  ofKind(
    'PodDisruptionBudget',
    ({ spec: { selector }, ...object }) => ({ ...object, spec: { selector, minAvailable: 2 } }) as Manifest,
  ),
  ofKind(
    'PodDisruptionBudget',
    ({ spec: { selector }, ...object }) => ({ ...object, spec: { selector, maxUnavailable: '10%' } }) as Manifest,
  ),
  ofKind('PodDisruptionBudget', (object) => spec(object, { selector: {} })),
  ofKind('NetworkPolicy', (object) => spec(object, { egress: [{}], policyTypes: undefined })),
  ofKind('NetworkPolicy', (object) => spec(object, { ingress: [], egress: undefined, policyTypes: undefined })),
  ofKind('Ingress', (object) => spec(object, { defaultBackend: { service: { name: 'web', port: { name: 'http' } } } })),
  ofKind('Ingress', (object) =>
    spec(object, { defaultBackend: { resource: { apiGroup: 'example.com', kind: 'Bucket', name: 'one' } } }),
  ),
  ofKind('ConfigMap', (object) => ({ ...object, immutable: true })),
  ofKind('ConfigMap', (object) => ({ ...object, immutable: undefined }) as unknown as Manifest),
  ofKind('Secret', (object) => ({ ...object, type: 'example.com/new' })),
  ofKind('Secret', (object) => ({ ...object, data: undefined, stringData: { three: 'c' } }) as unknown as Manifest),
  ofKind('ResourceQuota', (object) => spec(object, { scopes: undefined, scopeSelector: undefined })),
  ofKind('PriorityClass', (object) => ({ ...object, preemptionPolicy: undefined }) as unknown as Manifest),
  ofKind(
    'StorageClass',
    (object) => ({ ...object, allowVolumeExpansion: undefined, parameters: { type: 'io2' } }) as unknown as Manifest,
  ),
  ofKind('CSIDriver', (object) => spec(object, { volumeLifecycleModes: undefined, attachRequired: undefined })),
  ofKind('CustomResourceDefinition', (object) => spec(object, { scope: 'Cluster' })),
  ofKind('CustomResourceDefinition', (object) => spec(object, { names: { plural: 'things', kind: 'Gadget' } })),
  ofKind('CustomResourceDefinition', (object) =>
    spec(object, { versions: [{ ...object.spec.versions[1], storage: true }] }),
  ),
  ofKind('CustomResourceDefinition', (object) => spec(object, { versions: [object.spec.versions[0]] })),
  (object) => ({ ...object, metadata: { ...object.metadata, labels: undefined } }) as unknown as Manifest,
  (object) =>
    ({
      ...object,
      metadata: { ...object.metadata, labels: { app: 'web', more: 'b' }, annotations: { a: 'b' } },
    }) as Manifest,
];
