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
import { rule as devicePluginsDuplicate } from './device-plugins/duplicate';
import { rule as disruptionBudgetsOverlap } from './disruption-budgets/overlap';
import { rule as fargatePodIdentity } from './fargate/pod-identity';
import { rule as fargateUnsupported } from './fargate/unsupported';
import { rule as identitiesIrsaWithoutOidc } from './identities/irsa-without-oidc';
import { rule as identitiesTwoRoles } from './identities/two-roles';
import { rule as identitiesWindows } from './identities/windows';
import { rule as ingressAction } from './ingress/action';
import { rule as ingressBackendPort } from './ingress/backend-port';
import { rule as ingressCertificate } from './ingress/certificate';
import { rule as ingressGroupConflict } from './ingress/group-conflict';
import { rule as ingressGroupOrder } from './ingress/group-order';
import { rule as ingressPathWildcard } from './ingress/path-wildcard';
import { rule as ingressUnreachablePath } from './ingress/unreachable-path';
import { rule as kedaAuthentication } from './keda/authentication';
import { rule as kedaTrigger } from './keda/trigger';
import { rule as kedaUtilization } from './keda/utilization';
import { rule as loadBalancersAnnotationName } from './load-balancers/annotation-name';
import { rule as loadBalancersAnnotationValue } from './load-balancers/annotation-value';
import { rule as loadBalancersHealthCheck } from './load-balancers/health-check';
import { rule as loadBalancersInTree } from './load-balancers/in-tree';
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
import { rule as storageAccessMode } from './storage/access-mode';
import { rule as storageDefaultClass } from './storage/default-class';
import { rule as storageImmediateBinding } from './storage/immediate-binding';
import { rule as storageSharedClaim } from './storage/shared-claim';
import { rule as targetGroupsDeregistrationDelay } from './target-groups/deregistration-delay';
import { rule as targetGroupsInstanceTargets } from './target-groups/instance-targets';
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
  devicePluginsDuplicate,
  disruptionBudgetsOverlap,
  fargatePodIdentity,
  fargateUnsupported,
  identitiesIrsaWithoutOidc,
  identitiesTwoRoles,
  identitiesWindows,
  ingressAction,
  ingressBackendPort,
  ingressCertificate,
  ingressGroupConflict,
  ingressGroupOrder,
  ingressPathWildcard,
  ingressUnreachablePath,
  kedaAuthentication,
  kedaTrigger,
  kedaUtilization,
  loadBalancersAnnotationName,
  loadBalancersAnnotationValue,
  loadBalancersHealthCheck,
  loadBalancersInTree,
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
  storageAccessMode,
  storageDefaultClass,
  storageImmediateBinding,
  storageSharedClaim,
  targetGroupsDeregistrationDelay,
  targetGroupsInstanceTargets,
  workloadsSameName,
  zonesForeign,
];
