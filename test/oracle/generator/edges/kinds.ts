import * as fc from 'fast-check';
import { ABSENT, list, maybe, one, rarely, type Template } from '../template';
import { aFamily, anArn, aType, aZone, bool, TYPES } from '../values';
import { type Edge, edges } from './edge';
import { effect, labelKey, labelValue } from './groups';

const launchTemplate = {
  id: one('lt-00000123', 'lt-00000123', 'lt-00000123', '', ABSENT),
  version: maybe(one('1', '3', '0', '-1', 'latest', '', '01', '1.0', '+2', '9223372036854775808', '1_0')),
};

/** What only managed groups take. */
export const MANAGED_EDGES: readonly Edge[] = edges(
  'managed',
  { launchTemplate, instanceType: ABSENT, volumeSize: ABSENT, ssh: ABSENT },
  {
    launchTemplate,
    instanceType: rarely('m5.large'),
    volumeSize: rarely(100),
    volumeEncrypted: rarely(bool),
    volumeName: rarely(one('/dev/xvda', '')),
    volumeKmsKeyID: rarely('arn:aws:kms:us-west-2:123456789012:key/1'),
    ssh: one(
      ABSENT,
      ABSENT,
      { allow: bool },
      { enableSsm: true },
      { sourceSecurityGroupIds: one(['sg-00000001'], []) },
      { publicKeyName: 'team' },
    ),
    preBootstrapCommands: rarely(one(['ls'], [])),
    overrideBootstrapCommand: rarely(one('#!/bin/sh', '')),
    securityGroups: rarely({ attachIDs: one(['sg-00000001'], []) }),
    instanceName: rarely(one('own', '')),
    maxPodsPerNode: rarely(one(0, 20)),
    disableIMDSv1: rarely(bool),
    disablePodIMDS: rarely(bool),
    placement: rarely({ groupName: 'group' }),
    ami: rarely(one('ami-00000123', '')),
    iam: ABSENT,
  },
  {
    launchTemplate: { id: 'lt-00000123' },
    instanceType: ABSENT,
    volumeSize: ABSENT,
    ssh: ABSENT,
    instanceTypes: one(TYPES, ABSENT),
    volumeType: rarely('gp3'),
    volumeIOPS: rarely(one(2999, 3000)),
  },
  {
    instanceTypes: one(
      TYPES,
      ['m5.large'],
      ['inf1.xlarge', 'm5.large'],
      ['m5.large', 'trn1.2xlarge'],
      [],
      ['g5.xlarge', 'm7g.large'],
    ),
    instanceType: rarely('m5.large'),
    amiFamily: rarely(aFamily),
    spot: rarely(bool),
  },
  { instanceTypes: maybe(TYPES), instanceType: maybe('m5.large'), instanceSelector: rarely({ vCPUs: 2 }) },
  {
    ami: one('ami-00000123', 'ami-00000123', 'auto', ''),
    amiFamily: one(
      'AmazonLinux2023',
      'AmazonLinux2',
      'Bottlerocket',
      'Ubuntu2404',
      'WindowsServer2022FullContainer',
      ABSENT,
    ),
    overrideBootstrapCommand: maybe('#!/bin/sh'),
    maxPodsPerNode: rarely(one(0, 20)),
    releaseVersion: rarely(one('1.35.0-20260101', '')),
    ssh: rarely({ enableSsm: true }),
  },
  {
    updateConfig: one(
      {},
      { maxUnavailable: one(0, 1, 2, 3, 9) },
      { maxUnavailablePercentage: one(0, 1, 100, 101) },
      { maxUnavailable: 1, maxUnavailablePercentage: 10 },
    ),
  },
  {
    updateConfig: { maxUnavailable: one(1, 2, 3, 4) },
    minSize: one(1, 2, ABSENT),
    maxSize: one(2, 3, ABSENT),
    desiredCapacity: ABSENT,
  },
  { securityGroups: { withLocal: maybe(bool), withShared: maybe(bool) } },
  { iam: { instanceProfileARN: one(anArn, ''), instanceRoleARN: maybe(anArn) } },
  {
    nodeRepairConfig: {
      enabled: maybe(bool),
      maxUnhealthyNodeThresholdPercentage: maybe(one(0, 20, 101)),
      maxUnhealthyNodeThresholdCount: rarely(one(0, 2)),
      maxParallelNodesRepairedPercentage: rarely(20),
      maxParallelNodesRepairedCount: rarely(1),
      nodeRepairConfigOverrides: rarely([
        {
          nodeMonitoringCondition: 'AcceleratedHardwareReady',
          nodeUnhealthyReason: 'NvidiaXID13Error',
          minRepairWaitTimeMins: 10,
          repairAction: one('Terminate', 'Reboot', 'NoAction', 'Pray'),
        },
      ]),
    },
  },
  { releaseVersion: one('1.35.0-20260101', 'latest'), spot: bool },
);

/** A map of taints: `{ key: 'value:Effect' }`. */
const taintMap = fc
  .dictionary(
    fc.constantFrom('dedicated', 'shop.example/tier', '-x', 'a/b/c'),
    fc.constantFrom(
      'batch:NoSchedule',
      ':NoExecute',
      'NoSchedule',
      'batch',
      '',
      'a:b:NoSchedule',
      'batch:Never',
      'we b:NoSchedule',
      ':',
      'batch:',
    ),
    {
      minKeys: 1,
      maxKeys: 2,
    },
  )
  .map((map) => map as { readonly [key: string]: string });

