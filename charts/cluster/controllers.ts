import type { ClusterFacts, Prerequisite } from '../core/requirements';

/** A Helm release: where its chart is, where it goes, and its values. */
interface Release {
  readonly chart: string;
  readonly repository: string;
  readonly namespace: string;
  readonly values?: Readonly<Record<string, string>>;
}

/** One command that installs or upgrades; newest chart, since a pinned one would age in here. */
function helm(release: Release): string {
  const lines = [
    `helm upgrade --install ${release.chart} ${release.chart}`,
    `--repo ${release.repository}`,
    `--namespace ${release.namespace}${release.namespace === 'kube-system' ? '' : ' --create-namespace'}`,
    ...Object.entries(release.values ?? {}).map(([key, value]) => `--set ${key}=${value}`),
    '--wait',
  ];
  return lines.join(' \\\n  ');
}

/** Makes ALBs and NLBs on managed node groups; no EKS add-on. */
export function loadBalancerController(cluster: ClusterFacts): Prerequisite {
  const serviceAccount = 'aws-load-balancer-controller';
  const vpc = `aws eks describe-cluster --name ${cluster.name} --region ${cluster.region} --query cluster.resourcesVpcConfig.vpcId --output text`;
  return {
    name: 'AWS Load Balancer Controller',
    commands: [
      helm({
        chart: 'aws-load-balancer-controller',
        repository: 'https://aws.github.io/eks-charts',
        namespace: 'kube-system',
        values: {
          clusterName: cluster.name,
          region: cluster.region,
          // the controller would ask the instance metadata, which pods do not reach
          vpcId: `"$(${vpc})"`,
          'serviceAccount.create': 'true',
          'serviceAccount.name': serviceAccount,
        },
      }),
    ],
    podIdentity: {
      namespace: 'kube-system',
      serviceAccountName: serviceAccount,
      wellKnownPolicies: { awsLoadBalancerController: true },
    },
  };
}

/** Moves the size of node groups between their limits; nothing else does. */
export function clusterAutoscaler(cluster: ClusterFacts): Prerequisite {
  const serviceAccount = 'cluster-autoscaler';
  return {
    name: 'Cluster Autoscaler',
    commands: [
      helm({
        chart: 'cluster-autoscaler',
        repository: 'https://kubernetes.github.io/autoscaler',
        namespace: 'kube-system',
        values: {
          'autoDiscovery.clusterName': cluster.name,
          awsRegion: cluster.region,
          'rbac.serviceAccount.create': 'true',
          'rbac.serviceAccount.name': serviceAccount,
        },
      }),
    ],
    podIdentity: {
      namespace: 'kube-system',
      serviceAccountName: serviceAccount,
      wellKnownPolicies: { autoScaler: true },
    },
  };
}

/** Where it is no EKS add-on: in China and GovCloud. */
export function metricsServer(): Prerequisite {
  return {
    name: 'Metrics Server',
    commands: [
      helm({
        chart: 'metrics-server',
        repository: 'https://kubernetes-sigs.github.io/metrics-server',
        namespace: 'kube-system',
      }),
    ],
  };
}

/** The controllers that bring the custom resources of an API group; permissions come from whoever uses them. */
export const CONTROLLER_OF_GROUP: Readonly<Record<string, Prerequisite>> = {
  'keda.sh': {
    name: 'KEDA',
    commands: [helm({ chart: 'keda', repository: 'https://kedacore.github.io/charts', namespace: 'keda' })],
  },
  'external-secrets.io': {
    name: 'External Secrets Operator',
    commands: [
      helm({
        chart: 'external-secrets',
        repository: 'https://charts.external-secrets.io',
        namespace: 'external-secrets',
      }),
    ],
  },
  'monitoring.coreos.com': {
    name: 'Prometheus Operator',
    commands: [
      helm({
        chart: 'kube-prometheus-stack',
        repository: 'https://prometheus-community.github.io/helm-charts',
        namespace: 'monitoring',
        values: {
          // or it would only see monitors that carry the label of its own release
          'prometheus.prometheusSpec.podMonitorSelectorNilUsesHelmValues': 'false',
          'prometheus.prometheusSpec.serviceMonitorSelectorNilUsesHelmValues': 'false',
        },
      }),
    ],
  },
  'autoscaling.k8s.io': {
    name: 'Vertical Pod Autoscaler',
    commands: [helm({ chart: 'vpa', repository: 'https://charts.fairwinds.com/stable', namespace: 'vpa' })],
  },
};

/** EKS add-ons that bring the custom resources of an API group. */
export const ADDON_OF_GROUP: Readonly<Record<string, string>> = {
  'cert-manager.io': 'cert-manager',
  'secrets-store.csi.x-k8s.io': 'aws-secrets-store-csi-driver-provider',
  'snapshot.storage.k8s.io': 'snapshot-controller',
};

/** API groups that Auto Mode brings by itself. */
export const AUTO_MODE_GROUPS: ReadonlySet<string> = new Set(['eks.amazonaws.com', 'karpenter.sh']);
