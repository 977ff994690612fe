/** Platforms: operating systems, injectors, node supply and Fargate. */
import { Expose, Mesh, Peer, type Tenant } from 'cdk8s-eks-patterns';
import { newApp, newCluster, newTenant, web, worker } from '../../support/app';
import {
  custom,
  findingsOf,
  inTenant,
  openTenant,
  type Program,
  rulesOf,
  runTrials,
  service,
  type Trial,
  withRaw,
} from './support';

type Props = Readonly<Record<string, unknown>>;
const server = (props: Props = {}, tenant?: () => Tenant): Program => inTenant((t) => web(props, t), tenant);
const queue = (props: Props, tenant?: () => Tenant): Program => inTenant((t) => worker(props, t), tenant);
const clustered = (config: object) => () =>
  openTenant({}, newCluster(newApp(), { nodeGroups: undefined, config } as never));
const windowsNodes = clustered({
  managedNodeGroups: [
    { name: 'workers', instanceType: 'm5.large', minSize: 3 },
    { name: 'windows', instanceType: 'm5.large', amiFamily: 'WindowsServer2022CoreContainer' },
  ],
});
const onWindows = { placement: { nodeLabels: { 'kubernetes.io/os': 'windows' } } };
const ofWindows = (os: string) =>
  custom({
    deployment: ({ spec }) => {
      spec.template.spec.os = { name: os };
    },
  });
/** A tenant without a quota and with every permission, into which a mesh adds containers. */
const mesh = (more: object) => () =>
  newTenant({ quota: 'none', podSecurity: { level: 'privileged', because: 'the mesh sets up the network' }, ...more });
const annotated = (key: string) =>
  custom({
    deployment: ({ spec }) => {
      spec.template.metadata.annotations = { ...spec.template.metadata.annotations, [key]: 'true' };
    },
  });
const istio = { labels: { 'istio-injection': 'enabled' } };
const meshed = () => newTenant({ mesh: Mesh.istio({ mode: 'sidecar' }) });
const toIstiod = { connectsTo: [Peer.cidr('10.0.0.0/8', 15012)] };
const toVault = { connectsTo: [Peer.cidr('10.0.0.0/8', 8200)] };
const pool = (requirement: object) => ({
  apiVersion: 'karpenter.sh/v1',
  kind: 'NodePool',
  metadata: { name: 'own' },
  spec: {
    template: {
      spec: {
        nodeClassRef: { group: 'karpenter.k8s.aws', kind: 'EC2NodeClass', name: 'default' },
        requirements: [requirement],
      },
    },
  },
});
const withPool = (requirement: object, props: Props): Program =>
  inTenant((t) => {
    web(props, t);
    withRaw(t, pool(requirement));
  });
const spot = { key: 'karpenter.sh/capacity-type', operator: 'In', values: ['spot'] };
const onSpot = { placement: { nodeLabels: { 'karpenter.sh/capacity-type': 'spot' } } };
const gpu = { resources: { cpu: '1', memory: '1Gi', devices: { 'nvidia.com/gpu': 1 } } };
const adapter = custom({
  deployment: ({ spec }) => {
    const { requests, limits } = spec.template.spec.containers[0].resources;
    requests['vpc.amazonaws.com/efa'] = 1;
    limits['vpc.amazonaws.com/efa'] = 1;
  },
});
const groupsOf = (instanceType: string) =>
  clustered({
    managedNodeGroups: [{ name: 'workers', instanceType, minSize: 3, efaEnabled: true }],
    availabilityZones: ['us-west-2a', 'us-west-2b', 'us-west-2c'],
  });
const profiles =
  (tenant: (scope: ReturnType<typeof newCluster>) => Tenant, config: object = {}) =>
  () => {
    const fargateProfiles = [{ name: 'shop', selectors: [{ namespace: 'shop' }] }];
    return tenant(newCluster(newApp(), { nodeGroups: undefined, config: { fargateProfiles, ...config } } as never));
  };
