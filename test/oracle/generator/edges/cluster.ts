import { ABSENT, append, list, maybe, one, rarely } from '../template';
import { anArn, aZone, BOUNDARY, bool, OUTPOST, POLICY, ROLE, tags, ZONES } from '../values';
import { type Edge, edges } from './edge';

const CERTIFICATE = '-----BEGIN CERTIFICATE-----';
const remote = {
  remoteNodeNetworks: one(
    list({ cidrs: one(['10.80.0.0/16'], [], ['banana']) }, 0, 2),
    [{ cidrs: ['10.80.0.0/16'] }],
    ABSENT,
  ),
  remotePodNetworks: one(list({ cidrs: ['10.81.0.0/16'] }, 0, 2), ABSENT, []),
  vpcGatewayID: rarely(one('tgw-00000123', 'vgw-00000123', 'igw-0123', '', 'tgw', 'TGW-1')),
  iam: rarely({
    provider: one('ssm', 'ira', 'SSM', 'Ira', 'iam', '', ABSENT),
    caBundleCert: rarely(one(CERTIFICATE, '')),
    roleARN: rarely(one(ROLE, '')),
  }),
};

/** What concerns the cluster as a whole. */
export const CLUSTER_EDGES: readonly Edge[] = edges(
  'config',
  { metadata: { name: one('prod', 'Prod-2', '9lives', 'a'.repeat(101), 'a_b', 'a.b', '', ' prod', ABSENT) } },
  {
    metadata: {
      region: one(
        'eu-west-1',
        'us-east-1',
        'cn-north-1',
        'us-gov-west-1',
        'ap-southeast-5',
        'eu-mars-1',
        '',
        'US-WEST-2',
        ABSENT,
      ),
    },
  },
  {
    metadata: {
      version: one(
        '1.20',
        '1.21',
        '1.23',
        '1.24',
        '1.30',
        '1.32',
        '1.33',
        'auto',
        'latest',
        '',
        'v1.35',
        '1.35.2',
        'x',
      ),
    },
  },
  { metadata: { rollbackConfig: { timeoutMinutes: one(119, 120, 121, 10079, 10080, 10081, 0, -1, ABSENT) } } },
  { metadata: { annotations: tags, tags, forceUpdateVersion: bool } },
  { upgradePolicy: { supportType: one('STANDARD', 'EXTENDED', 'standard', '', 'BASIC', 'STAN\tDARD', ABSENT) } },
  { zonalShiftConfig: { enabled: bool }, controlPlaneScalingConfig: { tier: one('standard', 'tier-xl', 'huge') } },
  { availabilityZones: list(aZone, 0, 4) },
  { availabilityZones: one(['us-west-2a'], ['us-west-2a', 'us-west-2a'], [], ZONES) },
  { localZones: one(['us-west-2-lax-1a'], ['us-west-2-lax-1a', 'us-west-2-lax-1b'], []) },
  { secretsEncryption: { keyARN: one(anArn, 'arn:aws:kms:us-west-2:123456789012:key/1234', ABSENT) } },
  {
    cloudWatch: {
      clusterLogging: {
        enableTypes: one(
          ['audit'],
          ['*'],
          ['all'],
          ['*', 'junk'],
          ['api', 'Audit'],
          ['junk'],
          [],
          ['scheduler', 'controllerManager'],
          ABSENT,
        ),
        logRetentionInDays: one(0, 1, 2, 14, 90, 365, 400, 2192, 3653, 3654, -1, ABSENT),
      },
    },
  },
  { cloudWatch: one({}, { clusterLogging: {} }) },
  { remoteNetworkConfig: remote },
  { remoteNetworkConfig: remote, accessConfig: { authenticationMode: one('API', 'CONFIG_MAP', ABSENT) } },
  {
    remoteNetworkConfig: remote,
    autoModeConfig: { enabled: bool },
    addons: append({ name: one('coredns', 'kube-proxy') }),
  },
  {
    autoModeConfig: {
      enabled: one(true, false, ABSENT),
      nodePools: one(['general-purpose'], ['system', 'system'], ['gpu'], [], ['general-purpose', 'system'], ABSENT),
      nodeRoleARN: rarely(anArn),
      permissionsBoundaryARN: rarely(BOUNDARY),
    },
  },
  {
    autoModeConfig: {
      enabled: true,
      nodePools: one([], ABSENT),
      nodeRoleARN: maybe(ROLE),
      permissionsBoundaryARN: maybe(BOUNDARY),
    },
  },
  {
    autoModeConfig: { enabled: true },
    nodeGroups: one(ABSENT, []),
    managedNodeGroups: one(ABSENT, [], [{ name: 'one' }]),
  },
  {
    fargateProfiles: list(
      {
        name: one('default', 'eks-own', ''),
        selectors: list({ namespace: one('shop', ''), labels: rarely(tags) }, 0, 2),
        status: rarely('ACTIVE'),
      },
      0,
      2,
    ),
  },
  {
    fargateProfiles: append({ name: 'shop', selectors: [{ namespace: 'shop' }], podExecutionRoleARN: maybe(anArn) }),
    addons: append({ name: 'coredns' }),
  },
  {
    karpenter: {
      version: one('1.6.0', 'v1.2.1', '0.20.0', '0.19.9', 'v0.20.0-rc1', 'latest', '', '1', ABSENT),
      createServiceAccount: rarely(bool),
      defaultInstanceProfile: rarely('nodes'),
      withSpotInterruptionQueue: rarely(bool),
    },
    iam: { withOIDC: one(true, true, false, ABSENT) },
  },
  {
    gitops: one(
      {},
      {
        flux: { gitProvider: one('github', '', ABSENT), flags: one({ owner: 'team' }, {}, ABSENT) },
      },
    ),
  },
  {
    outpost: {
      controlPlaneOutpostARN: one(OUTPOST, ROLE, 'op-0123', '', ABSENT),
      controlPlanePlacement: rarely({ groupName: rarely('group'), spreadLevel: rarely(one('rack', 'host', 'row')) }),
      etcdInstanceType: rarely('m5.large'),
      etcdPlacement: rarely({ spreadLevel: 'host' }),
    },
  },
  {
    identityProviders: list(
      {
        type: one('oidc', 'oidc', 'oidc', 'saml', ABSENT),
        name: one('pool', 'pool', ''),
        issuerURL: one('https://issuer.example', 'https://issuer.example', ABSENT),
        clientID: one('kubernetes', 'kubernetes', ''),
        requiredClaims: rarely({ team: 'shop' }),
      },
      0,
      2,
    ),
  },
  {
    kubeAPIServerConfig: rarely({
      eventTTL: one('1h', '5m'),
      serviceNodePortRange: { minPort: 30000, maxPort: 32767 },
    }),
    kubeSchedulerConfig: rarely({
      nodeResourcesFit: {
        scoringStrategy: { type: one('LeastAllocated', 'Fancy'), resources: [{ name: 'cpu', weight: 1 }] },
      },
    }),
    kubeControllerManagerConfig: rarely({
      horizontalPodAutoscalerControllerConfig: { horizontalPodAutoscalerSyncPeriod: '15s' },
    }),
  },
  {
    capabilities: list(
      {
        name: one('argo', 'ack', '', ABSENT),
        type: one('ACK', 'KRO', 'ARGOCD', 'argocd', 'FLUX'),
        roleArn: rarely(ROLE),
        attachPolicyARNs: rarely([POLICY]),
        deletePropagationPolicy: rarely(one('RETAIN', 'DELETE')),
        configuration: rarely({
          argocd: {
            namespace: 'argocd',
            awsIdc: { idcInstanceArn: 'arn:aws:sso:::instance/ssoins-1', idcRegion: 'us-west-2' },
          },
        }),
      },
      0,
      2,
    ),
  },
);

