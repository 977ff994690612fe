import type {
  AnyObject,
  ApplicationNetworkPolicy,
  AuthorizationPolicy,
  ClusterRoleBinding,
  ObjectMeta,
  PeerAuthentication,
  PodMonitor,
  PrometheusRule,
  RoleBinding,
  ScaledObject,
  SecurityGroupPolicy,
  ServiceMonitor,
  VerticalPodAutoscaler,
} from '../core/k8s';
import type { KubeObject } from '../core/kube-object';
import type {
  Written,
  WrittenClusterRole,
  WrittenConfigMap,
  WrittenDeployment,
  WrittenHorizontalPodAutoscaler,
  WrittenNetworkPolicy,
  WrittenPodDisruptionBudget,
  WrittenRole,
  WrittenRollout,
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
  peerAuthentication: PeerAuthentication;
  authorizationPolicy: AuthorizationPolicy;
  applicationNetworkPolicy: ApplicationNetworkPolicy;
  securityGroupPolicy: SecurityGroupPolicy;
  role: WrittenRole;
  roleBinding: RoleBinding;
  clusterRole: WrittenClusterRole;
  clusterRoleBinding: ClusterRoleBinding;
  podMonitor: PodMonitor;
  serviceMonitor: ServiceMonitor;
  prometheusRule: PrometheusRule;
  verticalPodAutoscaler: VerticalPodAutoscaler;
}
/** Objects of a pattern that runs as a Deployment. */
export interface ScaledObjects extends WorkloadObjects {
  deployment: WrittenDeployment;
  rollout: WrittenRollout;
  autoscaler: WrittenHorizontalPodAutoscaler;
  scaledObject: ScaledObject;
  disruptionBudget: WrittenPodDisruptionBudget;
}
/** Objects of a pattern with a Service for clients. */
export interface ExposedObjects extends ExposeObjects {
  service: WrittenService;
}

/** Creates an object of a workload from its id, its kind, and the pure function that renders it. */
export type ObjectFactory = <T extends AnyObject>(
  id: string,
  apiVersion: T['apiVersion'],
  kind: T['kind'],
  render: (metadata: ObjectMeta & { name: string }) => T,
  name?: string,
) => KubeObject<Written<T>>;

type Made<T> = { readonly [K in keyof T]: T[K] extends AnyObject ? KubeObject<T[K]> | undefined : never };
/** A workload, which always has a ServiceAccount. */
interface Common extends Made<Omit<WorkloadObjects, 'serviceAccount'>> {
  readonly serviceAccount: KubeObject<WrittenServiceAccount>;
}

/** The objects of a workload that every pattern has, by the names that `customize` uses. */
export const commonObjectsOf = (workload: Common) => ({
  serviceAccount: workload.serviceAccount,
  configMap: workload.configMap,
  filesConfigMap: workload.filesConfigMap,
  networkPolicy: workload.networkPolicy,
  peerAuthentication: workload.peerAuthentication,
  authorizationPolicy: workload.authorizationPolicy,
  applicationNetworkPolicy: workload.applicationNetworkPolicy,
  securityGroupPolicy: workload.securityGroupPolicy,
  role: workload.role,
  roleBinding: workload.roleBinding,
  clusterRole: workload.clusterRole,
  clusterRoleBinding: workload.clusterRoleBinding,
  podMonitor: workload.podMonitor,
  serviceMonitor: workload.serviceMonitor,
  prometheusRule: workload.prometheusRule,
  verticalPodAutoscaler: workload.verticalPodAutoscaler,
});
