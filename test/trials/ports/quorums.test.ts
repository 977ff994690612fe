/** Systems of several members: quorums, sets that belong together, storage. */
import { type EksApp, Peer, Probe, type Tenant } from 'cdk8s-eks-patterns';
import { appOf, newTenant, scheduled, stateful, synth, web } from '../../support/app';
import {
  custom,
  findingsOf,
  inTenant,
  OF_EVERY_CLUSTER,
  objectIn,
  openTenant,
  type Program,
  rulesOf,
  runTrials,
  service,
  type Trial,
  withRaw,
} from './support';

type Props = Readonly<Record<string, unknown>>;
const probes = { readiness: Probe.http('/r'), liveness: Probe.tcp('client') };
const MEMBERS = { replicas: 3, order: 'Parallel', port: { client: 7000, peer: 7001 }, memberPorts: ['peer'], probes };
const members = (props: Props = {}): Program => inTenant((t) => stateful({ ...MEMBERS, ...props }, t));
const starting = (start: number) =>
  custom({
    statefulSet: ({ spec }) => {
      spec.ordinals = { start };
    },
  });
const seeds = { env: { SEEDS: (self: { hosts: string[] }) => self.hosts.map((host) => `${host}:7001`).join() } };
/** Two sets, of which the second one calls the first. */
const twoSets = (to: (masters: ReturnType<typeof stateful>) => unknown): Program =>
  inTenant((t) => {
    const masters = stateful({}, t, 'masters');
    stateful({ connectsTo: [to(masters)] }, t, 'workers');
  });
const storageClass = (volumeBindingMode: string) => ({
  apiVersion: 'storage.k8s.io/v1',
  kind: 'StorageClass',
  metadata: { name: 'fast' },
  provisioner: 'ebs.csi.aws.com',
  volumeBindingMode,
});
const claim = (mode: string, storageClassName = 'gp3') => ({
  apiVersion: 'v1',
  kind: 'PersistentVolumeClaim',
  metadata: { name: 'uploads' },
  spec: { accessModes: [mode], storageClassName, resources: { requests: { storage: '1Gi' } } },
});
const mounted = (claimName: string) => ({
  volumes: [{ volume: { name: 'own', persistentVolumeClaim: { claimName } }, mountPath: '/own' }],
});
/** A database and a client that calls a Service of its own, which is not that of the pattern. */
const called = (selector: object, declared: boolean): Program =>
  inTenant((t) => {
    const db = stateful({}, t, 'db');
    web({ env: { DB: 'db-primary.shop.svc.cluster.local:7000' }, ...(declared ? { connectsTo: [db] } : {}) }, t);
    withRaw(t, service('db-primary', { 'app.kubernetes.io/name': 'db', ...selector }, { port: 7000 }));
  });
const perMember = (tenant: () => Tenant): Program =>
  inTenant((t) => {
    stateful(MEMBERS, t, 'db');
    const annotations = {
      'service.beta.kubernetes.io/aws-load-balancer-nlb-target-type': 'ip',
      'service.beta.kubernetes.io/aws-load-balancer-scheme': 'internal',
    };
    const more = { type: 'LoadBalancer', loadBalancerClass: 'service.k8s.aws/nlb' };
    const selector = { 'statefulset.kubernetes.io/pod-name': 'db-0' };
    withRaw(t, service('db-0', selector, { port: 7000 }, more, annotations));
  }, tenant);
