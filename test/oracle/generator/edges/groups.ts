import { ABSENT, list, maybe, one, rarely } from '../template';
import { aFamily, anArn, aType, aZone, BOUNDARY, bool, DOCUMENT, OUTPOST, POLICY, ROLE, tags } from '../values';
import { type Edge, edges } from './edge';

export const labelKey = one(
  'team',
  'shop.example/tier',
  'kubernetes.io/os',
  'kubernetes.io/arch',
  'node.kubernetes.io/own',
  'node.kubernetes.io/instance-type',
  'kubelet.kubernetes.io/x',
  'node-role.kubernetes.io/web',
  'topology.kubernetes.io/zone',
  'failure-domain.beta.kubernetes.io/zone',
  'beta.kubernetes.io/os',
  'own.k8s.io/x',
  'k8s.io/x',
  'notkubernetes.io/x',
  'alpha.eksctl.io/cluster-name',
  'a/b/c',
  '-x',
  'UPPER.example/x',
  '/x',
  'x/',
  'a b',
  'a'.repeat(63),
  'a'.repeat(64),
  `${'a'.repeat(253)}/x`,
  `${'a'.repeat(254)}/x`,
);
export const labelValue = one('web', '', 'a'.repeat(63), 'a'.repeat(64), '-web', 'we b', 'v1.2_3', 'ünder');
const labels = list([labelKey, labelValue], 1, 2).map((entries) =>
  Object.fromEntries(entries as Iterable<[string, string]>),
);
export const effect = one('NoSchedule', 'NoSchedule', 'PreferNoSchedule', 'NoExecute', 'noSchedule', 'Never', '');

const volume = {
  volumeType: maybe(one('gp2', 'gp3', 'io1', 'io2', 'st1', 'gp9', 'standard', '')),
  volumeIOPS: rarely(one(99, 100, 2999, 3000, 16000, 16001, 64000, 64001, 256000, 256001, 0)),
  volumeThroughput: rarely(one(124, 125, 1000, 1001, 0)),
  volumeSize: maybe(one(0, 1, 100)),
};

