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
import { rule as connectionsFargate } from './connections/fargate';
import { rule as connectionsOutside } from './connections/outside';
import { rule as connectionsUndeclared } from './connections/undeclared';
import { rule as devicePluginsDuplicate } from './device-plugins/duplicate';
import { rule as disruptionBudgetsOverlap } from './disruption-budgets/overlap';
import { rule as fargatePodIdentity } from './fargate/pod-identity';
import { rule as fargateUnsupported } from './fargate/unsupported';
import { rule as identitiesAnyAccount } from './identities/any-account';
import { rule as identitiesIrsaWithoutOidc } from './identities/irsa-without-oidc';
import { rule as identitiesS3Resource } from './identities/s3-resource';
import { rule as identitiesTwoRoles } from './identities/two-roles';
import { rule as identitiesWindows } from './identities/windows';
import { rule as ingressBackendPort } from './ingress/backend-port';
import { rule as nodeClassesDefaultMissing } from './node-classes/default-missing';
import { rule as nodeClassesOwnRole } from './node-classes/own-role';
import { rule as nodeClassesSubnetTags } from './node-classes/subnet-tags';
import { rule as objectsDuplicate } from './objects/duplicate';
import { rule as placementUnschedulable } from './placement/unschedulable';
import { rule as privateClusterEndpoints } from './private-cluster/endpoints';
import { rule as privateClusterUnreachable } from './private-cluster/unreachable';
import { rule as quantitiesInvalid } from './quantities/invalid';
import { rule as referencesMissing } from './references/missing';
import { rule as secretsInManifest } from './secrets/in-manifest';
import { rule as secretsLiteral } from './secrets/literal';
import { rule as secretsNeverSynced } from './secrets/never-synced';
import { rule as securityClusterAdmin } from './security/cluster-admin';
import { rule as securityDefaultNamespace } from './security/default-namespace';
import { rule as securityEgressAnywhere } from './security/egress-anywhere';
import { rule as securityEveryone } from './security/everyone';
import { rule as securityHostAccess } from './security/host-access';
import { rule as securityNoNetworkPolicy } from './security/no-network-policy';
import { rule as securityOpenInternal } from './security/open-internal';
import { rule as securityPoliciesFailOpen } from './security/policies-fail-open';
import { rule as securityPrivilegeEscalation } from './security/privilege-escalation';
import { rule as securityPrivileged } from './security/privileged';
import { rule as securityRbacEscalation } from './security/rbac-escalation';
import { rule as securityRbacPods } from './security/rbac-pods';
import { rule as securityRbacSecrets } from './security/rbac-secrets';
import { rule as securityRbacWildcard } from './security/rbac-wildcard';
import { rule as securityRunAsRoot } from './security/run-as-root';
import { rule as securityServiceAccountToken } from './security/service-account-token';
import { rule as securityTenantQuota } from './security/tenant-quota';
import { rule as securityWritableRoot } from './security/writable-root';
import { rule as selectorsOverlap } from './selectors/overlap';
import { rule as variablesUndefined } from './variables/undefined';
import { rule as variablesUnexpanded } from './variables/unexpanded';
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
  connectionsFargate,
  connectionsOutside,
  connectionsUndeclared,
  devicePluginsDuplicate,
  disruptionBudgetsOverlap,
  fargatePodIdentity,
  fargateUnsupported,
  identitiesAnyAccount,
  identitiesIrsaWithoutOidc,
  identitiesS3Resource,
  identitiesTwoRoles,
  identitiesWindows,
  ingressBackendPort,
  nodeClassesDefaultMissing,
  nodeClassesOwnRole,
  nodeClassesSubnetTags,
  objectsDuplicate,
  placementUnschedulable,
  privateClusterEndpoints,
  privateClusterUnreachable,
  quantitiesInvalid,
  referencesMissing,
  secretsInManifest,
  secretsLiteral,
  secretsNeverSynced,
  securityClusterAdmin,
  securityDefaultNamespace,
  securityEgressAnywhere,
  securityEveryone,
  securityHostAccess,
  securityNoNetworkPolicy,
  securityOpenInternal,
  securityPoliciesFailOpen,
  securityPrivilegeEscalation,
  securityPrivileged,
  securityRbacEscalation,
  securityRbacPods,
  securityRbacSecrets,
  securityRbacWildcard,
  securityRunAsRoot,
  securityServiceAccountToken,
  securityTenantQuota,
  securityWritableRoot,
  selectorsOverlap,
  variablesUndefined,
  variablesUnexpanded,
  workloadsSameName,
  zonesForeign,
];