const onFargate = profiles((scope) => openTenant({}, scope));
const instances = (target: string): Program =>
  inTenant((t) => {
    web({ shutdown: { sleep: '15s' } }, t);
    const annotations = {
      'service.beta.kubernetes.io/aws-load-balancer-nlb-target-type': target,
      'service.beta.kubernetes.io/aws-load-balancer-scheme': 'internal',
    };
    const more = { type: 'LoadBalancer', loadBalancerClass: 'service.k8s.aws/nlb' };
    const port = { port: 80, targetPort: 8080 };
    withRaw(t, service('nlb', { 'app.kubernetes.io/name': 'web' }, port, more, annotations));
  }, onFargate);
const role = { aws: { role: 'arn:aws:iam::111122223333:role/shop' } };
const TRIALS: readonly Trial[] = [
  [
    'B14.1',
    'pods for Linux on nodes of Windows',
    'windows/fields',
    server(onWindows, windowsNodes),
    server({}, windowsNodes),
  ],
  [
    'B14.2',
    'pods of Windows with fields of Linux',
    'windows/fields',
    server(ofWindows('windows')),
    server(ofWindows('linux')),
  ],
  [
    'B15.1',
    'a mesh in a restricted namespace',
    'containers/injected',
    server({}, () => newTenant(istio)),
    server({}, meshed),
  ],
  [
    'B15.2',
    'a mesh in a namespace whose quota does not count it',
    'containers/injected',
    server(toIstiod, () => mesh({ ...istio, quota: undefined })()),
    server({}, meshed),
  ],
  ['B15.3', 'a mesh whose control plane is closed', 'containers/injected', server({}, mesh(istio)), server({}, meshed)],
  [
    'B15.4',
    'an agent of Vault that cannot reach its server',
    'containers/injected',
    server(annotated('vault.hashicorp.com/agent-inject'), mesh({})),
    server({ ...annotated('vault.hashicorp.com/agent-inject'), ...toVault }, mesh({})),
  ],
  [
    'B16.1',
    'nodes of a pool that is not there',
    'placement/unschedulable',
    server(onSpot),
    withPool(spot, { ...onSpot, replicas: 40 }),
  ],
  [
    'B16.2',
    'a GPU that no node has',
    'placement/unschedulable',
    server(gpu),
    withPool({ key: 'karpenter.k8s.aws/instance-gpu-manufacturer', operator: 'In', values: ['nvidia'] }, gpu),
  ],
  [
    'B16.3',
    'an adapter that the type does not have',
    'placement/unschedulable',
    queue(adapter, groupsOf('m5.large')),
    queue(adapter, groupsOf('c6in.32xlarge')),
  ],
  ['B17.2', 'permissions that Fargate does not hand out', 'fargate/pod-identity', queue(role, onFargate), queue(role)],
  [
    'B17.3',
    'policies that Fargate does not enforce',
    'connections/fargate',
    queue(
      {},
      profiles((scope) => newTenant({}, scope)),
    ),
    queue({}, onFargate),
  ],
  [
    'B17.4',
    'a pod that is larger than what Fargate has',
    'fargate/pod-size',
    queue({ resources: { cpu: '17', memory: '130Gi' } }, onFargate),
    queue({ resources: { cpu: '16', memory: '64Gi' } }, onFargate),
  ],
  [
    'B17.5',
    'a port of nodes where there are none',
    'fargate/node-port',
    server({ expose: Expose.nodePort() }, onFargate),
    server({}, onFargate),
  ],
  [
    'B17.5b',
    'a load balancer of nodes where there are none',
    'fargate/node-port',
    instances('instance'),
    instances('ip'),
  ],
];

runTrials(TRIALS);

test('B16.1 pools of Karpenter make room, whatever the node groups have', () => {
  const many = { replicas: 40, resources: { cpu: '1', memory: '1Gi' } };
  expect(rulesOf(server(many))).toContain('capacity/room');
  expect(rulesOf(withPool(spot, many))).toEqual([]);
});

test('B15.3 a way to the control plane by hand is as good', () => {
  expect(rulesOf(server(toIstiod, mesh(istio)))).toEqual([]);
});

test('B17.2 the way to permissions on Fargate names the annotation of the service account', () => {
  const found = findingsOf(queue(role, onFargate)).find(({ rule }) => rule === 'fargate/pod-identity');
  expect(found?.fix).toContain('eks.amazonaws.com/role-arn');
});
