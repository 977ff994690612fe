import { ACCESS_CASES } from './access';
import { ADDON_CASES } from './addons';
import type { RuleCase } from './case';
import { CONTROL_PLANE_CASES } from './control-plane';
import { IAM_CASES } from './iam';
import { LATE_FAILURE_CASES } from './late-failures';
import { LOADER_CASES } from './loader';
import { MACHINE_CASES } from './machines';
import { METADATA_CASES } from './metadata';
import { NETWORK_CASES } from './network';
import { NODE_GROUP_CASES } from './node-groups';
import { OUTPOST_CASES } from './outposts';
import { POD_IDENTITY_CASES } from './pod-identity';
import { PRIVATE_CLUSTER_CASES } from './private-cluster';
import { VPC_CASES } from './vpc';
import { WORKLOAD_CASES } from './workloads';

/** Over the whole file. */
export const CLUSTER_CASES: readonly RuleCase[] = [
  ...LOADER_CASES,
  ...POD_IDENTITY_CASES,
  ...ADDON_CASES,
  ...METADATA_CASES,
  ...IAM_CASES,
  ...NETWORK_CASES,
  ...VPC_CASES,
  ...PRIVATE_CLUSTER_CASES,
  ...ACCESS_CASES,
  ...CONTROL_PLANE_CASES,
  ...OUTPOST_CASES,
  ...WORKLOAD_CASES,
  ...LATE_FAILURE_CASES,
];

export const CASES: readonly RuleCase[] = [...CLUSTER_CASES, ...NODE_GROUP_CASES, ...MACHINE_CASES];
