/** What public systems ask for and no prop could say once: each as its smallest program, of which nothing is reported, and the field that carries it. */
import {
  Config,
  type EksApp,
  Env,
  Expose,
  InitContainer,
  type NodeAgent,
  Peer,
  Placement,
  Probe,
  ScaleTrigger,
  Secret,
  type Tenant,
} from 'cdk8s-eks-patterns';
import {
  agent,
  job,
  type Manifest,
  newApp,
  newCluster,
  newTenant,
  privilegedTenant,
  stateful,
  web,
  worker,
} from '../../support/app';
import { type Expressed, judgeExpressed } from './expressed';
import { openTenant } from './support';

type Props = Readonly<Record<string, unknown>>;
const three = { memberPorts: ['peers'], port: { clients: 7000, peers: 7001 }, quorum: true, replicas: 3 };
const member = (props: Props, tenant: Tenant, id = 'db') => stateful({ ...three, ...props }, tenant, id);
const templateOf = ({ spec }: Manifest) => spec.template.spec;
const mainOf = (manifest: Manifest) => templateOf(manifest).containers[0];
const WINDOWS = {
  nodeGroups: undefined,
  config: {
    managedNodeGroups: [
      { name: 'workers', instanceType: 'm5.large', minSize: 3 },
      { name: 'windows', instanceType: 'm5.xlarge', minSize: 3, amiFamily: 'WindowsServer2022CoreContainer' },
    ],
  },
};
/** The VPC CNI enforces no policies on Windows, of which a warning tells. */
const onWindows = () => openTenant({}, newCluster(newApp(), WINDOWS as never));
const baseline = () => newTenant({ podSecurity: { level: 'baseline', because: 'the image begins as root' } });
const ingressPorts = ({ spec }: Manifest) =>
  spec.ingress.flatMap(({ ports }: { ports: { port: number }[] }) => ports.map(({ port }) => port));
const variable = (manifest: Manifest, name: string) =>
  mainOf(manifest).env.find((one: { name: string }) => one.name === name);

