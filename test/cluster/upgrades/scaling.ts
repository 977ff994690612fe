import { stateful, web } from '../../support/app';
import { NEW_IMAGE, STORE, type Theme, WEB } from './edit';

const SCALE = { min: 3, max: 10 };

export const IN_ONE_STEP = 'from a fixed count to an autoscaler, in one step';
export const GROWN = '`image`, where an autoscaler has chosen five pods';

export const scaling: Theme = {
  theme: 'How many there are',
  edits: [
    {
      edit: '`replicas`, more',
      before: ({ tenant }) => web({ ...WEB, replicas: 2 }, tenant()),
      after: ({ tenant }) => web({ ...WEB, replicas: 4 }, tenant()),
      advice: 'nothing',
    },
    {
      edit: '`replicas`, fewer',
      before: ({ tenant }) => web({ ...WEB, replicas: 4 }, tenant()),
      after: ({ tenant }) => web({ ...WEB, replicas: 2 }, tenant()),
      advice: 'nothing',
    },
    {
      edit: '`replicas` of a StatefulService, more',
      before: ({ tenant }) => stateful({ ...STORE, replicas: 2 }, tenant()),
      after: ({ tenant }) => stateful({ ...STORE, replicas: 3 }, tenant()),
      advice: 'nothing, or tell the old members of the new one',
    },
    {
      edit: '`replicas` of a StatefulService, fewer',
      before: ({ tenant }) => stateful({ ...STORE, replicas: 3 }, tenant()),
      after: ({ tenant }) => stateful({ ...STORE, replicas: 2 }, tenant()),
      advice: 'let the member leave its cluster first; delete the claim when its data are not needed',
    },
    {
      edit: IN_ONE_STEP,
      before: ({ tenant }) => web(WEB, tenant()),
      after: ({ tenant }) => web({ ...WEB, replicas: SCALE }, tenant()),
      advice: '[in two steps](upgrading.md#from-a-fixed-count-to-an-autoscaler)',
    },
    {
      edit: 'from an autoscaler to a fixed count',
      before: ({ tenant }) => web({ ...WEB, replicas: SCALE }, tenant()),
      after: ({ tenant }) => web({ ...WEB, replicas: 4 }, tenant()),
      advice: 'delete the HorizontalPodAutoscaler, or both decide',
    },
    {
      edit: GROWN,
      before: ({ tenant }) => web({ ...WEB, replicas: SCALE }, tenant()),
      meanwhile: ({ apps }, namespace) =>
        apps.patchNamespacedDeploymentScale({
          name: 'web',
          namespace,
          body: [{ op: 'replace', path: '/spec/replicas', value: 5 }],
        }),
      after: ({ tenant }) => web({ ...WEB, image: NEW_IMAGE, replicas: SCALE }, tenant()),
      advice: 'nothing',
    },
    {
      edit: '`disruption`',
      before: ({ tenant }) => web(WEB, tenant()),
      after: ({ tenant }) => web({ ...WEB, disruption: { minAvailable: 2 } }, tenant()),
      advice: 'nothing',
    },
    {
      edit: "`disruption: 'none'`",
      before: ({ tenant }) => web(WEB, tenant()),
      after: ({ tenant }) => web({ ...WEB, disruption: 'none' }, tenant()),
      advice: 'delete the old budget',
    },
    {
      edit: "`quota: 'none'` of the tenant",
      before: ({ tenant }) => web(WEB, tenant()),
      after: ({ tenant }) => web(WEB, tenant({ quota: 'none' })),
      advice: 'delete the old quota, or it still holds',
    },
    {
      edit: '`rollout`',
      before: ({ tenant }) => web(WEB, tenant()),
      after: ({ tenant }) => web({ ...WEB, rollout: { maxSurge: 2 } }, tenant()),
      advice: 'nothing',
    },
  ],
};
