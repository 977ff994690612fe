import type { SystemPods } from './addons';
import type { Region } from './values';

/** The cluster that a controller is installed in. */
export interface ControllerSite {
  readonly name: string;
  readonly region: Region;
}

/** A controller that is no EKS add-on, as one Helm release: the newest chart, since a pinned one would age in here. */
export interface Controller {
  readonly name: string;
  /** Also the name of its release. */
  readonly chart: string;
  readonly repository: string;
  readonly namespace: string;
  readonly values?: (cluster: ControllerSite) => Readonly<Record<string, string>>;
  /** API groups whose custom resources it brings. Kinds without a namespace stand in kube/kinds.ts. */
  readonly groups?: readonly string[];
  /** Classes of devices that it brings. */
  readonly deviceClasses?: readonly string[];
  /** CSI drivers that it installs. */
  readonly drivers?: readonly string[];
  /** Its own permissions in AWS, by a policy that eksctl knows or by a managed one. @default - none, or from whoever uses it */
  readonly permissions?: { readonly serviceAccountName: string } & (
    | { readonly wellKnownPolicy: 'autoScaler' | 'awsLoadBalancerController' }
    | { readonly policy: string }
  );
  /** What it runs, with the defaults of its chart. @default - not known */
  readonly pods?: readonly SystemPods[];
}

const CRITICAL = 'system-cluster-critical';

/** One row per controller. */
export const CONTROLLERS = {
  /** Makes ALBs and NLBs on node groups. */
  loadBalancer: {
    name: 'AWS Load Balancer Controller',
    chart: 'aws-load-balancer-controller',
    repository: 'https://aws.github.io/eks-charts',
    namespace: 'kube-system',
    values: ({ name, region }) => ({
      clusterName: name,
      region,
      // the controller would ask the instance metadata, which pods do not reach
      vpcId: `"$(aws eks describe-cluster --name ${name} --region ${region} --query cluster.resourcesVpcConfig.vpcId --output text)"`,
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
    groups: ['external-secrets.io'],
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
} as const satisfies Readonly<Record<string, Controller>>;

/** Runs pods by Rollouts. It shares its API group with other projects of Argo. */
export const ARGO_ROLLOUTS = {
  name: 'Argo Rollouts',
  chart: 'argo-rollouts',
  repository: 'https://argoproj.github.io/argo-helm',
  namespace: 'argo-rollouts',
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

/** API groups that Auto Mode brings by itself. */
export const AUTO_MODE_GROUPS: ReadonlySet<string> = new Set(['eks.amazonaws.com', 'karpenter.sh']);
