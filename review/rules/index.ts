// Written by `npm run rules` from the files of this folder.
import type { Rule } from '../rule';
import { rule as applyOrderDefinition } from './apply-order/definition';
import { rule as applyOrderNamespace } from './apply-order/namespace';
import { rule as autoscalersOverlap } from './autoscalers/overlap';
import { rule as capacityNodeAutoscaler } from './capacity/node-autoscaler';
import { rule as capacityPodTooLarge } from './capacity/pod-too-large';
import { rule as capacityRoom } from './capacity/room';
import { rule as capacityUnknownInstanceType } from './capacity/unknown-instance-type';
import { rule as computeModeNodeClass } from './compute-mode/node-class';
import { rule as computeModeServed } from './compute-mode/served';
import { rule as containersNoVariables } from './containers/no-variables';
import { rule as devicePluginsDuplicate } from './device-plugins/duplicate';
import { rule as disruptionBudgetsOverlap } from './disruption-budgets/overlap';
import { rule as fargateNetworkPolicies } from './fargate/network-policies';
import { rule as fargatePodIdentity } from './fargate/pod-identity';
import { rule as fargateUnsupported } from './fargate/unsupported';
import { rule as identitiesIrsaWithoutOidc } from './identities/irsa-without-oidc';
import { rule as identitiesTwoRoles } from './identities/two-roles';
import { rule as identitiesWindows } from './identities/windows';
import { rule as ingressBackendPort } from './ingress/backend-port';
import { rule as limitsRange } from './limits/range';
import { rule as nodeClassesDefaultMissing } from './node-classes/default-missing';
import { rule as nodeClassesOwnRole } from './node-classes/own-role';
import { rule as nodeClassesSubnetTags } from './node-classes/subnet-tags';
import { rule as objectsDuplicate } from './objects/duplicate';
import { rule as placementUnschedulable } from './placement/unschedulable';
import { rule as privateClusterEndpoints } from './private-cluster/endpoints';
import { rule as privateClusterUnreachable } from './private-cluster/unreachable';
import { rule as quantitiesInvalid } from './quantities/invalid';
import { rule as referencesMissing } from './references/missing';
import { rule as selectorsOverlap } from './selectors/overlap';
import { rule as workloadsSameName } from './workloads/same-name';
import { rule as zonesForeign } from './zones/foreign';

/** Every rule, by id. */
export const RULES: readonly Rule[] = [
  applyOrderDefinition,
  applyOrderNamespace,
  autoscalersOverlap,
  capacityNodeAutoscaler,
  capacityPodTooLarge,
  capacityRoom,
  capacityUnknownInstanceType,
  computeModeNodeClass,
  computeModeServed,
  containersNoVariables,
  devicePluginsDuplicate,
  disruptionBudgetsOverlap,
  fargateNetworkPolicies,
  fargatePodIdentity,
  fargateUnsupported,
  identitiesIrsaWithoutOidc,
  identitiesTwoRoles,
  identitiesWindows,
  ingressBackendPort,
  limitsRange,
  nodeClassesDefaultMissing,
  nodeClassesOwnRole,
  nodeClassesSubnetTags,
  objectsDuplicate,
  placementUnschedulable,
  privateClusterEndpoints,
  privateClusterUnreachable,
  quantitiesInvalid,
  referencesMissing,
  selectorsOverlap,
  workloadsSameName,
  zonesForeign,
];
