import type * as api from '../../imports/kubernetes';

/** The workload's own container is always `containers[0]`. */
export interface PodSpec extends api.PodSpec {
  containers: [api.Container, ...api.Container[]];
}
export interface PodTemplate extends api.PodTemplateSpec {
  metadata: api.ObjectMeta & { labels: Record<string, string> };
  spec: PodSpec;
}
