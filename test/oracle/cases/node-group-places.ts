import type { RuleCase } from './case';
import { fine, late, managed, refused, selfManaged } from './node-group-case';

const HERE = 'arn:aws:outposts:us-west-2:111122223333:outpost/op-1';
const THERE = 'arn:aws:outposts:us-west-2:111122223333:outpost/op-2';
const PRIVATE = { 'us-west-2a': { id: 'subnet-00000001' }, 'us-west-2b': { id: 'subnet-00000002' } };
const PUBLIC = { 'us-west-2a': { id: 'subnet-00000003' }, 'us-west-2b': { id: 'subnet-00000004' } };
const OUTPOST = { outpost: { controlPlaneOutpostARN: HERE }, vpc: { subnets: { private: PRIVATE } } };
const ZONES = { availabilityZones: ['us-west-2a', 'us-west-2b', 'us-west-2c'] };
const here = { privateNetworking: true };

const EFA = { efaEnabled: true, instanceType: 'c5n.18xlarge' };

export const NODE_GROUP_PLACE_CASES: readonly RuleCase[] = [
  refused(
    'B7',
    'subnets and zones',
    managed({ subnets: ['subnet-00000009'], availabilityZones: ['us-west-2a'] }, ZONES),
  ),
  fine('B7', 'zones', managed({ subnets: [], availabilityZones: ['us-west-2a'] }, ZONES)),
  refused('B8', 'a placement group without a name', managed({ placement: {} })),
  fine('B8', 'a placement group', managed({ placement: { groupName: 'near' } })),
  refused('B9', 'EFA in two zones', managed({ ...EFA, availabilityZones: ['us-west-2a', 'us-west-2b'] }, ZONES)),
  refused('B9', 'EFA in two subnets', managed({ ...EFA, subnets: ['subnet-00000008', 'subnet-00000009'] })),
  fine('B9', 'EFA in one zone', managed({ ...EFA, availabilityZones: ['us-west-2a'] }, ZONES)),
  refused(
    'N22',
    'zones and local zones',
    selfManaged(
      { localZones: ['us-west-2-lax-1a'], availabilityZones: ['us-west-2a'] },
      { ...ZONES, localZones: ['us-west-2-lax-1a'] },
    ),
  ),
  fine('N22', 'local zones', selfManaged({ localZones: ['us-west-2-lax-1a'] }, { localZones: ['us-west-2-lax-1a'] })),
  refused('N23a', 'no ARN', selfManaged({ outpostARN: 'op-1' }), ['N23a', 'C7']),
  refused('N23a', 'an ARN of something else', selfManaged({ outpostARN: 'arn:aws:eks:us-west-2:1:x' }), ['N23a', 'C7']),
  fine('N23a', 'an Outpost', selfManaged({ outpostARN: HERE, ...here }, OUTPOST)),
  refused('N23b', 'another Outpost', selfManaged({ outpostARN: THERE, ...here }, OUTPOST)),
  fine('N23b', 'no Outpost of its own', selfManaged(here, OUTPOST)),
  refused('N23c', 'a selector on Outposts', selfManaged({ instanceSelector: { vCPUs: 2 }, ...here }, OUTPOST)),
  fine('N23c', 'a type on Outposts', selfManaged({ instanceType: 'm5.large', ...here }, OUTPOST)),
  refused('N23d', 'a zone on Outposts', selfManaged({ availabilityZones: ['us-west-2a'], ...here }, OUTPOST)),
  fine('N23d', 'no zones on Outposts', selfManaged({ availabilityZones: [], ...here }, OUTPOST)),
  refused('N23f', 'Bottlerocket on Outposts', selfManaged({ amiFamily: 'Bottlerocket', ...here }, OUTPOST)),
  fine('N23f', 'AmazonLinux2023 on Outposts', selfManaged({ amiFamily: 'AmazonLinux2023', ...here }, OUTPOST)),
  refused('M2', 'a managed group on an Outpost', managed({ outpostARN: HERE })),
  fine('M2', 'a managed group, an empty ARN', managed({ outpostARN: '' })),
  late('C21', 'self-managed and IPv6', {
    ...selfManaged({}),
    kubernetesNetworkConfig: { ipFamily: 'IPv6' },
    iam: { withOIDC: true },
    addons: [{ name: 'vpc-cni' }, { name: 'coredns' }, { name: 'kube-proxy' }],
  }),
  fine('C21', 'managed and IPv6', {
    ...managed({}),
    kubernetesNetworkConfig: { ipFamily: 'IPv6' },
    iam: { withOIDC: true },
    addons: [{ name: 'vpc-cni' }, { name: 'coredns' }, { name: 'kube-proxy' }],
  }),
  late('C22c', 'a zone of another region', managed({ availabilityZones: ['us-east-1a'] }), ['C22c', 'X88']),
  fine('C22c', 'a zone of the region', managed({ availabilityZones: ['us-west-2a'] }), ['X88']),
  late(
    'C22a',
    'a zone without a private subnet',
    managed(
      { availabilityZones: ['us-west-2c'], ...here },
      {
        vpc: {
          id: 'vpc-00000001',
          subnets: { private: PRIVATE, public: { ...PUBLIC, 'us-west-2c': { id: 'subnet-00000005' } } },
        },
      },
    ),
  ),
  fine('C22a', "a zone of the cluster's", managed({ availabilityZones: ['us-west-2c'] }, ZONES)),
  fine(
    'C22a',
    'a zone of a subnet with a name',
    managed(
      { availabilityZones: ['us-west-2a'], ...here },
      {
        vpc: {
          id: 'vpc-00000001',
          subnets: { private: { one: { id: 'subnet-00000001' }, two: { id: 'subnet-00000002' } } },
        },
      },
    ),
  ),
  late('C22b', 'a local zone that the cluster lacks', selfManaged({ localZones: ['us-west-2-lax-1a'] })),
  fine('C22b', 'a local zone', selfManaged({ localZones: ['us-west-2-lax-1a'] }, { localZones: ['us-west-2-lax-1a'] })),
  late(
    'C23',
    'a private subnet in a public group',
    managed(
      { subnets: ['subnet-00000001'] },
      { vpc: { id: 'vpc-00000001', subnets: { private: PRIVATE, public: PUBLIC } } },
    ),
  ),
  fine(
    'C23',
    'a private subnet in a private group',
    managed(
      { subnets: ['us-west-2a'], ...here },
      { vpc: { id: 'vpc-00000001', subnets: { private: PRIVATE, public: PUBLIC } } },
    ),
  ),
  late(
    'C26',
    'a managed group in a local zone',
    managed({ availabilityZones: ['us-west-2-lax-1a'] }, { ...ZONES, localZones: ['us-west-2-lax-1a'] }),
  ),
  fine('C26', 'a managed group beside a local zone', managed({}, { localZones: ['us-west-2-lax-1a'] })),
  late(
    'C29',
    'a public group, private subnets only',
    managed({}, { vpc: { id: 'vpc-00000001', subnets: { private: PRIVATE } } }),
  ),
  fine(
    'C29',
    'a private group, private subnets only',
    managed(here, { vpc: { id: 'vpc-00000001', subnets: { private: PRIVATE } } }),
  ),
  late('X88', 'zones of a group, none of the cluster', managed({ availabilityZones: ['us-west-2a'] })),
  fine('X88', 'zones of both', managed({ availabilityZones: ['us-west-2a'] }, ZONES)),
];
