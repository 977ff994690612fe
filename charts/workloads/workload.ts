import { Construct } from 'constructs';
import { hasNoKey } from '../../kube/collections';
import { copyPlain } from '../../kube/copy';
import { isClusterScoped } from '../../kube/kinds';
import { NAME_LABEL } from '../../kube/labels';
import { type Defaults, defaultsOf, overlay } from '../app/defaults';
import { checkEnvFrom } from '../config/env-from';
import { Check } from '../core/check';
import { clusterOf } from '../core/cluster-context';
import { trimScopes } from '../core/compact';
import type { ClusterRoleBinding, ObjectMeta, PodTemplate, RoleBinding, ServiceAccount } from '../core/k8s';
import { KubeObject, type MetadataOf } from '../core/kube-object';
import { namespaceOf } from '../core/namespace';
import {
  boundSubjects,
  type PlusNetworkPolicyPeer,
  type PlusNetworkPolicyPeerConfig,
  type PlusPodSelector,
  type PlusPodSelectorConfig,
  type PlusSubject,
  plusLabelSelector,
} from '../core/plus';
import { tenants } from '../core/tenant-context';
import { declareWaivers, isController, waiverAnnotations } from '../core/waive';
import type { PodSelf } from '../core/workload-info';
import type {
  Written,
  WrittenClusterRole,
  WrittenConfigMap,
  WrittenNetworkPolicy,
  WrittenRole,
  WrittenServiceAccount,
} from '../core/written';
import { withGrantVariables } from '../identity/allowed';
import { resolveApiAccess } from '../identity/api-access';
import { checkAwsAccess } from '../identity/aws-access';
import { Connections } from '../network/connections';
import type { Connectable, Endpoint } from '../network/targets';
import { apiObjects } from './api-objects';
import { awsSite, withRole } from './aws-identity';
import { AwsNetworkObjects } from './aws-network-objects';
import { type ClaimTemplates, claimTemplates, templateNames } from './claim-templates';
import { ownContainers } from './containers/containers';
import { earlyFiles, referencesIn, resolveContent } from './content';
import { acceptDeclared, connectDeclared } from './declared-connections';
import { instrument } from './instrument';
import { kedaIngress } from './keda-reader';
import { objectLabels, podAnnotations } from './labels';
import { checkLiterals } from './literals';
import { checkMeshed, proxyAnnotations } from './mesh';
import { type NetworkObjects, networkObjects } from './network-objects';
import { commonObjectsOf, type ObjectFactory } from './objects';
import { type ObservedObjects, observe } from './observed';
import { checkNodes } from './operating-system';
import { type PodModel, resolvePod } from './pod';
import type { PodProps } from './pod-props';
import { declareNeeds } from './pod-requirements';
import { checkReload, reloadAnnotations } from './reload';
import { renderPod } from './render-pod';
import { documentRotation } from './rotation';
import { checkId, type WorkloadContext, type WorkloadSetup, type WorkloadShape } from './shape';
import { type TextsInput, textsConfigMap } from './texts-config-map';

const NO_ANNOTATIONS: Readonly<Record<string, string>> = {};

/**
 * The base of all patterns: pods with a ServiceAccount, ConfigMaps and a NetworkPolicy. Objects of cdk8s-plus can select
 * it, bind roles to it, and use it as a network peer. M is the model of the pattern.
 */
