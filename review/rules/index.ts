// Written by `npm run rules` from the files of this folder.
import type { Rule } from '../rule';
import { rule as apiVersionsDeprecated } from './api-versions/deprecated';
import { rule as apiVersionsRemoved } from './api-versions/removed';
import { rule as apiVersionsUnknown } from './api-versions/unknown';
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
import { rule as connectionsFargate } from './connections/fargate';
import { rule as connectionsOutside } from './connections/outside';
import { rule as connectionsUndeclared } from './connections/undeclared';
import { rule as containersEnv } from './containers/env';
import { rule as containersEnvTwice } from './containers/env-twice';
import { rule as containersFieldRef } from './containers/field-ref';
import { rule as containersGracePeriod } from './containers/grace-period';
import { rule as containersInjected } from './containers/injected';
import { rule as containersName } from './containers/name';
import { rule as containersNoVariables } from './containers/no-variables';
import { rule as containersPorts } from './containers/ports';
import { rule as containersSecurityContext } from './containers/security-context';
import { rule as devicePluginsDuplicate } from './device-plugins/duplicate';
import { rule as disruptionBudgetsBlocksDrains } from './disruption-budgets/blocks-drains';
import { rule as disruptionBudgetsForm } from './disruption-budgets/form';
import { rule as disruptionBudgetsNoScale } from './disruption-budgets/no-scale';
import { rule as disruptionBudgetsOverlap } from './disruption-budgets/overlap';
import { rule as disruptionBudgetsSelectsNothing } from './disruption-budgets/selects-nothing';
import { rule as disruptionBudgetsUnreadyMembers } from './disruption-budgets/unready-members';
import { rule as fargatePodIdentity } from './fargate/pod-identity';
import { rule as fargatePodSize } from './fargate/pod-size';
import { rule as fargateUnsupported } from './fargate/unsupported';
import { rule as hostPortsNetwork } from './host-ports/network';
import { rule as hostPortsReplicas } from './host-ports/replicas';
import { rule as identitiesAnyAccount } from './identities/any-account';
import { rule as identitiesIrsaWithoutOidc } from './identities/irsa-without-oidc';
import { rule as identitiesS3Resource } from './identities/s3-resource';
import { rule as identitiesTwoRoles } from './identities/two-roles';
import { rule as identitiesWindows } from './identities/windows';
import { rule as imagesLatest } from './images/latest';
import { rule as ingressAction } from './ingress/action';
import { rule as ingressBackendPort } from './ingress/backend-port';
import { rule as ingressCertificate } from './ingress/certificate';
import { rule as ingressGroupConflict } from './ingress/group-conflict';
import { rule as ingressGroupOrder } from './ingress/group-order';
import { rule as ingressPathWildcard } from './ingress/path-wildcard';
import { rule as ingressUnreachablePath } from './ingress/unreachable-path';
import { rule as jobsName } from './jobs/name';
import { rule as jobsNeverRuns } from './jobs/never-runs';
import { rule as jobsRestartPolicy } from './jobs/restart-policy';
import { rule as jobsSchedule } from './jobs/schedule';
import { rule as jobsSelector } from './jobs/selector';
import { rule as jobsSpec } from './jobs/spec';
import { rule as kedaAuthentication } from './keda/authentication';
import { rule as kedaTrigger } from './keda/trigger';
import { rule as kedaUtilization } from './keda/utilization';
import { rule as limitsRange } from './limits/range';
import { rule as loadBalancersAnnotationName } from './load-balancers/annotation-name';
import { rule as loadBalancersAnnotationValue } from './load-balancers/annotation-value';
import { rule as loadBalancersHealthCheck } from './load-balancers/health-check';
import { rule as loadBalancersInTree } from './load-balancers/in-tree';
import { rule as manifestsMissingField } from './manifests/missing-field';
import { rule as manifestsUnknownField } from './manifests/unknown-field';
import { rule as metadataAnnotations } from './metadata/annotations';
import { rule as metadataLabels } from './metadata/labels';
import { rule as metadataName } from './metadata/name';
import { rule as monitorsPort } from './monitors/port';
import { rule as monitorsSelectsNothing } from './monitors/selects-nothing';
import { rule as nodeClassesDefaultMissing } from './node-classes/default-missing';
import { rule as nodeClassesOwnRole } from './node-classes/own-role';
import { rule as nodeClassesSubnetTags } from './node-classes/subnet-tags';
import { rule as objectsData } from './objects/data';
import { rule as objectsDuplicate } from './objects/duplicate';
import { rule as objectsServicePorts } from './objects/service-ports';
import { rule as objectsServiceType } from './objects/service-type';
import { rule as objectsTooLarge } from './objects/too-large';
import { rule as objectsValues } from './objects/values';
import { rule as placementTerms } from './placement/terms';
import { rule as placementUnschedulable } from './placement/unschedulable';
import { rule as podSecurityBaseline } from './pod-security/baseline';
import { rule as podSecurityLabels } from './pod-security/labels';
import { rule as podSecurityRestricted } from './pod-security/restricted';
import { rule as podSecurityWarn } from './pod-security/warn';
import { rule as podsDns } from './pods/dns';
import { rule as privateClusterEndpoints } from './private-cluster/endpoints';
import { rule as privateClusterUnreachable } from './private-cluster/unreachable';
import { rule as probesHandler } from './probes/handler';
import { rule as probesNumbers } from './probes/numbers';
import { rule as probesPort } from './probes/port';
import { rule as probesTimeout } from './probes/timeout';
import { rule as quantitiesInvalid } from './quantities/invalid';
import { rule as quantitiesLimits } from './quantities/limits';
import { rule as quantitiesUnit } from './quantities/unit';
import { rule as rbacBinding } from './rbac/binding';
import { rule as rbacClusterScoped } from './rbac/cluster-scoped';
import { rule as rbacRules } from './rbac/rules';
import { rule as rbacUnknown } from './rbac/unknown';
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
import { rule as selectorsExpressions } from './selectors/expressions';
import { rule as selectorsOverlap } from './selectors/overlap';
import { rule as selectorsPeerSelectsNothing } from './selectors/peer-selects-nothing';
import { rule as selectorsPolicyPort } from './selectors/policy-port';
import { rule as selectorsPolicySelectsNothing } from './selectors/policy-selects-nothing';
import { rule as selectorsTemplate } from './selectors/template';
import { rule as servicesGoverning } from './services/governing';
import { rule as servicesSelectsNothing } from './services/selects-nothing';
import { rule as servicesTargetPort } from './services/target-port';
import { rule as servicesUndeclaredPort } from './services/undeclared-port';
import { rule as storageAccessMode } from './storage/access-mode';
import { rule as storageDefaultClass } from './storage/default-class';
import { rule as storageImmediateBinding } from './storage/immediate-binding';
import { rule as storageSharedClaim } from './storage/shared-claim';
import { rule as targetGroupsDeregistrationDelay } from './target-groups/deregistration-delay';
import { rule as targetGroupsInstanceTargets } from './target-groups/instance-targets';
import { rule as variablesUndefined } from './variables/undefined';
import { rule as variablesUnexpanded } from './variables/unexpanded';
import { rule as volumesClaim } from './volumes/claim';
import { rule as volumesDuplicate } from './volumes/duplicate';
import { rule as volumesMountPath } from './volumes/mount-path';
import { rule as volumesSize } from './volumes/size';
import { rule as volumesSource } from './volumes/source';
import { rule as volumesUnknown } from './volumes/unknown';
import { rule as webhooksOwnPods } from './webhooks/own-pods';
import { rule as webhooksServiceMissing } from './webhooks/service-missing';
import { rule as webhooksServicePort } from './webhooks/service-port';
import { rule as webhooksUnreachable } from './webhooks/unreachable';
import { rule as windowsFields } from './windows/fields';
import { rule as workloadsSameName } from './workloads/same-name';
import { rule as workloadsUpdateStrategy } from './workloads/update-strategy';
import { rule as zonesForeign } from './zones/foreign';

