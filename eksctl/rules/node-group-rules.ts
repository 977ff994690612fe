import { BOTTLEROCKET_RULES } from './bottlerocket';
import { CAPACITY_RESERVATION_RULES } from './capacity-reservation';
import { LAUNCH_TEMPLATE_RULES } from './launch-template';
import { ACCESS_RULES } from './node-group-access';
import { ADVICE_RULES } from './node-group-advice';
import { AMI_RULES } from './node-group-ami';
import { CAPACITY_RULES } from './node-group-capacity';
import { IAM_RULES } from './node-group-iam';
import { INSTANCE_RULES } from './node-group-instances';
import { LABEL_TAINT_RULES } from './node-group-labels-taints';
import { LATE_RULES } from './node-group-late';
import { PLACEMENT_RULES } from './node-group-placement';
import { POLICY_RULES } from './node-group-policies';
import { REPAIR_RULES } from './node-group-repair';
import { SIZE_RULES } from './node-group-sizes';
import { VOLUME_RULES } from './node-group-volumes';
import { ROOT_VOLUME_RULES } from './root-volume';
import type { NodeGroupRule } from './rule';
import { SELF_MANAGED_RULES } from './self-managed';
import { SPOT_RULES } from './spot';
import { VOLUME_LIMIT_RULES } from './volume-limits';

/** The rules about one node group, by topic. */
export const NODE_GROUP_RULES: readonly NodeGroupRule[] = [
  ...VOLUME_RULES,
  ...VOLUME_LIMIT_RULES,
  ...ROOT_VOLUME_RULES,
  ...SIZE_RULES,
  ...REPAIR_RULES,
  ...PLACEMENT_RULES,
  ...INSTANCE_RULES,
  ...CAPACITY_RULES,
  ...SPOT_RULES,
  ...CAPACITY_RESERVATION_RULES,
  ...AMI_RULES,
  ...BOTTLEROCKET_RULES,
  ...LAUNCH_TEMPLATE_RULES,
  ...LABEL_TAINT_RULES,
  ...IAM_RULES,
  ...POLICY_RULES,
  ...ACCESS_RULES,
  ...SELF_MANAGED_RULES,
  ...LATE_RULES,
  ...ADVICE_RULES,
];
