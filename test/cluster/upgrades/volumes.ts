import type { k8s } from 'cdk8s-eks-patterns';
import { job, stateful } from '../../support/app';
import { SMALL, STORE, type Theme } from './edit';

const DATA = { mountPath: '/var/lib/store', size: '20Gi' };
const members = (props: object) => ({ ...SMALL, ...props });
const ORPHAN = 'delete the set with `--cascade=orphan`, apply';

const edited = (edit: (set: k8s.StatefulSet) => void) => ({ ...SMALL, customize: { statefulSet: edit } });

export const volumes: Theme = {
  theme: 'Volumes and members',
  edits: [
    {
      edit: '`size` in the `storage` of a StatefulService',
      before: ({ tenant }) => stateful(members({ storage: DATA }), tenant()),
      after: ({ tenant }) => stateful(members({ storage: { ...DATA, size: '40Gi' } }), tenant()),
      advice: '[grow it by hand](upgrading.md#growing-a-volume)',
    },
    {
      edit: '`className` in it',
      before: ({ tenant }) => stateful(members({ storage: DATA }), tenant()),
      after: ({ tenant }) => stateful(members({ storage: { ...DATA, className: 'gp3' } }), tenant()),
      advice: `${ORPHAN}; only new members get the class`,
    },
    {
      edit: '`name` in it',
      before: ({ tenant }) => stateful(members({ storage: DATA }), tenant()),
      after: ({ tenant }) => stateful(members({ storage: { ...DATA, name: 'files' } }), tenant()),
      advice: 'keep the name: members would start with empty volumes',
    },
    {
      edit: 'one more volume in it',
      before: ({ tenant }) => stateful(members({ storage: DATA }), tenant()),
      after: ({ tenant }) =>
        stateful(members({ storage: [DATA, { name: 'wal', mountPath: '/wal', size: '5Gi' }] }), tenant()),
      advice: ORPHAN,
    },
    {
      edit: '`mountPath` in it',
      before: ({ tenant }) => stateful(STORE, tenant()),
      after: ({ tenant }) => stateful({ ...STORE, storage: { ...DATA, mountPath: '/data' } }, tenant()),
      advice: 'nothing',
    },
    {
      edit: '`order`',
      before: ({ tenant }) => stateful(SMALL, tenant()),
      after: ({ tenant }) => stateful({ ...SMALL, order: 'Parallel' }, tenant()),
      advice: ORPHAN,
    },
    {
      edit: '`serviceName` by `customize.statefulSet`',
      before: ({ tenant }) => stateful(SMALL, tenant()),
      after: ({ tenant }) =>
        stateful(
          edited((set) => {
            set.spec.serviceName = 'store';
          }),
          tenant(),
        ),
      advice: 'leave it: it is in the names of the members',
    },
    {
      edit: 'a label of the claims by `customize.statefulSet`',
      before: ({ tenant }) => stateful(SMALL, tenant()),
      after: ({ tenant }) =>
        stateful(
          edited((set) => {
            set.spec.volumeClaimTemplates![0]!.metadata!.labels = { tier: 'hot' };
          }),
          tenant(),
        ),
      advice: `\`kubectl label pvc\`; or ${ORPHAN}`,
    },
    {
      edit: '`size` in the `sharedStorage` of a job',
      before: ({ tenant }) => job({ ...SMALL, sharedStorage: { mountPath: '/backup', size: '20Gi' } }, tenant()),
      after: ({ tenant }) => job({ ...SMALL, sharedStorage: { mountPath: '/backup', size: '40Gi' } }, tenant()),
      advice: 'nothing',
    },
    {
      edit: '`className` in it',
      before: ({ tenant }) => job({ ...SMALL, sharedStorage: { mountPath: '/backup', size: '20Gi' } }, tenant()),
      after: ({ tenant }) =>
        job({ ...SMALL, sharedStorage: { mountPath: '/backup', size: '20Gi', className: 'gp3' } }, tenant()),
      advice: 'another `name`, which is another volume; move the data',
    },
  ],
};
