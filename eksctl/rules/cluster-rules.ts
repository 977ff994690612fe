import { ACCESS_RULES } from './access';
import { ACCESS_ENTRY_RULES } from './access-entries';
import { ADDON_SETTING_RULES } from './addon-settings';
import { ADDON_VERSION_RULES } from './addon-versions';
import { ADDON_RULES } from './addons';
import { AUTO_MODE_RULES } from './auto-mode';
import { CAPABILITY_RULES } from './capabilities';
import { CLUSTER_ADVICE } from './cluster-advice';
import { CONTROL_PLANE_RULES } from './control-plane';
import { COREDNS_RULES } from './coredns-schedulable';
import { EC2_ID_RULES } from './ec2-ids';
import { ENCRYPTION_RULES } from './encryption';
import { FARGATE_RULES } from './fargate';
import { GROUP_NAME_RULES } from './group-names';
import { IAM_RULES } from './iam';
import { IDENTITY_RULES } from './identity-mappings';
import { KARPENTER_RULES } from './karpenter';
import { LOADER_RULES } from './loader';
import { LOGGING_RULES } from './logging';
import { METADATA_RULES } from './metadata';
import { NETWORK_RULES } from './network';
import { OUTPOST_RULES } from './outposts';
import { PARTITION_RULES } from './partitions';
import { POD_IDENTITY_RULES } from './pod-identity';
import { PRIVATE_CLUSTER_RULES } from './private-cluster';
import { REMOTE_NETWORK_RULES } from './remote-network';
import type { ConfigRule } from './rule';
import { STACK_NAME_RULES } from './stack-names';
import { VPC_RULES } from './vpc';
import { WAY_OUT_RULES } from './way-out';
import { ZONE_RULES } from './zones';

const FAMILIES = ['L', 'D', 'A', 'C', 'X'];

/**
 * The rules about the whole file in eksctl's order: on loading, on setting defaults, on validation, late, and never. Within
 * a family the number is eksctl's order.
 */
export const CLUSTER_RULES: readonly ConfigRule[] = [
  ...LOADER_RULES,
  ...POD_IDENTITY_RULES,
  ...ADDON_RULES,
  ...METADATA_RULES,
  ...STACK_NAME_RULES,
  ...IAM_RULES,
  ...NETWORK_RULES,
  ...REMOTE_NETWORK_RULES,
  ...GROUP_NAME_RULES,
  ...IDENTITY_RULES,
  ...LOGGING_RULES,
  ...ZONE_RULES,
  ...ENCRYPTION_RULES,
  ...VPC_RULES,
  ...PRIVATE_CLUSTER_RULES,
  ...AUTO_MODE_RULES,
  ...ACCESS_RULES,
  ...KARPENTER_RULES,
  ...OUTPOST_RULES,
  ...FARGATE_RULES,
  ...CAPABILITY_RULES,
  ...CONTROL_PLANE_RULES,
  ...COREDNS_RULES,
  ...ACCESS_ENTRY_RULES,
  ...ADDON_SETTING_RULES,
  ...ADDON_VERSION_RULES,
  ...EC2_ID_RULES,
  ...PARTITION_RULES,
  ...WAY_OUT_RULES,
  ...CLUSTER_ADVICE,
].sort((a, b) => place(a.id) - place(b.id) || (a.id < b.id ? -1 : 1));

/** 'A12c' comes after 'L9' and 'A2'. */
function place(id: string): number {
  return FAMILIES.indexOf(id[0]!) * 1000 + Number.parseInt(id.slice(1), 10);
}