const ANOTHER_OUTPOST = OUTPOST.replace('op-0', 'op-1');
const groupOnOutpost = { privateNetworking: true, outpostARN: one(OUTPOST, OUTPOST, ANOTHER_OUTPOST) };

/** On Outposts nearly everything else is refused. */
export const OUTPOST_EDGES: readonly Edge[] = edges(
  'config',
  {
    nodeGroups: [
      { name: 'one', ...groupOnOutpost },
      { name: 'two', ...groupOnOutpost },
    ],
  },
  {
    privateCluster: { enabled: true },
    nodeGroups: [{ name: 'one', ...groupOnOutpost }],
    vpc: { clusterEndpoints: ABSENT },
  },
  {
    outpost: {
      controlPlaneOutpostARN: OUTPOST,
      controlPlanePlacement: maybe({ groupName: maybe('group'), spreadLevel: maybe(one('rack', 'host')) }),
      etcdInstanceType: maybe('m5.large'),
      etcdPlacement: rarely({ spreadLevel: 'host' }),
    },
    accessConfig: maybe({
      authenticationMode: one('CONFIG_MAP', 'API', ABSENT),
      bootstrapClusterCreatorAdminPermissions: rarely(bool),
    }),
    managedNodeGroups: ABSENT,
    addons: rarely([{ name: 'coredns' }]),
  },
  {
    outpost: { controlPlaneOutpostARN: OUTPOST },
    managedNodeGroups: one(ABSENT, []),
    addons: ABSENT,
    vpc: { clusterEndpoints: { publicAccess: maybe(bool), privateAccess: maybe(bool) } },
  },
  {
    outpost: { controlPlaneOutpostARN: OUTPOST },
    managedNodeGroups: ABSENT,
    addons: ABSENT,
    availabilityZones: rarely(ZONES),
    vpc: {
      subnets: { private: { 'us-west-2a': { id: 'subnet-0000000a' } } },
      publicAccessCIDRs: rarely(['203.0.113.0/24']),
      autoAllocateIPv6: rarely(bool),
    },
    secretsEncryption: rarely({ keyARN: 'arn:aws:kms:us-west-2:123456789012:key/1' }),
    iam: { withOIDC: rarely(bool) },
    localZones: rarely(['us-west-2-lax-1a']),
    autoModeConfig: rarely({ enabled: bool }),
    gitops: rarely({}),
    remoteNetworkConfig: rarely({
      remoteNodeNetworks: rarely([{ cidrs: ['10.80.0.0/16'] }]),
      remotePodNetworks: maybe([{ cidrs: ['10.81.0.0/16'] }]),
    }),
  },
);
