// What a Cluster makes of its props and of `config`, each broken in turn. The rules themselves are held by cases, of which
// every rule has one that finds it.
const merge = 'eksctl/merge-config.ts';
const user = 'charts/cluster/user-config.ts';
const made = 'charts/cluster/cluster-config.ts';
const described = 'charts/cluster/derived-from-config.ts';
const facts = 'eksctl/resolved-node-group.ts';
const existing = 'charts/cluster/resolve-existing.ts';
const checks = 'charts/cluster/config-checks.ts';
const policy = 'charts/network/policy.ts';

export const clusterConfig = [
  ['a key that is undefined takes a default out', merge, 'delete result[name];', ''],
  ['groups are merged by name', merge, 'managedNodeGroups: (entry) => entry.name,', ''],
  ['add-ons are merged by name', merge, 'addons: (entry) => entry.name,', ''],
  ['what is new in a list is added', merge, '...over.filter((entry) => !known.has(identity(entry))).map(copied),', ''],
  [
    'what is below is not shared',
    merge,
    'copied(below) as Record<string, unknown>',
    'below as Record<string, unknown>',
  ],
  ['said twice it must be the same', user, 'JSON.stringify(given) !== JSON.stringify(own)', 'false'],
  ['config may say the VPC range', user, "taken('vpcCidr', props.vpcCidr, 'vpc.cidr', vpc?.cidr)", 'props.vpcCidr'],
  ['config may switch Auto Mode on', user, 'autoModeConfig?.enabled ?', 'false ?'],
  ['associations of config are compared with those of workloads', user, 'iam?.podIdentityAssociations ?? []', '[]'],
  ['entries of config are entries', user, 'accessConfig?.accessEntries ?? []', '[]'],
  ['configurations of add-ons are merged', user, '...configurationOf(addon)', ''],
  ['IPv6 has no range of IPv4 Services', made, "resolved.ipFamily === 'IPv6' ? { ipFamily: 'IPv6' }", 'false ? {}'],
  ['subnets say the zones', made, 'delete base.availabilityZones;', ''],
  [
    'a private cluster leaves endpoints to eksctl',
    made,
    'closed ? {} : { clusterEndpoints',
    'false ? {} : { clusterEndpoints',
  ],
  ['what the user wrote comes last', made, 'return mergeConfig(base, over);', 'return base;'],
  ['a private cluster has no public subnets', described, 'isPrivate(config) ?', 'false ?'],
  ['the subnets of an own VPC are unknown', described, "hasOwnVpc(config) || familyOf(config) === 'IPv6'", 'false'],
  [
    'remote nodes are of unknown number',
    described,
    'config.autoModeConfig?.enabled || hasRemoteNodes(config)',
    'false',
  ],
  ['Fargate has nodes in every zone', described, '...(fargate.length > 0 ? zones : [])', ''],
  ['self-managed groups are groups', facts, 'resolvedSelfManaged(config, group, `nodeGroups[${i}]`)', 'undefined'],
  ['a group of Graviton is arm64', facts, 'architectureOf(types[0])', "'amd64'"],
  ['the file of an existing cluster says its add-ons', existing, '...addonsOf(config), ', ''],
  ['the id is the name in the file', existing, 'metadata.name !== name', 'false'],
  ['edits may not change what manifests are made from', checks, 'return found === expected', 'return true'],
  ['rules run at synthesis', checks, 'return ClusterConfig.check(config).map(', 'return ([] as Finding[]).map('],
  ['AWS over IPv6', policy, "'::/0'", "'::1/128'"],
  [
    'the agent in its own family',
    policy,
    "family === 'IPv6' ? [] : [host(POD_IDENTITY.v4)]",
    '[host(POD_IDENTITY.v4)]',
  ],
];
