import { readFileSync } from 'node:fs';
import { Chart } from 'cdk8s';
import type { Construct } from 'constructs';
import type { KubernetesVersion, Region } from '../../eks/values';
import { ClusterConfig } from '../../eksctl/schema/cluster-config';
import type { IngressClassParams } from '../../imports/eks-auto-mode';
import type { GatewayClass } from '../../imports/gateway-api';
import type { NodePool } from '../../imports/karpenter';
import type { ConfigMap, IngressClass, PriorityClass, StorageClass } from '../../imports/kubernetes';
import { copyPlain } from '../../kube/copy';
import type { CapacityReport } from '../../simulator/report';
import { isUnderEksApp } from '../core/app-state';
import { Check } from '../core/check';
import { addCheck } from '../core/checks';
import { clusterOf, setCluster, setClusterSide } from '../core/cluster-context';
import { GATEWAY_CLASSES, LOAD_BALANCER_GROUPS } from '../core/declarations';
import { KubeObject } from '../core/kube-object';
import { cached, sharingRenderCache } from '../core/render-cache';
import { Requirements } from '../core/requirements';
import { addTextFile, setOutputFile } from '../core/synthesis/output';
import { declareWaivers, type Waive } from '../core/waive';
import { type StorageClassProps, storageClass } from '../storage/storage-class';
import { type ClusterAdditions, collectAdditions } from './additions';
import { writeAdmission } from './admission';
import { capacityOf, sideOf } from './app-review';
import { clusterConfig, TYPE_META } from './cluster-config';
import { checkName } from './cluster-name';
import { autoModeIngressClass, autoModeNetworkPolicy, clusterLabels, gatewayClass } from './cluster-objects';
import { checkEdits, checkRules } from './config-checks';
import { setKarpenterSubnets } from './karpenter/node-roles';
import { type Ec2NodeClassManifest, ec2NodeClass, nodePool } from './karpenter/objects';
import type { MadeClusterConfig } from './made-cluster-config';
import type { ClusterProps, DescribedClusterProps, ExistingClusterProps } from './props';
import { resolveCluster } from './resolve-cluster';
import { resolveExisting, resolveFromConfig } from './resolve-existing';
import type { ResolvedCluster, ResolvedConfig } from './resolved-cluster';
import { renderSteps } from './steps';
import { declareClasses, readClasses, type WrittenClasses, writeClasses } from './written-classes';

/** Marks a cluster that exists, for the constructor, and resolves its props. */
class Existing {
  constructor(
    readonly resolve: (check: Check, name: string) => ResolvedCluster,
    readonly waive: Waive | undefined,
  ) {}
}

/**
 * The cluster of an app: an eksctl ClusterConfig with what the workloads require, cluster-scoped objects, and the steps
 * from nothing to running. The id is the name of the cluster: letters, digits and '-', beginning with a letter and not
 * ending with '-', at most 100 characters (63 with node groups). An app has one cluster.
 *
 * @example
 * const cluster = new Cluster(app, 'prod', {
 *   region: 'us-west-2',
 *   version: '1.35',
 *   nodeGroups: [{ name: 'standard-workers', instanceType: 'm5.large', minSize: 3, maxSize: 6 }],
 * });
 * const shop = new Tenant(cluster, 'shop', {});
 *
 * @see https://eksctl.io/usage/schema/
 */
export class Cluster extends Chart {
  /** The name of the cluster, which is the construct id. */
  readonly name: string;
  /** 'us-west-2'. */
  readonly region: Region;
  /** '1.35'. */
  readonly version: KubernetesVersion;
  /** `cluster/<name>.yaml`; undefined for a cluster that exists. */
  readonly clusterConfig: KubeObject<MadeClusterConfig> | undefined;
  /** The IngressClass of ALBs; only of an Auto Mode cluster that this app creates. */
  readonly ingressClass: KubeObject<IngressClass> | undefined;
  /** Settings that all Ingresses of that class share; only of an Auto Mode cluster that this app creates. */
  readonly ingressClassParams: KubeObject<IngressClassParams> | undefined;
  /** The nodes of a Karpenter of your own, both called 'default'; undefined without `karpenter`. */
  readonly karpenter:
    | { readonly nodePool: KubeObject<NodePool>; readonly nodeClass: KubeObject<Ec2NodeClassManifest> }
    | undefined;
  /** Enables network policies; only of an Auto Mode cluster that this app creates. */
  readonly networkPolicyConfig: KubeObject<ConfigMap> | undefined;

