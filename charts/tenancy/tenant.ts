import { Chart } from 'cdk8s';
import type { Construct } from 'constructs';
import { describe } from '../../kube/describe';
import { withProxies } from '../../kube/istio-proxies';
import { MANAGED_BY } from '../../kube/labels';
import { isDnsLabel, isLabelValue } from '../../kube/names';
import { setDefaults } from '../app/defaults';
import { Check } from '../core/check';
import { addCheck } from '../core/checks';
import { clusterOf } from '../core/cluster-context';
import { applyCustomize } from '../core/customize';
import { ADMISSION_ACTIONS } from '../core/declarations';
import type { LimitRange, Namespace, NetworkPolicy, ObjectMeta, PeerAuthentication, ResourceQuota } from '../core/k8s';
import { kept } from '../core/kept';
import { KubeObject } from '../core/kube-object';
import type { MeshModel } from '../core/mesh';
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
import { declareWaivers } from '../core/waive';
import { defaultDeny } from '../network/policy';
import { accessRequirements, resolveAccess } from './access';
import { type AccessBindings, accessBindings } from './access-bindings';
import { resolveAdmission } from './admission';
import { checkCosts, costRequirements } from './costs';
import { countedWorkloads, storageClassNames } from './counted-workloads';
import { withShared } from './inherited-props';
import { checkContainerSizes, limitRange } from './limit-range';
import { hasProxies, meshObjects, meshReasons, quotaAnnotation, resolveMesh } from './mesh-objects';
import { namespaceManifest, readinessGate } from './namespace-object';
import { networkOpenBecause } from './open-network';
import { podSecurityLevel } from './pod-security';
import {
  checkQuota,
  computedTotals,
  type QuotaTotals,
  resourceQuota,
  type TotalFootprint,
  totalFootprint,
} from './quota';
import { TENANT_PROPS, type TenantProps } from './tenant-props';

/** Labels that other props set. */
const OWN_LABELS =
  /^(pod-security\.kubernetes\.io\/|cdk8s-eks-patterns\.io\/|kubernetes\.io\/metadata\.name$|owner$|app\.kubernetes\.io\/(managed-by|part-of)$)/;
const RESERVED = ['default', 'kube-node-lease', 'kube-public', 'kube-system'];

