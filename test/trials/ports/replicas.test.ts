/** Replicas and jobs whose pods call each other. */
import { Probe, type Tenant } from 'cdk8s-eks-patterns';
import { job, newTenant, stateful, web } from '../../support/app';
import { custom, inTenant, openTenant, type Program, runTrials, service, type Trial, withRaw } from './support';

type Props = Readonly<Record<string, unknown>>;
const probes = { readiness: Probe.http('/r'), liveness: Probe.tcp('client') };
const MEMBERS = { replicas: 3, order: 'Parallel', port: { client: 7000, peer: 7001 }, memberPorts: ['peer'], probes };
const members = (props: Props = {}): Program => inTenant((t) => stateful({ ...MEMBERS, ...props }, t));
const indexed = (more: object = {}) =>
  custom({
    job: ({ spec }) => {
      Object.assign(spec, { completionMode: 'Indexed', completions: 100, parallelism: 10, ...more });
    },
  });
/** Pods of a Job that call the first of them. */
const training = (host: string, kind: 'pattern' | 'raw', tenant: () => Tenant): Program =>
  inTenant((t) => {
    const headless = { clusterIP: 'None' };
    const spec = { completionMode: 'Indexed', completions: 4, parallelism: 4 };
    if (kind === 'pattern') {
      const edit = custom({
        job: (object) => {
          Object.assign(object.spec, spec);
          object.spec.template.spec.subdomain = 'mesh';
        },
      });
      job({ env: { MASTER_ADDR: host, MASTER_PORT: '29500' }, ...edit }, t, 'train');
      withRaw(t, service('mesh', { 'app.kubernetes.io/name': 'train' }, { port: 29500 }, headless));
    } else {
      const made = job({ env: { LEVEL: 'info' } }, t, 'other').job.toJson();
      const { template } = structuredClone(made.spec);
      const [own] = template.spec.containers;
      Object.assign(template.metadata, { labels: { app: 'train' } });
      Object.assign(template.spec, { subdomain: 'mesh', serviceAccountName: 'default' });
      Object.assign(own!, { env: [{ name: 'MASTER_ADDR', value: `${host}:29500` }], envFrom: [] });
      withRaw(
        t,
        { apiVersion: 'batch/v1', kind: 'Job', metadata: { name: 'train' }, spec: { ...spec, template } },
        service('mesh', { app: 'train' }, { port: 29500 }, headless),
      );
    }
  }, tenant);
const keycloak = (jvm: string): Program =>
  inTenant((t) => web({ env: { KC_CACHE: 'ispn', JAVA_OPTS_APPEND: jvm } }, t, 'keycloak'));

const TRIALS: readonly Trial[] = [
  [
    'B12.1',
    'replicas that form a cluster on a port without a name',
    'connections/undeclared',
    keycloak('-Djgroups.dns.query=keycloak.shop.svc.cluster.local:7800'),
    keycloak('-Xmx512m'),
  ],
  [
    'B12.2',
    'a set without volumes',
    'props/required',
    members({ storage: undefined }),
    inTenant((t) => web({ replicas: 3 }, t)),
  ],
  [
    'B13.1',
    'a limit of failures that ends all indexes',
    'jobs/backoff-limit',
    inTenant((t) => job(indexed({ backoffLimitPerIndex: 2 }), t)),
    inTenant((t) => job(indexed({ backoffLimitPerIndex: 2, backoffLimit: undefined }), t)),
  ],
  [
    'B13.2',
    'pods of a job that call its first one by a name without the hash',
    'connections/member-name',
    training('train-0.mesh', 'pattern', openTenant),
    training('train-0.mesh', 'raw', openTenant),
  ],
  [
    'B13.3',
    'pods of a job that call each other in an isolated tenant',
    'connections/undeclared',
    training('train-0.mesh', 'raw', newTenant),
    training('train-0.mesh', 'raw', openTenant),
  ],
];

runTrials(TRIALS);
