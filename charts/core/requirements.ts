import type { IConstruct } from 'constructs';
import type { Architecture } from '../../eks/values';
import type { AccessEntry, ClusterConfig, PodIdentityAssociation } from '../../eksctl/types';
import { allOf, appended, entryOf } from '../../kube/collections';
import type { Json, Mutable } from '../../kube/values';
import { checkArguments, checkedRequirement } from './checked-requirement';
import type { ClusterFacts, ClusterFeature } from './cluster-facts';
import { Inherited } from './inherited';
import { cached } from './render-cache';
import type { Because, Edit } from './values';

export type { ClusterFacts, ClusterFeature, KarpenterFacts } from './cluster-facts';

/** An EKS add-on, written into the ClusterConfig. @see https://docs.aws.amazon.com/eks/latest/userguide/eks-add-ons.html */
export interface Addon {
  /** 'aws-ebs-csi-driver'. */
  readonly name: string;
  /** 'latest', 'v1.2.3' or a full build. @default - the version that EKS takes by default for the cluster's Kubernetes version */
  readonly version?: string;
  /** Configuration values, by the add-on's own schema. @default - none */
  readonly configuration?: { readonly [key: string]: Json };
}

/** Software that is installed before the manifests are applied, since a ClusterConfig cannot. */
export interface Prerequisite {
  /** 'AWS Load Balancer Controller'; each name is installed once. */
  readonly name: string;
  /** Shell commands that install it, in order. */
  readonly commands: readonly string[];
  /** Permissions of its service account, written into the ClusterConfig. @default - none */
  readonly podIdentity?: PodIdentityAssociation;
}

/** A manual step, for what must not or cannot be in a manifest. */
export interface Step {
  /** 'Secret retail-store/catalog-db'. */
  readonly title: string;
  /** Why it is needed, and what to enter. */
  readonly text: string;
  /** Shell commands. @default - none */
  readonly commands?: readonly string[];
}

/** What a cluster adds to its ClusterConfig or to the steps, to meet a requirement. */
export type ClusterAddition =
  /** An EKS add-on; configurations of one add-on are merged. */
  | { readonly kind: 'addon'; readonly addon: Addon }
  /** A feature, enabled by what the compute mode needs for it. */
  | { readonly kind: 'feature'; readonly feature: ClusterFeature }
  /** AWS permissions of one service account. */
  | { readonly kind: 'pod-identity'; readonly association: PodIdentityAssociation }
  /** Access of an IAM principal to the cluster; entries of one principal are merged. */
  | { readonly kind: 'access-entry'; readonly entry: AccessEntry }
  /** Software that is installed before the manifests. */
  | { readonly kind: 'prerequisite'; readonly prerequisite: Prerequisite }
  /** A manual step. */
  | { readonly kind: 'step'; readonly step: Step }
  /** Any other change of the ClusterConfig. */
  | { readonly kind: 'edit'; readonly edit: Edit<Mutable<ClusterConfig>> };

/** The result of checking a requirement against a cluster. */
export type RequirementResult =
  /** Met; nothing to do. */
  | { readonly status: 'met' }
  /** Cannot be verified; reported as a warning. */
  | { readonly status: 'unknown' }
  /** Met by what the cluster adds. */
  | { readonly status: 'provided'; readonly addition: ClusterAddition }
  /** An error: what the cluster lacks, and the fix. */
  | { readonly status: 'unmet'; readonly message: string; readonly fix: string };

/** What a requirement of the library is about. */
export interface Need {
  readonly kind:
    | 'addon'
    | 'feature'
    | 'zones'
    | 'architecture'
    | 'api'
    | 'pod-identity'
    | 'device-class'
    | 'controller';
  /** 'aws-ebs-csi-driver', 'ebs', 'arm64', 'keda.sh/v1alpha1/ScaledObject', 'shop/web', 'reloader'. */
  readonly name: string;
}

/**
 * What a construct requires of its cluster. Implement it for requirements of your own, and add them with
 * `Requirements.add`.
 *
 * @example
 * const fips: Requirement = {
 *   id: 'acme/fips',
 *   because: 'our policy requires FIPS endpoints',
 *   check: ({ region }) =>
 *     region.startsWith('us-gov-')
 *       ? { status: 'met' }
 *       : { status: 'unmet', message: `${region} has no FIPS endpoints`, fix: 'use us-gov-west-1' },
 * };
 */
export interface Requirement extends Because {
  /** Unique per requirement: 'addon/aws-ebs-csi-driver'. Findings of equal ids are reported once. */
  readonly id: string;
  /** What it is about, for requirements of the library. @default - a requirement of your own */
  readonly need?: Need;
  /** Must be pure: it may be called more than once. */
  check(cluster: ClusterFacts): RequirementResult;
}

