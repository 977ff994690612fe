import { Expose } from 'cdk8s-eks-patterns';
import { stateful, web } from '../../support/app';
import { STORE, type Theme, WEB } from './edit';

const PORTS = { ...STORE, port: { client: 7000, raft: 7001 } };

export const network: Theme = {
  theme: 'Who calls whom, and where',
  edits: [
    {
      edit: 'the number of a `port`',
      before: ({ tenant }) => web(WEB, tenant()),
      after: ({ tenant }) => web({ ...WEB, port: 9090 }, tenant()),
      advice: 'clients with the old number fail until they are applied too',
    },
    {
      edit: 'the name of a `port`',
      before: ({ tenant }) => web({ ...WEB, port: { http: 8080 } }, tenant()),
      after: ({ tenant }) => web({ ...WEB, port: { web: 8080 } }, tenant()),
      advice: 'nothing',
    },
    {
      edit: '`memberPorts`',
      before: ({ tenant }) => stateful(PORTS, tenant()),
      after: ({ tenant }) => stateful({ ...PORTS, memberPorts: ['raft'] }, tenant()),
      advice: 'nothing',
    },
    {
      edit: 'one more in `connectsTo`',
      before: ({ tenant }) => {
        const shop = tenant();
        stateful(STORE, shop);
        web(WEB, shop);
      },
      after: ({ tenant }) => {
        const shop = tenant();
        web({ ...WEB, connectsTo: [stateful(STORE, shop)] }, shop);
      },
      advice: 'nothing',
    },
    {
      edit: '`network: { open: true, ... }` of the tenant',
      before: ({ tenant }) => web(WEB, tenant()),
      after: ({ tenant }) => web(WEB, tenant({ network: { open: true, because: 'the test says so' } })),
      advice: 'delete the old policies, or they still deny',
    },
    {
      edit: '`expose: Expose.alb(...)`',
      before: ({ tenant }) => web(WEB, tenant()),
      after: ({ tenant }) =>
        web({ ...WEB, expose: Expose.alb({ scheme: 'internal', host: 'shop.example.com' }) }, tenant()),
      advice: 'nothing',
    },
    {
      edit: 'without `expose: Expose.alb(...)` again',
      before: ({ tenant }) =>
        web({ ...WEB, expose: Expose.alb({ scheme: 'internal', host: 'shop.example.com' }) }, tenant()),
      after: ({ tenant }) => web(WEB, tenant()),
      advice: 'delete the Ingress, or its load balancer stays',
    },
    {
      edit: '`expose: Expose.nlb(...)`',
      before: ({ tenant }) => web(WEB, tenant()),
      after: ({ tenant }) => web({ ...WEB, expose: Expose.nlb({ scheme: 'internal' }) }, tenant()),
      advice: 'nothing',
    },
  ],
};
