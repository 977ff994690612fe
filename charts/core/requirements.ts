import type { IConstruct } from 'constructs';
import type { Architecture, KubernetesVersion, Region } from '../../eks/values';
import type { AccessEntry, ClusterConfig, PodIdentityAssociation } from '../../eksctl/types';
import type { Json, Mutable } from '../../kube/values';
import { Inherited } from './inherited';
import type { Because, Edit } from './values';

/** Abilities of a cluster that are neither an add-on nor an API. */
export type ClusterFeature = 'network-policy' | 'pod-identity' | 'load-balancer' | 'ebs' | 'metrics';

/** What a cluster says of itself; undefined where nobody knows (an existing cluster). */
export interface ClusterFacts {
  /** The cluster's name. */
  readonly name: string;
  /** Whether the app makes the cluster, and so can complete it. */
  readonly made: boolean;
  /** 'us-west-2'. */
  readonly region: Region;
  /** '1.35'. */
  readonly version: KubernetesVersion;
  /** Managed node groups or Auto Mode. */
  readonly compute: 'node-groups' | 'auto';
  /** Names of installed add-ons. */
  readonly addons: ReadonlySet<string> | undefined;
  /** What is switched on. */
  readonly features: ReadonlySet<ClusterFeature> | undefined;
  /** Of its nodes. */
  readonly architectures: ReadonlySet<Architecture> | undefined;
  /** Number of availability zones with nodes. */
  readonly zones: number | undefined;
}

/** An EKS add-on. */
export interface Addon {
  /** 'aws-ebs-csi-driver'. */
  readonly name: string;
  /** 'latest', 'v1.2.3' or a full build. @default - the version that EKS takes by default for the cluster's Kubernetes version */
  readonly version?: string;
  /** Its configuration values. @default - none */
  readonly configuration?: { readonly [key: string]: Json };
}

/** What a ClusterConfig cannot hold: software that someone installs before the manifests are applied. */
export interface Prerequisite {
  /** 'AWS Load Balancer Controller'; equal names are asked for once. */
  readonly name: string;
  /** How it is installed: shell commands, in order. */
  readonly commands: readonly string[];
  /** Permissions of its service account; written into the ClusterConfig. @default - none */
  readonly podIdentity?: PodIdentityAssociation;
}

/** Something that a person does once, because no manifest may or can hold it. */
export interface Step {
  /** 'Secret retail-store/catalog-db'. */
  readonly title: string;
  /** Why, and what to put in. */
  readonly text: string;
  /** Shell commands. @default - none */
  readonly commands?: readonly string[];
}

/** What a cluster may add to its ClusterConfig or to the steps beside it on its own. */
export type Provision =
  /** An EKS add-on; configurations of one add-on are merged. */
  | { readonly kind: 'addon'; readonly addon: Addon }
  /** Switched on by whatever the compute mode needs for it. */
  | { readonly kind: 'feature'; readonly feature: ClusterFeature }
  /** Permissions in AWS of one service account. */
  | { readonly kind: 'pod-identity'; readonly association: PodIdentityAssociation }
  /** Rights of a principal in the cluster; entries of one principal are merged. */
  | { readonly kind: 'access-entry'; readonly entry: AccessEntry }
  /** Software that someone installs. */
  | { readonly kind: 'prerequisite'; readonly prerequisite: Prerequisite }
  /** Something that a person does once. */
  | { readonly kind: 'step'; readonly step: Step }
  /** Anything else in the ClusterConfig. */
  | { readonly kind: 'edit'; readonly edit: Edit<Mutable<ClusterConfig>> };

/** The answer to a requirement. */
export type Verdict =
  /** Nothing to do. */
  | { readonly status: 'met' }
  /** Nobody can tell; reported as a warning. */
  | { readonly status: 'unknown' }
  /** The cluster sees to it. */
  | { readonly status: 'provide'; readonly provision: Provision }
  /** An error, which names both sides. */
  | { readonly status: 'unmet'; readonly problem: string; readonly fix: string };

/** What a requirement of the library's own asks for. */
export interface Need {
  readonly kind: 'addon' | 'feature' | 'zones' | 'architecture' | 'api' | 'pod-identity';
  /** 'aws-ebs-csi-driver', 'ebs', 'arm64', 'keda.sh/v1alpha1/ScaledObject', 'shop/web'. */
  readonly name: string;
}

/** A need of a construct towards its cluster. Implement it for your own kinds. */
export interface Requirement extends Because {
  /** Equal ids are asked once: 'addon/aws-ebs-csi-driver'. */
  readonly id: string;
  /** What is asked for, where the library knows it. @default - a requirement of your own kind */
  readonly need?: Need;
  /** Pure: may be asked more than once. */
  check(cluster: ClusterFacts): Verdict;
}

