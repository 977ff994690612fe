import type { NamedMeta } from '../../imports/kubernetes';

/**
 * Recommends requests, with the fields that the library writes; `customize` takes any other.
 *
 * @see https://github.com/kubernetes/autoscaler/tree/master/vertical-pod-autoscaler
 */
export interface VerticalPodAutoscaler {
  apiVersion: 'autoscaling.k8s.io/v1';
  kind: 'VerticalPodAutoscaler';
  metadata: NamedMeta;
  spec: {
    targetRef: { apiVersion: string; kind: string; name: string };
    updatePolicy: { updateMode: string; [field: string]: unknown };
    [field: string]: unknown;
  };
}
