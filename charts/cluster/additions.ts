import type { IConstruct } from 'constructs';
import { CONTROLLERS } from '../../eks/controllers';
import { resolvedNodeGroups } from '../../eksctl/resolved-node-group';
import type { AccessEntry, ClusterConfig, PodIdentityAssociation } from '../../eksctl/types';
import { canonical } from '../../kube/canonical';
import { entryOf } from '../../kube/collections';
import type { Mutable } from '../../kube/values';
import { constructsOf } from '../core/app-objects';
import type { Problem } from '../core/checks';
import type { ClusterContext } from '../core/cluster-context';
import {
  type Addon,
  type ClusterAddition,
  type ClusterFeature,
  type Prerequisite,
  type Requirement,
  Requirements,
  type Step,
} from '../core/requirements';
import type { Edit } from '../core/values';
import { type AskedEntry, mergeEntries } from './access';
import { type AskedAddon, baseAddons, type Contradiction, mergeAddons, ownAddons } from './addons';
import { withNodePools } from './auto-mode/architectures';
import { adminEntries } from './cluster-config';
import { inOrder, prerequisiteOf } from './controllers';
import { broughtBy, ObjectRequirements } from './driver-requirements';
import { nodeRoles } from './karpenter/node-roles';
import { karpenterPrerequisite } from './karpenter/prerequisite';
import type { ResolvedCluster } from './resolved-cluster';
import { featureAdditions, howToTell, satisfy } from './satisfy';

/** Everything that the requirements of an app add to its cluster. */
export interface ClusterAdditions {
  readonly addons: readonly Addon[];
  readonly associations: readonly PodIdentityAssociation[];
  readonly entries: readonly AccessEntry[];
  readonly prerequisites: readonly Prerequisite[];
  readonly steps: readonly Step[];
  readonly edits: readonly Edit<Mutable<ClusterConfig>>[];
  readonly features: ReadonlySet<ClusterFeature>;
  readonly problems: readonly Problem[];
}

/** A value, and the path of the construct that requires it. */
interface Asked<T> {
  readonly value: T;
  readonly by: string;
}

/** Collects the requirements of every construct of the app, and what satisfies them. */
export function collectAdditions(cluster: IConstruct, resolved: ResolvedCluster): ClusterAdditions {
  const collection = new Collection(cluster, resolved);
  collection.addOwn();
  const { root } = cluster.node;
  const ofObjects = new ObjectRequirements(broughtBy(root));
  const declared = Requirements.declaredIn(root);
  for (const construct of constructsOf(root)) {
    if (declared.has(construct)) {
      for (const requirement of Requirements.of(construct)) {
        collection.addRequirement(construct, requirement);
      }
    }
    for (const requirement of ofObjects.of(construct)) {
      collection.addRequirement(construct, requirement);
    }
  }
  return collection.finish();
}

class Collection {
  private readonly addons: AskedAddon[] = [];
  private readonly associations = new Map<string, Asked<PodIdentityAssociation>>();
  private readonly entries: AskedEntry[] = [];
  private readonly prerequisites = new Map<string, Asked<Prerequisite>>();
  private readonly steps = new Map<string, Step>();
  private readonly edits = new Map<string, Edit<Mutable<ClusterConfig>>>();
  private readonly features = new Set<ClusterFeature>();
  private readonly reported = new Set<string>();
  private readonly needs = new Map<string, Set<string>>();
  private readonly problems: Problem[] = [];
  private readonly context: ClusterContext;

  constructor(
    private readonly cluster: IConstruct,
    private readonly resolved: ResolvedCluster,
  ) {
    this.context = withNodePools(cluster.node.root, resolved.context);
  }

  /** The additions that do not depend on workloads. */
  addOwn(): void {
    const { config, context, described } = this.resolved;
    if (!config) {
      return;
    }
    const by = this.cluster.node.path;
    const { compute, region } = context.facts;
    const { user } = config;
    this.addons.push(...ownAddons(compute, region, config).map((addon) => ({ addon, by })));
    this.entries.push(...[...adminEntries(config), ...user.entries].map((entry) => ({ entry, by })));
    for (const association of user.associations) {
      this.addAssociation(association, by);
    }
    const { karpenter } = this.resolved;
    if (karpenter) {
      const prerequisite = karpenterPrerequisite(context.facts, karpenter.version, nodeRoles(this.cluster));
      this.add(this.cluster, '', { kind: 'prerequisite', prerequisite });
    }
    if (described && resolvedNodeGroups(described).some((group) => group.maxSize > group.minSize)) {
      this.add(this.cluster, '', {
        kind: 'prerequisite',
        prerequisite: prerequisiteOf(CONTROLLERS.clusterAutoscaler, context.facts),
      });
    }
  }

