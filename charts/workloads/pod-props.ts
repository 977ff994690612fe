import type { KeyTable } from '../../kube/values';
import type { EnvSource } from '../config/env';
import type { EnvFrom } from '../config/env-from';
import type { FileContent } from '../config/files';
import type { Secret } from '../config/secret';
import type { Container } from '../core/k8s';
import type { PlusNetworkPolicyPeer } from '../core/plus';
import type { Requirement } from '../core/requirements';
import type { Path } from '../core/values';
import type { Waive } from '../core/waive';
import type { PodSelf } from '../core/workload-info';
import type { ApiAccess, ApiRule } from '../identity/api-access';
import type { AwsAccess } from '../identity/aws-props';
import type { Peer } from '../network/peer';
import type { Connectable } from '../network/targets';
import type { Alerts } from '../pods/alerts';
import { POD_DEFAULTS, type PodDefaults } from '../pods/defaults';
import type { ResourceClaim } from '../pods/device-claims';
import type { Command } from '../pods/lifecycle';
import type { LogParser } from '../pods/logs';
import type { RawVolume, Scratch } from '../pods/scratch';
import type { SharedMount } from '../storage/mounts';
import type { SharedVolume } from '../storage/shared-volume';
import type { InitContainerProps, SidecarProps } from './containers/container-props';
import type { InitContainer } from './containers/init-container';
import type { SharedFolder } from './containers/shared-folders';
import type { Instrumentation } from './instrumentation';

/**
 * Props of all patterns. S is what functions in `env` and `files` know about the workload, P the union of the names of
 * the ports of its sidecars.
 */
