import { type Controller, described } from './controller';
import { GATEWAY_API } from './gateway-api';
import { ISTIO, ISTIO_AMBIENT, ISTIO_CNI, LATTICE } from './meshes';

export type { Controller, ControllerSite, Release } from './controller';
export { ISTIO_AMBIENT, ISTIO_CNI } from './meshes';

const CRITICAL = 'system-cluster-critical';

/** Runs pods by Rollouts. It shares its API group with other projects of Argo. */
export const ARGO_ROLLOUTS = {
  name: 'Argo Rollouts',
  chart: 'argo-rollouts',
  repository: 'https://argoproj.github.io/argo-helm',
  namespace: 'argo-rollouts',
} as const satisfies Controller;

/** Restarts pods when a Secret or a mounted secret of AWS changes. */
const RELOADER = {
  name: 'Reloader',
  chart: 'reloader',
  repository: 'https://stakater.github.io/stakater-charts',
  namespace: 'reloader',
} as const;
const RELOADER_VALUES = {
  // or it would add a variable to the pods, which the next apply removes
  'reloader.reloadStrategy': 'annotations',
  'reloader.enableCSIIntegration': 'true',
} as const;

/** One row per controller. */
export const CONTROLLERS = {
  /** Makes ALBs and NLBs on node groups. */
  loadBalancer: {
    name: 'AWS Load Balancer Controller',
    chart: 'aws-load-balancer-controller',
    repository: 'https://aws.github.io/eks-charts',
    namespace: 'kube-system',
    // it looks for the definitions of the Gateway API when it starts
    after: [GATEWAY_API.name],
    values: (cluster) => ({
      clusterName: cluster.name,
      region: cluster.region,
      // the controller would ask the instance metadata, which pods do not reach
      vpcId: described(cluster, 'vpcId'),
      'serviceAccount.create': 'true',
      'serviceAccount.name': 'aws-load-balancer-controller',
    }),
    permissions: {
      serviceAccountName: 'aws-load-balancer-controller',
      wellKnownPolicy: 'awsLoadBalancerController',
    },
    pods: [{ name: 'aws-load-balancer-controller', replicas: 2, priority: CRITICAL }],
  },
  /** Moves the size of node groups between their limits; nothing else does. */
  clusterAutoscaler: {
    name: 'Cluster Autoscaler',
    chart: 'cluster-autoscaler',
    repository: 'https://kubernetes.github.io/autoscaler',
    namespace: 'kube-system',
    values: ({ name, region }) => ({
      'autoDiscovery.clusterName': name,
      awsRegion: region,
      'rbac.serviceAccount.create': 'true',
      'rbac.serviceAccount.name': 'cluster-autoscaler',
    }),
    permissions: { serviceAccountName: 'cluster-autoscaler', wellKnownPolicy: 'autoScaler' },
    pods: [{ name: 'cluster-autoscaler', replicas: 1, priority: CRITICAL }],
  },
  /** Where it is no EKS add-on: in China and GovCloud. */
  metricsServer: {
    name: 'Metrics Server',
    chart: 'metrics-server',
    repository: 'https://kubernetes-sigs.github.io/metrics-server',
    namespace: 'kube-system',
  },
  keda: {
    name: 'KEDA',
    chart: 'keda',
    repository: 'https://kedacore.github.io/charts',
    namespace: 'keda',
    groups: ['keda.sh'],
  },
  // https://kueue.sigs.k8s.io/docs/installation/
  kueue: {
    name: 'Kueue',
    chart: 'kueue',
    repository: 'oci://registry.k8s.io/kueue/charts',
    namespace: 'kueue-system',
    groups: ['kueue.x-k8s.io'],
  },
  externalSecrets: {
    name: 'External Secrets Operator',
    chart: 'external-secrets',
    repository: 'https://charts.external-secrets.io',
    namespace: 'external-secrets',
    groups: ['external-secrets.io', 'generators.external-secrets.io'],
  },
  /** Decrypts SealedSecrets. */
  sealedSecrets: {
    name: 'Sealed Secrets',
    chart: 'sealed-secrets',
    repository: 'https://bitnami.github.io/sealed-secrets',
    namespace: 'kube-system',
    // what kubeseal looks for
    values: () => ({ fullnameOverride: 'sealed-secrets-controller' }),
    groups: ['bitnami.com'],
  },
  reloader: { ...RELOADER, values: () => RELOADER_VALUES },
  reloaderOfRollouts: {
    ...RELOADER,
    // its chart gives the permissions only where the definitions are
    after: [ARGO_ROLLOUTS.name],
    values: () => ({ ...RELOADER_VALUES, 'reloader.isArgoRollouts': 'true' }),
  },
  prometheus: {
    name: 'Prometheus Operator',
    chart: 'kube-prometheus-stack',
    repository: 'https://prometheus-community.github.io/helm-charts',
    namespace: 'monitoring',
    values: () => ({
      // or it would only see monitors and rules that carry the label of its own release
      'prometheus.prometheusSpec.podMonitorSelectorNilUsesHelmValues': 'false',
      'prometheus.prometheusSpec.ruleSelectorNilUsesHelmValues': 'false',
      'prometheus.prometheusSpec.serviceMonitorSelectorNilUsesHelmValues': 'false',
    }),
    groups: ['monitoring.coreos.com'],
  },
  verticalPodAutoscaler: {
    name: 'Vertical Pod Autoscaler',
    chart: 'vpa',
    repository: 'https://charts.fairwinds.com/stable',
    namespace: 'vpa',
    groups: ['autoscaling.k8s.io'],
  },
  // https://docs.aws.amazon.com/eks/latest/userguide/device-management-nvidia-dra-device-plugin.html
  nvidiaClaims: {
    name: 'NVIDIA DRA Driver for GPUs',
    chart: 'nvidia-dra-driver-gpu',
    repository: 'https://helm.ngc.nvidia.com/nvidia',
    namespace: 'nvidia-dra-driver-gpu',
    values: () => ({
      // says that no device plugin hands out the same GPUs
      gpuResourcesEnabledOverride: 'true',
      'resources.computeDomains.enabled': 'false',
    }),
    deviceClasses: ['gpu.nvidia.com', 'mig.nvidia.com'],
  },
  // https://docs.aws.amazon.com/eks/latest/userguide/device-management-neuron.html
  neuronClaims: {
    name: 'Neuron DRA Driver',
    chart: 'neuron-helm-chart',
    repository: 'oci://public.ecr.aws/neuron',
    namespace: 'neuron-dra-driver',
    values: () => ({ 'devicePlugin.enabled': 'false', 'npd.enabled': 'false', 'draDriver.enabled': 'true' }),
    deviceClasses: ['neuron.aws.com'],
  },
  // https://docs.aws.amazon.com/eks/latest/userguide/fsx-openzfs-csi.html
  openZfs: {
    name: 'FSx for OpenZFS CSI Driver',
    chart: 'aws-fsx-openzfs-csi-driver',
    repository: 'https://kubernetes-sigs.github.io/aws-fsx-openzfs-csi-driver',
    namespace: 'kube-system',
    drivers: ['fsx.openzfs.csi.aws.com'],
    permissions: { serviceAccountName: 'fsx-openzfs-csi-controller-sa', policy: 'AmazonFSxFullAccess' },
  },
  // of FSx for NetApp ONTAP: https://docs.aws.amazon.com/eks/latest/userguide/fsx-ontap.html
  trident: {
    name: 'NetApp Trident',
    chart: 'trident-operator',
    repository: 'https://netapp.github.io/trident-helm-chart',
    namespace: 'trident',
    drivers: ['csi.trident.netapp.io'],
    groups: ['trident.netapp.io'],
  },
  // https://github.com/kubernetes-sigs/sig-storage-local-static-provisioner; its classes are those of the app
  localVolumes: {
    name: 'Local Volume Static Provisioner',
    chart: 'local-static-provisioner',
    repository: 'https://kubernetes-sigs.github.io/sig-storage-local-static-provisioner',
    namespace: 'kube-system',
  },
  // https://fluxcd.io/flux/installation/
  flux: {
    name: 'Flux',
    chart: 'flux2',
    repository: 'https://fluxcd-community.github.io/helm-charts',
    namespace: 'flux-system',
    groups: ['kustomize.toolkit.fluxcd.io', 'source.toolkit.fluxcd.io'],
  },
  istio: ISTIO,
  lattice: LATTICE,
  // https://github.com/velero-io/velero-plugin-for-aws; its permissions are those for the buckets that the app names
  velero: {
    name: 'Velero',
    chart: 'velero',
    repository: 'https://vmware-tanzu.github.io/helm-charts',
    namespace: 'velero',
    values: () => ({
      // locations are objects of the app
      backupsEnabled: 'false',
      snapshotsEnabled: 'false',
      'credentials.useSecret': 'false',
      'serviceAccount.server.name': 'velero-server',
      // of Velero 1.18, as of 2026-11
      'initContainers[0].name': 'velero-plugin-for-aws',
      'initContainers[0].image': 'velero/velero-plugin-for-aws:v1.14.0',
      'initContainers[0].volumeMounts[0].name': 'plugins',
      'initContainers[0].volumeMounts[0].mountPath': '/target',
    }),
    groups: ['velero.io'],
  },
  /** Where it is no EKS add-on: in China and GovCloud. */
  externalDns: {
    name: 'ExternalDNS',
    chart: 'external-dns',
    repository: 'https://kubernetes-sigs.github.io/external-dns',
    namespace: 'external-dns',
    values: ({ name }) => ({ 'provider.name': 'aws', txtOwnerId: name, 'serviceAccount.name': 'external-dns' }),
    permissions: { serviceAccountName: 'external-dns', policy: 'AmazonRoute53FullAccess' },
  },
} as const satisfies Readonly<Record<string, Controller>>;

