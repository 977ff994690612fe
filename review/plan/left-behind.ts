import type { ObjectReference } from '../../kube/finding';
import { kubectlName } from './kubectl';
import type { RemedyStep, Risk } from './model';

/** What an object does that stays in the cluster, and what its deletion takes along. */
interface Remains {
  /** What it does meanwhile, or why it should be kept. */
  readonly condition: string;
  readonly risk: Risk;
  /** What to know before it is deleted. */
  readonly before?: string;
}

const INERT: Remains = { condition: 'an apply deletes nothing, so it stays in the cluster', risk: 'notice' };
const WORKLOAD: Remains = { condition: 'its pods keep running', risk: 'notice' };

/** By kind; of those that are not here, nothing special is known. */
const REMAINS: Readonly<Record<string, Remains>> = {
  Namespace: {
    condition: 'everything in it stays',
    risk: 'notice',
    before: 'Deletes everything in it, its claims and their data included.',
  },
  CustomResourceDefinition: {
    condition: 'its kind stays available',
    risk: 'notice',
    before: 'Deletes every object of its kind.',
  },
  PersistentVolumeClaim: {
    condition: 'its volume and its data stay',
    risk: 'notice',
    before: 'Deletes the data, unless the reclaim policy of the volume is Retain.',
  },
  Deployment: WORKLOAD,
  DaemonSet: WORKLOAD,
  ReplicaSet: WORKLOAD,
  Rollout: WORKLOAD,
  StatefulSet: { ...WORKLOAD, before: 'Its claims stay, with their data.' },
  CronJob: { condition: 'it starts Jobs at its times', risk: 'notice' },
  Job: { condition: 'it has run; its pods and their logs stay', risk: 'none' },
  ConfigMap: { condition: 'a rollback to pods that read it needs it', risk: 'none' },
  Secret: { condition: 'a rollback to pods that read it needs it', risk: 'none' },
  Service: { condition: 'its name and address still lead to the pods that it selects', risk: 'notice' },
  Ingress: { condition: 'its rules and its load balancer stay, at their cost', risk: 'notice' },
  Gateway: { condition: 'its load balancer stays, at its cost', risk: 'notice' },
  HorizontalPodAutoscaler: { condition: 'it still sets the number of pods', risk: 'notice' },
  ScaledObject: { condition: 'it still sets the number of pods', risk: 'notice' },
  VerticalPodAutoscaler: { condition: 'it still sets the resources of the pods', risk: 'notice' },
  PodDisruptionBudget: { condition: 'it still limits evictions of the pods that it selects', risk: 'notice' },
  NetworkPolicy: {
    condition: 'the connections that it allows stay open, and others of its pods closed',
    risk: 'notice',
  },
  ResourceQuota: { condition: 'it still limits its namespace', risk: 'notice' },
  LimitRange: { condition: 'its defaults and limits still hold in its namespace', risk: 'notice' },
  Role: { condition: 'the permissions stay', risk: 'notice' },
  ClusterRole: { condition: 'the permissions stay', risk: 'notice' },
  RoleBinding: { condition: 'its subjects keep the permissions', risk: 'notice' },
  ClusterRoleBinding: { condition: 'its subjects keep the permissions', risk: 'notice' },
  ValidatingWebhookConfiguration: { condition: 'the API server still asks it', risk: 'notice' },
  MutatingWebhookConfiguration: { condition: 'the API server still asks it', risk: 'notice' },
  ValidatingAdmissionPolicy: { condition: 'bindings still apply it', risk: 'notice' },
  ValidatingAdmissionPolicyBinding: { condition: 'its policy still holds', risk: 'notice' },
  StorageClass: {
    condition: 'claims can still name it',
    risk: 'none',
    before: 'Volumes that exist stay; claims that name it wait from then on.',
  },
  PriorityClass: {
    condition: 'pods can still name it',
    risk: 'none',
    before: 'Pods that exist keep their priority; new ones that name it are refused.',
  },
};

/** What an object goes on doing that is no longer in the set. */
export function remainsOf({ kind }: ObjectReference): Remains {
  return REMAINS[kind] ?? INERT;
}

/** How to delete what stays behind. */
export function deletionOf(object: ObjectReference): RemedyStep[] {
  const { before } = remainsOf(object);
  return [{ text: before ?? 'Delete it when nothing needs it.', command: `kubectl delete ${kubectlName(object)}` }];
}
