import { readFileSync } from 'node:fs';
import { Chart } from 'cdk8s';
import type { Construct } from 'constructs';
import type { KubernetesVersion, Region } from '../../eks/values';
import { ClusterConfig } from '../../eksctl/schema/cluster-config';
import type { IngressClassParams } from '../../imports/eks-auto-mode';
import type { ConfigMap, IngressClass, PriorityClass, StorageClass } from '../../imports/kubernetes';
import type { CapacityReport } from '../../simulator/report';
import { Check } from '../core/check';
import { addCheck } from '../core/checks';
import { clusterOf, setCluster, setClusterSide } from '../core/cluster-context';
import { isUnderEksApp } from '../core/eks-app-mark';
import { KubeObject } from '../core/kube-object';
import { cached, sharingRenderCache } from '../core/render-cache';
import { Requirements } from '../core/requirements';
import { addTextFile, setOutputFile } from '../core/synthesis/output';
import { storageClasses } from '../storage/storage-classes';
import { capacityOf, sideOf } from './app-review';
import { clusterConfig, type MadeClusterConfig } from './cluster-config';
import { autoModeIngressClass, autoModeNetworkPolicy, clusterLabels, priorityClasses } from './cluster-objects';
import { checkEdits, checkRules } from './config-checks';
import { type ClusterPlan, type ConfigPlan, planCluster } from './plan';
import { planDescribed, planExisting } from './plan-existing';
import type { ClusterProps, DescribedClusterProps, ExistingClusterProps } from './props';
import { collectProvisions, type Provisions } from './provisions';
import { renderSteps } from './steps';

/** Tells the constructor that the cluster exists, and how to plan it. */
class Existing {
  constructor(readonly plan: (check: Check, name: string) => ClusterPlan) {}
}

/**
 * The cluster: eksctl's ClusterConfig, completed with what the app's workloads require, the cluster-scoped objects, and
 * the steps from nothing to running. Its name is the id: letters, digits and '-', beginning with a letter and not ending
 * in '-', at most 100 (63 with node groups). One app describes one cluster.
 */
export class Cluster extends Chart {
  /** The construct id. */
  readonly name: string;
  /** 'us-west-2'. */
  readonly region: Region;
  /** '1.35'. */
  readonly version: KubernetesVersion;
  /** `cluster/<name>.yaml`; undefined for a cluster that exists. */
  readonly clusterConfig: KubeObject<MadeClusterConfig> | undefined;
  /** The cluster's default, and the one whose volumes outlive their claim. */
  readonly storageClasses: { readonly standard: KubeObject<StorageClass>; readonly retain: KubeObject<StorageClass> };
  /** One for each kind of workload. */
  readonly priorityClasses: { readonly [K in 'agent' | 'critical' | 'standard' | 'batch']: KubeObject<PriorityClass> };
  /** The class of ALBs, when Auto Mode is made here. */
  readonly ingressClass: KubeObject<IngressClass> | undefined;
  /** What every Ingress of that class shares, when Auto Mode is made here. */
  readonly ingressClassParams: KubeObject<IngressClassParams> | undefined;
  /** What switches network policies on, when Auto Mode is made here. */
  readonly networkPolicyConfig: KubeObject<ConfigMap> | undefined;

  private readonly plan: ClusterPlan;

  /**
   * Describes a cluster that exists: no ClusterConfig is written for it, its cluster-scoped objects and the steps are.
   * What is not said of it is unknown, and reported where a workload depends on it.
   */
  static existing(scope: Construct, id: string, props: ExistingClusterProps): Cluster {
    return new Cluster(scope, id, new Existing((check, name) => planExisting(check, name, props)));
  }

  /**
   * Describes a cluster that exists by the ClusterConfig that it was made from: like `existing`, and what the file says
   * (add-ons, node groups, zones, mode) need not be said again. The id is the cluster's name.
   *
   * @param file a ClusterConfig, or the path of one in YAML
   */
  static fromClusterConfig(
    scope: Construct,
    id: string,
    file: string | ClusterConfig,
    props: DescribedClusterProps = {},
  ): Cluster {
    const config = typeof file === 'string' ? ClusterConfig.parse(readFileSync(file, 'utf8')) : file;
    return new Cluster(scope, id, new Existing((check, name) => planDescribed(check, name, config, props)));
  }

