import { Probe, Secret } from 'cdk8s-eks-patterns';
import { agent, job, stateful, web } from '../../support/app';
import { NEW_IMAGE, type Place, SMALL, STORE, type Theme, WEB } from './edit';

const config = (env: object) => ({ ...WEB, env });

const requests = (cpu: string, memory: string) => ({ ...WEB, resources: { cpu, memory } });

function withSecret(place: Place, id: string): void {
  const shop = place.tenant();
  web({ ...WEB, env: { TOKEN: Secret.existing(shop, id, ['token']).env('token') } }, shop);
}

export const spelling: Theme = {
  theme: 'How the program is written',
  edits: [
    {
      edit: 'the order of statements and of keys, the names of variables, another spelling of a default',
      before: ({ tenant }) => {
        const shop = tenant();
        web({ ...config({ LEVEL: 'info', MODE: 'fast' }), files: { '/etc/a': 'a', '/etc/b': 'b' } }, shop);
        stateful(STORE, shop);
        job({ ...SMALL, env: { STEP: 1, TABLE: 'orders' } }, shop);
      },
      after: ({ tenant }) => {
        const renamed = tenant();
        job({ env: { TABLE: 'orders', STEP: '1' }, retries: 3, ...SMALL }, renamed);
        stateful({ ...STORE, order: 'OrderedReady' }, renamed);
        web({ files: { '/etc/b': 'b', '/etc/a': 'a' }, env: { MODE: 'fast', LEVEL: 'info' }, ...WEB }, renamed);
      },
      advice: 'nothing',
    },
  ],
};

export const pods: Theme = {
  theme: 'What runs',
  edits: [
    {
      edit: '`image` of a WebService or Worker',
      before: ({ tenant }) => web(WEB, tenant()),
      after: ({ tenant }) => web({ ...WEB, image: NEW_IMAGE }, tenant()),
      advice: 'nothing',
    },
    {
      edit: '`image` of a StatefulService',
      before: ({ tenant }) => stateful(STORE, tenant()),
      after: ({ tenant }) => stateful({ ...STORE, image: NEW_IMAGE }, tenant()),
      advice: 'the members must bear it that one is missing',
    },
    {
      edit: '`image` of a NodeAgent',
      before: ({ tenant }) => agent(SMALL, tenant()),
      after: ({ tenant }) => agent({ ...SMALL, image: NEW_IMAGE }, tenant()),
      advice: 'nothing',
    },
    {
      edit: '`env`',
      before: ({ tenant }) => web(config({ LEVEL: 'info' }), tenant()),
      after: ({ tenant }) => web(config({ LEVEL: 'debug' }), tenant()),
      advice: 'keep the old ConfigMap as long as you may roll back',
    },
    {
      edit: '`files`',
      before: ({ tenant }) => web({ ...WEB, files: { '/etc/app.conf': 'a = 1' } }, tenant()),
      after: ({ tenant }) => web({ ...WEB, files: { '/etc/app.conf': 'a = 2' } }, tenant()),
      advice: 'the same',
    },
    {
      edit: 'another secret',
      before: (place) => withSecret(place, 'token-2025'),
      after: (place) => withSecret(place, 'token-2026'),
      advice: 'the new secret has to be there first',
    },
    {
      edit: '`probes`',
      before: ({ tenant }) => web(WEB, tenant()),
      after: ({ tenant }) =>
        web({ ...WEB, probes: { readiness: Probe.http('/ready'), liveness: Probe.tcp() } }, tenant()),
      advice: 'nothing',
    },
    {
      edit: '`resources`, more',
      before: ({ tenant }) => web(requests('50m', '64Mi'), tenant()),
      after: ({ tenant }) => web(requests('150m', '192Mi'), tenant()),
      advice: 'nothing',
    },
    {
      edit: '`resources`, down to a half',
      before: ({ tenant }) => web(requests('100m', '128Mi'), tenant()),
      after: ({ tenant }) => web(requests('50m', '64Mi'), tenant()),
      advice: 'nothing',
    },
    {
      edit: '`resources` of a WebService or Worker, down to an eighth at once',
      before: ({ tenant }) => web(requests('400m', '512Mi'), tenant()),
      after: ({ tenant }) => web(requests('50m', '64Mi'), tenant()),
      advice: 'by half at most, then again',
      stuck: true,
    },
    {
      edit: '`resources` of a StatefulService, down to an eighth at once',
      before: ({ tenant }) => stateful({ ...STORE, resources: { cpu: '400m', memory: '512Mi' } }, tenant()),
      after: ({ tenant }) => stateful(STORE, tenant()),
      advice: 'by half at most, then again',
      stuck: true,
    },
    {
      edit: '`team` of a tenant with a WebService',
      before: ({ tenant }) => web(WEB, tenant({ team: 'orders' })),
      after: ({ tenant }) => web(WEB, tenant({ team: 'payments' })),
      advice: 'nothing',
    },
    {
      edit: '`team` of a tenant with a StatefulService',
      before: ({ tenant }) => stateful(STORE, tenant({ team: 'orders' })),
      after: ({ tenant }) => stateful(STORE, tenant({ team: 'payments' })),
      advice: 'nothing',
    },
    {
      edit: '`labels` in the defaults of a tenant',
      before: ({ tenant }) => stateful(STORE, tenant()),
      after: ({ tenant }) => stateful(STORE, tenant({ defaults: { labels: { 'cost-center': '4711' } } })),
      advice: 'nothing',
    },
  ],
};