  addRequirement(construct: IConstruct, requirement: Requirement): void {
    if (this.isRepeated(requirement)) {
      return;
    }
    const { facts } = this.context;
    const result = satisfy(requirement, facts);
    if (requirement.need?.kind === 'feature') {
      this.features.add(requirement.need.name as ClusterFeature);
    }
    if (result.status === 'provided') {
      this.add(construct, requirement.id, result.addition);
    } else if (result.status !== 'met' && !this.reported.has(requirement.id)) {
      this.reported.add(requirement.id);
      if (result.status === 'unmet') {
        this.problems.push({
          rule: 'requirements/unmet',
          construct: construct.node.path,
          message: `${result.message} (needed because ${requirement.because})`,
          fix: result.fix,
        });
      } else {
        this.problems.push({
          rule: 'requirements/unknown',
          severity: 'warning',
          construct: construct.node.path,
          message: `whether cluster '${facts.name}' meets '${requirement.id}' is unknown (needed because ${requirement.because})`,
          fix: howToTell(requirement, facts),
        });
      }
    }
  }

  /** Whether an equal one was met: the objects of a thousand workloads need the same few features. */
  private isRepeated({ need }: Requirement): boolean {
    // of an add-on or an account there may be more to say
    if (!need || need.kind === 'addon' || need.kind === 'pod-identity') {
      return false;
    }
    const names = entryOf(this.needs, need.kind, newSet);
    const known = names.has(need.name);
    names.add(need.name);
    return known;
  }

  private add(construct: IConstruct, id: string, addition: ClusterAddition): void {
    const by = construct.node.path;
    switch (addition.kind) {
      case 'addon':
        this.addons.push({ addon: addition.addon, by });
        break;
      case 'feature':
        this.features.add(addition.feature);
        for (const part of featureAdditions(addition.feature, this.context.facts)) {
          this.add(construct, id, part);
        }
        break;
      case 'pod-identity':
        this.addAssociation(addition.association, by);
        break;
      case 'access-entry':
        this.entries.push({ entry: addition.entry, by });
        break;
      case 'prerequisite':
        this.addOnce(this.prerequisites, addition.prerequisite.name, addition.prerequisite, by, 'prerequisite');
        if (addition.prerequisite.podIdentity) {
          this.addAssociation(addition.prerequisite.podIdentity, by);
        }
        break;
      case 'step':
        this.steps.set(textOf(addition.step), addition.step);
        break;
      case 'edit':
        this.addEdit(construct, id || by, addition.edit);
        break;
    }
  }

  private addEdit(construct: IConstruct, id: string, edit: Edit<Mutable<ClusterConfig>>): void {
    if (!this.context.facts.made) {
      this.problems.push({
        rule: 'requirements/edit',
        severity: 'warning',
        construct: construct.node.path,
        message: `'${id}' requires a change of the ClusterConfig, but this app does not create the cluster`,
        fix: 'make the change in the program or file that creates the cluster',
      });
    } else {
      this.edits.set(id, edit);
    }
  }

  private addAssociation(association: PodIdentityAssociation, by: string): void {
    const key = `${association.namespace}/${association.serviceAccountName}`;
    this.addOnce(this.associations, key, association, by, 'pod identity association');
  }

  /** Names are unique in EKS, so a second one must be equal. */
  private addOnce<T>(known: Map<string, Asked<T>>, key: string, value: T, by: string, what: string): void {
    const first = known.get(key);
    if (!first) {
      known.set(key, { value, by });
    } else if (textOf(first.value) !== textOf(value)) {
      this.contradict({ what: `${what} '${key}'`, first: first.by, second: by });
    }
  }

  private contradict({ what, first, second }: Contradiction): void {
    this.problems.push({
      rule: 'requirements/contradiction',
      construct: second,
      message: `'${first}' and '${second}' require different values of ${what}`,
      fix: 'use the same value in both',
    });
  }

  finish(): ClusterAdditions {
    const { addons, contradictions } = mergeAddons(this.addons);
    const access = mergeEntries(this.entries);
    for (const contradiction of [...contradictions, ...access.contradictions]) {
      this.contradict(contradiction);
    }
    const base = this.resolved.config ? baseAddons(this.context.facts.compute, this.context.facts.region).length : 0;
    return {
      addons: [...addons.slice(0, base), ...addons.slice(base).sort((a, b) => (a.name < b.name ? -1 : 1))],
      associations: sorted(this.associations),
      entries: [...access.entries].sort((a, b) => (a.principalARN < b.principalARN ? -1 : 1)),
      prerequisites: inOrder(sorted(this.prerequisites)),
      steps: [...this.steps.values()],
      edits: [...this.edits.values()],
      features: this.features,
      problems: this.problems,
    };
  }
}

/** By key, so that the order of constructs does not change the output. */
function sorted<T>(asked: ReadonlyMap<string, Asked<T>>): T[] {
  return [...asked].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, { value }]) => value);
}

const newSet = () => new Set<string>();

function textOf(value: unknown): string {
  return JSON.stringify(canonical(value));
}