/** Applies manifests from repositories. */
export const ARGO_CD = {
  name: 'Argo CD',
  chart: 'argo-cd',
  repository: 'https://argoproj.github.io/argo-helm',
  namespace: 'argocd',
} as const satisfies Controller;

const BY_GROUP: ReadonlyMap<string, Controller> = new Map(
  Object.values<Controller>(CONTROLLERS).flatMap((controller) =>
    (controller.groups ?? []).map((group) => [group, controller] as const),
  ),
);

/** The controller that brings the custom resources of an API group. */
export function controllerOfGroup(group: string): Controller | undefined {
  return BY_GROUP.get(group);
}

/** The controller that installs a CSI driver. */
export function controllerOfDriver(driver: string): Controller | undefined {
  return Object.values<Controller>(CONTROLLERS).find(({ drivers }) => drivers?.includes(driver));
}

/** The controller that serves a class of Gateways: by what the class names as its controller, or by a class that it makes. */
export function controllerOfGateways(name: string, of: 'controllers' | 'classes'): Controller | undefined {
  return Object.values<Controller>(CONTROLLERS).find(({ gateways }) => gateways?.[of].includes(name));
}

const AFTER: ReadonlyMap<string, readonly string[]> = new Map(
  [...Object.values<Controller>(CONTROLLERS), ISTIO_CNI, ISTIO_AMBIENT].map(({ name, after = [] }) => [name, after]),
);

/** The names of what is installed before a controller, where it is installed too. */
export const installedBefore = (name: string): readonly string[] => AFTER.get(name) ?? [];

/** API groups that Auto Mode brings by itself. */
export const AUTO_MODE_GROUPS: ReadonlySet<string> = new Set(['eks.amazonaws.com', 'karpenter.sh']);
