import * as fc from 'fast-check';
import {
  ABSENT,
  type JsonObject,
  list,
  maybe,
  one,
  type Patch,
  patched,
  rarely,
  type Template,
  valuesOf,
} from './template';
import { BOUNDARY, DOCUMENT, OUTPOST, POLICY, TYPES, tags, ZONES } from './values';

// Configs that eksctl takes, one way for each kind of cluster. What is wrong in a random config comes from the edges.

const HEAD = {
  apiVersion: 'eksctl.io/v1alpha5',
  kind: 'ClusterConfig',
  metadata: {
    name: 'prod',
    region: 'us-west-2',
    version: one('1.33', '1.34', '1.35', '1.36', ABSENT),
    tags: rarely(tags),
  },
};

const SIZES = one(
  {},
  { desiredCapacity: 3 },
  { minSize: 1, maxSize: 4 },
  { minSize: 2, desiredCapacity: 2, maxSize: 6 },
  { minSize: 0, desiredCapacity: 0, maxSize: 2 },
);

const SHARED_OF_GROUPS = {
  volumeSize: rarely(one(50, 100)),
  labels: rarely({ 'shop.example/tier': one('web', 'data', '') }),
  tags: rarely(tags),
  iam: rarely(
    one(
      { withAddonPolicies: { ebs: true } },
      { attachPolicyARNs: [POLICY] },
      { attachPolicy: DOCUMENT },
      { instanceRolePermissionsBoundary: BOUNDARY },
    ),
  ),
  ssh: rarely(one({ allow: false }, { publicKeyName: 'team' }, { enableSsm: true })),
  disableIMDSv1: rarely(true),
  ebsOptimized: rarely(true),
};

const MANAGED = {
  ...SHARED_OF_GROUPS,
  instanceType: one(...TYPES, ABSENT),
  amiFamily: one(ABSENT, ABSENT, 'AmazonLinux2023', 'Bottlerocket', 'Ubuntu2404', 'WindowsServer2022FullContainer'),
  spot: rarely(true),
  taints: rarely([{ key: 'dedicated', value: 'batch', effect: 'NoSchedule' }]),
  updateConfig: rarely(one({ maxUnavailable: 1 }, { maxUnavailablePercentage: 50 })),
};

const SELF_MANAGED = {
  ...SHARED_OF_GROUPS,
  instanceType: one(...TYPES, ABSENT),
  amiFamily: one(ABSENT, ABSENT, 'AmazonLinux2023', 'Bottlerocket', 'Ubuntu2404'),
  taints: rarely({ dedicated: 'batch:NoSchedule' }),
};

/** A list of groups with the names PREFIX1, PREFIX2, ... */
function groups(prefix: string, template: Template, fixed: JsonObject, max: number): fc.Arbitrary<Patch> {
  const group = fc.tuple(valuesOf(template), valuesOf(SIZES));
  return fc.array(group, { maxLength: max }).map(
    (made): Patch =>
      made.map(([part, sizes], i) => {
        const patches: readonly Patch[] = [{ name: `${prefix}${i + 1}` }, part, sizes, fixed];
        return patches.reduce<JsonObject>((group, patch) => patched(group, patch) as JsonObject, {});
      }),
  );
}

const CORE = [{ name: 'vpc-cni' }, { name: 'coredns' }, { name: 'kube-proxy' }];

const PLAIN = {
  ...HEAD,
  iam: rarely({ withOIDC: true }),
  addons: one(
    ABSENT,
    CORE,
    [...CORE, { name: 'eks-pod-identity-agent' }],
    [...CORE, { name: 'eks-pod-identity-agent' }],
    [{ name: 'eks-pod-identity-agent' }, { name: 'metrics-server', version: 'latest' }],
  ),
  availabilityZones: maybe(one(ZONES, ZONES.slice(0, 2))),
  vpc: rarely({ cidr: '10.0.0.0/16', nat: { gateway: one('Single', 'HighlyAvailable', 'Disable') } }),
  cloudWatch: rarely({ clusterLogging: { enableTypes: ['audit', 'api'], logRetentionInDays: 90 } }),
  managedNodeGroups: groups('managed', MANAGED, {}, 2),
  nodeGroups: groups('own', SELF_MANAGED, {}, 2),
};

const AUTO_MODE = {
  ...HEAD,
  autoModeConfig: { enabled: true, nodePools: maybe(['general-purpose', 'system']) },
  addons: maybe([{ name: 'metrics-server' }]),
  availabilityZones: maybe(ZONES),
};

const IPV6 = one(
  {
    addons: [...CORE, { name: 'eks-pod-identity-agent' }],
    addonsConfig: { autoApplyPodIdentityAssociations: true },
  },
  {
    addons: [
      { name: 'vpc-cni', useDefaultPodIdentityAssociations: true },
      { name: 'coredns' },
      { name: 'eks-pod-identity-agent' },
    ],
  },
  { addons: [{ name: 'coredns' }, { name: 'kube-proxy' }] },
  { addons: CORE, iam: { withOIDC: true } },
).chain((permissions) =>
  valuesOf({
    ...HEAD,
    kubernetesNetworkConfig: { ipFamily: one('IPv6', 'IPv6', 'ipv6') },
    managedNodeGroups: groups('managed', MANAGED, {}, 2),
  }).map((rest) => ({ ...(rest as object), ...(permissions as object) })),
);

const PRIVATE = {
  ...HEAD,
  privateCluster: { enabled: true, additionalEndpointServices: rarely(['logs']) },
  managedNodeGroups: groups('managed', MANAGED, { privateNetworking: true }, 2),
  nodeGroups: groups('own', SELF_MANAGED, { privateNetworking: true }, 1),
};

const SUBNETS = {
  private: { 'us-west-2a': { id: 'subnet-0000000a' }, 'us-west-2b': { id: 'subnet-0000000b' } },
  public: maybe({ one: { id: 'subnet-0000001a', az: 'us-west-2a' }, two: { id: 'subnet-0000001b', az: 'us-west-2b' } }),
};

const EXISTING_VPC = {
  ...HEAD,
  vpc: { id: 'vpc-00000123', cidr: maybe('10.0.0.0/16'), subnets: SUBNETS, securityGroup: rarely('sg-00000123') },
  managedNodeGroups: groups('managed', MANAGED, {}, 2),
  nodeGroups: groups('own', SELF_MANAGED, {}, 1),
};

const OUTPOSTS = {
  ...HEAD,
  outpost: { controlPlaneOutpostARN: OUTPOST, controlPlaneInstanceType: maybe('m5.large') },
  vpc: { id: 'vpc-00000123', subnets: { private: { 'us-west-2a': { id: 'subnet-0000000a' } } } },
  nodeGroups: list({ name: 'own', privateNetworking: true, instanceType: 'm5.large', volumeType: maybe('gp2') }, 0, 1),
};

const IMPORTANCE: readonly (readonly [number, Template])[] = [
  [10, PLAIN],
  [3, AUTO_MODE],
  [3, IPV6],
  [2, PRIVATE],
  [2, EXISTING_VPC],
  [3, OUTPOSTS],
];

/** A ClusterConfig that eksctl takes. */
export const anAcceptedConfig: fc.Arbitrary<JsonObject> = fc
  .oneof(...IMPORTANCE.map(([weight, template]) => ({ weight, arbitrary: valuesOf(template) })))
  .map((patch) => patched({}, patch) as JsonObject);
