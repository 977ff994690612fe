/**
 * The objects of patterns as `customize` and `object.customize` see them: what the library always writes, and the lists
 * and maps that one adds to, are there, so that an edit needs no `!`. Those that stay empty are left out of the manifest.
 */
import type * as api from '../../imports/kubernetes';
import type { Rollout } from './argo';

type StringMap = Record<string, string>;

/** Metadata with labels and annotations. */
export interface WrittenMeta extends api.NamedMeta {
  labels: StringMap;
  annotations: StringMap;
}
/** The workload's own container. */
export interface WrittenContainer extends api.Container {
  env: api.EnvVar[];
  envFrom: api.EnvFromSource[];
  ports: api.ContainerPort[];
  resources: api.ResourceRequirements & {
    requests: Record<string, api.Quantity>;
    limits: Record<string, api.Quantity>;
  };
  securityContext: api.SecurityContext;
  volumeMounts: api.VolumeMount[];
}
/** The workload's own container is always `containers[0]`. */
export interface WrittenPodSpec extends api.PodSpec {
  affinity: api.Affinity;
  containers: [WrittenContainer, ...api.Container[]];
  initContainers: api.Container[];
  nodeSelector: StringMap;
  securityContext: api.PodSecurityContext;
  tolerations: api.Toleration[];
  topologySpreadConstraints: api.TopologySpreadConstraint[];
  volumes: api.Volume[];
}
/** The pods of a pattern. */
export interface WrittenTemplate extends api.PodTemplateSpec {
  metadata: api.ObjectMeta & { labels: StringMap; annotations: StringMap };
  spec: WrittenPodSpec;
}
/** The Deployment of a pattern. */
export interface WrittenDeployment extends api.Deployment {
  metadata: WrittenMeta;
  spec: api.DeploymentSpec & { template: WrittenTemplate };
}
/** The Rollout of a pattern, in place of its Deployment. */
export interface WrittenRollout extends Rollout {
  metadata: WrittenMeta;
  spec: Rollout['spec'] & { template: WrittenTemplate };
}
/** The StatefulSet of a pattern. */
export interface WrittenStatefulSet extends api.StatefulSet {
  metadata: WrittenMeta;
  spec: api.StatefulSetSpec & { template: WrittenTemplate; volumeClaimTemplates: api.PersistentVolumeClaim[] };
}
/** The DaemonSet of a pattern. */
export interface WrittenDaemonSet extends api.DaemonSet {
  metadata: WrittenMeta;
  spec: api.DaemonSetSpec & { template: WrittenTemplate };
}
/** The Job of a pattern. */
export interface WrittenJob extends api.Job {
  metadata: WrittenMeta;
  spec: api.JobSpec & { template: WrittenTemplate };
}
/** The CronJob of a pattern. */
export interface WrittenCronJob extends api.CronJob {
  metadata: WrittenMeta;
  spec: api.CronJobSpec & {
    jobTemplate: api.JobTemplateSpec & { metadata: api.ObjectMeta; spec: api.JobSpec & { template: WrittenTemplate } };
  };
}
/** A Service of a pattern. */
export interface WrittenService extends api.Service {
  metadata: WrittenMeta;
  spec: api.ServiceSpec & { selector: StringMap; ports: [api.ServicePort, ...api.ServicePort[]] };
}
/** A path of the Ingress of a pattern. */
export interface WrittenPath extends api.HTTPIngressPath {
  backend: { service: api.IngressServiceBackend & { port: api.ServiceBackendPort } };
}
/** A host of the Ingress of a pattern. */
export interface WrittenRule extends api.IngressRule {
  host: string;
  http: { paths: [WrittenPath, ...WrittenPath[]] };
}
/** The Ingress of a pattern. */
export interface WrittenIngress extends api.Ingress {
  metadata: WrittenMeta;
  spec: api.IngressSpec & { rules: [WrittenRule, ...WrittenRule[]]; tls: api.IngressTLS[] };
}

/** The ServiceAccount of a pattern. */
export interface WrittenServiceAccount extends api.ServiceAccount {
  metadata: WrittenMeta;
}
/** A ConfigMap of a pattern. */
export interface WrittenConfigMap extends api.ConfigMap {
  metadata: WrittenMeta;
  data: StringMap;
}
/** The NetworkPolicy of a pattern. */
export interface WrittenNetworkPolicy extends api.NetworkPolicy {
  metadata: WrittenMeta;
  spec: api.NetworkPolicySpec & {
    egress: api.NetworkPolicyEgressRule[];
    ingress: api.NetworkPolicyIngressRule[];
    policyTypes: string[];
  };
}
/** The Role of a pattern. */
export interface WrittenRole extends api.Role {
  metadata: WrittenMeta;
  rules: [api.PolicyRule, ...api.PolicyRule[]];
}
/** The ClusterRole of a pattern. */
export interface WrittenClusterRole extends api.ClusterRole {
  metadata: WrittenMeta;
  rules: [api.PolicyRule, ...api.PolicyRule[]];
}
/** The HorizontalPodAutoscaler of a pattern. */
export interface WrittenHorizontalPodAutoscaler extends api.HorizontalPodAutoscaler {
  metadata: WrittenMeta;
  spec: api.HorizontalPodAutoscalerSpec & {
    behavior: api.HorizontalPodAutoscalerBehavior & { scaleDown: api.HPAScalingRules };
    metrics: api.MetricSpec[];
  };
}
/** The PodDisruptionBudget of a pattern. */
export interface WrittenPodDisruptionBudget extends api.PodDisruptionBudget {
  metadata: WrittenMeta;
  spec: api.PodDisruptionBudgetSpec;
}

/** What the library writes of an object of this type. */
export type Written<T> = T extends api.Deployment
  ? WrittenDeployment
  : T extends api.StatefulSet
    ? WrittenStatefulSet
    : T extends api.DaemonSet
      ? WrittenDaemonSet
      : T extends api.CronJob
        ? WrittenCronJob
        : T extends api.Service
          ? WrittenService
          : T extends api.Ingress
            ? WrittenIngress
            : WrittenOther<T>;

type WrittenOther<T> = T extends api.ServiceAccount
  ? WrittenServiceAccount
  : T extends Rollout
    ? WrittenRollout
    : T extends api.NetworkPolicy
      ? WrittenNetworkPolicy
      : T extends api.Role
        ? WrittenRole
        : T extends api.ClusterRole
          ? WrittenClusterRole
          : T extends api.HorizontalPodAutoscaler
            ? WrittenHorizontalPodAutoscaler
            : T extends api.PodDisruptionBudget
              ? WrittenPodDisruptionBudget
              : T;
