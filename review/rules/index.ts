// Written by `npm run rules` from the files of this folder.
import type { Rule } from '../rule';
import { rule as applyOrderDefinition } from './apply-order/definition';
import { rule as applyOrderNamespace } from './apply-order/namespace';
import { rule as autoscalersFixedReplicas } from './autoscalers/fixed-replicas';
import { rule as autoscalersOverlap } from './autoscalers/overlap';
import { rule as autoscalersRequests } from './autoscalers/requests';
import { rule as autoscalersTargetKind } from './autoscalers/target-kind';
import { rule as autoscalersVerticalOverlap } from './autoscalers/vertical-overlap';
import { rule as autoscalersVerticalTarget } from './autoscalers/vertical-target';
import { rule as availabilityEqualProbes } from './availability/equal-probes';
import { rule as availabilityGracePeriod } from './availability/grace-period';
import { rule as availabilityLivenessProbe } from './availability/liveness-probe';
import { rule as availabilityMemoryLimit } from './availability/memory-limit';
import { rule as availabilityNoBudget } from './availability/no-budget';
import { rule as availabilityNoSpread } from './availability/no-spread';
import { rule as availabilityReadinessProbe } from './availability/readiness-probe';
import { rule as availabilityRequests } from './availability/requests';
import { rule as availabilitySingleReplica } from './availability/single-replica';
import { rule as availabilitySingleZone } from './availability/single-zone';
import { rule as availabilitySpreadSelector } from './availability/spread-selector';
import { rule as capacityNodeAutoscaler } from './capacity/node-autoscaler';
import { rule as capacityPodTooLarge } from './capacity/pod-too-large';
import { rule as capacityRoom } from './capacity/room';
import { rule as capacityUnknownInstanceType } from './capacity/unknown-instance-type';
import { rule as computeModeNodeClass } from './compute-mode/node-class';
import { rule as computeModeServed } from './compute-mode/served';
import { rule as devicePluginsDuplicate } from './device-plugins/duplicate';
import { rule as disruptionBudgetsBlocksDrains } from './disruption-budgets/blocks-drains';
import { rule as disruptionBudgetsNoScale } from './disruption-budgets/no-scale';
import { rule as disruptionBudgetsOverlap } from './disruption-budgets/overlap';
import { rule as disruptionBudgetsSelectsNothing } from './disruption-budgets/selects-nothing';
import { rule as disruptionBudgetsUnreadyMembers } from './disruption-budgets/unready-members';
import { rule as fargatePodIdentity } from './fargate/pod-identity';
import { rule as fargateUnsupported } from './fargate/unsupported';
import { rule as identitiesIrsaWithoutOidc } from './identities/irsa-without-oidc';
import { rule as identitiesTwoRoles } from './identities/two-roles';
import { rule as identitiesWindows } from './identities/windows';
import { rule as imagesLatest } from './images/latest';
import { rule as ingressBackendPort } from './ingress/backend-port';
import { rule as monitorsPort } from './monitors/port';
import { rule as monitorsSelectsNothing } from './monitors/selects-nothing';
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
import { rule as selectorsPeerSelectsNothing } from './selectors/peer-selects-nothing';
import { rule as selectorsPolicyPort } from './selectors/policy-port';
import { rule as selectorsPolicySelectsNothing } from './selectors/policy-selects-nothing';
import { rule as servicesGoverning } from './services/governing';
import { rule as servicesSelectsNothing } from './services/selects-nothing';
import { rule as servicesTargetPort } from './services/target-port';
import { rule as servicesUndeclaredPort } from './services/undeclared-port';
import { rule as webhooksOwnPods } from './webhooks/own-pods';
import { rule as webhooksServiceMissing } from './webhooks/service-missing';
import { rule as webhooksServicePort } from './webhooks/service-port';
import { rule as webhooksUnreachable } from './webhooks/unreachable';
import { rule as workloadsSameName } from './workloads/same-name';
import { rule as zonesForeign } from './zones/foreign';

/** Every rule, by id. */
export const RULES: readonly Rule[] = [
  applyOrderDefinition,
  applyOrderNamespace,
  autoscalersFixedReplicas,
  autoscalersOverlap,
  autoscalersRequests,
  autoscalersTargetKind,
  autoscalersVerticalOverlap,
  autoscalersVerticalTarget,
  availabilityEqualProbes,
  availabilityGracePeriod,
  availabilityLivenessProbe,
  availabilityMemoryLimit,
  availabilityNoBudget,
  availabilityNoSpread,
  availabilityReadinessProbe,
  availabilityRequests,
  availabilitySingleReplica,
  availabilitySingleZone,
  availabilitySpreadSelector,
  capacityNodeAutoscaler,
  capacityPodTooLarge,
  capacityRoom,
  capacityUnknownInstanceType,
  computeModeNodeClass,
  computeModeServed,
  devicePluginsDuplicate,
  disruptionBudgetsBlocksDrains,
  disruptionBudgetsNoScale,
  disruptionBudgetsOverlap,
  disruptionBudgetsSelectsNothing,
  disruptionBudgetsUnreadyMembers,
  fargatePodIdentity,
  fargateUnsupported,
  identitiesIrsaWithoutOidc,
  identitiesTwoRoles,
  identitiesWindows,
  imagesLatest,
  ingressBackendPort,
  monitorsPort,
  monitorsSelectsNothing,
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
  selectorsPeerSelectsNothing,
  selectorsPolicyPort,
  selectorsPolicySelectsNothing,
  servicesGoverning,
  servicesSelectsNothing,
  servicesTargetPort,
  servicesUndeclaredPort,
  webhooksOwnPods,
  webhooksServiceMissing,
  webhooksServicePort,
  webhooksUnreachable,
  workloadsSameName,
  zonesForeign,
];
