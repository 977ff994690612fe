import type {
  ConfigMap,
  Deployment,
  HorizontalPodAutoscaler,
  NetworkPolicy,
  PodDisruptionBudget,
  PodMonitor,
  PrometheusRule,
  Role,
  RoleBinding,
  ScaledObject,
  Service,
  ServiceAccount,
  ServiceMonitor,
  VerticalPodAutoscaler,
} from '../core/k8s';
import type { ExposeObjects } from '../network/expose';

/** Objects of every pattern, by the names that `customize` uses. */
export interface WorkloadObjects {
  serviceAccount: ServiceAccount;
  configMap: ConfigMap;
  filesConfigMap: ConfigMap;
  networkPolicy: NetworkPolicy;
  role: Role;
  roleBinding: RoleBinding;
  podMonitor: PodMonitor;
  serviceMonitor: ServiceMonitor;
  prometheusRule: PrometheusRule;
  verticalPodAutoscaler: VerticalPodAutoscaler;
}
/** Objects of a pattern that runs as a Deployment. */
export interface ScaledObjects extends WorkloadObjects {
  deployment: Deployment;
  autoscaler: HorizontalPodAutoscaler;
  scaledObject: ScaledObject;
  disruptionBudget: PodDisruptionBudget;
}
/** Objects of a pattern with a Service for clients. */
export interface ExposedObjects extends ExposeObjects {
  service: Service;
}
