import type { IConstruct } from 'constructs';
import { CONTROLLERS } from '../../eks/controllers';
import { resolvedNodeGroups } from '../../eksctl/resolved-node-group';
import type { AccessEntry, ClusterConfig, PodIdentityAssociation } from '../../eksctl/types';
import { canonical } from '../../kube/canonical';
import type { Mutable } from '../../kube/values';
import { constructsOf } from '../core/app-objects';
import type { Problem } from '../core/checks';
import type { ClusterContext } from '../core/cluster-context';
import {
  type Addon,
  type ClusterFeature,
  type Prerequisite,
  type Provision,
  type Requirement,
  Requirements,
  type Step,
} from '../core/requirements';
import type { Edit } from '../core/values';
import { type AskedEntry, mergeEntries } from './access';
import { type AskedAddon, baseAddons, type Contradiction, mergeAddons, ownAddons } from './addons';
import { withNodePools } from './auto-mode/architectures';
import { adminEntries } from './cluster-config';
import { prerequisiteOf } from './controllers';
import { requirementsOfObject } from './driver-requirements';
import type { ClusterPlan } from './plan';
import { featureProvisions, howToTell, verdictOf } from './verdicts';

/** What the requirements of an app come to. */
export interface Provisions {
  readonly addons: readonly Addon[];
  readonly associations: readonly PodIdentityAssociation[];
  readonly entries: readonly AccessEntry[];
  readonly prerequisites: readonly Prerequisite[];
  readonly steps: readonly Step[];
  readonly edits: readonly Edit<Mutable<ClusterConfig>>[];
  readonly features: ReadonlySet<ClusterFeature>;
  readonly problems: readonly Problem[];
}

/** Something, and the path of the construct that asks for it. */
interface Asked<T> {
  readonly value: T;
  readonly by: string;
}

/** Asks every construct of the app what it needs, and finds for each need what meets it. */
export function collectProvisions(cluster: IConstruct, plan: ClusterPlan): Provisions {
  const collection = new Collection(cluster, plan);
  collection.addOwn();
  for (const construct of constructsOf(cluster.node.root)) {
    for (const requirement of [...Requirements.of(construct), ...requirementsOfObject(construct)]) {
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
  private readonly told = new Set<string>();
  private readonly problems: Problem[] = [];
  private readonly context: ClusterContext;

  constructor(
    private readonly cluster: IConstruct,
    private readonly plan: ClusterPlan,
  ) {
    this.context = withNodePools(cluster.node.root, plan.context);
  }

  /** What the cluster has whatever runs on it. */
  addOwn(): void {
    const { config, context, described } = this.plan;
    if (!config) {
      return;
    }
    const by = this.cluster.node.path;
    const { compute, region } = context.facts;
    const { own } = config;
    this.addons.push(...ownAddons(compute, region, config).map((addon) => ({ addon, by })));
    this.entries.push(...[...adminEntries(config), ...own.entries].map((entry) => ({ entry, by })));
    for (const association of own.associations) {
      this.addAssociation(association, by);
    }
    if (described && resolvedNodeGroups(described).some((group) => group.maxSize > group.minSize)) {
      this.addProvision(this.cluster, '', {
        kind: 'prerequisite',
        prerequisite: prerequisiteOf(CONTROLLERS.clusterAutoscaler, context.facts),
      });
    }
  }

  addRequirement(construct: IConstruct, requirement: Requirement): void {
    const { facts } = this.context;
    const verdict = verdictOf(requirement, facts);
    if (requirement.need?.kind === 'feature') {
      this.features.add(requirement.need.name as ClusterFeature);
    }
    if (verdict.status === 'provide') {
      this.addProvision(construct, requirement.id, verdict.provision);
    } else if (verdict.status !== 'met' && !this.told.has(requirement.id)) {
      this.told.add(requirement.id);
      if (verdict.status === 'unmet') {
        this.problems.push({
          rule: 'requirements/unmet',
          construct: construct.node.path,
          message: `${verdict.problem} (needed because ${requirement.because})`,
          fix: verdict.fix,
        });
      } else {
        this.problems.push({
          rule: 'requirements/unknown',
          severity: 'warning',
          construct: construct.node.path,
          message: `it is not known whether cluster '${facts.name}' meets '${requirement.id}' (needed because ${requirement.because})`,
          fix: howToTell(requirement, facts),
        });
      }
    }
  }

  private addProvision(construct: IConstruct, id: string, provision: Provision): void {
    const by = construct.node.path;
    switch (provision.kind) {
      case 'addon':
        this.addons.push({ addon: provision.addon, by });
        break;
      case 'feature':
        this.features.add(provision.feature);
        for (const part of featureProvisions(provision.feature, this.context.facts)) {
          this.addProvision(construct, id, part);
        }
        break;
      case 'pod-identity':
        this.addAssociation(provision.association, by);
        break;
      case 'access-entry':
        this.entries.push({ entry: provision.entry, by });
        break;
      case 'prerequisite':
        this.addOnce(this.prerequisites, provision.prerequisite.name, provision.prerequisite, by, 'prerequisite');
        if (provision.prerequisite.podIdentity) {
          this.addAssociation(provision.prerequisite.podIdentity, by);
        }
        break;
      case 'step':
        this.steps.set(textOf(provision.step), provision.step);
        break;
      case 'edit':
        this.addEdit(construct, id || by, provision.edit);
        break;
    }
  }

  private addEdit(construct: IConstruct, id: string, edit: Edit<Mutable<ClusterConfig>>): void {
    if (!this.context.facts.made) {
      this.problems.push({
        rule: 'requirements/edit',
        severity: 'warning',
        construct: construct.node.path,
        message: `'${id}' needs a change of the ClusterConfig, and this app does not make the cluster`,
        fix: 'make sure that the change has been made',
      });
    } else {
      this.edits.set(id, edit);
    }
  }

  private addAssociation(association: PodIdentityAssociation, by: string): void {
    const key = `${association.namespace}/${association.serviceAccountName}`;
    this.addOnce(this.associations, key, association, by, 'pod identity association');
  }

  /** EKS has one of a name, so a second one must be the same. */
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
      message: `'${first}' and '${second}' ask for different values of ${what}`,
      fix: 'let both ask for the same',
    });
  }

  finish(): Provisions {
    const { addons, contradictions } = mergeAddons(this.addons);
    const access = mergeEntries(this.entries);
    for (const contradiction of [...contradictions, ...access.contradictions]) {
      this.contradict(contradiction);
    }
    const base = this.plan.config ? baseAddons(this.context.facts.compute, this.context.facts.region).length : 0;
    return {
      addons: [...addons.slice(0, base), ...addons.slice(base).sort((a, b) => (a.name < b.name ? -1 : 1))],
      associations: sorted(this.associations),
      entries: [...access.entries].sort((a, b) => (a.principalARN < b.principalARN ? -1 : 1)),
      prerequisites: sorted(this.prerequisites),
      steps: [...this.steps.values()],
      edits: [...this.edits.values()],
      features: this.features,
      problems: this.problems,
    };
  }
}

/** By key, so that the order in which constructs are made does not show. */
function sorted<T>(asked: ReadonlyMap<string, Asked<T>>): T[] {
  return [...asked].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, { value }]) => value);
}

function textOf(value: unknown): string {
  return JSON.stringify(canonical(value));
}
