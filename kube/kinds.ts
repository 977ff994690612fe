/** Kinds without a namespace, by API group; the core group is ''. */
const CLUSTER_SCOPED: Readonly<Record<string, readonly string[]>> = {
  '': ['Namespace', 'Node', 'PersistentVolume'],
  'admissionregistration.k8s.io': [
    'MutatingAdmissionPolicy',
    'MutatingAdmissionPolicyBinding',
    'MutatingWebhookConfiguration',
    'ValidatingAdmissionPolicy',
    'ValidatingAdmissionPolicyBinding',
    'ValidatingWebhookConfiguration',
  ],
  'apiextensions.k8s.io': ['CustomResourceDefinition'],
  'apiregistration.k8s.io': ['APIService'],
  'application-networking.k8s.aws': ['ServiceNetwork'],
  'appmesh.k8s.aws': ['Mesh'],
  'argoproj.io': ['ClusterAnalysisTemplate', 'ClusterWorkflowTemplate'],
  'certificates.k8s.io': ['CertificateSigningRequest', 'ClusterTrustBundle'],
  'cert-manager.io': ['ClusterIssuer'],
  'cilium.io': ['CiliumClusterwideNetworkPolicy'],
  'crd.k8s.amazonaws.com': ['ENIConfig'],
  'crd.projectcalico.org': ['GlobalNetworkPolicy', 'GlobalNetworkSet', 'IPPool'],
  'eks.amazonaws.com': ['IngressClassParams', 'NodeClass', 'NodeDiagnostic'],
  'elbv2.k8s.aws': ['IngressClassParams'],
  'eventing.keda.sh': ['ClusterCloudEventSource'],
  'external-secrets.io': ['ClusterExternalSecret', 'ClusterSecretStore'],
  'flowcontrol.apiserver.k8s.io': ['FlowSchema', 'PriorityLevelConfiguration'],
  'gateway.networking.k8s.io': ['GatewayClass'],
  'groupsnapshot.storage.k8s.io': ['VolumeGroupSnapshotClass', 'VolumeGroupSnapshotContent'],
  'karpenter.k8s.aws': ['EC2NodeClass'],
  'karpenter.sh': ['NodeClaim', 'NodeOverlay', 'NodePool'],
  'keda.sh': ['ClusterTriggerAuthentication'],
  'kro.run': ['ResourceGraphDefinition'],
  'kueue.x-k8s.io': [
    'AdmissionCheck',
    'ClusterQueue',
    'Cohort',
    'MultiKueueCluster',
    'MultiKueueConfig',
    'ProvisioningRequestConfig',
    'ResourceFlavor',
    'Topology',
    'WorkloadPriorityClass',
  ],
  'networking.k8s.aws': ['ClusterNetworkPolicy', 'ClusterPolicyEndpoint'],
  'networking.k8s.io': ['IPAddress', 'IngressClass', 'ServiceCIDR'],
  'node.k8s.io': ['RuntimeClass'],
  'policy.networking.k8s.io': ['AdminNetworkPolicy', 'BaselineAdminNetworkPolicy', 'ClusterNetworkPolicy'],
  'projectcalico.org': ['GlobalNetworkPolicy', 'GlobalNetworkSet', 'IPPool'],
  'rbac.authorization.k8s.io': ['ClusterRole', 'ClusterRoleBinding'],
  'resource.k8s.io': ['DeviceClass', 'ResourceSlice'],
  'scheduling.k8s.io': ['PriorityClass'],
  'snapshot.storage.k8s.io': ['VolumeSnapshotClass', 'VolumeSnapshotContent'],
  'storage.k8s.io': ['CSIDriver', 'CSINode', 'StorageClass', 'VolumeAttachment', 'VolumeAttributesClass'],
  'trident.netapp.io': ['TridentOrchestrator'],
  'vpcresources.k8s.aws': ['CNINode'],
};

/** By apiVersion, of which a set has a few dozen. */
const groups = new Map<string, string>();

/** The group of an apiVersion: 'apps' of 'apps/v1', '' of 'v1'. */
export function groupOf(apiVersion: string): string {
  const known = groups.get(apiVersion);
  if (known !== undefined) {
    return known;
  }
  const slash = apiVersion.indexOf('/');
  const group = slash < 0 ? '' : apiVersion.slice(0, slash);
  groups.set(apiVersion, group);
  return group;
}

/** The API group and the kind: 'apps/Deployment', '/Service'; what a kind is called in every version of its group. */
export function groupKindOf({ apiVersion, kind }: { readonly apiVersion: string; readonly kind: string }): string {
  return `${groupOf(apiVersion)}/${kind}`;
}

const BY_GROUP: ReadonlyMap<string, ReadonlySet<string>> = new Map(
  Object.entries(CLUSTER_SCOPED).map(([group, kinds]) => [group, new Set(kinds)]),
);

/** The kinds without a namespace, by apiVersion, since it is asked for each object. */
const byVersion = new Map<string, ReadonlySet<string>>();

/** Whether a kind has no namespace. */
export function isClusterScoped(apiVersion: string, kind: string): boolean {
  let kinds = byVersion.get(apiVersion);
  if (kinds === undefined) {
    kinds = BY_GROUP.get(groupOf(apiVersion)) ?? NONE;
    byVersion.set(apiVersion, kinds);
  }
  return kinds.has(kind);
}

const NONE: ReadonlySet<string> = new Set();