/** Every rule, by id. */
export const RULES: readonly Rule[] = [
  apiVersionsDeprecated,
  apiVersionsRemoved,
  apiVersionsUnknown,
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
  connectionsFargate,
  connectionsOutside,
  connectionsUndeclared,
  containersEnv,
  containersEnvTwice,
  containersFieldRef,
  containersGracePeriod,
  containersInjected,
  containersName,
  containersNoVariables,
  containersPorts,
  containersSecurityContext,
  devicePluginsDuplicate,
  disruptionBudgetsBlocksDrains,
  disruptionBudgetsForm,
  disruptionBudgetsNoScale,
  disruptionBudgetsOverlap,
  disruptionBudgetsSelectsNothing,
  disruptionBudgetsUnreadyMembers,
  fargatePodIdentity,
  fargatePodSize,
  fargateUnsupported,
  hostPortsNetwork,
  hostPortsReplicas,
  identitiesAnyAccount,
  identitiesIrsaWithoutOidc,
  identitiesS3Resource,
  identitiesTwoRoles,
  identitiesWindows,
  imagesLatest,
  ingressAction,
  ingressBackendPort,
  ingressCertificate,
  ingressGroupConflict,
  ingressGroupOrder,
  ingressPathWildcard,
  ingressUnreachablePath,
  jobsName,
  jobsNeverRuns,
  jobsRestartPolicy,
  jobsSchedule,
  jobsSelector,
  jobsSpec,
  kedaAuthentication,
  kedaTrigger,
  kedaUtilization,
  limitsRange,
  loadBalancersAnnotationName,
  loadBalancersAnnotationValue,
  loadBalancersHealthCheck,
  loadBalancersInTree,
  manifestsMissingField,
  manifestsUnknownField,
  metadataAnnotations,
  metadataLabels,
  metadataName,
  monitorsPort,
  monitorsSelectsNothing,
  nodeClassesDefaultMissing,
  nodeClassesOwnRole,
  nodeClassesSubnetTags,
  objectsData,
  objectsDuplicate,
  objectsServicePorts,
  objectsServiceType,
  objectsTooLarge,
  objectsValues,
  placementTerms,
  placementUnschedulable,
  podSecurityBaseline,
  podSecurityLabels,
  podSecurityRestricted,
  podSecurityWarn,
  podsDns,
  privateClusterEndpoints,
  privateClusterUnreachable,
  probesHandler,
  probesNumbers,
  probesPort,
  probesTimeout,
  quantitiesInvalid,
  quantitiesLimits,
  quantitiesUnit,
  rbacBinding,
  rbacClusterScoped,
  rbacRules,
  rbacUnknown,
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
  selectorsExpressions,
  selectorsOverlap,
  selectorsPeerSelectsNothing,
  selectorsPolicyPort,
  selectorsPolicySelectsNothing,
  selectorsTemplate,
  servicesGoverning,
  servicesSelectsNothing,
  servicesTargetPort,
  servicesUndeclaredPort,
  storageAccessMode,
  storageDefaultClass,
  storageImmediateBinding,
  storageSharedClaim,
  targetGroupsDeregistrationDelay,
  targetGroupsInstanceTargets,
  variablesUndefined,
  variablesUnexpanded,
  volumesClaim,
  volumesDuplicate,
  volumesMountPath,
  volumesSize,
  volumesSource,
  volumesUnknown,
  webhooksOwnPods,
  webhooksServiceMissing,
  webhooksServicePort,
  webhooksUnreachable,
  windowsFields,
  workloadsSameName,
  workloadsUpdateStrategy,
  zonesForeign,
];