const CASES: readonly Expressed[] = [
  [
    'A1',
    'a sidecar and an init container with the props of the own container',
    (tenant) =>
      stateful(
        {
          sidecars: [
            { name: 'exporter', image: 'example.com/exporter:1.0', user: 65534, port: 9187, env: { HOST: 'x' } },
          ],
          initContainers: [{ name: 'restore', like: 'main', command: ['restore'], storage: ['data'] }],
        },
        tenant,
        'db',
      ),
    (objectIn) => {
      const [first, second] = templateOf(objectIn('StatefulSet')).initContainers;
      expect([first.name, second.name].sort()).toEqual(['exporter', 'restore']);
      expect(first.securityContext.capabilities).toEqual({ drop: ['ALL'] });
    },
  ],
  [
    'A2',
    'members of a quorum begin together, and are protected by their majority',
    (tenant) => member({}, tenant),
    (objectIn) => {
      expect(objectIn('StatefulSet').spec.podManagementPolicy).toBe('Parallel');
      expect(objectIn('PodDisruptionBudget').spec.unhealthyPodEvictionPolicy).toBe('IfHealthyBudget');
      expect(templateOf(objectIn('StatefulSet')).topologySpreadConstraints[0].minDomains).toBe(3);
    },
  ],
  [
    'A3',
    'a cluster of two sets',
    (tenant) => member({ memberOf: [member({}, tenant, 'masters')] }, tenant, 'data'),
    (objectIn) => {
      const from = objectIn('NetworkPolicy', 'masters').spec.ingress.filter(
        ({ ports }: { ports: { port: number }[] }) => ports.some(({ port }) => port === 7001),
      );
      expect(JSON.stringify(from)).toContain('data');
    },
  ],
  [
    'A4',
    'the data folder as a folder of the volume',
    (tenant) => stateful({ storage: { mountPath: '/var/lib/db', size: '20Gi', folder: 'pgdata' } }, tenant, 'db'),
    (objectIn) => expect(mainOf(objectIn('StatefulSet')).volumeMounts[0].subPath).toBe('pgdata'),
  ],
  [
    'A5',
    'an entry point that begins as root and goes on as another user',
    (tenant) => web({ user: { root: 'gives its data folder to mysql', stepsDown: true } }, tenant, 'web'),
    (objectIn) => {
      const { add, drop } = mainOf(objectIn('Deployment')).securityContext.capabilities;
      expect([add, drop]).toEqual([['CHOWN', 'DAC_OVERRIDE', 'FOWNER', 'SETGID', 'SETUID'], ['ALL']]);
    },
    baseline,
  ],
  [
    'A7',
    'a Service of the primary alone, which others call',
    (tenant) => {
      const primary = member({}, tenant).addService('primary', { podLabels: { role: 'primary' }, ports: ['clients'] });
      web({ connectsTo: [primary], env: { DB: primary.address } }, tenant, 'app');
    },
    (objectIn) => {
      expect(objectIn('Service', 'db-primary').spec.selector).toMatchObject({ role: 'primary' });
      expect(JSON.stringify(objectIn('NetworkPolicy', 'app').spec.egress)).toContain('7000');
    },
  ],
  [
    'A8, B6',
    'the same probe for readiness and a patient liveness',
    (tenant) =>
      web(
        { probes: { readiness: Probe.grpc({ period: '5s' }), liveness: Probe.grpc({ failures: 12 }) } },
        tenant,
        'web',
      ),
    (objectIn) =>
      expect(mainOf(objectIn('Deployment')).livenessProbe.grpc).toEqual(
        mainOf(objectIn('Deployment')).readinessProbe.grpc,
      ),
  ],
  [
    'A9',
    'a command before the end, counted by the grace period',
    (tenant) =>
      member({ shutdown: { preStop: { command: ['nodetool', 'drain'], time: '60s' }, drain: '480s' } }, tenant),
    (objectIn) => expect(templateOf(objectIn('StatefulSet')).terminationGracePeriodSeconds).toBeGreaterThan(540),
  ],
  [
    'A10',
    'the number and the zone of a member, and numbers from one',
    (tenant) =>
      member(
        {
          firstOrdinal: 1,
          env: { ID: Env.ordinal(), ZONE: Env.zone(), PEERS: (self: { members: string[] }) => self.members.join() },
        },
        tenant,
      ),
    (objectIn) => {
      const set = objectIn('StatefulSet');
      expect(set.spec.ordinals).toEqual({ start: 1 });
      expect(variable(set, 'ID').valueFrom.fieldRef.fieldPath).toContain('pod-index');
      expect(variable(set, 'ZONE').valueFrom.fieldRef.fieldPath).toContain('topology.kubernetes.io/zone');
      expect(objectIn('ConfigMap').data.PEERS).toBe('db-1,db-2,db-3');
    },
  ],
  [
    'A11',
    'a set that names a later one',
    (tenant) => {
      const later: { hosts: readonly string[] }[] = [];
      const first = member({ env: { OTHERS: () => later[0]!.hosts.join() } }, tenant, 'first');
      const second = member({}, tenant, 'second');
      later.push(second);
      first.connectTo(second);
    },
    (objectIn) => expect(objectIn('ConfigMap').data.OTHERS).toContain('second-2.second'),
  ],
  [
    'A12',
    'a Prometheus of the app, which may call what it scrapes',
    (tenant) => {
      web({ metrics: {} }, tenant, 'web');
      worker({ connectsTo: [Peer.metrics(tenant.node.root as EksApp)] }, tenant, 'prometheus');
    },
    (objectIn) => expect(objectIn('NetworkPolicy', 'prometheus').spec.egress.length).toBeGreaterThan(1),
    () => newTenant({ defaults: { scraper: { namespace: 'default' } } }),
  ],
  [
    'B2',
    'an init container that waits for a database',
    (tenant) => web({ initContainers: [InitContainer.waitFor(member({}, tenant))] }, tenant, 'web'),
    (objectIn) => expect(JSON.stringify(objectIn('NetworkPolicy', 'web').spec.egress)).toContain('7000'),
  ],
  [
    'B5',
    'a trigger of KEDA with its login',
    (tenant) => {
      const login = Secret.fromSecretsManager(tenant, 'login', { secret: 'shop/pg', keys: ['password'] });
      worker(
        {
          replicas: {
            min: 0,
            max: 10,
            triggers: [
              ScaleTrigger.postgresql({
                host: 'db.example.com',
                port: 5432,
                userName: 'app',
                dbName: 'jobs',
                sslmode: 'require',
                query: 'SELECT count(*) FROM jobs',
                targetQueryValue: 5,
                authentication: { secrets: { password: login.key('password') } },
              } as never),
            ],
          },
        },
        tenant,
        'jobs',
      );
    },
    (objectIn) => {
      const { name } = objectIn('ScaledObject').spec.triggers[0].authenticationRef;
      expect(JSON.stringify(objectIn('TriggerAuthentication', name).spec)).toContain('"parameter":"password"');
    },
  ],
  [
    'B7',
    'the group root for another user',
    (tenant) => web({ user: { uid: 1000, gid: 0 } }, tenant, 'web'),
    (objectIn) =>
      expect(templateOf(objectIn('Deployment')).securityContext).toMatchObject({ runAsUser: 1000, runAsGroup: 0 }),
  ],
  [
    'B8',
    'a part of shared settings, for a workload that calls no one',
    (tenant) => {
      const api = web({}, tenant, 'api');
      const shared = new Config(tenant, 'shared', { API: api.url(), REGION: 'us-west-2' });
      job({ envFrom: [shared.only('REGION')] }, tenant, 'migrate');
    },
    (objectIn) => expect(JSON.stringify(mainOf(objectIn('Job')))).not.toContain('API'),
  ],
  [
    'B9',
    'an agent that is called by the address of its node',
    (tenant) => {
      const props = { port: { otlp: 4317 }, reach: 'node-ip' };
      const collector = agent(props, tenant, 'collector') as unknown as NodeAgent<'otlp'>;
      web({ connectsTo: [collector], env: { OTLP: collector.nodeUrl('http', 'otlp') } }, tenant, 'web');
    },
    (objectIn) => {
      expect(mainOf(objectIn('DaemonSet')).ports[0]).toMatchObject({ containerPort: 4317, hostPort: 4317 });
      expect(variable(objectIn('Deployment'), 'OTLP').value).toMatch(/^http:\/\/\$\(\w+\):4317$/);
      expect(ingressPorts(objectIn('NetworkPolicy', 'collector'))).toContain(4317);
    },
    privilegedTenant,
  ],
  [
    'B10',
    'a canary behind the load balancer of another service',
    (tenant) => {
      const canary = web({}, tenant, 'canary');
      const weights = [{ to: canary, weight: 10 }];
      web(
        { expose: Expose.alb({ scheme: 'internet-facing', host: 'shop.example.com', weights } as never) },
        tenant,
        'web',
      );
    },
    (objectIn) => {
      expect(JSON.stringify(objectIn('Ingress').metadata.annotations)).toContain('canary');
      expect(ingressPorts(objectIn('NetworkPolicy', 'canary'))).toContain(8080);
    },
  ],
  [
    'B12',
    'replicas without volumes that form a cluster',
    (tenant) => web({ port: { http: 8080, jgroups: 7800 }, memberPorts: ['jgroups'], replicas: 3 }, tenant, 'keycloak'),
    (objectIn) => {
      expect(objectIn('Service', 'keycloak').spec.ports).toHaveLength(1);
      expect(objectIn('Service', 'keycloak-headless').spec.clusterIP).toBe('None');
    },
  ],
  [
    'B12.2',
    'members with names and without volumes',
    (tenant) => member({ storage: 'none' }, tenant),
    (objectIn) => expect(objectIn('StatefulSet').spec.volumeClaimTemplates).toBeUndefined(),
  ],
  [
    'B13',
    'retries of each index, and what exit codes and evictions mean',
    (tenant) =>
      job(
        {
          completions: 100,
          parallelism: 10,
          retries: { perIndex: 2, failedIndexes: 5 },
          onExit: { 42: 'fail-index' },
          onDisruption: 'ignore',
        },
        tenant,
        'parts',
      ),
    (objectIn) => {
      expect(objectIn('Job').spec).toMatchObject({ backoffLimitPerIndex: 2, maxFailedIndexes: 5 });
      expect(objectIn('Job').spec.podFailurePolicy.rules).toHaveLength(2);
    },
  ],
  [
    'B14',
    'pods on Windows',
    (tenant) => web({ placement: Placement.windows(), user: undefined }, tenant, 'web'),
    (objectIn) => {
      expect(templateOf(objectIn('Deployment')).os).toEqual({ name: 'windows' });
      expect(mainOf(objectIn('Deployment')).securityContext?.capabilities).toBeUndefined();
    },
    onWindows,
  ],
  [
    'B17',
    'permissions by the service account',
    (tenant) =>
      web(
        {
          aws: {
            by: 'irsa',
            account: '111122223333',
            allow: [{ actions: ['s3:ListBucket'], resources: ['arn:aws:s3:::b'] }],
          },
        },
        tenant,
        'web',
      ),
    (objectIn) =>
      expect(objectIn('ServiceAccount', 'web').metadata.annotations).toHaveProperty(['eks.amazonaws.com/role-arn']),
  ],
  [
    'B19',
    'reading what has no namespace',
    (tenant) =>
      worker({ apiAccess: { cluster: [{ apiGroups: [''], resources: ['nodes'], verbs: ['list'] }] } }, tenant, 'web'),
    (objectIn) => expect(objectIn('ClusterRole').rules[0].resources).toEqual(['nodes']),
  ],
  [
    'B19.2',
    'a monitor of Prometheus Operator, and images of another registry',
    (tenant) => web({ metrics: { monitor: 'pod' }, imagePullSecrets: ['registry'] }, tenant, 'web'),
    (objectIn) => {
      expect(objectIn('PodMonitor').spec.podMetricsEndpoints).toHaveLength(1);
      expect(templateOf(objectIn('Deployment')).imagePullSecrets).toEqual([{ name: 'registry' }]);
    },
  ],
  [
    'B19.3',
    'a service that is parked',
    (tenant) => web({ replicas: 0 }, tenant, 'web'),
    (objectIn) => expect(objectIn('Deployment').spec.replicas).toBe(0),
  ],
];

judgeExpressed(CASES);
