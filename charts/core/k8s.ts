/**
 * The types of Kubernetes objects in Kubernetes' own spelling, mutable, since `customize` edits finished objects in
 * place. Generated types, except that what the library always writes is not optional.
 */
import type * as api from '../../imports/kubernetes';
import type { TargetGroupBinding as Binding } from '../../imports/load-balancer-controller';
import type { ScaledJobOf } from './autoscaling';
import type { JobSpec } from './pod-objects';

export type { ClusterConfig } from '../../eksctl/types';
export type {
  ListenerRuleConfiguration,
  LoadBalancerConfiguration,
  TargetGroupConfiguration,
} from '../../imports/aws-gateway';
export type { ApplicationNetworkPolicy, ClusterNetworkPolicy } from '../../imports/aws-network-policies';
export type { IngressClassParams, NodeClass } from '../../imports/eks-auto-mode';
export type {
  Gateway as GatewayObject,
  GatewayClass,
  GRPCRoute,
  HTTPRoute,
  ReferenceGrant,
  TCPRoute,
  TLSRoute,
  UDPRoute,
} from '../../imports/gateway-api';
export type { NodePool } from '../../imports/karpenter';
export type { ScaledObject, TriggerAuthentication } from '../../imports/keda';
export type * from '../../imports/kubernetes';
export type { SecurityGroupPolicy } from '../../imports/pod-security-groups';
export type { SecretProviderClass } from '../../imports/secrets-store';
export type { VolumeSnapshot, VolumeSnapshotClass } from '../../imports/snapshots';
export type { BackupStorageLocation, Schedule, VolumeSnapshotLocation } from '../../imports/velero';
export type { AnalysisReference, AnalysisTemplate, CanaryStepSpec, Rollout } from './argo';
export type { VerticalPodAutoscaler } from './autoscaling';
export type {
  Application,
  ApplicationDestination,
  AppProject,
  GitRepository,
  Kustomization,
  ResourceDifference,
} from './gitops';
export type {
  AuthorizationPolicy,
  AuthorizationRule,
  AuthorizationSource,
  MutualTls,
  PeerAuthentication,
} from './istio';
export type { AlertingRule, MonitorEndpoint, PodMonitor, PrometheusRule, ServiceMonitor } from './monitoring';
export type { CronJob, DaemonSet, Deployment, Job, JobSpec, PodSpec, PodTemplate, StatefulSet } from './pod-objects';
export type { ExternalSecret, SealedSecret, SecretStore } from './secret-objects';

/** Of the AWS Load Balancer Controller, or of EKS Auto Mode, which has the same fields. */
export interface TargetGroupBinding extends Omit<Binding, 'apiVersion'> {
  apiVersion: 'elbv2.k8s.aws/v1beta1' | 'eks.amazonaws.com/v1';
}
/** What KEDA makes Jobs of. */
export interface ScaledJobObject extends ScaledJobOf<JobSpec> {}
export interface Service extends api.Service {
  spec: api.ServiceSpec & { selector: Record<string, string>; ports: api.ServicePort[] };
}
