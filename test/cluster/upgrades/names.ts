import type { k8s } from 'cdk8s-eks-patterns';
import { stateful, web, worker } from '../../support/app';
import { NEW_IMAGE, SMALL, STORE, type Theme, WEB } from './edit';

export const names: Theme = {
  theme: 'Names and patterns',
  edits: [
    {
      edit: 'the id of a workload',
      before: ({ tenant }) => web({ ...WEB, env: { A: 'b' } }, tenant()),
      after: ({ tenant }) => web({ ...WEB, env: { A: 'b' } }, tenant(), 'site'),
      advice: 'delete the old objects when nobody calls them any more',
    },
    {
      edit: 'the id of a StatefulService',
      before: ({ tenant }) => stateful(STORE, tenant()),
      after: ({ tenant }) => stateful(STORE, tenant(), 'storage'),
      advice: 'keep both in the program until you have moved the data',
    },
    {
      edit: 'the id of a tenant',
      before: ({ tenant }) => web(WEB, tenant()),
      after: ({ tenant }) => web(WEB, tenant({}, '-new')),
      advice: 'delete the old namespace when nobody calls into it any more',
    },
    {
      edit: 'a workload taken out',
      before: ({ tenant }) => {
        const shop = tenant();
        web(WEB, shop);
        worker({ ...WEB, replicas: 1 }, shop);
      },
      after: ({ tenant }) => web(WEB, tenant()),
      advice: 'delete its objects',
    },
    {
      edit: 'a large workload taken out, and a small one changed',
      before: ({ tenant }) => {
        const shop = tenant();
        web(WEB, shop);
        worker({ replicas: 3, resources: { cpu: '200m', memory: '256Mi' } }, shop);
      },
      after: ({ tenant }) => web({ ...WEB, image: NEW_IMAGE }, tenant()),
      advice: 'delete what you took out',
      stuck: true,
    },
    {
      edit: 'a WebService becomes a StatefulService of the same id',
      before: ({ tenant }) => web(WEB, tenant()),
      after: ({ tenant }) => stateful({ ...STORE, port: 8080 }, tenant(), 'web'),
      advice: 'another id; or delete the Deployment at once',
    },
    {
      edit: 'a WebService becomes a Worker of the same id',
      before: ({ tenant }) => web(WEB, tenant()),
      after: ({ tenant }) => worker(WEB, tenant(), 'web'),
      advice: 'delete the Service',
    },
    {
      edit: 'the selector by `customize.deployment`',
      before: ({ tenant }) => web(WEB, tenant()),
      after: ({ tenant }) =>
        web(
          {
            ...SMALL,
            replicas: 3,
            customize: {
              deployment: ({ spec }: k8s.Deployment) => {
                spec.selector.matchLabels = { ...spec.selector.matchLabels, tier: 'front' };
                spec.template.metadata.labels = { ...spec.template.metadata.labels, tier: 'front' };
              },
            },
          },
          tenant(),
        ),
      advice: 'leave it: it is the name',
    },
  ],
};

export const classes: Theme = {
  theme: 'Classes of the cluster',
  edits: [
    {
      edit: '`parameters` of a StorageClass',
      before: ({ tenant }) => stateful(SMALL, tenant()),
      after: ({ cluster, tenant }) => {
        cluster.storageClasses.retain.customize((object) => {
          object.parameters = { ...object.parameters, type: 'io2', iops: '3000' };
        });
        stateful(SMALL, tenant());
      },
      advice: 'a class of your own (`KubeObject`) with another name',
      ofCluster: true,
    },
    {
      edit: '`value` of a PriorityClass',
      before: ({ tenant }) => web(WEB, tenant()),
      after: ({ cluster, tenant }) => {
        cluster.priorityClasses.standard.customize((object) => {
          object.value = 20_000;
        });
        web(WEB, tenant());
      },
      ofCluster: true,
      advice: 'the same',
    },
  ],
};
