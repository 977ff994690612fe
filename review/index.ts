/** Rules over Kubernetes objects, whatever made them; loads neither cdk8s nor constructs. */

export { type FilePlace, type Finding, formatFinding, type ObjectReference, type Severity } from '../kube/finding';
// an inventory, and where it comes from
export { Inventory, type InventoryObject, inventoryObject, type Origin, type PodObject } from '../kube/inventory';
// the cluster that the objects are applied to
export { type ClusterSide, clusterSide } from './cluster-side';
export { loadInventory, type SourceDocument } from './load';
export { type ManifestFile, readManifests } from './read-manifests';
// the rules
export { review } from './review';
export type { ExistingObject, Problem, ReportFinding, ReviewInput, Rule } from './rule';
export { RULES } from './rules';
