import type { V1CronJob } from '@kubernetes/client-node';
import type { Cluster, Tenant, TenantProps } from 'cdk8s-eks-patterns';
import type { Kube } from '../harness/kube';

/** Where a program of an edit is written: a cluster that all edits share, and a tenant of its own. */
export interface Place {
  readonly cluster: Cluster;
  /** @param suffix for another one beside it */
  tenant(props?: TenantProps, suffix?: string): Tenant;
}

export type Program = (place: Place) => unknown;

/** An edit of a program, and what a user should know who makes it. */
export interface Edit {
  /** As the page says it. */
  readonly edit: string;
  readonly before: Program;
  readonly after: Program;
  /** What the page advises. */
  readonly advice: string;
  /** What happens in the namespace while the program is as it was. */
  readonly meanwhile?: (kube: Kube, namespace: string) => Promise<unknown>;
  /** What is seen when more happens after the edit was applied, in the words of the page. */
  readonly later?: (kube: Kube, namespace: string) => Promise<string>;
  /** The rollout never ends, since the quota forbids the new pods. */
  readonly stuck?: boolean;
  /** It changes objects of the cluster, so it needs an app of its own. */
  readonly ofCluster?: boolean;
}

/** Edits that a user looks for under one heading. */
export interface Theme {
  readonly theme: string;
  readonly edits: readonly Edit[];
}

export const OLD_IMAGE = '111122223333.dkr.ecr.us-west-2.amazonaws.com/app:1.4.2';
export const NEW_IMAGE = '111122223333.dkr.ecr.us-west-2.amazonaws.com/app:1.5.0';

/** So small that many programs fit on the nodes of one cluster. */
export const SMALL = { resources: { cpu: '50m', memory: '64Mi' } } as const;
export const WEB = { ...SMALL, replicas: 3 } as const;

/** The default of 10 s for each member would only make the tests longer. */
export const STORE = {
  ...SMALL,
  replicas: 3,
  customize: {
    statefulSet: (set: { spec: { minReadySeconds?: number } }) => {
      set.spec.minReadySeconds = 1;
    },
  },
} as const;

/** The time at which a cron job runs, twelve hours away from now, so that it does not come in between. */
export const SCHEDULE = `0 ${(new Date().getUTCHours() + 12) % 24} * * *`;

/** Lets a cron job believe that it has missed its last time. */
export async function missLastRun(kube: Kube, namespace: string, name: string): Promise<V1CronJob> {
  const job = await kube.batch.readNamespacedCronJob({ name, namespace });
  const lastScheduleTime = new Date(Date.now() - 25 * 3600 * 1000);
  return kube.batch.replaceNamespacedCronJobStatus({
    name,
    namespace,
    body: { ...job, status: { ...job.status, lastScheduleTime } },
  });
}
