import type * as api from '../../imports/kubernetes';

/** The workload's own container is always `containers[0]`. */
export interface PodSpec extends api.PodSpec {
  containers: [api.Container, ...api.Container[]];
}
export interface PodTemplate extends api.PodTemplateSpec {
  metadata: api.ObjectMeta & { labels: Record<string, string> };
  spec: PodSpec;
}

export interface JobSpec extends api.JobSpec {
  template: PodTemplate;
}
export interface Deployment extends api.Deployment {
  spec: api.DeploymentSpec & { template: PodTemplate };
}
export interface StatefulSet extends api.StatefulSet {
  spec: api.StatefulSetSpec & { template: PodTemplate };
}
export interface DaemonSet extends api.DaemonSet {
  spec: api.DaemonSetSpec & { template: PodTemplate };
}
export interface Job extends api.Job {
  spec: JobSpec;
}
export interface CronJob extends api.CronJob {
  spec: api.CronJobSpec & { jobTemplate: api.JobTemplateSpec & { spec: JobSpec } };
}