/**
 * A namespace with its limits and network isolation. The id is its name. Usable as a peer in `acceptsFrom`. A Tenant within a
 * Tenant is a further namespace of it, with its team, contact, costs, nodes, access and admission unless it has its own.
 *
 * @example
 * const shop = new Tenant(cluster, 'shop', {
 *   team: 'payments',
 *   defaults: { user: 10001, resources: { cpu: '250m', memory: '512Mi' } },
 *   access: { edit: ['arn:aws:iam::111122223333:role/payments'] },
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
  /** The policy for what the mesh calls itself; undefined without a mesh, or with an open network. */
  readonly meshPolicy: KubeObject<NetworkPolicy> | undefined;
  /** Which connections pods take; undefined without Istio. */
  readonly peerAuthentication: KubeObject<PeerAuthentication> | undefined;
  /** The bindings of the groups in `access`, by level. */
  readonly accessBindings: AccessBindings;
  private readonly mesh: MeshModel | undefined;
  private behindLoadBalancer = false;

  constructor(scope: Construct, id: string, given: TenantProps = {}) {
    super(scope, id, { namespace: id });
    const check = Check.of(this);
    check.keys<TenantProps>('props', given, TENANT_PROPS);
    const props = withShared(this, id, given);
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
    const owner = props.team;
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
    const isolated = openBecause === undefined;
    const mesh = resolveMesh(check, props, isolated);
    this.mesh = mesh;
    const access = resolveAccess(check, props.access);
    const admission = resolveAdmission(check, props.admission);
    if (admission?.action) {
      ADMISSION_ACTIONS.declare(this, admission.action);
    }
    if (props.contact !== undefined) {
      check.text('contact', props.contact);
    }
    const { contact, costs, waive } = props;
    checkCosts(check, costs);
    if (props.nodes !== undefined) {
      check.oneOf('nodes', props.nodes, ['shared', 'dedicated']);
    }
    const nodes = props.nodes === 'dedicated' ? props.tenant : undefined;
    setDefaults(
      this,
      check,
      costs ? { ...props.defaults, labels: { ...costs, ...props.defaults?.labels } } : props.defaults,
    );
    declareWaivers(this, check, props.waive);
    setOutputFile(this, `${id}.k8s.yaml`);
    tenants.set(this, {
      namespace: id,
      owner,
      isolated,
      podSecurity: level,
      nodes,
      mesh,
      needsReadinessGate: () => {
        this.behindLoadBalancer = true;
      },
    });

    const reasons = {
      'pod-security-because': typeof props.podSecurity === 'object' ? props.podSecurity.because : undefined,
      'open-network-because': openBecause,
      ...meshReasons(mesh),
    };
    const labels = { 'app.kubernetes.io/managed-by': MANAGED_BY, 'app.kubernetes.io/part-of': props.tenant, owner };
    const own = (name: string): ObjectMeta & { name: string } => ({ name, namespace: id, labels: { ...labels } });
    const head = (name: string) => ({ name, namespace: id });
    const namespaceHead: Namespace = { apiVersion: 'v1', kind: 'Namespace', metadata: { name: id } };
    this.namespaceObject = new KubeObject(this, 'Namespace', namespaceHead, () => {
      const further = { ...readinessGate(this, this.behindLoadBalancer), ...props.labels };
      const asked = { level, mesh, admission, contact, costs, nodes };
      const manifest = namespaceManifest({ name: id, labels, ...asked, reasons, waive, further });
      const annotations = kept(this, manifest.metadata.annotations);
      return annotations === undefined ? manifest : { ...manifest, metadata: { ...manifest.metadata, annotations } };
    });
    if (props.quota !== 'none') {
      const quota: ResourceQuota = { apiVersion: 'v1', kind: 'ResourceQuota', metadata: head('quota'), spec: {} };
      this.resourceQuota = new KubeObject(this, 'ResourceQuota', quota, () =>
        resourceQuota(
          { ...own('quota'), annotations: props.quota === undefined ? quotaAnnotation(mesh) : undefined },
          this.totals(props.quota),
        ),
      );
    }
    const limits: LimitRange = { apiVersion: 'v1', kind: 'LimitRange', metadata: head('limits'), spec: { limits: [] } };
    this.limitRange = new KubeObject(this, 'LimitRange', limits, () =>
      limitRange(own('limits'), props.containers, this.totals(props.quota)),
    );
    if (isolated) {
      const policy = defaultDeny(head('default-deny'));
      this.networkPolicy = new KubeObject(this, 'NetworkPolicy', policy, () => defaultDeny(own('default-deny')));
      Requirements.add(
        this,
        Requirements.feature('network-policy', { because: `tenant '${id}' denies traffic that nobody declared` }),
      );
    }
    const { meshPolicy, peerAuthentication } = meshObjects(this, mesh, { isolated, own });
    this.meshPolicy = meshPolicy;
    this.peerAuthentication = peerAuthentication;
    this.accessBindings = accessBindings(this, access.groups, own);
    if (access.principals.length > 0) {
      Requirements.add(this, ...accessRequirements(this.node.path, id, access.principals));
    }
    if (costs) {
      Requirements.add(this, ...costRequirements(costs));
    }
    customizeTenant(check, props.customize, this);
    this.addChecks(props, access.principals.length > 0);
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
    return computedTotals(this.footprint(), storageClassNames(this.node.root));
  }

  private footprint(): TotalFootprint {
    return cached(this, this, () => {
      const counted = countedWorkloads(this.node.root, this.namespace);
      return totalFootprint(hasProxies(this.mesh) ? withProxies(counted) : counted, clusterOf(this)?.maxNodes);
    });
  }

  private addChecks(props: TenantProps, hasPrincipals: boolean): void {
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
      if (props.admission !== undefined && !clusterOf(this)) {
        report({
          rule: 'tenant/admission-without-cluster',
          severity: 'warning',
          field: 'admission',
          message: 'the policies of admission are written with a Cluster, and the app has none',
          fix: 'describe the cluster with Cluster.existing, or remove admission',
        });
      }
      if (hasPrincipals && !clusterOf(this)) {
        report({
          rule: 'tenant/access-without-cluster',
          severity: 'warning',
          field: 'access',
          message: 'access of IAM principals becomes access entries of a Cluster, and the app has none',
          fix: 'create the Cluster in this app, or name groups of Kubernetes instead',
        });
      }
    });
  }
}

function customizeTenant(check: Check, edits: TenantProps['customize'], tenant: Tenant): void {
  const { namespaceObject: namespace, resourceQuota, limitRange } = tenant;
  const { networkPolicy, meshPolicy, peerAuthentication } = tenant;
  const { admin: adminBinding, edit: editBinding, view: viewBinding } = tenant.accessBindings;
  applyCustomize(check, edits, {
    namespace,
    resourceQuota,
    limitRange,
    networkPolicy,
    meshPolicy,
    peerAuthentication,
    adminBinding,
    editBinding,
    viewBinding,
  });
}
