import type { RuleCase } from './case';

const named = (metadata: object) => ({ metadata: { name: 'prod', region: 'us-west-2', version: '1.35', ...metadata } });
const withRole = (cluster: string, namespace: string, serviceAccountName: string) => ({
  ...named({ name: cluster }),
  addons: [{ name: 'eks-pod-identity-agent' }],
  iam: {
    podIdentityAssociations: [
      { namespace, serviceAccountName, permissionPolicy: { Version: '2012-10-17', Statement: [] } },
    ],
  },
});
const AL2 = { name: 'workers', instanceType: 'm5.large', amiFamily: 'AmazonLinux2' };
const BOOT = { ami: 'ami-00000abc', overrideBootstrapCommand: '#!/bin/bash\n/etc/eks/bootstrap.sh prod' };

export const METADATA_CASES: readonly RuleCase[] = [
  {
    rule: 'A1',
    tried: 'STANDARD',
    config: { upgradePolicy: { supportType: 'STANDARD' } },
    eksctl: 'accepts',
    finds: [],
  },
  { rule: 'A1', tried: 'an empty text', config: { upgradePolicy: { supportType: '' } }, eksctl: 'accepts', finds: [] },
  {
    rule: 'A1',
    tried: 'lower case',
    config: { upgradePolicy: { supportType: 'standard' } },
    eksctl: 'refuses',
    finds: ['A1'],
  },
  {
    rule: 'A2',
    tried: '120 minutes',
    config: named({ rollbackConfig: { timeoutMinutes: 120 } }),
    eksctl: 'accepts',
    finds: [],
  },
  { rule: 'A2', tried: 'nothing', config: named({ rollbackConfig: {} }), eksctl: 'accepts', finds: [] },
  {
    rule: 'A2',
    tried: '119 minutes',
    config: named({ rollbackConfig: { timeoutMinutes: 119 } }),
    eksctl: 'refuses',
    finds: ['A2'],
  },
  {
    rule: 'A2',
    tried: '10081 minutes',
    config: named({ rollbackConfig: { timeoutMinutes: 10081 } }),
    eksctl: 'refuses',
    finds: ['A2'],
  },
  {
    rule: 'D1',
    tried: 'managed AmazonLinux2 at 1.35',
    config: { managedNodeGroups: [AL2] },
    eksctl: 'refuses',
    finds: ['D1'],
  },
  {
    rule: 'D1',
    tried: 'in other letters',
    config: { managedNodeGroups: [{ ...AL2, amiFamily: 'amazonlinux2' }] },
    eksctl: 'refuses',
    finds: ['D1'],
  },
  {
    rule: 'D1',
    tried: 'self-managed AmazonLinux2 at 1.35',
    config: { nodeGroups: [AL2] },
    eksctl: 'refuses',
    finds: ['D1'],
  },
  {
    rule: 'D1',
    tried: 'at 1.32',
    config: { ...named({ version: '1.32' }), managedNodeGroups: [AL2] },
    eksctl: 'accepts',
    finds: ['X8'],
  },
  {
    rule: 'D1',
    tried: "at eksctl's default version",
    config: { ...named({ version: undefined }), managedNodeGroups: [AL2] },
    eksctl: 'refuses',
    finds: ['D1', 'X2'],
  },
  {
    rule: 'D1',
    tried: 'managed with an image of its own',
    config: { managedNodeGroups: [{ ...AL2, ...BOOT }] },
    eksctl: 'accepts',
    finds: [],
  },
  { rule: 'C5', tried: 'a dot in the name', config: named({ name: 'prod.eu' }), eksctl: 'refuses', finds: ['C5'] },
  {
    rule: 'C5',
    tried: 'an underscore in the name',
    config: named({ name: 'prod_eu' }),
    eksctl: 'refuses',
    finds: ['C5'],
  },
  { rule: 'C5', tried: 'capitals in the name', config: named({ name: 'Prod-EU' }), eksctl: 'accepts', finds: [] },
  { rule: 'C6', tried: 'no region of AWS', config: named({ region: 'us-west-9' }), eksctl: 'refuses', finds: ['C6'] },
  { rule: 'C6', tried: 'a new region', config: named({ region: 'ap-southeast-6' }), eksctl: 'accepts', finds: [] },
  { rule: 'X1', tried: '101 characters', config: named({ name: 'p'.repeat(101) }), eksctl: 'accepts', finds: ['X1'] },
  { rule: 'X1', tried: '100 characters', config: named({ name: 'p'.repeat(100) }), eksctl: 'accepts', finds: [] },
  { rule: 'X1', tried: 'a digit first', config: named({ name: '1prod' }), eksctl: 'accepts', finds: ['X1'] },
  { rule: 'X1', tried: 'a hyphen first', config: named({ name: '-prod' }), eksctl: 'accepts', finds: ['X1'] },
  { rule: 'X2', tried: 'a version of 2024', config: named({ version: '1.28' }), eksctl: 'accepts', finds: ['X2'] },
  { rule: 'X2', tried: 'a patch version', config: named({ version: '1.35.2' }), eksctl: 'accepts', finds: ['X2'] },
  { rule: 'X2', tried: 'a version to come', config: named({ version: '1.99' }), eksctl: 'accepts', finds: ['X2'] },
  { rule: 'X2', tried: 'the latest', config: named({ version: 'latest' }), eksctl: 'accepts', finds: ['X2'] },
  {
    rule: 'X3',
    tried: 'long names of cluster and group',
    config: {
      ...named({ name: 'p'.repeat(60) }),
      managedNodeGroups: [{ name: 'w'.repeat(60), instanceType: 'm5.large' }],
    },
    eksctl: 'accepts',
    finds: ['X3'],
  },
  {
    rule: 'X3',
    tried: 'long names of cluster, namespace and service account',
    config: withRole('p'.repeat(40), 's'.repeat(60), 'o'.repeat(20)),
    eksctl: 'accepts',
    finds: ['X3'],
  },
  {
    rule: 'X3',
    tried: 'a service account with a dot',
    config: withRole('prod', 'shop', 'orders.api'),
    eksctl: 'accepts',
    finds: ['X3'],
  },
  {
    rule: 'X113',
    tried: 'a policy with a name of 129 characters',
    config: withRole('prod', 'shop', 'o'.repeat(88)),
    eksctl: 'accepts',
    finds: ['X113'],
  },
  {
    rule: 'X113',
    tried: 'a policy with a name of 128 characters',
    config: withRole('prod', 'shop', 'o'.repeat(87)),
    eksctl: 'accepts',
    finds: [],
  },
  {
    rule: 'X3',
    tried: 'an access entry of a cluster with a long name',
    config: {
      ...named({ name: 'p'.repeat(77) }),
      accessConfig: { accessEntries: [{ principalARN: 'arn:aws:iam::111122223333:role/admin' }] },
    },
    eksctl: 'accepts',
    finds: ['X3'],
  },
];
