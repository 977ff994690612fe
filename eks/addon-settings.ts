/**
 * What a setting of an add-on is: 'flag' and 'count' are texts ('true', '1'), as the environment of a container has them;
 * 'any' is left to EKS; an object has the keys that are known, and others too if it is open.
 */
export type Setting =
  | 'text'
  | 'flag'
  | 'count'
  | 'boolean'
  | 'integer'
  | 'object'
  | 'list'
  | 'any'
  | { readonly keys: Readonly<Record<string, Setting>>; readonly open?: true };

/** The day as of which the keys are known. */
export const SETTINGS_DATE = '2026-08-22';

const of = (setting: Setting, ...names: readonly string[]): Record<string, Setting> =>
  Object.fromEntries(names.map((name) => [name, setting]));

const AMOUNTS: Setting = { keys: of('text', 'cpu', 'memory') };
const RESOURCES: Setting = { keys: { limits: AMOUNTS, requests: AMOUNTS } };
const PODS: Record<string, Setting> = {
  ...of('object', 'affinity', 'podAnnotations', 'podLabels'),
  tolerations: 'list',
  resources: RESOURCES,
};
const SPREAD: Record<string, Setting> = {
  nodeSelector: 'object',
  podDisruptionBudget: 'object',
  topologySpreadConstraints: 'list',
};

const VPC_CNI: Setting = {
  keys: {
    ...PODS,
    ...of('flag', 'enableNetworkPolicy', 'enableWindowsIpam', 'enableWindowsPrefixDelegation'),
    ...of(
      'any',
      'branchENICooldown',
      'cri',
      'minimumWindowsIPTarget',
      'warmWindowsIPTarget',
      'warmWindowsPrefixTarget',
    ),
    ...of('any', 'extraVolumeMounts', 'extraVolumes', 'originalMatchLabels', 'podMonitor'),
    ...of('any', 'nodeSelector', 'updateStrategy'),
    ...of('integer', 'livenessProbeTimeoutSeconds', 'readinessProbeTimeoutSeconds'),
    eniConfig: { keys: { create: 'boolean', region: 'text', subnets: 'object' } },
    init: {
      keys: { env: { keys: of('flag', 'DISABLE_TCP_EARLY_DEMUX', 'ENABLE_V6_EGRESS', 'ENABLE_IPv6') } },
      open: true,
    },
    nodeAgent: {
      keys: {
        ...of('flag', 'enableCloudWatchLogs', 'enablePolicyEventLogs', 'enableIpv6'),
        ...of('count', 'healthProbeBindAddr', 'metricsBindAddr'),
        ...of('any', 'conntrackCacheCleanupPeriod', 'conntrackCacheTableSize', 'enabled', 'resources'),
        ...of('text', 'logLevel', 'networkPolicyAgentLogFileLocation'),
      },
    },
    env: {
      keys: {
        ...of('flag', 'ANNOTATE_POD_IP', 'AWS_MANAGE_ENIS_NON_SCHEDULABLE', 'AWS_VPC_CNI_NODE_PORT_SUPPORT'),
        ...of('flag', 'AWS_VPC_K8S_CNI_CONFIGURE_RPFILTER', 'AWS_VPC_K8S_CNI_CUSTOM_NETWORK_CFG'),
        ...of('flag', 'AWS_VPC_K8S_CNI_EXTERNALSNAT', 'DISABLE_INTROSPECTION', 'DISABLE_LEAKED_ENI_CLEANUP'),
        ...of('flag', 'DISABLE_METRICS', 'DISABLE_NETWORK_RESOURCE_PROVISIONING', 'DISABLE_POD_V6'),
        ...of('flag', 'ENABLE_BANDWIDTH_PLUGIN', 'ENABLE_IMDS_ONLY_MODE', 'ENABLE_IPv4', 'ENABLE_IPv6'),
        ...of('flag', 'ENABLE_MULTI_NIC', 'ENABLE_NFTABLES', 'ENABLE_POD_ENI', 'ENABLE_PREFIX_DELEGATION'),
        ...of('flag', 'ENABLE_SUBNET_DISCOVERY', 'ENABLE_V4_EGRESS', 'ENABLE_V6_EGRESS'),
        ...of('count', 'AWS_VPC_ENI_MTU', 'IP_COOLDOWN_PERIOD', 'MAX_ENI', 'MINIMUM_IP_TARGET', 'POD_MTU'),
        ...of('count', 'WARM_ENI_TARGET', 'WARM_IP_TARGET', 'WARM_PREFIX_TARGET'),
        ...of('text', 'ADDITIONAL_ENI_TAGS', 'AWS_EC2_ENDPOINT', 'AWS_EXTERNAL_SERVICE_CIDRS', 'CLUSTER_ENDPOINT'),
        ...of('text', 'AWS_VPC_K8S_CNI_EXCLUDE_SNAT_CIDRS', 'AWS_VPC_K8S_CNI_LOGLEVEL', 'AWS_VPC_K8S_CNI_LOG_FILE'),
        ...of('text', 'AWS_VPC_K8S_CNI_RANDOMIZESNAT', 'AWS_VPC_K8S_CNI_VETHPREFIX', 'AWS_VPC_K8S_PLUGIN_LOG_FILE'),
        ...of('text', 'AWS_VPC_K8S_PLUGIN_LOG_LEVEL', 'CLUSTER_NAME', 'ENI_CONFIG_ANNOTATION_DEF'),
        ...of('text', 'ENI_CONFIG_LABEL_DEF', 'INTROSPECTION_BIND_ADDRESS', 'NETWORK_POLICY_ENFORCING_MODE'),
        ...of('text', 'POD_SECURITY_GROUP_ENFORCING_MODE', 'VPC_ID'),
      },
    },
  },
};