const distribution: Template = {
  instanceTypes: one(
    TYPES,
    ['m5.large'],
    [],
    ABSENT,
    Array.from({ length: 20 }, (_, i) => `m5.${i}xlarge`),
    Array.from({ length: 21 }, (_, i) => `m5.${i}xlarge`),
    [...Array(21).fill('m5.large')],
  ),
  maxPrice: rarely(0.2),
  onDemandBaseCapacity: rarely(one(-1, 0, 2)),
  onDemandPercentageAboveBaseCapacity: rarely(one(-1, 0, 100, 101)),
  spotInstancePools: rarely(one(0, 1, 20, 21)),
  spotAllocationStrategy: rarely(
    one(
      'lowest-price',
      'diversified',
      'capacity-optimized',
      'capacity-optimized-prioritized',
      'price-capacity-optimized',
      'Lowest-Price',
      '',
    ),
  ),
  capacityRebalance: rarely(bool),
};

/** What only self-managed groups take. */
export const SELF_MANAGED_EDGES: readonly Edge[] = edges(
  'self-managed',
  { instancesDistribution: distribution, instanceType: one(ABSENT, ABSENT, 'mixed', 'm5.large') },
  { instancesDistribution: distribution, instanceType: ABSENT },
  {
    instancesDistribution: {
      instanceTypes: TYPES,
      spotInstancePools: maybe(one(1, 2, 20)),
      spotAllocationStrategy: maybe(
        one('capacity-optimized', 'capacity-optimized-prioritized', 'lowest-price', 'price-capacity-optimized'),
      ),
    },
    instanceType: ABSENT,
  },
  {
    instanceSelector: one({ vCPUs: 2 }, {}),
    instancesDistribution: maybe({ instanceTypes: one([], ABSENT, TYPES), spotInstancePools: rarely(0) }),
    instanceType: one(ABSENT, 'mixed', 'm5.large'),
  },
  {
    cpuCredits: one('standard', 'unlimited', 'Unlimited', 'none', ''),
    instanceType: one('t3.medium', 'm5.large', 'trn1.2xlarge', 'T3.medium', ABSENT),
    instancesDistribution: rarely({ instanceTypes: one(['t3.medium', 'm5.large'], ['m5.large'], []) }),
  },
  {
    kubeletExtraConfig: one(
      {},
      { maxPods: 20 },
      { kind: 'KubeletConfiguration' },
      { apiVersion: 'x' },
      { address: '::' },
      { clusterDomain: 'x' },
      { authentication: {} },
      { Authorization: {} },
      { serverTLSBootstrap: true },
    ),
    amiFamily: maybe(aFamily),
  },
  {
    bottlerocket: {
      settings: one(
        {},
        {
          kubernetes: one(
            {},
            { 'node-labels': {} },
            { 'node-taints': {} },
            { 'max-pods': 20 },
            { 'cluster-dns-ip': '10.100.0.10' },
            { 'Max-Pods': 1 },
            'text',
            [],
          ),
        },
        { motd: 'hello' },
      ),
    },
    amiFamily: one('Bottlerocket', 'bottlerocket', 'BottlerocketFips', 'AmazonLinux2023', ABSENT),
    clusterDNS: rarely(one('10.100.0.10', '')),
  },
  {
    containerRuntime: one('containerd', 'dockerd', 'docker', 'Containerd', 'crio', ''),
    amiFamily: maybe(aFamily),
    overrideBootstrapCommand: rarely('#!/bin/sh'),
  },
  {
    amiFamily: 'Bottlerocket',
    bottlerocket: {
      settings: {
        kubernetes: one(
          { 'max-pods': 20 },
          { 'cluster-dns-ip': '10.100.0.10' },
          { 'node-taints': {} },
          { 'pod-pids-limit': 9 },
          'text',
        ),
      },
    },
    clusterDNS: rarely('10.100.0.10'),
  },
  {
    iam: {
      instanceProfileARN: anArn,
      instanceRoleName: rarely('nodes'),
      withAddonPolicies: maybe({ ebs: bool }),
      attachPolicy: rarely({}),
    },
  },
  { containerRuntime: one('containerd', 'dockerd'), amiFamily: one('AmazonLinux2023', 'Ubuntu2404', ABSENT) },
  { maxInstanceLifetime: one(0, 86399, 86400, 86401) },
  { localZones: one(['us-west-2-lax-1a'], []), availabilityZones: maybe(list(aZone, 0, 2)) },
  { taints: taintMap },
  { taints: list({ key: labelKey, value: maybe(labelValue), effect }, 1, 2) },
  {
    ami: one('auto', 'auto-ssm', 'ami-00000123', 'static'),
    amiFamily: one('AmazonLinux2023', 'Ubuntu2404', 'Bottlerocket', 'WindowsServer2022FullContainer', ABSENT),
    overrideBootstrapCommand: maybe('#!/bin/sh'),
    instanceType: maybe(aType),
  },
  {
    enclaveEnabled: rarely(bool),
    asgMetricsCollection: rarely(list({ granularity: '1Minute', metrics: rarely(['GroupMinSize']) }, 0, 1)),
    classicLoadBalancerNames: rarely(['lb']),
    targetGroupARNs: rarely(['arn:aws:elasticloadbalancing:x']),
  },
  { ssh: { publicKey: maybe('ssh-rsa x'), publicKeyName: maybe('team'), publicKeyPath: rarely('~/.ssh/id.pub') } },
  { name: one('a_b', 'a.b', 'Web-1', 'web 1') },
  {
    amiFamily: one('Bottlerocket', 'WindowsServer2022FullContainer', 'Ubuntu2404'),
    preBootstrapCommands: one(['ls'], [], ABSENT),
    overrideBootstrapCommand: rarely(one('x', '')),
    instanceType: aType,
  },
);
