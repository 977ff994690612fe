import { BASE, type Case } from './case';

const at = (version: string, more: object = {}) => ({ metadata: { ...BASE.metadata, version, ...more } });
const NONE = { addonsConfig: { disableDefaultAddons: true }, addons: [] };

export const VERSIONS: readonly Case[] = [
  { name: 'one version', new: at('1.35', { rollbackConfig: { timeoutMinutes: 240 } }) },
  {
    name: 'two versions, with add-ons of the file',
    old: { ...at('1.34'), addons: [{ name: 'vpc-cni' }, { name: 'aws-ebs-csi-driver', version: 'v1.50.0' }] },
    new: { ...at('1.36'), addons: [{ name: 'vpc-cni' }, { name: 'aws-ebs-csi-driver', version: 'v1.56.0' }] },
  },
  {
    name: 'four versions, with nodes in between',
    old: { ...at('1.31'), ...NONE },
    new: { ...at('1.35', { forceUpdateVersion: true }), ...NONE },
  },
  {
    name: 'a version with groups that eksctl does not upgrade',
    old: {
      ...at('1.34'),
      ...NONE,
      managedNodeGroups: [{ name: 'ubuntu', amiFamily: 'Ubuntu2404' }],
      nodeGroups: [{ name: 'own' }],
    },
    new: {
      ...at('1.35'),
      ...NONE,
      managedNodeGroups: [{ name: 'ubuntu', amiFamily: 'Ubuntu2404' }],
      nodeGroups: [{ name: 'own' }],
    },
  },
  {
    name: 'a version and another type of instance',
    old: { ...at('1.34'), ...NONE },
    new: {
      ...at('1.35'),
      ...NONE,
      managedNodeGroups: [{ name: 'web', instanceType: 'm7i.xlarge', minSize: 2, maxSize: 6 }],
    },
  },
  { name: 'back by one version', old: at('1.35'), new: at('1.34') },
  { name: 'back by two versions', old: at('1.36'), new: at('1.34') },
  { name: 'options of an upgrade alone', new: at('1.34', { rollbackConfig: { timeoutMinutes: 240 } }) },
];
