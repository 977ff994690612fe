import { Chart } from 'cdk8s';
import type * as plus from 'cdk8s-plus-28';
import type { Construct } from 'constructs';
import { ANNOTATION_PREFIX, MANAGED_BY } from '../../kube/labels';
import { isDnsLabel, isLabelValue } from '../../kube/names';
import type { KeyTable } from '../../kube/values';
import { type Defaults, setDefaults } from '../app/defaults';
import { Check } from '../core/check';
import { addCheck } from '../core/checks';
import { clusterOf } from '../core/cluster-context';
import { applyCustomize } from '../core/customize';
import type { LimitRange, Namespace, NetworkPolicy, ObjectMeta, ResourceQuota } from '../core/k8s';
import { KubeObject } from '../core/kube-object';
import { cached } from '../core/render-cache';
import { Requirements } from '../core/requirements';
import { setOutputFile } from '../core/synthesis/output';
import { type PodSecurityLevel, tenants } from '../core/tenant-context';
import type { Because, Customize } from '../core/values';
import { loadPlus } from '../network/plus-peers';
import { defaultDeny } from '../network/policy';
import { accessRequirements, checkAccess, type TenantAccess } from './access';
import { countedWorkloads } from './counted-workloads';
import {
  checkQuota,
  computedTotals,
  limitRange,
  type QuotaTotals,
  resourceQuota,
  type TotalFootprint,
  totalFootprint,
} from './quota';

/** Less than 'restricted', and why. */
export interface LooserPodSecurity extends Because {
  /** The Pod Security Standard that the namespace enforces. */
  readonly level: 'baseline' | 'privileged';
}
/** The Pod Security level of a namespace; less than 'restricted' says why. */
export type PodSecurity = 'restricted' | LooserPodSecurity;
/** Everything is allowed, and why. */
export interface OpenNetwork extends Because {
  /** Said in so many words. */
  readonly open: true;
}
/** Objects of a tenant. */
export interface TenantObjects {
  namespace: Namespace;
  resourceQuota: ResourceQuota;
  limitRange: LimitRange;
  networkPolicy: NetworkPolicy;
}
/** Props of a Tenant. */
export interface TenantProps {
  /** Who owns it: the label `owner` on every object. @default - the id */
  readonly team?: string;
  /** For every workload of the tenant. @default - the app's */
  readonly defaults?: Defaults;
  /** @default 'restricted' */
  readonly podSecurity?: PodSecurity;
  /**
   * Totals of the namespace: { 'requests.cpu': '20', pods: 100 }. @default - computed from the workloads at their maximum:
   * replicas, surge, and as many again terminating; claims and their storage twice
   */
  readonly quota?: QuotaTotals | 'none';
  /** 'isolated' denies what is not declared. @default 'isolated' */
  readonly network?: 'isolated' | OpenNetwork;
  /** People, by IAM principal. @default - none */
  readonly access?: readonly TenantAccess[];
  /** Of the namespace. @default - none */
  readonly labels?: Readonly<Record<string, string>>;
  /** @default - none */
  readonly customize?: Customize<TenantObjects>;
}

const PROPS: KeyTable<TenantProps> = {
  team: true,
  defaults: true,
  podSecurity: true,
  quota: true,
  network: true,
  access: true,
  labels: true,
  customize: true,
};
const READINESS_GATE = {
  'node-groups': 'elbv2.k8s.aws/pod-readiness-gate-inject',
  auto: 'eks.amazonaws.com/pod-readiness-gate-inject',
} as const;
/** Labels that other props decide. */
const OWN_LABELS =
  /^(pod-security\.kubernetes\.io\/|kubernetes\.io\/metadata\.name$|owner$|app\.kubernetes\.io\/(managed-by|part-of)$)/;
const RESERVED = ['default', 'kube-node-lease', 'kube-public', 'kube-system'];

/** A namespace with its limits and its isolation; the name is the id. A peer for `acceptsFrom`. */
export class Tenant extends Chart implements plus.INamespaceSelector, plus.INetworkPolicyPeer {
  /** Its name: the construct id. */
  declare readonly namespace: string;
  /** The Namespace. */
  readonly namespaceObject: KubeObject<Namespace>;
  /** Unless 'none'. */
  readonly resourceQuota: KubeObject<ResourceQuota> | undefined;
  /** The LimitRange. */
  readonly limitRange: KubeObject<LimitRange>;
  /** Denies what no workload declares; unless the network is open. */
  readonly networkPolicy: KubeObject<NetworkPolicy> | undefined;
  private behindLoadBalancer = false;