  private readonly resolved: ResolvedCluster;
  private readonly classes: WrittenClasses | undefined;

  /**
   * A cluster that exists. Its cluster-scoped objects and steps are written, but no ClusterConfig. What the props leave
   * out is unknown, and a warning if a workload depends on it.
   */
  static existing(scope: Construct, id: string, props: ExistingClusterProps): Cluster {
    return new Cluster(scope, id, new Existing((check, name) => resolveExisting(check, name, props), props?.waive));
  }

  /**
   * A cluster that exists, from the ClusterConfig that it was created from: like `existing`, with add-ons, node groups,
   * zones and compute mode read from the file. The id must be the name in it.
   *
   * @param file a ClusterConfig, or the path of its YAML file
   */
  static fromClusterConfig(
    scope: Construct,
    id: string,
    file: string | ClusterConfig,
    props: DescribedClusterProps = {},
  ): Cluster {
    const config = typeof file === 'string' ? ClusterConfig.parse(readFileSync(file, 'utf8')) : file;
    return new Cluster(
      scope,
      id,
      new Existing((check, name) => resolveFromConfig(check, name, config, props), props?.waive),
    );
  }

  constructor(scope: Construct, id: string, props: ClusterProps);
  /** @internal */
  constructor(scope: Construct, id: string, props: Existing);
  constructor(scope: Construct, id: string, props: ClusterProps | Existing) {
    super(scope, id);
    const check = Check.of(this);
    if (!isUnderEksApp(this)) {
      check.fail(
        'forbidden',
        '',
        'a Cluster must be in an EksApp: a plain cdk8s App cannot write its files',
        'begin the program with new EksApp() instead of new App()',
      );
    }
    if (clusterOf(this)) {
      check.fail(
        'duplicate',
        '',
        `an app must have one cluster, but has '${clusterOf(this)?.facts.name}' already`,
        'create an EksApp for each cluster',
      );
    }
    checkName(
      check,
      id,
      props instanceof Existing ? 'existing' : props?.nodeGroups === undefined ? 'made' : 'made-with-groups',
    );
    this.resolved = props instanceof Existing ? props.resolve(check, id) : resolveCluster(check, id, props);
    const { config } = this.resolved;
    declareWaivers(this, check, props.waive, config ? 'on-object' : 'in-file');
    const { facts } = this.resolved.context;
    this.name = facts.name;
    this.region = facts.region;
    this.version = facts.version;
    setCluster(this, this.resolved.context);
    setOutputFile(this, '_cluster.k8s.yaml');

    const labels = clusterLabels(id);
    this.classes = this.resolved.hasClasses
      ? declareClasses(this)
      : writeClasses(facts, (manifest) => this.add(manifest));
    if (!this.resolved.hasClasses) {
      writeAdmission(this, labels);
    }
    if (facts.compute === 'auto') {
      LOAD_BALANCER_GROUPS.each(this, (group) => this.addIngressClass(labels, group));
    } else {
      GATEWAY_CLASSES.each(this, (name) => this.add(gatewayClass(labels, name)));
    }
    // an existing cluster may have these already, and a class cannot be adopted
    if (facts.compute === 'auto' && facts.made) {
      const { params, ingressClass } = this.addIngressClass(labels);
      this.ingressClassParams = params;
      this.ingressClass = ingressClass;
      this.networkPolicyConfig = this.add(autoModeNetworkPolicy(labels));
    }
    const { karpenter } = this.resolved;
    if (karpenter) {
      if (karpenter.subnets) {
        setKarpenterSubnets(this, karpenter.subnets);
      }
      this.karpenter = {
        nodeClass: this.add(ec2NodeClass(facts.name, labels, karpenter.subnets)),
        nodePool: this.add(nodePool(karpenter, labels)),
      };
    }
    if (config) {
      this.clusterConfig = this.addClusterConfig(
        config,
        props instanceof Existing ? undefined : props.customize?.clusterConfig,
      );
      const because = "the cluster's default StorageClass is served by its driver";
      Requirements.add(this.storageClasses.standard, Requirements.feature('ebs', { because }));
    }
    addTextFile(this, `cluster/${id}.md`, () => renderSteps(facts, config, this.additions()));
    this.addChecks(config);
  }

  /** StorageClasses: the default of the cluster, and one whose volumes outlive their claim. Refused with `classes: 'present'`. */
  get storageClasses() {
    return readClasses(this, 'storageClasses', this.classes).storage;
  }

