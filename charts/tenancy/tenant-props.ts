import type { KeyTable } from '../../kube/values';
import type { Defaults } from '../app/defaults';
import type { LimitRange, Namespace, NetworkPolicy, PeerAuthentication, ResourceQuota, RoleBinding } from '../core/k8s';
import type { Customize } from '../core/values';
import type { Waive } from '../core/waive';
import type { TenantAccess } from './access';
import type { ContainerSizes } from './limit-range';
import type { Mesh } from './mesh';
import type { OpenNetwork } from './open-network';
import type { PodSecurity } from './pod-security';
import type { QuotaTotals } from './quota';

/** Objects of a tenant, by their name in `customize`. */
export interface TenantObjects {
  namespace: Namespace;
  resourceQuota: ResourceQuota;
  limitRange: LimitRange;
  networkPolicy: NetworkPolicy;
  meshPolicy: NetworkPolicy;
  peerAuthentication: PeerAuthentication;
  adminBinding: RoleBinding;
  editBinding: RoleBinding;
  viewBinding: RoleBinding;
}
/** Props of a Tenant. */
export interface TenantProps {
  /** The owner: the label `owner` of every object. At most 63 letters, digits, '-', '_' and '.'. @default - the id */
  readonly team?: string;
  /** Defaults of all workloads of the tenant. @default - those of the app */
  readonly defaults?: Defaults;
  /**
   * The Pod Security Standard that the namespace enforces.
   *
   * @default 'restricted' - the strictest standard; all patterns meet it without further props
   * @see https://docs.aws.amazon.com/eks/latest/best-practices/pod-security.html
   */
  readonly podSecurity?: PodSecurity;
  /**
   * The ResourceQuota of the namespace, { 'requests.cpu': '20', pods: 100 }, or 'none'.
   *
   * @default - computed from the workloads at their maximum: replicas, surge, and as many again terminating; claims and
   * their storage twice
   * @see https://docs.aws.amazon.com/eks/latest/best-practices/tenant-isolation.html
   */
  readonly quota?: QuotaTotals | 'none';
  /**
   * The smallest and the largest container that the namespace takes, for the LimitRange.
   *
   * @default - at least 1m of CPU and 4M of memory, and at most the memory of the quota
   * @see https://kubernetes.io/docs/concepts/policy/limit-range/
   */
  readonly containers?: ContainerSizes;
  /**
   * Whether traffic that is not declared is denied ('isolated') or allowed.
   *
   * @default 'isolated' - workloads of other tenants cannot call these
   * @see https://docs.aws.amazon.com/eks/latest/best-practices/network-security.html
   */
  readonly network?: 'isolated' | OpenNetwork;
  /**
   * What carries connections between pods: `Mesh.istio({ mode: 'sidecar' })`, `Mesh.istio({ mode: 'ambient' })` or
   * `Mesh.lattice()`. Labels that it sets are refused in `labels`.
   *
   * @default - none
   * @see https://docs.aws.amazon.com/eks/latest/best-practices/network-security.html
   */
  readonly mesh?: Mesh;
  /**
   * The rights of people and pipelines in the namespace, by level: ARNs of IAM roles and users become EKS access entries, groups
   * of Kubernetes are bound to the roles 'admin', 'edit' and 'view'.
   *
   * @default - none
   * @see https://docs.aws.amazon.com/eks/latest/userguide/access-policies.html
   */
  readonly access?: TenantAccess;
  /** Labels of the Namespace object. Labels that other props set are refused. @default - none */
  readonly labels?: Readonly<Record<string, string>>;
  /**
   * Reasons to accept what a rule of the review reports of the tenant and its workloads, by the id of the rule. Written as
   * annotations of the Namespace. A rule that does not exist and an empty reason are refused.
   *
   * @default - none
   */
  readonly waive?: Waive;
  /** Edits of the finished manifests, by object. @default - none */
  readonly customize?: Customize<TenantObjects>;
}

export const TENANT_PROPS: KeyTable<TenantProps> = {
  team: 'text',
  defaults: 'object',
  podSecurity: true,
  quota: true,
  containers: 'object',
  network: true,
  mesh: 'object',
  access: 'object',
  labels: 'map',
  waive: 'map',
  customize: 'object',
};