const COREDNS: Setting = {
  keys: {
    ...PODS,
    ...SPREAD,
    ...of('text', 'computeType', 'corefile'),
    ...of('any', 'deploymentAnnotations', 'serviceAnnotations', 'updateStrategy'),
    autoScaling: { keys: { enabled: 'boolean', minReplicas: 'integer', maxReplicas: 'integer' } },
    replicaCount: 'integer',
  },
};

// no tolerations: its pods tolerate every taint already
const KUBE_PROXY: Setting = {
  keys: {
    ...of('object', 'affinity', 'podAnnotations', 'podLabels'),
    resources: RESOURCES,
    ipvs: { keys: { scheduler: 'text' } },
    mode: 'text',
  },
};

/** Deployments and DaemonSets of the drivers of storage. */
const CONTROLLER: Record<string, Setting> = {
  ...of('list', 'tolerations', 'topologySpreadConstraints'),
  ...of('object', 'affinity', 'nodeSelector', 'podAnnotations', 'podLabels', 'resources'),
  replicaCount: 'integer',
  logLevel: 'integer',
};
const NODE: Record<string, Setting> = {
  ...of('object', 'affinity', 'nodeSelector', 'podAnnotations', 'podLabels', 'resources'),
  tolerations: 'list',
  logLevel: 'integer',
};

const EBS: Setting = {
  keys: {
    ...of(
      'any',
      'additionalDaemonSets',
      'customLabels',
      'image',
      'nodeAllocatableUpdatePeriodSeconds',
      'proxy',
      'sidecars',
    ),
    ...of('boolean', 'a1CompatibilityDaemonSet', 'debugLogs', 'fips', 'nodeComponentOnly', 'useOldCSIDriver'),
    ...of('list', 'storageClasses', 'volumeSnapshotClasses'),
    controller: {
      keys: {
        ...CONTROLLER,
        ...of('boolean', 'batching', 'enableMetrics', 'extraCreateMetadata', 'sdkDebugLog'),
        extraVolumeTags: 'object',
        additionalArgs: 'list',
      },
      open: true,
    },
    node: {
      keys: {
        ...NODE,
        ...of('boolean', 'enableLinux', 'enableMetrics', 'enableWindows', 'tolerateAllTaints'),
        ...of('integer', 'reservedVolumeAttachments', 'volumeAttachLimit'),
        additionalArgs: 'list',
      },
      open: true,
    },
    defaultStorageClass: { keys: { enabled: 'boolean' } },
  },
};

// EKS takes fewer settings than the chart has, and which is not published: only their types are known
const EFS: Setting = {
  keys: {
    ...of('boolean', 'debugLogs', 'useFIPS'),
    controller: { keys: { ...CONTROLLER, deleteAccessPointRootDir: 'boolean', tags: 'object' }, open: true },
    node: { keys: { ...NODE, volMetricsOptIn: 'boolean' }, open: true },
  },
  open: true,
};

const POD_IDENTITY_AGENT: Setting = {
  keys: {
    ...PODS,
    ...of('any', 'daemonsets', 'env', 'hostNetwork', 'init', 'metrics', 'nodeSelector', 'priorityClassName'),
    ...of('any', 'resources', 'updateStrategy'),
    agent: { keys: { additionalArgs: 'object' }, open: true },
  },
};

const METRICS_SERVER: Setting = {
  keys: {
    ...PODS,
    ...SPREAD,
    ...of('any', 'addonResizer', 'apiService', 'defaultArgs', 'dnsConfig', 'hostNetwork', 'livenessProbe', 'metrics'),
    ...of('any', 'priorityClassName', 'readinessProbe', 'revisionHistoryLimit', 'service', 'serviceMonitor', 'tls'),
    ...of('any', 'commonLabels', 'containerPort', 'deploymentAnnotations', 'extraVolumeMounts', 'extraVolumes'),
    ...of('any', 'hostUsers', 'resources', 'schedulerName', 'updateStrategy'),
    args: 'list',
    replicas: 'integer',
  },
};

/**
 * The settings of the add-ons that this library writes or recommends: of the vpc-cni, coredns and kube-proxy by what
 * `aws eks describe-addon-configuration` answers, as the reference of the AWS CLI (vpc-cni v1.15.1, coredns v1.8.7) and issues
 * of aws/containers-roadmap (2420, 2604, 2826) quote it, with the newer values of aws/eks-charts 52396094; of the EBS driver by
 * the schema of its chart 429e202e; of the others by the values of their charts: aws-efs-csi-driver a4fc6760,
 * eks-pod-identity-agent d4dc0f3, metrics-server 5ed5d3a2.
 * @see https://docs.aws.amazon.com/cli/latest/reference/eks/describe-addon-configuration.html
 */
export const ADDON_SETTINGS: ReadonlyMap<string, Setting> = new Map([
  ['vpc-cni', VPC_CNI],
  ['coredns', COREDNS],
  ['kube-proxy', KUBE_PROXY],
  ['aws-ebs-csi-driver', EBS],
  ['aws-efs-csi-driver', EFS],
  ['eks-pod-identity-agent', POD_IDENTITY_AGENT],
  ['metrics-server', METRICS_SERVER],
]);