export interface PodProps<S extends PodSelf = PodSelf, P extends string = string> extends PodDefaults {
  /**
   * The image, with a tag or digest: 'rabbitmq:3.13-management'. No tag and the tag 'latest' are refused, since a restart
   * could start another version.
   */
  readonly image: string;
  /** The entrypoint, run without a shell: ['sh', '-c', '...'] starts one. @default - the ENTRYPOINT of the image */
  readonly command?: readonly string[];
  /** Arguments of the entrypoint. Literals that look like secrets are refused. @default - the CMD of the image */
  readonly args?: readonly string[];
  /**
   * Shared configuration: every key becomes a variable, or those of `config.only(...)`. A later entry overrides an earlier
   * one, and `env` overrides both.
   *
   * @default - none
   */
  readonly envFrom?: readonly EnvFrom[];
  /**
   * Environment variables by name: a literal, a function of the workload's addresses, `Env`, `secret.env(key)` or
   * `config.env(key)`. Literals become an immutable ConfigMap with a content hash in its name, so that a change restarts
   * the pods. A literal with `$(NAME)` refers to another variable of `env` and is written to the pod, which expands it;
   * `$$(NAME)` stands for the text. A literal that looks like a secret and an unknown NAME are refused.
   *
   * @default - none
   * @see https://docs.aws.amazon.com/eks/latest/best-practices/data-encryption-and-secrets-management.html
   */
  readonly env?: Readonly<Record<string, EnvSource<S>>>;
  /** Read-only files: contents by absolute path, of a folder by `Files.folder`. Bytes are written as binaryData. Other files of the same folder remain visible, except on Windows. @default - none */
  readonly files?: Readonly<Record<Path, FileContent<S>>>;
  /** Secrets by folder: every key becomes a file. (`Secret.file(key)` mounts at '/run/secrets/<id>'.) @default - none */
  readonly secretFiles?: Readonly<Record<Path, Secret>>;
  /** Writable, empty folders, by path or as a Scratch, which can be on a disk of the pod's own. Replaces the default: add '/tmp' if the program needs it. @default ['/tmp']; none on Windows, where the root file system is writable */
  readonly scratch?: readonly (Path | Scratch)[];
  /**
   * Volumes that other workloads mount as well, by path: { '/var/www/uploads': uploads }, or a part of one by
   * { volume, readOnly, folder }. Writable unless the volume or the mount says otherwise. A ReadWriteOnce volume of several
   * pods, and a volume of another namespace, are refused.
   *
   * @default - none
   * @see https://docs.aws.amazon.com/eks/latest/userguide/storage.html
   */
  readonly mounts?: Readonly<Record<Path, SharedVolume | SharedMount>>;
  /** Volumes as in a Kubernetes manifest, and where they are mounted. @default - none */
  readonly volumes?: readonly RawVolume[];
  /**
   * Containers that start first and keep running beside the workload's own (native sidecars), such as a proxy or an
   * exporter: a SidecarProps, or a container as in a Kubernetes manifest. An entry with a key of SidecarProps that
   * Kubernetes does not have, or with variables by name, is the former. Both are hardened, field by field, and have
   * requests and limits.
   *
   * @default - none
   * @see https://kubernetes.io/docs/concepts/workloads/pods/sidecar-containers/
   */
  readonly sidecars?: readonly (Container | SidecarProps<P, S>)[];
  /**
   * Containers that run to their end before the pod starts, in order, after the sidecars have started:
   * `InitContainer.waitFor(database)`, an InitContainerProps, or a container as in a Kubernetes manifest.
   *
   * @default - none
   * @see https://kubernetes.io/docs/concepts/workloads/pods/init-containers/
   */
  readonly initContainers?: readonly (Container | InitContainerProps<S> | InitContainer)[];
  /**
   * Empty folders that several containers use, such as the one of a socket: { name: 'sockets', path: '/run/app', with:
   * ['main', 'proxy'] }.
   *
   * @default - none: scratch folders are of one container
   */
  readonly shared?: readonly SharedFolder[];
  /**
   * Devices by Dynamic Resource Allocation, by the name of the claim: { gpu: { deviceClass: 'gpu.nvidia.com' } }. Requires
   * Kubernetes 1.34 and the driver of the devices; Fargate and Windows have none. `resources.devices` asks for the devices of
   * device plugins.
   *
   * @default - none
   * @see https://docs.aws.amazon.com/eks/latest/userguide/device-management.html
   */
  readonly resourceClaims?: Readonly<Record<string, ResourceClaim>>;
  /**
   * A command that runs in the container when it has started; the container is not ready before it ends, and is restarted
   * when it fails.
   *
   * @default - none
   * @see https://kubernetes.io/docs/concepts/containers/container-lifecycle-hooks/
   */
  readonly postStart?: Command;
  /**
   * What this workload calls: other workloads, `workload.on('port')`, or a `Peer`. Opens both sides in an isolated tenant.
   *
   * @default - none: only DNS is open
   * @see https://docs.aws.amazon.com/eks/latest/best-practices/network-security.html
   */
  readonly connectsTo?: readonly Connectable[];
  /**
   * Who may call it from outside this app: a `Peer` on the ports that it names, a tenant, a peer of cdk8s-plus or
   * `Peer.controlPlane()` on every port of clients. Inside the app, the caller declares the connection in `connectsTo`.
   *
   * @default - none
   */
  readonly acceptsFrom?: readonly (PlusNetworkPolicyPeer | Peer)[];
  /**
   * Security groups of the pods, in place of those of their node: ['sg-0123456789abcdef0'], 1 to 5. They and the network
   * policies must both allow a connection. On node groups the Cluster switches them on in the VPC CNI, and the pods run on
   * types with branch interfaces alone, which those of the t family are not; EKS Auto Mode has them from Kubernetes 1.36 on.
   * Refused for pods on Windows and on the network of the node. The steps say what the groups must let through.
   *
   * @default - the groups of the node; on Fargate that of the cluster
   * @see https://docs.aws.amazon.com/eks/latest/userguide/security-groups-for-pods.html
   */
  readonly securityGroups?: readonly string[];
  /**
   * Permissions in AWS, through EKS Pod Identity.
   *
   * @default - none
   * @see https://docs.aws.amazon.com/eks/latest/best-practices/identity-and-access-management.html
   */
  readonly aws?: AwsAccess;
  /**
   * Permissions in the Kubernetes API: a list for the workload's own namespace, or { namespace: [...], cluster: [...] }.
   * Creates a Role and a RoleBinding, or their cluster-wide counterparts, and mounts the token of the ServiceAccount.
   *
   * @default - none, and no token
   * @see https://docs.aws.amazon.com/eks/latest/best-practices/identity-and-access-management.html
   */
  readonly apiAccess?: readonly ApiRule[] | ApiAccess;
  /** Requirements on the cluster besides those that follow from the other props. @default - none */
  readonly requires?: readonly Requirement[];
  /**
   * Reasons to accept what a rule of the review reports of this workload, by the id of the rule. Written as annotations of
   * the Deployment, StatefulSet, DaemonSet, Job, CronJob or ScaledJob. A rule that does not exist and an empty reason are refused.
   *
   * @default - none
   */
  readonly waive?: Waive;
  /**
   * Alerts of Prometheus on this workload, as a PrometheusRule: true for the defaults of the pattern, or the severity of
   * each. Requires the Prometheus operator, and kube-state-metrics, which its chart brings. Can be set for a tenant or the
   * app as well; false switches that off.
   *
   * @default - none
   */
  readonly alerts?: boolean | Alerts;
  /**
   * 'recommend' writes a VerticalPodAutoscaler that changes no pod: `kubectl describe vpa` shows the requests that it
   * recommends for each container. Requires the Vertical Pod Autoscaler, which a step installs. Not of a BatchJob.
   *
   * @default - none
   */
  readonly verticalPodAutoscaler?: 'recommend';
  /**
   * Libraries for traces and metrics that an operator injects into the pods: `Instrumentation.openTelemetry({...})` or
   * `Instrumentation.applicationSignals({...})`. The policies let them send, and the operator is a requirement.
   *
   * @default - none
   */
  readonly instrumentation?: Instrumentation;
  /**
   * What the Fluent Bit of the nodes does with the output of the pods: { parser: 'json' } reads it by a parser of its
   * configuration, 'exclude' leaves it out. Written as annotations, which it heeds with K8S-Logging.Parser and
   * K8S-Logging.Exclude; it does not run on Fargate.
   *
   * @default - its configuration decides
   * @see https://docs.fluentbit.io/manual/data-pipeline/filters/kubernetes
   */
  readonly logs?: 'exclude' | LogParser;
}

/** The keys of PodProps, to be spread into the key tables of the patterns. */
export const POD_PROPS: KeyTable<PodProps> = {
  ...POD_DEFAULTS,
  image: 'text',
  command: 'texts',
  args: 'texts',
  envFrom: 'list',
  env: 'map',
  files: 'map',
  secretFiles: 'map',
  scratch: 'list',
  mounts: 'map',
  volumes: 'list',
  sidecars: 'list',
  initContainers: 'list',
  shared: 'list',
  resourceClaims: 'map',
  postStart: 'texts',
  connectsTo: 'list',
  acceptsFrom: 'list',
  securityGroups: 'texts',
  aws: 'object',
  apiAccess: true,
  requires: 'list',
  waive: 'map',
  alerts: true,
  verticalPodAutoscaler: true,
  instrumentation: 'object',
  logs: true,
};