/** What both kinds of node group share. */
export const GROUP_EDGES: readonly Edge[] = edges(
  'any group',
  { name: one('own1', 'managed1', 'a_b', 'a.b', 'A-1', '', ABSENT, 'x'.repeat(64)) },
  volume,
  {
    volumeType: one('io1', 'io2', 'gp3', ABSENT),
    volumeIOPS: one(99, 100, 2999, 3000, 16000, 16001, 64000, 64001, 256000, 256001),
  },
  { volumeType: one('gp3', ABSENT, 'gp2'), volumeThroughput: one(124, 125, 1000, 1001) },
  {
    volumeSize: one(80, ABSENT),
    volumeName: rarely(one('/dev/xvda', '')),
    volumeEncrypted: maybe(bool),
    volumeKmsKeyID: maybe(one('arn:aws:kms:us-west-2:1:key/1', 'alias', '')),
  },
  {
    additionalVolumes: list(
      { ...volume, volumeName: maybe('/dev/sdb'), volumeEncrypted: rarely(bool), snapshotID: rarely('snap-00000123') },
      0,
      2,
    ),
  },
  { maxPodsPerNode: one(-1, 0, 1, 110, 250) },
  {
    disablePodIMDS: one(true, true, false),
    iam: rarely({ withAddonPolicies: { ebs: maybe(bool), autoScaler: rarely(true), albIngress: rarely(true) } }),
    disableIMDSv1: rarely(bool),
  },
  {
    subnets: one(['subnet-00000001'], [], ['subnet-00000001', 'subnet-00000002'], ABSENT),
    availabilityZones: one(list(aZone, 0, 2), ABSENT),
    efaEnabled: rarely(bool),
  },
  {
    efaEnabled: true,
    subnets: rarely(one(['subnet-00000001', 'subnet-00000002'], ['subnet-00000001'])),
    availabilityZones: maybe(list(aZone, 0, 3)),
  },
  { placement: { groupName: one('group', '', ABSENT), spreadLevel: rarely('rack') } },
  { amiFamily: aFamily, instanceType: aType },
  { amiFamily: aFamily },
  {
    amiFamily: one('AmazonLinux2', 'amazonlinux2', 'AmazonLinux2023'),
    ami: rarely(one('ami-00000123', 'auto')),
    overrideBootstrapCommand: rarely('#!/bin/sh'),
  },
  { instanceType: aType },
  {
    amiFamily: aFamily,
    ami: one('ami-00000123', 'ami-', 'auto', 'auto-ssm', 'static', ''),
    overrideBootstrapCommand: maybe(one('#!/bin/sh', '')),
    maxPodsPerNode: rarely(one(0, 110)),
    instanceType: maybe(aType),
  },
  { overrideBootstrapCommand: one('#!/bin/sh', ''), amiFamily: aFamily },
  { preBootstrapCommands: one(['ls'], []), amiFamily: maybe(aFamily) },
  {
    ssh: {
      enableSsm: one(true, false, ABSENT),
      allow: maybe(bool),
      publicKey: rarely(one('ssh-rsa x', '')),
      publicKeyName: rarely('team'),
      publicKeyPath: rarely('~/.ssh/id.pub'),
    },
  },
  {
    ssh: {
      allow: maybe(bool),
      publicKeyName: maybe('team'),
      publicKeyPath: maybe(one('~/.ssh/id.pub', '')),
      sourceSecurityGroupIds: rarely(['sg-00000001']),
    },
  },
  {
    capacityReservation: one(
      {},
      { capacityReservationPreference: one('open', 'none', 'Open', ''), capacityReservationTarget: rarely({}) },
      {
        capacityReservationTarget: {
          capacityReservationID: maybe(one('cr-00000123', '')),
          capacityReservationResourceGroupARN: maybe('arn:aws:resource-groups:us-west-2:1:group/g'),
        },
      },
    ),
    instanceMarketOptions: rarely({ marketType: one('capacity-block', 'spot', '', ABSENT) }),
  },
  {
    capacityReservation: maybe({ capacityReservationTarget: { capacityReservationID: 'cr-00000123' } }),
    instanceMarketOptions: one({ marketType: one('capacity-block', 'spot') }, {}),
  },
  { labels },
  { labels },
  { taints: list({ key: labelKey, value: maybe(labelValue), effect }, 0, 2) },
  {
    taints: list(
      { key: one('dedicated', 'shop.example/tier'), value: maybe(one('batch', '')), effect: maybe(effect) },
      1,
      2,
    ),
  },
  {
    iam: {
      instanceRoleARN: maybe(anArn),
      instanceProfileARN: rarely(anArn),
      instanceRoleName: rarely(one('nodes', '')),
      attachPolicyARNs: rarely(list(one(POLICY, 'no-arn', ''), 0, 2)),
      attachPolicy: rarely(one(DOCUMENT, {})),
      instanceRolePermissionsBoundary: rarely(BOUNDARY),
      withAddonPolicies: rarely({ ebs: bool, awsLoadBalancerController: rarely(bool), albIngress: rarely(bool) }),
    },
  },
  { iam: { attachPolicyARNs: list(one(POLICY, 'no-arn', 'arn:aws:iam::aws', ''), 1, 2) } },
  {
    iam: {
      withAddonPolicies: {
        albIngress: bool,
        awsLoadBalancerController: bool,
        cloudWatch: rarely(bool),
        xRay: rarely(bool),
      },
    },
  },
  {
    iam: {
      instanceRoleARN: ROLE,
      instanceRoleName: rarely('nodes'),
      withAddonPolicies: maybe({ fsx: bool, efs: rarely(bool) }),
      attachPolicyARNs: one(ABSENT, []),
    },
  },
  {
    outpostARN: one(OUTPOST, ROLE, 'op-1', ''),
    privateNetworking: rarely(true),
    availabilityZones: rarely(list(aZone, 0, 1)),
    instanceSelector: rarely({ vCPUs: 2 }),
  },
  { privateNetworking: bool },
  { minSize: rarely(one(-1, 0, 1, 3)), desiredCapacity: rarely(one(-1, 0, 1, 3)), maxSize: rarely(one(-1, 0, 1, 3)) },
  { minSize: one(0, 1, 3, ABSENT), desiredCapacity: one(0, 1, 3, ABSENT), maxSize: one(0, 1, 3, ABSENT) },
  { asgSuspendProcesses: list(one('Launch', 'AZRebalance', 'InstanceRefresh', 'launch', 'Sleep', ''), 0, 2) },
  {
    bottlerocket: one({}, { enableAdminContainer: bool, settings: maybe({ motd: 'hello' }) }),
    amiFamily: maybe(aFamily),
  },
  {
    instanceSelector: one({}, { vCPUs: one(0, 2) }, { memory: one('4', '') }, { gpus: 0 }, { allow: 'm5.*' }),
    instanceType: maybe(aType),
    amiFamily: rarely(aFamily),
  },
  { securityGroups: { attachIDs: maybe(one(['sg-00000001'], [])), withLocal: maybe(bool), withShared: maybe(bool) } },
  {
    instanceName: rarely('own'),
    instancePrefix: rarely('own'),
    propagateASGTags: rarely(bool),
    enableDetailedMonitoring: rarely(bool),
    tags: rarely(tags),
    ebsOptimized: rarely(bool),
  },
  {
    updateConfig: { maxUnavailable: maybe(one(0, 1, 2, 3, 5)), maxUnavailablePercentage: maybe(one(0, 33, 100, 101)) },
  },
);
