import { type Case, ROLE } from './case';

const WEB = { name: 'web', instanceType: 'm7i.large', minSize: 2, maxSize: 6 };
const managed = (...managedNodeGroups: readonly object[]) => ({ managedNodeGroups }) as object;
const OWN = { name: 'own', instanceType: 'm7i.large', minSize: 2, maxSize: 6 };
const own = (...nodeGroups: readonly object[]) => ({ nodeGroups }) as object;
const TEMPLATE = { name: 'custom', launchTemplate: { id: 'lt-00000000000000001', version: '3' } };
const edit = (name: string, before: object, after: object): Case => ({
  name,
  old: managed({ ...WEB, ...before }),
  new: managed({ ...WEB, ...after }),
});

export const NODE_GROUPS: readonly Case[] = [
  {
    name: 'another node group',
    new: managed(WEB, { name: 'batch', instanceType: 'c7i.large', desiredCapacity: 1, labels: { tier: 'batch' } }),
  },
  { name: 'one node group less', old: managed(WEB, { name: 'batch', desiredCapacity: 40 }), new: managed(WEB) },
  {
    name: 'a renamed node group',
    old: managed(WEB),
    new: managed({ ...WEB, name: 'web-2', instanceType: 'm7i.xlarge' }),
  },
  edit('more nodes', {}, { minSize: 3, maxSize: 9 }),
  edit('fewer nodes', { desiredCapacity: 5 }, { desiredCapacity: 3 }),
  edit('labels', { labels: { tier: 'web', zone: 'a' } }, { labels: { tier: 'front', 'shop.example/team': 'shop' } }),
  edit(
    'taints',
    { taints: [{ key: 'dedicated', value: 'web', effect: 'NoSchedule' }] },
    { taints: [{ key: 'maintenance', effect: 'NoExecute' }] },
  ),
  edit('no taints', { taints: [{ key: 'dedicated', value: 'web', effect: 'NoSchedule' }] }, {}),
  edit('how many nodes are updated at once', {}, { updateConfig: { maxUnavailablePercentage: 50 } }),
  edit('repair of nodes', {}, { nodeRepairConfig: { enabled: true } }),
  edit('a release of the image', { releaseVersion: '1.34.0-20260101' }, { releaseVersion: '1.34.2-20260801' }),
  edit('no release of the image', { releaseVersion: '1.34.0-20260101' }, {}),
  edit('tags of a node group', { tags: { team: 'shop' } }, { tags: { team: 'web' } }),
  edit('processes of Auto Scaling', {}, { asgSuspendProcesses: ['AZRebalance'] }),
  edit('another type of instance', {}, { instanceType: 'm7i.xlarge' }),
  edit(
    'types of instances',
    { instanceType: undefined, instanceTypes: ['m7i.large', 'm6i.large'] },
    { instanceType: undefined, instanceTypes: ['m7i.large', 'm7a.large'] },
  ),
  edit(
    'spare capacity',
    { instanceType: undefined, instanceTypes: ['m7i.large'] },
    { instanceType: undefined, instanceTypes: ['m7i.large'], spot: true },
  ),
  edit('the family of the image', {}, { amiFamily: 'Bottlerocket' }),
  edit('the size of the volume', {}, { volumeSize: 100 }),
  edit('zones of a node group', { availabilityZones: ['us-west-2a'] }, { availabilityZones: ['us-west-2b'] }),
  edit('private nodes', {}, { privateNetworking: true }),
  edit('SSH', {}, { ssh: { allow: true, publicKeyName: 'team' } }),
  edit('the role of the nodes', { iam: { instanceRoleARN: ROLE } }, {}),
  edit('permissions of the nodes', {}, { iam: { withAddonPolicies: { ebs: true } } }),
  {
    name: 'a version of a launch template',
    old: managed(TEMPLATE),
    new: managed({ ...TEMPLATE, launchTemplate: { ...TEMPLATE.launchTemplate, version: '4' } }),
  },
  {
    name: 'another launch template',
    old: managed(TEMPLATE),
    new: managed({ ...TEMPLATE, launchTemplate: { id: 'lt-00000000000000002' } }),
  },
  { name: 'another group of your own', old: own(), new: own(OWN) },
  { name: 'sizes of a group of your own', old: own(OWN), new: own({ ...OWN, desiredCapacity: 4 }) },
  { name: 'labels of a group of your own', old: own(OWN), new: own({ ...OWN, labels: { tier: 'web' } }) },
  { name: 'no group of your own', old: own(OWN), new: own() },
];