  constructor(scope: Construct, id: string, props: TenantProps = {}) {
    super(scope, id, { namespace: id });
    const check = Check.of(this);
    check.keys<TenantProps>('props', props, PROPS);
    if (!isDnsLabel(id) || RESERVED.includes(id)) {
      check.fail(
        RESERVED.includes(id) ? `'${id}' is a namespace of Kubernetes itself` : `'${id}' is no name of a namespace`,
        "use at most 63 small letters, digits and '-'",
      );
    }
    const owner = props.team ?? id;
    if (!isLabelValue(owner)) {
      check.fail(`team '${owner}' is no label value`, "use at most 63 letters, digits, '-', '_' and '.'");
    }
    check.labels('labels', props.labels);
    const reserved = Object.keys(props.labels ?? {}).find((key) => OWN_LABELS.test(key));
    if (reserved !== undefined) {
      check.fail(
        `labels has '${reserved}', which the tenant itself writes`,
        "use 'podSecurity' for the level, 'team' for the owner, and leave the label out",
      );
    }
    const level = podSecurityLevel(check, props.podSecurity);
    const openBecause = networkOpenBecause(check, props.network);
    checkQuota(check, props.quota);
    checkAccess(check, props.access ?? []);
    setDefaults(this, check, props.defaults);
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
        labels: { ...labels, ...podSecurityLabels(level), ...this.readinessGate(), ...props.labels },
        annotations: annotations(reasons),
      },
    }));
    if (props.quota !== 'none') {
      const head: ResourceQuota = { apiVersion: 'v1', kind: 'ResourceQuota', metadata: own('quota'), spec: {} };
      this.resourceQuota = new KubeObject(this, 'ResourceQuota', head, () =>
        resourceQuota(own('quota'), props.quota === undefined ? this.totals() : (props.quota as QuotaTotals)),
      );
    }
    this.limitRange = new KubeObject(this, 'LimitRange', limitRange(own('limits')), () => limitRange(own('limits')));
    if (openBecause === undefined) {
      const policy = () => defaultDeny(own('default-deny'));
      this.networkPolicy = new KubeObject(this, 'NetworkPolicy', policy(), policy);
      Requirements.add(
        this,
        Requirements.feature('network-policy', { because: `tenant '${id}' denies traffic that nobody declared` }),
      );
    }
    Requirements.add(this, ...accessRequirements(this.node.path, id, props.access ?? []));
    applyTenantEdits(check, props.customize, this);
    this.judge(props);
  }

  /** For cdk8s-plus: selects the namespace by name. */
  toNamespaceSelectorConfig(): plus.NamespaceSelectorConfig {
    return { names: [this.namespace] };
  }

  /** For cdk8s-plus: as a peer of a policy. */
  toNetworkPolicyPeerConfig(): plus.NetworkPolicyPeerConfig {
    return {
      podSelector: { labelSelector: loadPlus().LabelSelector.of({}), namespaces: this.toNamespaceSelectorConfig() },
    };
  }

  /** For cdk8s-plus: a namespace is not a pod selector. */
  toPodSelector(): undefined {
    return undefined;
  }

  private readinessGate(): Record<string, string> {
    return this.behindLoadBalancer
      ? { [READINESS_GATE[clusterOf(this)?.facts.compute ?? 'node-groups']]: 'enabled' }
      : {};
  }

  private totals(): QuotaTotals {
    const { total, counted } = this.footprint();
    return computedTotals(total, counted);
  }

  private footprint(): TotalFootprint {
    return cached(this, this, () =>
      totalFootprint(countedWorkloads(this.node.root, this.namespace), clusterOf(this)?.maxNodes),
    );
  }

  private judge(props: TenantProps): void {
    addCheck(this, (report) => {
      // asked whatever the quota is: an amount that cannot be counted is an error
      const { counted } = this.footprint();
      if (props.quota === undefined && !counted) {
        report({
          rule: 'tenant/quota-unknown',
          severity: 'warning',
          field: 'quota',
          message: 'the number of nodes that its node agents run on is not known, so its quota limits storage only',
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

function podSecurityLevel(check: Check, podSecurity: PodSecurity | undefined): PodSecurityLevel {
  if (podSecurity === undefined || podSecurity === 'restricted') {
    return 'restricted';
  }
  check.keys<LooserPodSecurity>('podSecurity', podSecurity, { level: true, because: true });
  check.oneOf('podSecurity.level', podSecurity.level, ['baseline', 'privileged']);
  check.because('podSecurity', podSecurity.because);
  return podSecurity.level;
}

function networkOpenBecause(check: Check, network: TenantProps['network']): string | undefined {
  if (network === undefined || network === 'isolated') {
    return undefined;
  }
  check.keys<OpenNetwork>('network', network, { open: true, because: true });
  if (network.open !== true) {
    check.fail('network.open is not true', "write network: 'isolated', or { open: true, because: '...' }");
  }
  return check.because('network', network.because);
}

/** All three modes: what is enforced is also told at apply time and in the audit log. */
function podSecurityLabels(level: PodSecurityLevel): Record<string, string> {
  return Object.fromEntries(['audit', 'enforce', 'warn'].map((mode) => [`pod-security.kubernetes.io/${mode}`, level]));
}

function annotations(reasons: Readonly<Record<string, string | undefined>>): Record<string, string> | undefined {
  const given = Object.entries(reasons).filter((e): e is [string, string] => e[1] !== undefined);
  return given.length === 0
    ? undefined
    : Object.fromEntries(given.map(([key, why]) => [`${ANNOTATION_PREFIX}/${key}`, why]));
}

function applyTenantEdits(check: Check, edits: TenantProps['customize'], tenant: Tenant): void {
  const { namespaceObject: namespace, resourceQuota: quota, limitRange: limits, networkPolicy } = tenant;
  applyCustomize(check, edits, { namespace, resourceQuota: quota, limitRange: limits, networkPolicy });
}
