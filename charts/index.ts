/** The public API, grouped. Nothing else is public. */

// sets flags of V8, before anything loads cdk8s
import './app/engine-flags';

export type { Architecture, Arn, KubernetesVersion, Region } from '../eks/values';
export { ClusterConfig } from '../eksctl/schema/cluster-config';
export { ConfigError } from '../eksctl/schema/config-error';
export type { FilePlace, Finding, ObjectReference, Severity, WaivedBy } from '../kube/finding';
export type { Cidr, Json, Quantity } from '../kube/values';
export type { Level, Levels } from '../review/levels';
export type { ExistingObject } from '../review/rule';
export type { Amounts } from '../simulator/allocatable';
export type {
  CapacityNodes,
  CapacityReport,
  CapacityState,
  CapacityVerdict,
  GroupCapacity,
  LargestPod,
  PodSize,
  StateCapacity,
  UnplacedPods,
  WaitingPods,
} from '../simulator/report';
export type { Reason } from '../simulator/simulated-cluster';
export type { SystemPods, SystemPodTable } from '../simulator/system-pods';
// app, cluster, tenant
export type { Defaults } from './app/defaults';
export { EksApp, type EksAppProps } from './app/eks-app';
export { Promotion } from './app/promotion';
export { Review, type ReviewContext, type ReviewProperties } from './app/review-plugin';
export type { AppReview } from './app/review-props';
export type { DisruptionBudget, NodePoolDisruption } from './cluster/auto-mode/disruption';
export { NodeClass } from './cluster/auto-mode/node-class';
export type * from './cluster/auto-mode/node-class-props';
export { NodePool } from './cluster/auto-mode/node-pool';
export type * from './cluster/auto-mode/node-pool-props';
export { Cluster } from './cluster/cluster';
export { InstanceType, type InstanceTypeProps } from './cluster/instance-type';
export { Ec2NodeClass } from './cluster/karpenter/ec2-node-class';
export type * from './cluster/karpenter/ec2-node-class-props';
export type * from './cluster/karpenter/karpenter-props';
export type { Ec2NodeClassManifest } from './cluster/karpenter/objects';
export type { ClusterConfigPart } from './cluster/made-cluster-config';
export { NodeLocalDns, type NodeLocalDnsObjects, type NodeLocalDnsProps } from './cluster/node-local-dns';
export type * from './cluster/props';
// configuration and secrets
export { Config, type ConfigPart } from './config/config';
export type { FileData } from './config/config-map';
export type { EnvSource } from './config/env';
export type { EnvFrom } from './config/env-from';
export { Env, EnvValue, type ResourceField, type ResourceUnit } from './config/env-value';
export type { FileContent } from './config/files';
export { Files } from './config/files-in-folder';
export type { EcrTokenKey, EcrTokenProps, PasswordProps } from './config/generated-secret';
export { GrafanaDashboard, type GrafanaDashboardProps } from './config/grafana-dashboard';
export { PushSecret, type PushSecretProps } from './config/push-secret';
export type { SealedSecretProps } from './config/sealed-secret';
export { Secret } from './config/secret';
export type { ParameterStoreProps, SecretsManagerProps } from './config/secret-props';
export { type ExistingStore, type ExternalSecretsOptions, SecretSource } from './config/secret-source';
export type { SopsProps } from './config/sops-secret';
// objects, values, errors, requirements
export type { AdmissionAction } from './core/declarations';
export { ManifestError, PatternError, PropsError, RequirementError, SynthesisError } from './core/errors';
export * as k8s from './core/k8s';
export { KubeObject } from './core/kube-object';
export type {
  PlusEnvValue,
  PlusNamespaceSelectorConfig,
  PlusNetworkPolicyPeer,
  PlusNetworkPolicyPeerConfig,
  PlusPodSelector,
  PlusPodSelectorConfig,
  PlusSubject,
} from './core/plus';
// network, storage, identity, scaling, delivery
export type { MainPort, Port, PortScope, PortSpec, Ports } from './core/ports';
export {
  type Addon,
  type ClusterAddition,
  type ClusterFacts,
  type ClusterFeature,
  type KarpenterFacts,
  type Prerequisite,
  type Requirement,
  type RequirementResult,
  Requirements,
  type Step,
} from './core/requirements';
export { SecretKey } from './core/secret-key';
export { OutputError } from './core/synthesis/output-error';
export type { Because, Customize, Duration, Edit, Path, Scalar } from './core/values';
export type { Waive } from './core/waive';
export type { JobSelf, PodReferences, PodSelf, ServiceSelf, StatefulSelf, WebSelf } from './core/workload-info';
export type * from './core/written';
export * from './delivery/public';
export * from './identity/public';
export { AdmissionWebhook } from './network/admission-webhook';
export type { AdmissionWebhookProps, WebhookAuthority, WebhookRule } from './network/admission-webhook-props';
export { ClusterNetworkPolicy } from './network/cluster-network-policy';
export type {
  ClusterEgressRule,
  ClusterIngressRule,
  ClusterNetworkPolicyObjects,
  ClusterNetworkPolicyProps,
  ClusterPolicyDomain,
  ClusterPolicyPods,
  ClusterPolicyRule,
  NamespacesExcept,
} from './network/cluster-network-policy-props';
export { Expose } from './network/expose';
export type { AlbFrontend, AlbListeners, AlbProps, MutualAuthentication } from './network/expose/alb-props';
export {
  Authentication,
  type AuthenticationSession,
  type CognitoProps,
  type JwtProps,
  type OidcProps,
  type OidcSecret,
} from './network/expose/authentication';
export type {
  BalancerSettings,
  LoadBalancerSettings,
  LoadBalancerSubnet,
  TargetSettings,
} from './network/expose/balancer-settings';
export type { ElsewhereProps } from './network/expose/elsewhere';
export {
  type GrpcConditions,
  RouteMatch,
} from './network/expose/gateway/match';
export type { NetworkRouteProps } from './network/expose/gateway/network-route';
export type { GatewayRouteProps, RouteRedirect, RouteResponse, RouteRewrite } from './network/expose/gateway/props';
export type { HealthCheck } from './network/expose/health-check';
export type { ExposeProps } from './network/expose/load-balancer';
export type { NlbProps, PerMember } from './network/expose/nlb-props';
export type { RequestConditions, RequestMethod } from './network/expose/request-conditions';
export type { TargetGroupProps } from './network/expose/target-group-binding';
export type { Weight, Weighted } from './network/expose/weights';
export { Gateway } from './network/gateway/gateway';
export { NetworkGateway } from './network/gateway/network-gateway';
export type { NetworkGatewayProps } from './network/gateway/network-props';
export type { ExistingGatewayProps, GatewayProps } from './network/gateway/props';
export type { AnyGateway, GatewayFacts, GatewayTarget, NetworkProtocol } from './network/gateway/target';
export { Peer, type WorkloadPeer } from './network/peer';
export type { WorkloadName } from './network/peer-nature';
export type { Connectable, ConnectionTarget } from './network/targets';
export type { AlertSeverity, Alerts } from './pods/alerts';
// pods
export type { PodDefaults } from './pods/defaults';
export type { DeviceClaim, DeviceRequest, DevicesClaim, ExistingClaim, ResourceClaim } from './pods/device-claims';
export type { Dns } from './pods/dns';
export { type EcrCacheImage, type EcrImage, Image, type ImageVersion, type PublicEcrImage } from './pods/ecr-image';
export type { HostPath, HostPathType } from './pods/host-paths';
export type { ImagePullPolicy } from './pods/image';
export type { Command, ContainerShutdown, PreStopCommand } from './pods/lifecycle';
export type { LogParser } from './pods/logs';
export type { Metrics, Scraper } from './pods/metrics';
export { Placement } from './pods/placement';
export type { Priority, PriorityByName } from './pods/priority';
export {
  type GrpcProbeOptions,
  type HttpProbeOptions,
  type PortProbeOptions,
  Probe,
  type ProbeTiming,
} from './pods/probe';
export type { AgentProbes, LivenessProbes, ServiceProbes } from './pods/probes';
export type { Resize, ResizePolicy, Resources } from './pods/resources';
export { RuntimeClass, type RuntimeClassProps } from './pods/runtime-class';
export type { RawVolume, Scratch } from './pods/scratch';
export type { KeptCapabilities, Security } from './pods/security';
export type { Shutdown } from './pods/shutdown';
export type { Spread } from './pods/spread';
export type { RootUser, User, UserIds, WindowsUser } from './pods/user';
export { Analysis, type PrometheusAnalysis } from './scaling/analysis';
export { ArgoRollout, type CanaryProps, type CanaryStep } from './scaling/argo-rollout';
export type {
  AvailabilityProps,
  Disruption,
  MaxUnavailable,
  MinAvailable,
  UnreadyPods,
} from './scaling/availability';
export type { ScalingBehavior, ScalingPolicy, ScalingRules } from './scaling/behavior';
export type { EventOptions, PausedAt, ScaleFallback } from './scaling/event-options';
export type { JobScaling, JobScalingStrategy } from './scaling/job-scaling';
export type { Replicas, Scale } from './scaling/replicas';
export type { Rollout } from './scaling/rollout';
export type { RolloutTimes } from './scaling/rollout-times';
export {
  type AverageTarget,
  type DescribedObject,
  type MetricLabels,
  ScaleMetric,
  type UtilizationTarget,
  type ValueTarget,
} from './scaling/scale-metric';
export { ScaleTrigger } from './scaling/scale-trigger';
export type {
  AllowedStatement,
  AuthenticationRef,
  TriggerAccess,
  TriggerLogin,
  TriggerPodIdentity,
} from './scaling/triggers/authentication';
export type { CloudWatchTriggerProps } from './scaling/triggers/cloudwatch';
export type { KafkaSasl, KafkaTriggerProps } from './scaling/triggers/kafka';
export type { PostgresqlSslMode, PostgresqlTriggerProps } from './scaling/triggers/postgresql';
export type { PrometheusAuthMode, PrometheusTriggerProps } from './scaling/triggers/prometheus';
export type { TriggerOptions } from './scaling/triggers/raw';
export type { RedisTriggerProps } from './scaling/triggers/redis';
export type { ResourceTriggerProps } from './scaling/triggers/resource';
export type { SqsTriggerProps } from './scaling/triggers/sqs';
export type { MetricType, SourceTriggerProps } from './scaling/triggers/trigger';
export type { WindowTriggerProps } from './scaling/triggers/window';
export { LocalStorageClass, type LocalStorageClassProps } from './storage/local-storage-class';
export type { SharedMount } from './storage/mounts';
export type { FileOwner, SharedProps } from './storage/shared/common';
export type { ClaimedVolume, CsiVolume } from './storage/shared/csi';
export type { EfsVolume } from './storage/shared/efs';
export type { FsxVolume, LustreVolume, OpenZfsVolume } from './storage/shared/fsx';
export type { NfsVolume } from './storage/shared/nfs';
export type { S3Volume } from './storage/shared/s3';
export type { AccessMode } from './storage/shared/way';
export { SharedVolume } from './storage/shared-volume';
export type { CopiedClaim, SnapshotOfVolume, StorageSource } from './storage/source';
export type { StorageClassProps } from './storage/storage-class';
export type { Storage } from './storage/volumes';
export type { AccessGroup, AccessLevel, Grantee, TenantAccess } from './tenancy/access';
export type { AccessBindings } from './tenancy/access-bindings';
export type { Admission } from './tenancy/admission';
export type { ContainerAmounts, ContainerSizes } from './tenancy/limit-range';
export type {
  IstioOptions,
  LatticeOptions,
  MeshProxy,
  OpenAuthorization,
  PermissiveMtls,
} from './tenancy/mesh';
export { Mesh } from './tenancy/mesh';
export type { OpenNetwork } from './tenancy/open-network';
export type { LooserPodSecurity, PodSecurity } from './tenancy/pod-security';
export { Tenant } from './tenancy/tenant';
export type { TenantObjects, TenantProps } from './tenancy/tenant-props';
// patterns
export type { AgentMetrics, AgentParts } from './workloads/agent-parts';
export type { AgentPorts, Reach } from './workloads/agent-ports';
export { BackupLocation, type BackupLocationProps } from './workloads/backups/backup-location';
export { BackupSchedule, type BackupScheduleProps } from './workloads/backups/backup-schedule';
export { BatchJob, type BatchJobObjects, type BatchJobProps } from './workloads/batch-job';
export type { Bootstrap } from './workloads/bootstrap';
export type {
  ContainerParts,
  ContainerStorage,
  InitContainerProps,
  SidecarProbes,
  SidecarProps,
} from './workloads/containers/container-props';
export { InitContainer, type WaitForOptions } from './workloads/containers/init-container';
export type { SharedFolder } from './workloads/containers/shared-folders';
export { type Hardening, harden } from './workloads/harden';
export {
  Instrumentation,
  type InstrumentedLanguage,
  type OpenTelemetryInstrumentation,
  type SignalsInstrumentation,
} from './workloads/instrumentation';
export type { JobMesh } from './workloads/job-mesh';
export type { ExitAction, JobPolicyProps, RetriesPerIndex, SuccessPolicy } from './workloads/job-policies';
export type { JobParts } from './workloads/jobs';
export type { LabelService, LabelServiceProps } from './workloads/label-service';
export type { MemberSet } from './workloads/member-of';
export type { ClaimRetention, MemberParts, PartialUpdate } from './workloads/member-parts';
export { NodeAgent, type NodeAgentObjects, type NodeAgentProps } from './workloads/node-agent';
export type { ExposedObjects, ScaledObjects, WorkloadObjects } from './workloads/objects';
export { Placeholders, type PlaceholdersObjects, type PlaceholdersProps } from './workloads/placeholders';
export type { PodProps } from './workloads/pod-props';
export type { RunHistory } from './workloads/run-history';
export { ScaledJob, type ScaledJobObjects, type ScaledJobProps } from './workloads/scaled-job';
export {
  ScheduledJob,
  type ScheduledJobObjects,
  type ScheduledJobProps,
} from './workloads/scheduled-job';
export type { ServiceParts } from './workloads/service-parts';
export {
  SnapshotSchedule,
  type SnapshotScheduleProps,
  type SnapshotSource,
} from './workloads/snapshots/snapshot-schedule';
export { StatefulService, type StatefulServiceObjects, type StatefulServiceProps } from './workloads/stateful-service';
export type { TrafficDistribution } from './workloads/traffic-distribution';
export { WebService, type WebServiceObjects, type WebServiceProps } from './workloads/web-service';
export { Worker, type WorkerProps } from './workloads/worker';
export { Workload } from './workloads/workload';