const TRIALS: readonly Trial[] = [
  ['A2.1', 'members that wait for each other', 'stateful/order', members({ order: undefined }), members()],
  [
    'A2.2',
    'a budget that lets members go while they recover',
    'disruption-budgets/unready-members',
    members({ disruption: { maxUnavailable: 1, unready: 'evict' } }),
    members(),
  ],
  [
    'A2.3a',
    'a budget that lets two of three members go',
    'disruption-budgets/majority',
    members({ disruption: { maxUnavailable: 2 } }),
    members({ replicas: 5, disruption: { maxUnavailable: 2 } }),
  ],
  [
    'A2.3b',
    'a budget that keeps one of three members',
    'disruption-budgets/majority',
    members({ disruption: { minAvailable: 1 } }),
    members({ disruption: { minAvailable: 2 } }),
  ],
  ['A2.3c', 'members without a budget', 'availability/no-budget', members({ disruption: 'none' }), members()],
  [
    'A3.1',
    'a set that is named as a foreign peer',
    'props/forbidden',
    twoSets((masters) => Peer.of(masters as never, 7000)),
    twoSets((masters) => masters),
  ],
  [
    'A3.2',
    'a port of members that another set calls',
    'props/unsupported',
    inTenant((t) => stateful({ connectsTo: [stateful(MEMBERS, t, 'masters').on('peer')] }, t, 'workers')),
    inTenant((t) => stateful({ connectsTo: [stateful(MEMBERS, t, 'masters').on('client')] }, t, 'workers')),
  ],
  [
    'A6.1',
    'a storage class that nothing makes',
    'storage/missing-class',
    members({ storage: { mountPath: '/data', size: '1Gi', className: 'io3' } }),
    members({ storage: { mountPath: '/data', size: '1Gi', className: 'gp3' } }),
  ],
  [
    'A6.2',
    'a class whose volumes do not wait for pods',
    'storage/immediate-binding',
    () => withRaw(newTenant(), storageClass('Immediate')),
    () => withRaw(newTenant(), storageClass('WaitForFirstConsumer')),
  ],
  [
    'A6.3',
    'a volume for one node of two pods',
    'storage/shared-claim',
    inTenant((t) => {
      web({ ...mounted('uploads') }, t);
      withRaw(t, claim('ReadWriteOnce'));
    }),
    inTenant((t) => {
      web({ ...mounted('uploads'), replicas: 1, rollout: { maxSurge: 0, maxUnavailable: 1 } }, t);
      withRaw(t, claim('ReadWriteOnce'));
    }),
  ],
  [
    'A6.4',
    'a volume on EBS for several nodes',
    'storage/access-mode',
    () => withRaw(newTenant(), claim('ReadWriteMany')),
    () => withRaw(newTenant(), claim('ReadWriteOnce')),
  ],
  [
    'A6.7',
    'a job with the volume of a member',
    'storage/shared-claim',
    inTenant((t) => {
      stateful({}, t, 'db');
      scheduled(mounted('data-db-0'), t);
    }),
    inTenant((t) => {
      stateful({}, t, 'db');
      scheduled({}, t);
    }),
  ],
  [
    'A7.1',
    'a client of the primary, by a label that it gets later',
    'connections/undeclared',
    called({ role: 'primary' }, false),
    called({ role: 'primary' }, true),
  ],
  ['A7.2', 'a client of a Service of its own', 'connections/undeclared', called({}, false), called({}, true)],
  [
    'A7.3',
    'a Service that selects nothing',
    'services/selects-nothing',
    inTenant((t) => withRaw(t, service('db', { 'app.kubernetes.io/name': 'dbx' }, { port: 7000 }))),
    inTenant((t) => {
      stateful({}, t, 'dbx');
      withRaw(t, service('db', { 'app.kubernetes.io/name': 'dbx' }, { port: 7000 }));
    }),
  ],
  [
    'A10.1',
    'members that are numbered from one, and called from zero',
    'connections/member-name',
    members({ ...seeds, ...starting(1) }),
    members(seeds),
  ],
  [
    'A12.6',
    'members that may not replicate',
    'stateful/member-ports',
    members({ memberPorts: undefined }),
    members({ memberPorts: [] }),
  ],
];

runTrials(TRIALS);

describe('what works as it is written', () => {
  test('A2.2 members that are not ready are protected by their budget', () => {
    const app: EksApp = members()();
    expect(objectIn(app, 'PodDisruptionBudget').spec.unhealthyPodEvictionPolicy).toBe('IfHealthyBudget');
  });

  test('A2.4 members are in three zones, or wait', () => {
    const { template } = objectIn(members()(), 'StatefulSet').spec;
    expect(template.spec.topologySpreadConstraints).toContainEqual(
      expect.objectContaining({ topologyKey: 'topology.kubernetes.io/zone', minDomains: 3 }),
    );
  });

  test.each([
    ['A6.5', 'aws-efs-csi-driver', { ...storageClass('Immediate'), provisioner: 'efs.csi.aws.com' }],
    [
      'A6.6',
      'snapshot-controller',
      {
        apiVersion: 'snapshot.storage.k8s.io/v1',
        kind: 'VolumeSnapshotClass',
        metadata: { name: 'ebs' },
        driver: 'ebs.csi.aws.com',
        deletionPolicy: 'Delete',
      },
    ],
  ])('%s the add-on %s is installed for an object that needs it', (_, addon, object) => {
    const { clusterConfig } = synth(withRaw(newTenant(), object));
    expect(clusterConfig!.addons.map(({ name }: { name: string }) => name)).toContain(addon);
  });

  test('A7.4 a load balancer for each member reaches it, with a readiness gate', () => {
    expect(findingsOf(perMember(newTenant)).map(({ rule }) => rule)).toEqual(OF_EVERY_CLUSTER);
    const { ingress } = objectIn(perMember(newTenant)(), 'NetworkPolicy', 'db').spec;
    expect(ingress[0].ports).toEqual([{ port: 7000, protocol: 'TCP' }]);
    const { labels } = objectIn(perMember(newTenant)(), 'Namespace', 'shop').metadata;
    expect(labels).toHaveProperty(['elbv2.k8s.aws/pod-readiness-gate-inject'], 'enabled');
  });

  test('A7.4 the controller is installed for a plain Service of a load balancer', () => {
    const { steps } = synth(perMember(openTenant)());
    expect(steps).toContain('aws-load-balancer-controller');
    expect(synth(appOf(stateful(MEMBERS))).steps).not.toContain('aws-load-balancer-controller');
  });

  test.each([2, 4])('A2.3d an even number of members, %s, is advised against', (replicas) => {
    const advice = findingsOf(members({ replicas })).map(({ rule }) => rule);
    expect(advice).toContain('availability/even-members');
    expect(rulesOf(members({ replicas }))).toEqual([]);
  });
});
