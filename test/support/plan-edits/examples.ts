/** Values of fields that are hardly ever valid when they are drawn, by 'Struct.field'. */
export const EXAMPLES: Readonly<Record<string, readonly unknown[]>> = {
  'Container.volumeDevices': [[{ name: 'five', devicePath: '/dev/xvda' }]],
  'CSIPersistentVolumeSource.controllerExpandSecretRef': [{ name: 'one', namespace: 'default' }],
  'CSIPersistentVolumeSource.controllerPublishSecretRef': [{ name: 'one', namespace: 'default' }],
  'CSIPersistentVolumeSource.nodeExpandSecretRef': [{ name: 'one', namespace: 'default' }],
  'CSIPersistentVolumeSource.nodePublishSecretRef': [{ name: 'one', namespace: 'default' }],
  'CSIPersistentVolumeSource.nodeStageSecretRef': [{ name: 'one', namespace: 'default' }],
  'CSIVolumeSource.nodePublishSecretRef': [{ name: 'one' }],
  'CustomResourceDefinitionSpec.conversion': [
    {
      strategy: 'Webhook',
      webhook: { clientConfig: { url: 'https://a.example.com' }, conversionReviewVersions: ['v1'] },
    },
    {
      strategy: 'Webhook',
      webhook: {
        clientConfig: { service: { name: 'a', namespace: 'b', path: '/c', port: 8443 } },
        conversionReviewVersions: ['v1', 'v1beta1'],
      },
    },
  ],
  'CustomResourceDefinitionVersion.additionalPrinterColumns': [
    [{ name: 'Size', type: 'integer', jsonPath: '.spec.size', format: 'int32', description: 'a', priority: 1 }],
  ],
  'CustomResourceDefinitionVersion.deprecated': [true],
  'CustomResourceDefinitionVersion.schema': [
    {
      openAPIV3Schema: {
        type: 'object',
        properties: { spec: { type: 'object', properties: { size: { type: 'integer', default: 1 } } } },
      },
    },
  ],
  'CustomResourceDefinitionVersion.subresources': [
    {
      status: {},
      scale: {
        specReplicasPath: '.spec.size',
        statusReplicasPath: '.status.size',
        labelSelectorPath: '.status.selector',
      },
    },
    { status: {} },
  ],
  'DeviceClaim.config': [[{ requests: ['one'], opaque: { driver: 'a.example.com', parameters: { a: 1 } } }]],
  'DeviceClaim.constraints': [
    [{ requests: ['one'], matchAttribute: 'a.example.com/one' }],
    [{ distinctAttribute: 'a.example.com/one' }],
  ],
  'DeviceClassSpec.config': [[{ opaque: { driver: 'a.example.com', parameters: { a: 1 } } }]],
  'DeviceClassSpec.extendedResourceName': ['example.com/gpu', 'example.com/nic'],
  'DownwardAPIVolumeSource.items': [
    [{ path: 'cpu', mode: 0o400, resourceFieldRef: { containerName: 'app', resource: 'limits.cpu', divisor: '1m' } }],
    [{ path: 'labels', fieldRef: { fieldPath: 'metadata.labels' } }],
  ],
  'EnvVarSource.fileKeyRef': [{ volumeName: 'one', path: 'a', key: 'b' }],
  'EnvVarSource.secretKeyRef': [
    { name: 'one', key: 'a' },
    { name: 'one', key: 'b', optional: true },
  ],
  'HorizontalPodAutoscalerSpec.metrics': [
    [{ type: 'Pods', pods: { metric: { name: 'requests' }, target: { type: 'AverageValue', averageValue: '10' } } }],
    [
      {
        type: 'Object',
        object: {
          describedObject: { apiVersion: 'v1', kind: 'Service', name: 'web' },
          metric: { name: 'requests', selector: { matchLabels: { a: 'b' } } },
          target: { type: 'Value', value: '1000m' },
        },
      },
    ],
    [
      {
        type: 'ContainerResource',
        containerResource: { name: 'cpu', container: 'app', target: { type: 'Utilization', averageUtilization: 50 } },
      },
    ],
  ],
  'JobSpec.managedBy': ['example.com/one', 'example.com/two'],
  'JobSpec.podFailurePolicy': [
    { rules: [{ action: 'FailJob', onExitCodes: { containerName: 'app', operator: 'In', values: [1, 2] } }] },
    { rules: [{ action: 'Count', onPodConditions: [{ type: 'DisruptionTarget', status: 'False' }] }] },
  ],
  'JobSpec.successPolicy': [
    { rules: [{ succeededIndexes: '0-1', succeededCount: 1 }] },
    { rules: [{ succeededIndexes: '0' }] },
  ],
  'LifecycleHandler.exec': [{ command: ['true'] }],
  'LifecycleHandler.httpGet': [{ port: 80, path: '/a', httpHeaders: [{ name: 'X-One', value: '' }] }],
  'NodeSelectorTerm.matchFields': [[{ key: 'metadata.name', operator: 'In', values: ['node-a'] }]],
  'PersistentVolumeSpec.azureDisk': [{ diskName: 'a', diskURI: '/subscriptions/a', kind: 'Managed' }],
  'PersistentVolumeSpec.cephfs': [
    { monitors: ['a'], path: '/a', user: 'b', secretFile: '/c', secretRef: { name: 'a' }, readOnly: true },
  ],
  'PersistentVolumeSpec.flocker': [{ datasetName: 'a' }],
  'PersistentVolumeSpec.iscsi': [
    {
      targetPortal: '10.0.0.1:3260',
      iqn: 'iqn.2001-04.com.example:storage',
      lun: 0,
      portals: ['10.0.0.2:3260'],
      fsType: 'ext4',
      readOnly: true,
    },
  ],
  'PersistentVolumeSpec.quobyte': [
    { registry: 'a:1', volume: 'b', user: 'c', group: 'd', tenant: 'e', readOnly: true },
  ],
  'PersistentVolumeSpec.rbd': [
    {
      monitors: ['a'],
      image: 'b',
      pool: 'c',
      user: 'd',
      keyring: '/e',
      fsType: 'ext4',
      readOnly: true,
      secretRef: { name: 'a', namespace: 'b' },
    },
  ],
  'PersistentVolumeSpec.scaleIO': [
    {
      gateway: 'a',
      system: 'b',
      secretRef: { name: 'a' },
      volumeName: 'c',
      fsType: 'ext4',
      protectionDomain: 'd',
      storagePool: 'e',
      sslEnabled: true,
    },
  ],
  'PersistentVolumeSpec.volumeMode': ['Block', 'Filesystem'],
  'PodAffinity.preferredDuringSchedulingIgnoredDuringExecution': [
    [
      {
        weight: 5,
        podAffinityTerm: {
          topologyKey: 'zone',
          labelSelector: { matchLabels: { a: 'b' } },
          mismatchLabelKeys: ['one'],
        },
      },
    ],
  ],
  'PodSpec.resourceClaims': [
    [{ name: 'gpu', resourceClaimTemplateName: 'one' }],
    [{ name: 'gpu', resourceClaimName: 'two' }],
  ],
  'PolicyRulesWithSubjects.nonResourceRules': [[{ verbs: ['get'], nonResourceURLs: ['/healthz'] }]],
  'PolicyRulesWithSubjects.subjects': [
    [{ kind: 'User', user: { name: 'a' } }],
    [{ kind: 'ServiceAccount', serviceAccount: { namespace: 'default', name: 'web' } }],
  ],
  'PriorityLevelConfigurationSpec.limited': [
    { limitResponse: { type: 'Reject' }, nominalConcurrencyShares: 5 },
    {
      limitResponse: { type: 'Queue', queuing: { queues: 8, handSize: 4 } },
      lendablePercent: 10,
      borrowingLimitPercent: 20,
    },
  ],
  'ProjectedVolumeSource.sources': [
    [{ secret: { name: 'a', items: [{ key: 'b', path: 'c', mode: 0o400 }], optional: true } }],
    [{ configMap: { name: 'a', items: [{ key: 'b', path: 'd' }], optional: false } }],
    [{ serviceAccountToken: { path: 'token', audience: 'b', expirationSeconds: 700 } }],
  ],
  'SecretVolumeSource.items': [[{ key: 'a', path: 'b', mode: 0o400 }]],
  'Toleration.tolerationSeconds': [60, 120],
  'ValidatingAdmissionPolicyBindingSpec.paramRef': [
    { name: 'a', namespace: 'default', parameterNotFoundAction: 'Deny' },
  ],
  'ValidatingAdmissionPolicySpec.paramKind': [
    { apiVersion: 'v1', kind: 'ConfigMap' },
    { apiVersion: 'rules.example.com/v1', kind: 'Limit' },
  ],
  'Volume.azureDisk': [{ diskName: 'a', diskURI: '/subscriptions/a', kind: 'Managed', cachingMode: 'None' }],
  'Volume.cephfs': [
    { monitors: ['a'], path: '/a', user: 'b', secretFile: '/c', secretRef: { name: 'a' }, readOnly: true },
  ],
  'Volume.flocker': [{ datasetName: 'a' }, { datasetUUID: 'b' }],
  'Volume.iscsi': [
    {
      targetPortal: '10.0.0.1:3260',
      iqn: 'iqn.2001-04.com.example:storage',
      lun: 0,
      portals: ['10.0.0.2:3260'],
      fsType: 'ext4',
      readOnly: true,
      secretRef: { name: 'a' },
      chapAuthSession: true,
      initiatorName: 'iqn.2001-04.com.example:one',
    },
  ],
  'Volume.quobyte': [{ registry: 'a:1', volume: 'b', user: 'c', group: 'd', tenant: 'e', readOnly: true }],
  'Volume.rbd': [
    {
      monitors: ['a'],
      image: 'b',
      pool: 'c',
      user: 'd',
      keyring: '/e',
      fsType: 'ext4',
      readOnly: true,
      secretRef: { name: 'a' },
    },
  ],
  'Volume.scaleIO': [
    {
      gateway: 'a',
      system: 'b',
      secretRef: { name: 'a' },
      volumeName: 'c',
      sslEnabled: true,
      storageMode: 'ThickProvisioned',
    },
  ],
  'VolumeMount.mountPropagation': ['None', 'HostToContainer'],
  'VolumeMount.recursiveReadOnly': ['Disabled'],
};
