/** Rules over Kubernetes objects, whatever made them; loads neither cdk8s nor constructs. */

export {
  type FilePlace,
  type Finding,
  formatFinding,
  isOpen,
  type ObjectReference,
  type Severity,
  type WaivedBy,
} from '../kube/finding';
// an inventory, and where it comes from
export { Inventory, type InventoryObject, inventoryObject, type Origin, type PodObject } from '../kube/inventory';
// who reaches whom
export type { OpenPorts, Protocol } from '../kube/reachability/open-ports';
export type { Outside } from '../kube/reachability/outside';
export type {
  Edge,
  End,
  Reachability,
  ReachabilityOptions,
  SideVerdict,
  Verdict,
} from '../kube/reachability/reachability';
// what is accepted
export { type Baseline, baselineText, parseBaseline, withBaseline } from './baseline';
// the cluster that the objects are applied to
export { type ClusterSide, clusterSide } from './cluster-side';
export { fingerprint } from './fingerprint';
export type { Level, Levels } from './levels';
export { loadInventory, type SourceDocument } from './load';
// what an apply of one set over another does
export type { ClusterPlan, ClusterStep } from './plan/cluster/model';
export { planCluster } from './plan/cluster/plan-cluster';
export type {
  Effect,
  FieldChange,
  ObjectPlan,
  ObjectVerdict,
  Plan,
  PodsChange,
  Refusal,
  RemedyStep,
  Risk,
} from './plan/model';
export { type PlanOptions, plan } from './plan/plan';
export { reachability } from './reachability';
export { type ManifestFile, readManifests } from './read-manifests';
// the rules
export { type ReviewOf, review } from './review';
export type { CustomRule, ExistingObject, Problem, ReportFinding, ReviewInput, Rule } from './rule';
export { RULES } from './rules';
export type { ReviewSettings } from './settle';
export { waiverAnnotation } from './waiver-text';
export type { DeclaredWaiver } from './waivers';
