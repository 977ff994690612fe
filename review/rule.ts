import type { Finding, Severity } from '../kube/finding';
import { type Inventory, type InventoryObject, referenceTo } from '../kube/inventory';
import type { ClusterSide } from './cluster-side';

/** An object that is in the cluster already, or appears there without the set. */
export interface ExistingObject {
  /** 'ConfigMap', 'Secret', 'ServiceAccount', 'PersistentVolumeClaim', 'Service', ... */
  readonly kind: string;
  /** Its namespace; '' for cluster-scoped kinds. */
  readonly namespace: string;
  /** metadata.name. */
  readonly name: string;
  /** Of a Namespace: its labels, such as the Pod Security level that it enforces. @default - none are known */
  readonly labels?: Readonly<Record<string, string>>;
}

/** What is reviewed. */
export interface ReviewInput {
  /** Every object that is applied. */
  readonly inventory: Inventory;
  /** Objects that references may name beside those of the inventory. */
  readonly existing: readonly ExistingObject[];
  /** The cluster that the objects are applied to; rules on it are skipped without one. */
  readonly cluster: ClusterSide | undefined;
  /** Of the API server: '1.35'. */
  readonly kubernetesVersion: string;
}

/** What a rule says of an object. */
export interface Problem {
  /** What is invalid, its value, and what is allowed; a sentence without its full stop. */
  readonly message: string;
  /** What to write instead; a sentence without its full stop. */
  readonly fix: string;
  /** The field of the object. */
  readonly field?: string;
  /** The name of the container that the problem is in. */
  readonly container?: string;
  /** Where the rule's own severity does not hold. */
  readonly severity?: Severity;
  /** The construct to change, where it is not that of the object. */
  readonly construct?: string | undefined;
}

/** Takes what a rule finds; without an object it is about the cluster. */
export type ReportFinding = (object: InventoryObject | undefined, problem: Problem) => void;

/** A rule over all objects. Pure, and linear in their number. */
export interface CustomRule {
  /** 'references/missing'. */
  readonly id: string;
  /** What holds when the rule is kept, in one line. */
  readonly title: string;
  readonly severity: Severity;
  /** What must be known of the cluster: where it is not, the rule is skipped. @default - nothing */
  readonly needs?: 'cluster' | 'capacity';
  /** What happens in the cluster where the rule is broken, in one to three sentences. */
  readonly why?: string;
  /** The page that the rule follows, where there is one. */
  readonly source?: string;
  /**
   * Who refuses what breaks the rule: `kubectl apply`, or a controller afterwards. test:cluster applies `bad` and `good`
   * of every rule that names the API server. @default - it is accepted, and fails later
   */
  readonly refusedBy?: 'api-server' | 'controller';
  /** The smallest manifests that break the rule, as YAML. A ClusterConfig among them is the cluster. */
  readonly bad?: string;
  /** The nearest ones that do not. */
  readonly good?: string;
  readonly check: (input: ReviewInput, report: ReportFinding) => void;
}

/**
 * A rule of the library: one file, `rules/<topic>/<name>.ts`, whose path is its id. Safe on any set: the inventory has
 * dropped nulls and values of the wrong type.
 */
export interface Rule extends CustomRule {
  readonly why: string;
  readonly bad: string;
  readonly good: string;
}

/** A rule on objects and their cluster, which is skipped where no cluster is known. */
export function clusterRule(
  rule: Omit<Rule, 'check'> & {
    readonly check: (cluster: ClusterSide, inventory: Inventory, report: ReportFinding) => void;
  },
): Rule {
  return {
    needs: 'cluster',
    ...rule,
    check: ({ cluster, inventory }, report) => cluster && rule.check(cluster, inventory, report),
  };
}

/** The findings of one rule. */
export function findingsOf(rule: CustomRule, input: ReviewInput): Finding[] {
  const findings: Finding[] = [];
  rule.check(input, (object, { severity, construct, ...problem }) => {
    const place = construct ?? object?.origin.construct ?? (object ? undefined : input.cluster?.construct);
    // a field of no object is one of the ClusterConfig
    const file = object?.origin.file ?? (object || problem.field === undefined ? undefined : input.cluster?.file);
    findings.push({
      rule: rule.id,
      severity: severity ?? rule.severity,
      ...(object ? { object: referenceTo(object) } : {}),
      ...(file ? { file } : {}),
      ...(place === undefined ? {} : { construct: place }),
      ...problem,
    });
  });
  return findings;
}
