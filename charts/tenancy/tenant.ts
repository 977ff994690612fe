import { Chart } from 'cdk8s';
import type { Construct } from 'constructs';
import { describe } from '../../kube/describe';
import { MANAGED_BY } from '../../kube/labels';
import { isDnsLabel, isLabelValue } from '../../kube/names';
import type { KeyTable } from '../../kube/values';
import { type Defaults, setDefaults } from '../app/defaults';
import { Check } from '../core/check';
import { addCheck } from '../core/checks';
import { clusterOf } from '../core/cluster-context';
import { applyCustomize } from '../core/customize';
import type { LimitRange, Namespace, NetworkPolicy, ObjectMeta, ResourceQuota } from '../core/k8s';
import { KubeObject } from '../core/kube-object';
import {
  type PlusNamespaceSelectorConfig,
  type PlusNetworkPolicyPeer,
  type PlusNetworkPolicyPeerConfig,
  plusLabelSelector,
} from '../core/plus';
import { cached } from '../core/render-cache';
import { Requirements } from '../core/requirements';
import { setOutputFile } from '../core/synthesis/output';
import { tenants } from '../core/tenant-context';
import type { Customize } from '../core/values';
import { declareWaivers, reasonAnnotations, type Waive } from '../core/waive';
import { defaultDeny } from '../network/policy';
import { accessRequirements, checkAccess, type TenantAccess } from './access';
import { countedWorkloads, storageClassNames } from './counted-workloads';
import { type ContainerSizes, checkContainerSizes, limitRange } from './limit-range';
import { networkOpenBecause, type OpenNetwork } from './open-network';
import { type PodSecurity, podSecurityLabels, podSecurityLevel } from './pod-security';
import {
  checkQuota,
  computedTotals,
  type QuotaTotals,
  resourceQuota,
  type TotalFootprint,
  totalFootprint,
} from './quota';
import { readinessGate } from './readiness-gate';

/** Objects of a tenant, by their name in `customize`. */
export interface TenantObjects {
  namespace: Namespace;
  resourceQuota: ResourceQuota;
  limitRange: LimitRange;
  networkPolicy: NetworkPolicy;
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
  /** The rights of IAM principals in the namespace, as EKS access entries. @default - none */
  readonly access?: readonly TenantAccess[];
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

const PROPS: KeyTable<TenantProps> = {
  team: 'text',
  defaults: 'object',
  podSecurity: true,
  quota: true,
  containers: 'object',
  network: true,
  access: 'list',
  labels: 'map',
  waive: 'map',
  customize: 'object',
};
/** Labels that other props set. */
const OWN_LABELS =
  /^(pod-security\.kubernetes\.io\/|kubernetes\.io\/metadata\.name$|owner$|app\.kubernetes\.io\/(managed-by|part-of)$)/;
const RESERVED = ['default', 'kube-node-lease', 'kube-public', 'kube-system'];

/**
 * A namespace with its limits and network isolation. The id is its name. Usable as a peer in `acceptsFrom`.
 *
 * @example
 * const shop = new Tenant(cluster, 'shop', {
 *   team: 'payments',
 *   defaults: { user: 10001, resources: { cpu: '250m', memory: '512Mi' } },
 *   access: [{ principal: 'arn:aws:iam::111122223333:role/payments', level: 'edit' }],
 * });
 * @see https://docs.aws.amazon.com/eks/latest/best-practices/tenant-isolation.html
 */
export class Tenant extends Chart implements PlusNetworkPolicyPeer {
  /** The name of the namespace: the construct id. */
  declare readonly namespace: string;
  /** The Namespace; `namespace` is its name. */
  readonly namespaceObject: KubeObject<Namespace>;
  /** The ResourceQuota; undefined if `quota` is 'none'. */
  readonly resourceQuota: KubeObject<ResourceQuota> | undefined;
  /** The LimitRange with the defaults of containers. */
  readonly limitRange: KubeObject<LimitRange>;
  /** The default-deny policy; undefined if the network is open. */
  readonly networkPolicy: KubeObject<NetworkPolicy> | undefined;
  private behindLoadBalancer = false;

