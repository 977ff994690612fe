import { KubeObject, type k8s } from 'cdk8s-eks-patterns';
import { IMAGE, job, scheduled } from '../../support/app';
import { eventually } from '../harness/eventually';
import { missLastRun, NEW_IMAGE, type Place, SCHEDULE, SMALL, type Theme } from './edit';

const NIGHTLY = { ...SMALL, schedule: SCHEDULE, startingDeadline: '24h' };

/** A Job that is not a BatchJob, with a name of its own. */
function ownJob({ tenant }: Place, image: string): void {
  const template: k8s.PodTemplate = {
    metadata: { labels: { app: 'own' } },
    spec: {
      restartPolicy: 'Never',
      securityContext: { runAsNonRoot: true, runAsUser: 10001, seccompProfile: { type: 'RuntimeDefault' } },
      containers: [
        {
          name: 'own',
          image,
          resources: { requests: { cpu: '50m', memory: '64Mi' }, limits: { memory: '64Mi' } },
          securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] } },
        },
      ],
    },
  };
  new KubeObject<k8s.Job>(tenant(), 'own', {
    apiVersion: 'batch/v1',
    kind: 'Job',
    metadata: { name: 'own' },
    spec: { template },
  });
}

export const jobs: Theme = {
  theme: 'Jobs',
  edits: [
    {
      edit: 'a BatchJob as it is, beside a change of something else',
      before: ({ tenant }) => job(SMALL, tenant()),
      after: ({ tenant }) => {
        const shop = tenant();
        job(SMALL, shop);
        scheduled(NIGHTLY, shop);
      },
      advice: 'nothing',
    },
    {
      edit: 'anything in a BatchJob: `image`, `env`, `command`, ...',
      before: ({ tenant }) => job(SMALL, tenant()),
      after: ({ tenant }) => job({ ...SMALL, env: { STEP: '2' } }, tenant()),
      advice: 'it must be safe to repeat',
    },
    {
      edit: '`team` of a tenant with a BatchJob',
      before: ({ tenant }) => job(SMALL, tenant({ team: 'orders' })),
      after: ({ tenant }) => job(SMALL, tenant({ team: 'payments' })),
      advice: 'the same',
    },
    {
      edit: 'a Job of your own (`KubeObject`) under its name',
      before: (place) => ownJob(place, IMAGE),
      after: (place) => ownJob(place, NEW_IMAGE),
      advice: 'write a BatchJob, or delete the Job first',
    },
    {
      edit: 'anything in a ScheduledJob',
      before: ({ tenant }) => scheduled(NIGHTLY, tenant()),
      after: ({ tenant }) => scheduled({ ...NIGHTLY, image: NEW_IMAGE }, tenant()),
      later: async (kube, namespace) => {
        await missLastRun(kube, namespace, 'nightly');
        const pod = await eventually('the next run has a pod', async () => {
          const { items } = await kube.core.listNamespacedPod({ namespace });
          return items[0];
        });
        return pod.spec?.containers[0]?.image === NEW_IMAGE ? 'the next run has it' : 'the next run is as before';
      },
      advice: 'nothing',
    },
  ],
};