  /** PriorityClasses, one per kind of workload. Refused with `classes: 'present'`. */
  get priorityClasses() {
    return readClasses(this, 'priorityClasses', this.classes).priority;
  }

  /**
   * A StorageClass of EBS volumes, encrypted, and expandable. Give it, or its name, as `className` of a volume.
   *
   * @param name of the class; 'gp2', 'gp3' and 'gp3-retain' are there already
   * @see https://docs.aws.amazon.com/eks/latest/best-practices/cost-opt-storage.html
   */
  storageClass(name: string, props: StorageClassProps = {}): KubeObject<StorageClass> {
    const { facts } = this.resolved.context;
    const isTaken = (taken: string) => this.node.tryFindChild(`StorageClass-${taken}`) !== undefined;
    return this.add(storageClass(Check.of(this), facts, clusterLabels(this.name), name, props, isTaken));
  }

  /**
   * Simulates whether the app fits on the nodes: as applied, while everything rolls, with autoscalers at their maximum,
   * and with one zone lost. Call it after the last workload; `String(report)` is a table. Where the nodes are unknown
   * (Auto Mode, and an existing cluster without its ClusterConfig), the report lists the pods only.
   */
  capacity(): CapacityReport {
    return sharingRenderCache(this, () => {
      const config = (this.clusterConfig && rendered(this.clusterConfig)) ?? this.resolved.described;
      return capacityOf(this, config, { prerequisites: this.additions().prerequisites, ...this.resolved.sizes });
    });
  }

  /** Ids begin with a capital letter, so that they never equal the id of a tenant. */
  private add<T extends Added>(manifest: T): KubeObject<T> {
    return new KubeObject<T>(this, `${manifest.kind}-${manifest.metadata.name}`, manifest, undefined);
  }

  private addIngressClass(labels: Readonly<Record<string, string>>, group?: string) {
    const made = autoModeIngressClass(labels, this.resolved.context.ipFamily, group);
    return { params: this.add(made.params), ingressClass: this.add(made.ingressClass) };
  }

  /** In a separate chart and file: kubectl cannot apply it, and eksctl refuses the labels of a chart. */
  private addClusterConfig(
    config: ResolvedConfig,
    edit: ((object: MadeClusterConfig) => void) | undefined,
  ): KubeObject<MadeClusterConfig> {
    const chart = new Chart(this, 'ClusterConfig');
    setOutputFile(chart, `cluster/${this.name}.yaml`);
    const render = () => {
      const manifest = copyPlain(this.madeConfig(config));
      for (const change of this.additions().edits) {
        change(manifest);
      }
      return manifest;
    };
    const head = { ...TYPE_META, metadata: { name: this.name } } as MadeClusterConfig;
    const object = new KubeObject<MadeClusterConfig>(chart, 'ClusterConfig', head, render);
    return edit === undefined ? object : object.customize(edit);
  }

  /** The ClusterConfig with all additions but edits; not to be changed. */
  private madeConfig(config: ResolvedConfig): MadeClusterConfig {
    return cached(this, 'made-config', () => clusterConfig(config, this.additions()));
  }

  private additions(): ClusterAdditions {
    return cached(this, 'additions', () => collectAdditions(this, this.resolved));
  }

  private addChecks(config: ResolvedConfig | undefined): void {
    addCheck(this, (report) => {
      for (const problem of [...this.additions().problems, ...this.resolved.problems]) {
        report(problem);
      }
      const manifest = this.clusterConfig && rendered(this.clusterConfig);
      if (config && this.clusterConfig && manifest) {
        const { path } = this.clusterConfig.node;
        for (const finding of [
          ...checkEdits(path, manifest, this.madeConfig(config), config.hasLoadBalancerSubnets),
          ...checkRules(path, this.node.path, manifest),
        ]) {
          report(finding);
        }
      }
    });
    setClusterSide(this, () => {
      const known = (this.clusterConfig && rendered(this.clusterConfig)) ?? this.resolved.described;
      // several rules read the report, which takes longer than all of them
      return known && sideOf(this, known, this.resolved, () => cached(this, 'capacity', () => this.capacity()));
    });
  }
}

type Classes = StorageClass | PriorityClass | GatewayClass | IngressClass;
type Added = Classes | IngressClassParams | ConfigMap | NodePool | Ec2NodeClassManifest;

/** The manifest, or undefined if rendering fails, which is reported when its file is written. */
function rendered(object: KubeObject<MadeClusterConfig>): MadeClusterConfig | undefined {
  try {
    return object.manifest();
  } catch {
    return undefined;
  }
}