const added = new Inherited<readonly (Requirement | (() => readonly Requirement[]))[]>('requirements');

/** Ready-made requirements, and the place to add them. */
export class Requirements {
  private constructor() {}

  /** Adds needs to any construct, also a plain cdk8s one. */
  static add(scope: IConstruct, ...requirements: Requirement[]): void {
    added.set(scope, [...(added.at(scope) ?? []), ...requirements]);
  }

  /** @internal Needs that are known only when the app is complete. */
  static defer(scope: IConstruct, requirements: () => readonly Requirement[]): void {
    added.set(scope, [...(added.at(scope) ?? []), requirements]);
  }

  /** @internal The needs of one construct. */
  static of(scope: IConstruct): Requirement[] {
    return (added.at(scope) ?? []).flatMap((r) => (typeof r === 'function' ? r() : [r]));
  }

  /** An EKS add-on; the cluster installs it. */
  static addon(name: string, reason: Because): Requirement {
    return Requirements.configuredAddon({ name }, reason);
  }

  /** @internal An EKS add-on with configuration values, which are merged into those of others. */
  static configuredAddon(addon: Addon, reason: Because): Requirement {
    return {
      id: `addon/${addon.name}`,
      need: { kind: 'addon', name: addon.name },
      because: reason.because,
      check: (cluster) => {
        if (cluster.made) {
          return { status: 'provide', provision: { kind: 'addon', addon } };
        }
        if (cluster.addons === undefined) {
          return { status: 'unknown' };
        }
        return cluster.addons.has(addon.name)
          ? { status: 'met' }
          : {
              status: 'unmet',
              problem: `cluster '${cluster.name}' has no add-on '${addon.name}'`,
              fix: `install it (eksctl create addon --cluster ${cluster.name} --name ${addon.name}) and name it in the cluster's 'addons'`,
            };
      },
    };
  }

  /** A feature; the cluster switches it on where it can. */
  static feature(feature: ClusterFeature, reason: Because): Requirement {
    return {
      id: `feature/${feature}`,
      need: { kind: 'feature', name: feature },
      because: reason.because,
      check: (cluster) => {
        if (cluster.made) {
          return { status: 'provide', provision: { kind: 'feature', feature } };
        }
        if (cluster.features === undefined) {
          return { status: 'unknown' };
        }
        return cluster.features.has(feature)
          ? { status: 'met' }
          : {
              status: 'unmet',
              problem: `cluster '${cluster.name}' lacks the feature '${feature}'`,
              fix: `switch it on and name it in the cluster's 'features'`,
            };
      },
    };
  }

  /** Nodes in this many zones. */
  static zones(atLeast: number, reason: Because): Requirement {
    return {
      id: `zones/${atLeast}`,
      need: { kind: 'zones', name: String(atLeast) },
      because: reason.because,
      check: (cluster) => {
        if (cluster.zones === undefined) {
          return { status: 'unknown' };
        }
        return cluster.zones >= atLeast
          ? { status: 'met' }
          : {
              status: 'unmet',
              problem: `cluster '${cluster.name}' has nodes in ${cluster.zones} zone(s), not in ${atLeast}`,
              fix: cluster.made
                ? `give the cluster 'availabilityZones' with at least ${atLeast} zones`
                : `add nodes in other zones, and say so in the cluster's 'zones'`,
            };
      },
    };
  }

  /** A node of this architecture. */
  static architecture(architecture: Architecture, reason: Because): Requirement {
    return {
      id: `architecture/${architecture}`,
      need: { kind: 'architecture', name: architecture },
      because: reason.because,
      check: (cluster) => {
        if (cluster.architectures === undefined) {
          return { status: 'unknown' };
        }
        return cluster.architectures.has(architecture)
          ? { status: 'met' }
          : {
              status: 'unmet',
              problem: `no node of cluster '${cluster.name}' has the architecture ${architecture}`,
              fix: `add a node group with ${architecture === 'arm64' ? "a Graviton type such as 'm7g.large'" : "an x86 type such as 'm5.large'"}, or change the workload's 'placement.architecture'`,
            };
      },
    };
  }

  /** A custom resource that someone installs: 'keda.sh/v1alpha1/ScaledObject'. */
  static api(resource: string, reason: Because): Requirement {
    return {
      id: `api/${resource}`,
      need: { kind: 'api', name: resource },
      because: reason.because,
      check: () => ({
        status: 'provide',
        provision: {
          kind: 'step',
          step: {
            title: `Custom resource ${resource}`,
            text: `Install the controller that brings it. Needed because ${reason.because}.`,
          },
        },
      }),
    };
  }
}