  constructor(scope: Construct, id: string, props: ClusterProps);
  /** @internal */
  constructor(scope: Construct, id: string, props: Existing);
  constructor(scope: Construct, id: string, props: ClusterProps | Existing) {
    super(scope, id);
    const check = Check.of(this);
    if (!isUnderEksApp(this)) {
      check.fail(
        'a plain cdk8s App cannot write the files of a cluster',
        'begin the program with new EksApp() instead of new App()',
      );
    }
    if (clusterOf(this)) {
      check.fail(
        `the app describes the cluster '${clusterOf(this)?.facts.name}' already`,
        'make an EksApp of its own for each cluster',
      );
    }
    checkName(check, id, props);
    this.plan = props instanceof Existing ? props.plan(check, id) : planCluster(check, id, props);
    const { facts } = this.plan.context;
    this.name = facts.name;
    this.region = facts.region;
    this.version = facts.version;
    setCluster(this, this.plan.context);
    setOutputFile(this, '_cluster.k8s.yaml');

    const labels = clusterLabels(id);
    const storage = storageClasses(facts.compute, labels);
    const priority = priorityClasses(labels);
    this.storageClasses = { standard: this.add(storage.standard), retain: this.add(storage.retain) };
    this.priorityClasses = {
      agent: this.add(priority.agent),
      critical: this.add(priority.critical),
      standard: this.add(priority.standard),
      batch: this.add(priority.batch),
    };
    // an existing cluster may have its own of these, and a class cannot be taken over
    if (facts.compute === 'auto' && facts.made) {
      const { ingressClass, params } = autoModeIngressClass(labels, this.plan.context.ipFamily);
      this.ingressClassParams = this.add(params);
      this.ingressClass = this.add(ingressClass);
      this.networkPolicyConfig = this.add(autoModeNetworkPolicy(labels));
    }
    const { config } = this.plan;
    if (config) {
      this.clusterConfig = this.addClusterConfig(
        config,
        props instanceof Existing ? undefined : props.customize?.clusterConfig,
      );
      const because = "the cluster's default StorageClass is served by its driver";
      Requirements.add(this.storageClasses.standard, Requirements.feature('ebs', { because }));
    }
    addTextFile(this, `cluster/${id}.md`, () => renderSteps(facts, config, this.provisions()));
    this.addChecks(config);
  }

  /**
   * Whether the app fits on the nodes: as applied, while everything rolls, with autoscalers at their maximum, and with one zone
   * lost. To be asked after the last workload was made; `String(report)` is a table. Auto Mode makes nodes as pods need
   * them, and of an existing cluster only its ClusterConfig tells the nodes: there only the pods are told.
   */
  capacity(): CapacityReport {
    return sharingRenderCache(this, () => {
      const config = (this.clusterConfig && rendered(this.clusterConfig)) ?? this.plan.described;
      return capacityOf(this, config, { prerequisites: this.provisions().prerequisites, ...this.plan.sizes });
    });
  }

  /** Ids with a capital letter, since a tenant below the cluster is called by a lower-case one. */
  private add<T extends StorageClass | PriorityClass | IngressClass | IngressClassParams | ConfigMap>(
    manifest: T,
  ): KubeObject<T> {
    return new KubeObject<T>(this, `${manifest.kind}-${manifest.metadata.name}`, manifest);
  }

  /** In a chart of its own: kubectl would choke on it among the manifests, eksctl on a chart's labels. */
  private addClusterConfig(
    config: ConfigPlan,
    edit: ((object: MadeClusterConfig) => void) | undefined,
  ): KubeObject<MadeClusterConfig> {
    const chart = new Chart(this, 'ClusterConfig');
    setOutputFile(chart, `cluster/${this.name}.yaml`);
    const render = () => {
      const provisions = this.provisions();
      const manifest = clusterConfig(config, provisions);
      for (const change of provisions.edits) {
        change(manifest);
      }
      return manifest;
    };
    const head = clusterConfig(config, { addons: [], associations: [], entries: [] });
    const object = new KubeObject<MadeClusterConfig>(chart, 'ClusterConfig', head, render);
    return edit === undefined ? object : object.customize(edit);
  }

  private provisions(): Provisions {
    return cached(this, 'provisions', () => collectProvisions(this, this.plan));
  }

  private addChecks(config: ConfigPlan | undefined): void {
    addCheck(this, (report) => {
      for (const problem of [...this.provisions().problems, ...this.plan.problems]) {
        report(problem);
      }
      const manifest = this.clusterConfig && rendered(this.clusterConfig);
      if (config && this.clusterConfig && manifest) {
        const { path } = this.clusterConfig.node;
        const made = clusterConfig(config, this.provisions());
        for (const finding of [
          ...checkEdits(path, manifest, made, config.saysSubnets),
          ...checkRules(path, this.node.path, manifest),
        ]) {
          report(finding);
        }
      }
    });
    setClusterSide(this, () => {
      const known = (this.clusterConfig && rendered(this.clusterConfig)) ?? this.plan.described;
      return known && sideOf(this, known, this.plan, () => this.capacity());
    });
  }
}

/** The manifest, or undefined when it cannot be made: the error is told when the file is. */
function rendered(object: KubeObject<MadeClusterConfig>): MadeClusterConfig | undefined {
  try {
    return object.manifest();
  } catch {
    return undefined;
  }
}

/** EKS decides how an existing cluster may be called; eksctl is stricter, and labels the nodes of its groups with the name. */
function checkName(check: Check, id: string, props: ClusterProps | Existing): void {
  if (props instanceof Existing) {
    if (!/^[a-zA-Z0-9][a-zA-Z0-9_-]{0,99}$/.test(id)) {
      check.fail(`'${id}' is no name of a cluster`, 'write the name that `aws eks list-clusters` shows');
    }
    return;
  }
  const longest = props?.nodeGroups === undefined ? 100 : 63;
  if (!/^[a-zA-Z]([a-zA-Z0-9-]*[a-zA-Z0-9])?$/.test(id) || id.length > longest) {
    check.fail(
      `'${id}' is no name of a cluster`,
      `use letters, digits and '-', at most ${longest}, beginning with a letter and not ending in '-'`,
    );
  }
}
