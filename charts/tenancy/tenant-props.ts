import type { KeyTable } from '../../kube/values';
import type { Defaults } from '../app/defaults';
import type { AdmissionAction } from '../core/declarations';
import type { LimitRange, Namespace, NetworkPolicy, PeerAuthentication, ResourceQuota, RoleBinding } from '../core/k8s';
import type { Customize } from '../core/values';
import type { Waive } from '../core/waive';
import type { TenantAccess } from './access';
import type { Admission } from './admission';
import type { Costs } from './costs';
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
  /** The owner: the label `owner` of every object. At most 63 letters, digits, '-', '_' and '.'. @default - that of the tenant that it is in, or else the id */
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
   * The ResourceQuota of the namespace, { 'requests.cpu': '20', pods: 100 }, or 'none'. Memory and storage have a unit; what no
   * quota counts is refused, as a device without 'requests.' in front.
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
  /**
   * Rules of the review that the API server applies to whatever is made in the namespace, whoever makes it: images, probes, host
   * access, writable file systems, load balancers, roles. The Cluster writes the ValidatingAdmissionPolicies. Waivers hold there
   * too, until their day.
   *
   * @default - none: the program's own objects are reviewed at synthesis
   * @see https://kubernetes.io/docs/reference/access-authn-authz/validating-admission-policy/
   */
  readonly admission?: AdmissionAction | Admission;
  /** How to reach the team: an address, a channel or a page. The annotation 'cdk8s-eks-patterns.io/contact' of the Namespace. @default - none */
  readonly contact?: string;
  /**
   * Labels by which costs are split, { 'cost-center': '42' }: of the Namespace and of all workloads with their pods, where split
   * cost allocation data of AWS reads them. The steps say how to activate them. Refused are labels that the library sets.
   *
   * @default - none; the label `owner` and the namespace split costs by team and tenant
   * @see https://docs.aws.amazon.com/cur/latest/userguide/split-cost-allocation-data-kubernetes-labels.html
   */
  readonly costs?: Costs;
  /**
   * Whether the pods run on nodes that all tenants share, or on nodes that this tenant has for itself: those with `tenant` in a
   * node group of the Cluster or in a NodePool. Patterns select and tolerate them by themselves.
   *
   * @default 'shared'
   * @see https://docs.aws.amazon.com/eks/latest/best-practices/tenant-isolation.html
   */
  readonly nodes?: 'shared' | 'dedicated';
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
  admission: true,
  contact: 'text',
  costs: 'map',
  nodes: true,
  labels: 'map',
  waive: 'map',
  customize: 'object',
};
