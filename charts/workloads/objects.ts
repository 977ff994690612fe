import type { ClusterRoleBinding, PodMonitor, RoleBinding, ScaledObject } from '../core/k8s';
import type {
  WrittenClusterRole,
  WrittenConfigMap,
  WrittenDeployment,
  WrittenHorizontalPodAutoscaler,
  WrittenNetworkPolicy,
  WrittenPodDisruptionBudget,
  WrittenRole,
  WrittenService,
  WrittenServiceAccount,
} from '../core/written';

import type { ExposeObjects } from '../network/expose';

/** Objects of every pattern, by the names that `customize` uses. */
export interface WorkloadObjects {
  serviceAccount: WrittenServiceAccount;
  configMap: WrittenConfigMap;
  filesConfigMap: WrittenConfigMap;
  networkPolicy: WrittenNetworkPolicy;
  role: WrittenRole;
  roleBinding: RoleBinding;
  clusterRole: WrittenClusterRole;
  clusterRoleBinding: ClusterRoleBinding;
  podMonitor: PodMonitor;
}
/** Objects of a pattern that runs as a Deployment. */
export interface ScaledObjects extends WorkloadObjects {
  deployment: WrittenDeployment;
  autoscaler: WrittenHorizontalPodAutoscaler;
  scaledObject: ScaledObject;
  disruptionBudget: WrittenPodDisruptionBudget;
}
/** Objects of a pattern with a Service for clients. */
export interface ExposedObjects extends ExposeObjects {
  service: WrittenService;
}
