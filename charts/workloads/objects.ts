import type {
  ClusterRole,
  ClusterRoleBinding,
  ConfigMap,
  HorizontalPodAutoscaler,
  NetworkPolicy,
  PodDisruptionBudget,
  Role,
  RoleBinding,
  ScaledObject,
  ServiceAccount,
} from '../core/k8s';
import type { WrittenDeployment, WrittenService } from '../core/written';
import type { ExposeObjects } from '../network/expose';

/** Objects of every pattern, by the names that `customize` uses. */
export interface WorkloadObjects {
  serviceAccount: ServiceAccount;
  configMap: ConfigMap;
  filesConfigMap: ConfigMap;
  networkPolicy: NetworkPolicy;
  role: Role;
  roleBinding: RoleBinding;
  clusterRole: ClusterRole;
  clusterRoleBinding: ClusterRoleBinding;
}
/** Objects of a pattern that runs as a Deployment. */
export interface ScaledObjects extends WorkloadObjects {
  deployment: WrittenDeployment;
  autoscaler: HorizontalPodAutoscaler;
  scaledObject: ScaledObject;
  disruptionBudget: PodDisruptionBudget;
}
/** Objects of a pattern with a Service for clients. */
export interface ExposedObjects extends ExposeObjects {
  service: WrittenService;
}
