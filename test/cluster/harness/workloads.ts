import type { V1CronJob } from '@kubernetes/client-node';
import { eventually } from './eventually';
import type { Kube } from './kube';

const NAME = 'app.kubernetes.io/name';

interface Labelled {
  readonly metadata?: { readonly namespace?: string; readonly name?: string; readonly labels?: Record<string, string> };
}

/** Waits until every workload of the cluster has the pods that its controller is to create before any of them is ready. */
export async function untilAllHavePods(kube: Kube, seconds = 150): Promise<number> {
  return eventually(
    'every workload has its pods',
    async () => {
      const { workloads, missing } = await podsMissing(kube);
      if (missing.length > 0) {
        throw new Error(missing.join(', '));
      }
      return workloads;
    },
    { seconds, period: 1500 },
  );
}

async function podsMissing({ apps, autoscaling, batch, core }: Kube) {
  const [deployments, sets, agents, jobs, autoscalers, nodes, pods] = await Promise.all([
    apps.listDeploymentForAllNamespaces(),
    apps.listStatefulSetForAllNamespaces(),
    apps.listDaemonSetForAllNamespaces(),
    batch.listJobForAllNamespaces(),
    autoscaling.listHorizontalPodAutoscalerForAllNamespaces(),
    core.listNode(),
    core.listPodForAllNamespaces(),
  ]);
  const idOf = ({ metadata }: Labelled) => `${metadata?.namespace}/${metadata?.labels?.[NAME]}`;
  const minimum = new Map(autoscalers.items.map((item) => [idOf(item), item.spec?.minReplicas ?? 1]));
  const wanted: (readonly [Labelled, number])[] = [
    ...deployments.items.map((d) => [d, Math.max(d.spec?.replicas ?? 1, minimum.get(idOf(d)) ?? 0)] as const),
    // the second member waits for the first to be ready, and nothing here makes it so
    ...sets.items.map((s) => [s, s.spec?.podManagementPolicy === 'Parallel' ? (s.spec.replicas ?? 1) : 1] as const),
    ...agents.items.map((a) => [a, nodes.items.length] as const),
    ...jobs.items.map((j) => [j, j.spec?.parallelism ?? 1] as const),
  ];
  const counts = new Map<string, number>();
  for (const pod of pods.items) {
    counts.set(idOf(pod), (counts.get(idOf(pod)) ?? 0) + 1);
  }
  const missing = wanted
    .filter(([workload, count]) => (counts.get(idOf(workload)) ?? 0) < count)
    .map(([workload, count]) => `${idOf(workload)} has ${counts.get(idOf(workload)) ?? 0} of ${count}`);
  return { workloads: wanted.length, missing };
}

/** Runs every CronJob now: at its own hour nobody would look. */
export async function runAllCronJobs({ batch }: Kube): Promise<V1CronJob[]> {
  const { items } = await batch.listCronJobForAllNamespaces();
  await Promise.all(
    items.map(({ metadata, spec }) =>
      batch.createNamespacedJob({
        namespace: metadata!.namespace!,
        body: {
          metadata: { ...spec!.jobTemplate.metadata, name: `${metadata!.name}-now` },
          spec: spec!.jobTemplate.spec,
        },
      }),
    ),
  );
  return items;
}

/** Why controllers could not create pods, each reason once. */
export async function creationsThatFailed({ core }: Kube): Promise<string[]> {
  const { items } = await core.listEventForAllNamespaces({ fieldSelector: 'reason=FailedCreate' });
  const told = items.map(
    ({ involvedObject: { kind, name, namespace }, message }) => `${kind} ${namespace}/${name}: ${message}`,
  );
  // two writers of one quota at once: the controller tries again, whatever the pod is
  return told.filter((message) => !message.includes('Operation cannot be fulfilled on resourcequotas'));
}