export abstract class Workload<M = unknown>
  extends Construct
  implements PodSelf, PlusPodSelector, PlusNetworkPolicyPeer
{
  /** metadata.name, which is the construct id. */
  readonly name: string;
  /** The namespace of the tenant, or of the chart. */
  readonly namespace: string;
  /** The workload's own ServiceAccount. Its token is mounted only with access to the Kubernetes API. */
  readonly serviceAccount: KubeObject<WrittenServiceAccount>;
  /** The ConfigMap of the literals in `env`; undefined without any. */
  readonly configMap: KubeObject<WrittenConfigMap> | undefined;
  /** The ConfigMap of `files`; undefined without any. Separate, since every key of `configMap` becomes a variable. */
  readonly filesConfigMap: KubeObject<WrittenConfigMap> | undefined;
  /** The NetworkPolicy; undefined unless the tenant is isolated. */
  readonly networkPolicy: KubeObject<WrittenNetworkPolicy> | undefined;
  /** Which connections its pods take; undefined unless the tenant is in Istio. */
  readonly peerAuthentication: NetworkObjects['peerAuthentication'];
  /** Who may call its pods; undefined unless the tenant is in Istio. */
  readonly authorizationPolicy: NetworkObjects['authorizationPolicy'];
  /** The SecurityGroupPolicy of `securityGroups`; undefined without it. */
  readonly securityGroupPolicy: AwsNetworkObjects['securityGroupPolicy'];
  /** The Role of `apiAccess`; undefined without it. */
  readonly role: KubeObject<WrittenRole> | undefined;
  /** The RoleBinding of `apiAccess`; undefined without it. */
  readonly roleBinding: KubeObject<RoleBinding> | undefined;
  /** The ClusterRole of `apiAccess.cluster`, called 'namespace:name'; undefined without it. */
  readonly clusterRole: KubeObject<WrittenClusterRole> | undefined;
  /** The ClusterRoleBinding of `apiAccess.cluster`; undefined without it. */
  readonly clusterRoleBinding: KubeObject<ClusterRoleBinding> | undefined;
  /** With `metrics: { monitor: 'pod' }`. */
  readonly podMonitor: ObservedObjects['podMonitor'];
  /** With `metrics: { monitor: 'service' }`. */
  readonly serviceMonitor: ObservedObjects['serviceMonitor'];
  /** With `alerts`. */
  readonly prometheusRule: ObservedObjects['prometheusRule'];
  /** With `verticalPodAutoscaler: 'recommend'`. */
  readonly verticalPodAutoscaler: ObservedObjects['verticalPodAutoscaler'];
  /** ResourceClaimTemplates of `resourceClaims`, by the name of the claim. */
  readonly resourceClaimTemplates: ClaimTemplates;

  // protected: the compiler reports a subclass that uses one of these names; not part of the API
  protected readonly check: Check;
  protected readonly pod: PodModel;
  protected readonly shape: WorkloadShape;
  protected readonly model: M;
  protected readonly connections: Connections;
  /** What most of its objects have in their heads. */
  private readonly named: Readonly<{ name: string; namespace: string }>;
  private readonly labels: Readonly<Record<string, string>>;
  private readonly annotations: Readonly<Record<string, string>>;
  private readonly awsNetwork: AwsNetworkObjects;
  private readonly proxy: Readonly<Record<string, string>>;
  private readonly waivers: Readonly<Record<string, string>>;
  private bound: boolean;

  /** @internal */
  protected constructor(scope: Construct, id: string, setup: WorkloadSetup<M>) {
    super(scope, id);
    trimScopes(this);
    const check = Check.of(this);
    this.check = check;
    checkId(check, id, setup.maxName);
    check.keys('props', setup.props, setup.keys, setup.controller);
    this.name = id;
    this.namespace = namespaceOf(this, check);
    const tenant = tenants.nearest(this);
    const overlaid = overlay(defaultsOf(this), setup.props as PodProps<never> & Defaults);
    const props = withGrantVariables(check, overlaid, clusterOf(this)?.facts.region);
    const ofPods = props.placement?.os === 'windows' ? check.onWindows() : check;
    const { namespace } = this;
    this.named = { name: id, namespace };
    const { controller } = setup;
    const context: WorkloadContext = { construct: this, controller, check: ofPods, name: id, namespace, tenant, props };
    const { shape, model } = setup.describe(context);
    this.shape = shape;
    this.model = model;

    declareWaivers(this, check, props.waive);
    checkReload(check, (setup.props as Defaults).onSecretChange, setup.controller);
    checkEnvFrom(check, props.envFrom ?? [], this.namespace);
    const content = resolveContent(context, props, shape.self);
    this.pod = resolvePod(context, shape, content);
    checkMeshed(ofPods, tenant, this.pod);
    this.proxy = proxyAnnotations(tenant, shape);
    this.labels = Object.freeze(objectLabels(this.pod, this.namespace, tenant?.owner));
    this.annotations = props.annotations ?? NO_ANNOTATIONS;
    documentRotation(this.pod);
    const reloaded = reloadAnnotations(this.pod);
    this.waivers = props.waive === undefined ? reloaded : { ...waiverAnnotations(props.waive), ...reloaded };
    checkNodes(this, this.pod, { namespace: this.namespace, labels: this.labels });

    this.serviceAccount = this.object<ServiceAccount>('ServiceAccount', 'v1', 'ServiceAccount', (metadata) => ({
      apiVersion: 'v1',
      kind: 'ServiceAccount',
      metadata: withRole(metadata, this.pod),
      automountServiceAccountToken: false,
    }));
    const own = ownContainers(this.pod.containers);
    this.configMap = this.texts('EnvConfigMap', 'env', content.env.data);
    this.filesConfigMap = this.texts('FilesConfigMap', 'files', earlyFiles(content, own));
    const access = resolveApiAccess(check, props.apiAccess);
    this.bound = access.namespace.length + access.cluster.length > 0;
    const owner: Endpoint = { construct: this, name: id, namespace };
    const api = apiObjects(access, owner, this.object);
    this.role = api.role;
    this.roleBinding = api.roleBinding;
    this.clusterRole = api.clusterRole;
    this.clusterRoleBinding = api.clusterRoleBinding;

    this.connections = new Connections(owner);
    connectDeclared(this.connections, props, this.pod.containers);
    acceptDeclared(check, this.connections, shape, props, this.labels);
    this.connections.acceptLate(kedaIngress);
    instrument(context, this.connections);
    const callsAws = props.aws !== undefined;
    const { connections, object: make } = this;
    const callsKubernetes = () => this.hasToken;
    const network = networkObjects({ construct: this, connections, shape, tenant, callsAws, callsKubernetes }, make);
    this.networkPolicy = network.networkPolicy;
    this.peerAuthentication = network.peerAuthentication;
    this.authorizationPolicy = network.authorizationPolicy;
    this.awsNetwork = new AwsNetworkObjects(context, { shape, connections, make, isolated: !!this.networkPolicy });
    this.securityGroupPolicy = this.awsNetwork.securityGroupPolicy;
    const observed = observe(context, this.pod, setup.props.alerts, this.object);
    this.podMonitor = observed.podMonitor;
    this.serviceMonitor = observed.serviceMonitor;
    this.prometheusRule = observed.prometheusRule;
    this.verticalPodAutoscaler = observed.verticalPodAutoscaler;
    if (props.aws !== undefined) {
      checkAwsAccess(check, props.aws, awsSite(this.pod));
    }
    const references = referencesIn(content, own);
    checkLiterals(this, check, props, references);
    this.resourceClaimTemplates = claimTemplates(this.pod, (name) => this.metadata(name));
    declareNeeds(this.pod, references, { namespace: this.namespace, isolated: tenant?.isolated ?? false });
  }

  /** Adds targets to `connectsTo`, for two workloads that call each other. */
  connectTo(...targets: Connectable[]): void {
    this.connections.to(targets);
    this.awsNetwork.update();
  }

  /** The ApplicationNetworkPolicy, with `Peer.domain` in an isolated tenant. */
  get applicationNetworkPolicy(): AwsNetworkObjects['applicationNetworkPolicy'] {
    return this.awsNetwork.applicationNetworkPolicy;
  }

  /** For cdk8s-plus: a selector of the pods. */
  toPodSelectorConfig(): PlusPodSelectorConfig {
    return { labelSelector: plusLabelSelector({ [NAME_LABEL]: this.name }), namespaces: { names: [this.namespace] } };
  }

  /** For cdk8s-plus: the pods as a peer of a NetworkPolicy. */
  toNetworkPolicyPeerConfig(): PlusNetworkPolicyPeerConfig {
    return { podSelector: this.toPodSelectorConfig() };
  }

  /** For cdk8s-plus: this workload as a selector. */
  toPodSelector(): this {
    return this;
  }

  /** For cdk8s-plus: the ServiceAccount as a subject of a role binding; mounts its token. */
  toSubjectConfiguration(): PlusSubject {
    this.bound = true;
    return { kind: 'ServiceAccount', name: this.name, namespace: this.namespace, apiGroup: '' };
  }

  /** Metadata of an object of this workload, by default of none that runs its pods. Its labels are frozen: all objects have them. */
  protected metadata(name = this.name, kind?: string): ObjectMeta & { name: string } {
    const { labels, namespace, annotations } = this;
    const waivers = isController(kind) ? this.waivers : NO_ANNOTATIONS;
    return hasNoKey(annotations) && hasNoKey(waivers)
      ? { labels, name, namespace }
      : { annotations: { ...annotations, ...waivers }, labels, name, namespace };
  }

  /** Creates an object that is rendered at synthesis. */
  protected readonly object: ObjectFactory = (id, apiVersion, kind, render, name = this.name) => {
    // the lists and maps that an edit finds are filled in before it
    type Head = Written<ReturnType<typeof render>>;
    const namespace = isClusterScoped(apiVersion, kind) ? undefined : this.namespace;
    const isOwn = name === this.name && namespace !== undefined;
    const head = { apiVersion, kind, metadata: isOwn ? this.named : { name, namespace } } as Head;
    return new KubeObject<Head>(this, id, head, render as (metadata: ObjectMeta) => Head, this.metadataOf);
  };
  private readonly metadataOf: MetadataOf = ({ apiVersion, kind, name }) => {
    const metadata = this.metadata(name, kind);
    return isClusterScoped(apiVersion, kind) ? { ...metadata, namespace: undefined } : metadata;
  };

  /** The objects of every pattern, by the names that `customize` uses. */
  protected commonObjects() {
    return commonObjectsOf(this);
  }

  /** The pod template. */
  protected template(): PodTemplate {
    return copyPlain(this.rendered());
  }

  /** @internal The pod template as its object has it: other pods have the same parts, which a subclass must not change. */
  protected podTemplate(): PodTemplate {
    return this.template === Workload.prototype.template ? this.rendered() : this.template();
  }

  private rendered(): PodTemplate {
    return renderPod(this.pod, {
      labels: this.labels,
      annotations: { ...this.annotations, ...podAnnotations(this.shape), ...this.proxy },
      envConfigMap: this.configMap?.name,
      env: this.pod.content.written().env,
      filesConfigMap: this.filesConfigMap?.name,
      claimTemplates: templateNames(this.resourceClaimTemplates),
      mountsToken: this.hasToken,
    });
  }

  /** Role bindings of cdk8s-plus resolve their subjects when they are rendered, which may be after the pod. */
  private get hasToken(): boolean {
    return this.bound || boundSubjects(this.node.root).has(this);
  }

  private texts(id: string, field: TextsInput['field'], data: TextsInput['data']) {
    const { check, namespace, metadataOf, pod } = this;
    return textsConfigMap(this, id, { check, field, namespace, metadataOf, data, pod });
  }
}