  constructor(scope: Construct, id: string, props: TenantProps = {}) {
    super(scope, id, { namespace: id });
    const check = Check.of(this);
    check.keys<TenantProps>('props', props, PROPS);
    if (!isDnsLabel(id) || RESERVED.includes(id)) {
      const isReserved = RESERVED.includes(id);
      check.fail(
        isReserved ? 'forbidden' : 'invalid',
        '',
        isReserved
          ? `the id must not be '${id}', a namespace of Kubernetes itself`
          : `invalid id '${id}': the name of a namespace must be at most 63 lowercase letters, digits and '-'`,
        'choose another id',
      );
    }
    const owner = props.team ?? id;
    if (!isLabelValue(owner)) {
      check.fail(
        typeof owner === 'string' ? 'invalid' : 'type',
        'team',
        `team must be at most 63 letters, digits, '-', '_' and '.', since it becomes a label, but is ${describe(owner)}`,
        "write for example 'payments'",
      );
    }
    check.labels('labels', props.labels);
    const reserved = Object.keys(props.labels ?? {}).find((key) => OWN_LABELS.test(key));
    if (reserved !== undefined) {
      check.fail(
        'forbidden',
        `labels['${reserved}']`,
        `labels must not have '${reserved}', which other props set`,
        "use 'podSecurity' for the level and 'team' for the owner, and leave the label out",
      );
    }
    const level = podSecurityLevel(check, props.podSecurity);
    const openBecause = networkOpenBecause(check, props.network);
    checkQuota(check, props.quota);
    checkContainerSizes(check, props.containers);
    checkAccess(check, props.access ?? []);
    setDefaults(this, check, props.defaults);
    declareWaivers(this, check, props.waive);
    setOutputFile(this, `${id}.k8s.yaml`);
    tenants.set(this, {
      namespace: id,
      owner,
      isolated: openBecause === undefined,
      podSecurity: level,
      needsReadinessGate: () => {
        this.behindLoadBalancer = true;
      },
    });

    const reasons = {
      'pod-security-because': typeof props.podSecurity === 'object' ? props.podSecurity.because : undefined,
      'open-network-because': openBecause,
    };
    const labels = { 'app.kubernetes.io/managed-by': MANAGED_BY, 'app.kubernetes.io/part-of': id, owner };
    const own = (name: string): ObjectMeta & { name: string } => ({ name, namespace: id, labels: { ...labels } });
    const namespaceHead: Namespace = { apiVersion: 'v1', kind: 'Namespace', metadata: { name: id } };
    this.namespaceObject = new KubeObject(this, 'Namespace', namespaceHead, () => ({
      ...namespaceHead,
      metadata: {
        name: id,
        labels: {
          ...labels,
          ...podSecurityLabels(level),
          ...readinessGate(this, this.behindLoadBalancer),
          ...props.labels,
        },
        annotations: reasonAnnotations(reasons, props.waive),
      },
    }));
    if (props.quota !== 'none') {
      const head: ResourceQuota = { apiVersion: 'v1', kind: 'ResourceQuota', metadata: own('quota'), spec: {} };
      this.resourceQuota = new KubeObject(this, 'ResourceQuota', head, () =>
        resourceQuota(own('quota'), this.totals(props.quota)),
      );
    }
    this.limitRange = new KubeObject(this, 'LimitRange', limitRange(own('limits')), () =>
      limitRange(own('limits'), props.containers, this.totals(props.quota)),
    );
    if (openBecause === undefined) {
      const policy = () => defaultDeny(own('default-deny'));
      this.networkPolicy = new KubeObject(this, 'NetworkPolicy', policy(), policy);
      Requirements.add(
        this,
        Requirements.feature('network-policy', { because: `tenant '${id}' denies traffic that nobody declared` }),
      );
    }
    Requirements.add(this, ...accessRequirements(this.node.path, id, props.access ?? []));
    customizeTenant(check, props.customize, this);
    this.addChecks(props);
  }

  /** For cdk8s-plus: selects the namespace by name. */
  toNamespaceSelectorConfig(): PlusNamespaceSelectorConfig {
    return { names: [this.namespace] };
  }

  /** For cdk8s-plus: as a peer of a policy. */
  toNetworkPolicyPeerConfig(): PlusNetworkPolicyPeerConfig {
    const namespaces = this.toNamespaceSelectorConfig();
    return { podSelector: { labelSelector: plusLabelSelector({}), namespaces } };
  }

  /** For cdk8s-plus: a namespace is not a pod selector. */
  toPodSelector(): undefined {
    return undefined;
  }

  private totals(given: TenantProps['quota']): QuotaTotals {
    if (given !== undefined) {
      return given === 'none' ? {} : given;
    }
    const { total, counted } = this.footprint();
    return computedTotals(total, counted, storageClassNames(this.node.root));
  }

  private footprint(): TotalFootprint {
    return cached(this, this, () =>
      totalFootprint(countedWorkloads(this.node.root, this.namespace), clusterOf(this)?.maxNodes),
    );
  }

  private addChecks(props: TenantProps): void {
    addCheck(this, (report) => {
      // needed for every quota: an invalid quantity is an error
      const { counted } = this.footprint();
      if (props.quota === undefined && !counted) {
        report({
          rule: 'tenant/quota-unknown',
          severity: 'warning',
          field: 'quota',
          message: 'the number of nodes that its node agents run on is not known, so the quota limits storage only',
          fix: "write quota: { 'requests.cpu': '...', ... } or quota: 'none'",
        });
      }
    });
    addCheck(this, (report) => {
      if ((props.access?.length ?? 0) > 0 && !clusterOf(this)) {
        report({
          rule: 'tenant/access-without-cluster',
          severity: 'warning',
          field: 'access',
          message: "'access' becomes access entries of a Cluster, and the app has none, so nothing was written for it",
          fix: 'create the Cluster in this app, or remove access',
        });
      }
    });
  }
}

function customizeTenant(check: Check, edits: TenantProps['customize'], tenant: Tenant): void {
  const { namespaceObject: namespace, resourceQuota: quota, limitRange: limits, networkPolicy } = tenant;
  applyCustomize(check, edits, { namespace, resourceQuota: quota, limitRange: limits, networkPolicy });
}