const FEATURES: readonly ClusterFeature[] = ['network-policy', 'pod-identity', 'load-balancer', 'ebs', 'metrics'];
const NONE: readonly Requirement[] = [];
type Late = (scope: IConstruct) => readonly Requirement[];
const added = new Inherited<readonly (Requirement | Late)[]>('requirements');

/** Requirements of the library, and `add` for any requirement. */
export class Requirements {
  private constructor() {}

  /** Adds requirements to any construct, also of plain cdk8s. */
  static add(scope: IConstruct, ...requirements: Requirement[]): void {
    const checked = requirements.map((requirement, i) => checkedRequirement(scope, `requires[${i}]`, requirement));
    added.set(scope, (added.at(scope) ?? []).concat(checked));
  }

  /** @internal Requirements that are known only when the app is complete. */
  static defer(scope: IConstruct, requirements: Late): void {
    added.set(scope, appended(added.at(scope), requirements));
  }

  /** @internal Whether each construct of an app has requirements: most have none. */
  static declaredIn(root: IConstruct): Pick<ReadonlyMap<IConstruct, unknown>, 'has'> {
    return added.byConstruct(root);
  }

  /** @internal The requirements of one construct. */
  static of(scope: IConstruct): readonly Requirement[] {
    const declared = added.at(scope);
    if (declared === undefined) {
      return NONE;
    }
    // asked by the cluster and by the review
    const known = cached(scope, 'requirements', () => new Map<IConstruct, readonly Requirement[]>());
    return entryOf(known, scope, () => allOf(declared, scope));
  }

  /** An EKS add-on; the cluster installs it. */
  static addon(name: string, reason: Because): Requirement {
    checkArguments('Requirements.addon', { name }, reason);
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
          return { status: 'provided', addition: { kind: 'addon', addon } };
        }
        if (cluster.addons === undefined) {
          return { status: 'unknown' };
        }
        return cluster.addons.has(addon.name)
          ? { status: 'met' }
          : {
              status: 'unmet',
              message: `cluster '${cluster.name}' has no add-on '${addon.name}'`,
              fix: `install it (eksctl create addon --cluster ${cluster.name} --name ${addon.name}) and list it in 'addons' of the cluster`,
            };
      },
    };
  }

  /** A feature; the cluster enables it where it can. */
  static feature(feature: ClusterFeature, reason: Because): Requirement {
    checkArguments('Requirements.feature', { feature }, reason, FEATURES);
    return Requirements.needed(feature, reason.because);
  }

  /** @internal The same for the library itself, which each workload asks for several. */
  static needed(feature: ClusterFeature, because: string): Requirement {
    return {
      id: `feature/${feature}`,
      need: { kind: 'feature', name: feature },
      because,
      check: (cluster) => {
        if (cluster.made) {
          return { status: 'provided', addition: { kind: 'feature', feature } };
        }
        if (cluster.features === undefined) {
          return { status: 'unknown' };
        }
        return cluster.features.has(feature)
          ? { status: 'met' }
          : {
              status: 'unmet',
              message: `cluster '${cluster.name}' lacks the feature '${feature}'`,
              fix: `enable it and list it in 'features' of the cluster`,
            };
      },
    };
  }

  /** Nodes in at least this many availability zones. */
  static zones(atLeast: number, reason: Because): Requirement {
    checkArguments('Requirements.zones', { atLeast }, reason, 'count');
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
              message: `cluster '${cluster.name}' must have nodes in at least ${atLeast} zones, but has ${cluster.zones}`,
              fix: cluster.made
                ? `set 'availabilityZones' of the cluster to at least ${atLeast} zones`
                : `add nodes in other zones, and set 'zones' of the cluster`,
            };
      },
    };
  }

  /** Nodes of this architecture. */
  static architecture(architecture: Architecture, reason: Because): Requirement {
    checkArguments('Requirements.architecture', { architecture }, reason, ['amd64', 'arm64']);
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
              message: `no node of cluster '${cluster.name}' has the architecture ${architecture}`,
              fix: `add a node group with ${architecture === 'arm64' ? "a Graviton type such as 'm7g.large'" : "an x86 type such as 'm5.large'"}, or change the workload's 'placement.architecture'`,
            };
      },
    };
  }

  /** A custom resource: 'keda.sh/v1alpha1/ScaledObject'. Known controllers are installed by a step. */
  static api(resource: string, reason: Because): Requirement {
    checkArguments('Requirements.api', { resource }, reason);
    return {
      id: `api/${resource}`,
      need: { kind: 'api', name: resource },
      because: reason.because,
      check: () => ({
        status: 'provided',
        addition: {
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
