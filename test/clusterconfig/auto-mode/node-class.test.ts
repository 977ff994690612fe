import { Cluster } from '../../../charts/cluster/cluster';
import { find, newApp, newAutoCluster, synth } from '../../support/app';
import { refusedBy } from '../../support/findings';
import { NODES, synthesize, testApp } from '../support';
import { autoCluster, nodeClass, ROLE } from './support';

const spec = (props: Readonly<Record<string, unknown>> = {}) => nodeClass(props).nodeClass.toJson().spec;
const PEM = '-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n';

describe('a NodeClass', () => {
  test('finds the private subnets of eksctl and the security group of EKS, and leaves the rest to EKS', () => {
    expect(nodeClass().nodeClass.toJson()).toEqual({
      apiVersion: 'eks.amazonaws.com/v1',
      kind: 'NodeClass',
      metadata: {
        name: 'private',
        labels: { 'app.kubernetes.io/managed-by': 'cdk8s-eks-patterns', 'app.kubernetes.io/part-of': 'prod' },
      },
      spec: {
        role: 'nodes',
        subnetSelectorTerms: [
          { tags: { 'alpha.eksctl.io/cluster-name': 'prod', 'kubernetes.io/role/internal-elb': '1' } },
        ],
        securityGroupSelectorTerms: [{ tags: { 'aws:eks:cluster-name': 'prod' } }],
      },
    });
  });

  test('stands in the file of cluster-scoped objects', () => {
    const app = newApp();
    nodeClass({}, newAutoCluster(app));
    const { files, manifests } = synth(app);
    expect(files['_cluster.k8s.yaml']).toContain('kind: NodeClass');
    expect(find(manifests, 'NodeClass').metadata.namespace).toBeUndefined();
  });

  test('lets its role into the cluster, as nodes of Auto Mode', () => {
    const cluster = autoCluster();
    nodeClass({}, cluster);
    const { config, errors } = synthesize(cluster.node.root as ReturnType<typeof testApp>, cluster);
    expect(errors).toEqual([]);
    expect(config.accessConfig.accessEntries).toEqual([
      {
        principalARN: ROLE,
        type: 'EC2',
        accessPolicies: [
          {
            policyARN: 'arn:aws:eks::aws:cluster-access-policy/AmazonEKSAutoNodePolicy',
            accessScope: { type: 'cluster' },
          },
        ],
      },
    ]);
  });

  test('of a role that another class has too asks for one entry', () => {
    const cluster = autoCluster();
    nodeClass({}, cluster);
    nodeClass({}, cluster, 'second');
    const { config } = synthesize(cluster.node.root as ReturnType<typeof testApp>, cluster);
    expect(config.accessConfig.accessEntries).toHaveLength(1);
  });

  test('names the role without its path, or the instance profile instead', () => {
    expect(spec({ role: 'arn:aws:iam::111122223333:role/team/nodes' }).role).toBe('nodes');
    const profile = spec({ instanceProfile: 'nodes-profile' });
    expect(profile).toMatchObject({ instanceProfile: 'nodes-profile' });
    expect(profile.role).toBeUndefined();
  });

  test('takes subnets and groups by id, tag or name', () => {
    expect(spec({ subnets: [{ id: 'subnet-00123abc' }, { tags: { tier: '*' } }] }).subnetSelectorTerms).toEqual([
      { id: 'subnet-00123abc' },
      { tags: { tier: '*' } },
    ]);
    expect(spec({ securityGroups: [{ name: 'nodes' }, { id: 'sg-00123abc' }] }).securityGroupSelectorTerms).toEqual([
      { name: 'nodes' },
      { id: 'sg-00123abc' },
    ]);
    const pods = spec({ podSubnets: [{ tags: { tier: 'pods' } }], podSecurityGroups: [{ name: 'pods' }] });
    expect(pods.podSubnetSelectorTerms).toEqual([{ tags: { tier: 'pods' } }]);
    expect(pods.podSecurityGroupSelectorTerms).toEqual([{ name: 'pods' }]);
    expect(
      spec({ capacityReservations: [{ tags: { team: 'ml' }, owner: '111122223333' }] })
        .capacityReservationSelectorTerms,
    ).toEqual([{ owner: '111122223333', tags: { team: 'ml' } }]);
  });

  test.each([
    [
      'storage',
      { size: '160Gi', iops: 4000, throughput: 500, kmsKey: 'alias/nodes' },
      { ephemeralStorage: { size: '160Gi', iops: 4000, throughput: 500, kmsKeyID: 'alias/nodes' } },
    ],
    ['networkPolicy', 'DefaultDeny', { networkPolicy: 'DefaultDeny' }],
    ['networkPolicyLogs', true, { networkPolicyEventLogs: 'Enabled' }],
    ['networkPolicyLogs', false, { networkPolicyEventLogs: 'Disabled' }],
    ['snatPolicy', 'Disabled', { snatPolicy: 'Disabled' }],
    ['publicIp', false, { advancedNetworking: { associatePublicIPAddress: false } }],
    ['ipv4PrefixSize', '32', { advancedNetworking: { ipv4PrefixSize: '32' } }],
    [
      'proxy',
      { https: 'http://192.0.2.4:3128', bypass: ['localhost'] },
      { advancedNetworking: { httpsProxy: 'http://192.0.2.4:3128', noProxy: ['localhost'] } },
    ],
    ['fips', true, { advancedSecurity: { fips: true } }],
    [
      'certificates',
      { corporate: PEM },
      { certificateBundles: [{ name: 'corporate', data: Buffer.from(PEM).toString('base64') }] },
    ],
    ['tags', { team: 'ml' }, { tags: { team: 'ml' } }],
  ])('takes %s', (prop, value, fields) => {
    expect(spec({ [prop]: value })).toMatchObject(fields);
  });

  test('can be edited as a whole', () => {
    const edit = (object: { spec: { advancedNetworking?: object } }) => {
      object.spec.advancedNetworking = { associatePublicIPAddress: true };
    };
    expect(nodeClass({ customize: { nodeClass: edit } }).nodeClass.toJson().spec.advancedNetworking).toEqual({
      associatePublicIPAddress: true,
    });
  });

  test('of a cluster that exists is told its subnets', () => {
    const cluster = () =>
      Cluster.existing(testApp(), 'prod', { region: 'us-west-2', version: '1.35', compute: 'auto' });
    expect(refusedBy(() => nodeClass({}, cluster()))).toEqual(['props/required', 'subnets']);
    expect(
      nodeClass({ subnets: [{ id: 'subnet-00000001' }] }, cluster()).nodeClass.toJson().spec.subnetSelectorTerms,
    ).toEqual([{ id: 'subnet-00000001' }]);
  });
});

describe('a NodeClass is refused', () => {
  test.each([
    ['without a role', { role: undefined }, 'props/required', 'role'],
    ['with the name of a role', { role: 'nodes' }, 'props/invalid', 'role'],
    ['with a role of another partition', { role: 'arn:aws-cn:iam::111122223333:role/nodes' }, 'props/invalid', 'role'],
    ['with an unknown key', { subnet: [] }, 'props/unknown', 'subnet'],
    ['without a subnet', { subnets: [] }, 'props/invalid', 'subnets'],
    [
      'with a subnet chosen in two ways',
      { subnets: [{ id: 'subnet-00000001', tags: { a: 'b' } }] },
      'props/forbidden',
      'subnets[0]',
    ],
    ['with a subnet chosen in no way', { subnets: [{}] }, 'props/required', 'subnets[0]'],
    ['with an id that is none of a subnet', { subnets: [{ id: 'vpc-00000001' }] }, 'props/invalid', 'subnets[0].id'],
    ['with an empty tag', { securityGroups: [{ tags: { team: '' } }] }, 'props/invalid', 'securityGroups[0].tags'],
    ['with subnets of pods alone', { podSubnets: [{ id: 'subnet-00000001' }] }, 'props/required', 'podSecurityGroups'],
    [
      'with an owner of a reservation by id',
      { capacityReservations: [{ id: 'cr-00000001', owner: '111122223333' }] },
      'props/forbidden',
      'capacityReservations[0]',
    ],
    ['with a size that is too large', { storage: { size: '59001Gi' } }, 'props/invalid', 'storage.size'],
    ['with a size in another unit', { storage: { size: '1Ti' } }, 'props/invalid', 'storage.size'],
    ['with too few operations', { storage: { iops: 100 } }, 'props/invalid', 'storage.iops'],
    ['with too much throughput', { storage: { throughput: 1001 } }, 'props/invalid', 'storage.throughput'],
    ['with a policy that is none', { networkPolicy: 'Deny' }, 'props/unsupported', 'networkPolicy'],
    ['with a flag that is none', { fips: 'yes' }, 'props/type', 'fips'],
    ['with a proxy that is no URL', { proxy: { https: '192.0.2.4' } }, 'props/invalid', 'proxy.https'],
    ['with a proxy without a URL', { proxy: {} }, 'props/required', 'proxy.https'],
    [
      'with a certificate that is none',
      { certificates: { corporate: 'MIIB' } },
      'props/invalid',
      "certificates['corporate']",
    ],
    [
      'with a private key',
      { certificates: { corporate: `${PEM}-----BEGIN PRIVATE KEY-----` } },
      'props/forbidden',
      "certificates['corporate']",
    ],
    [
      'with a tag of Karpenter',
      { tags: { 'karpenter.sh/nodepool': 'x' } },
      'props/forbidden',
      "tags['karpenter.sh/nodepool']",
    ],
    [
      'with a tag of the cluster',
      { tags: { 'kubernetes.io/cluster/prod': 'owned' } },
      'props/forbidden',
      "tags['kubernetes.io/cluster/prod']",
    ],
    ['with a tag that is no text', { tags: { team: 1 } }, 'props/type', "tags['team']"],
  ])('%s', (_what, props, rule, field) => {
    expect(refusedBy(() => nodeClass(props))).toEqual([rule, field]);
  });

  test('with the name of the class that Auto Mode brings', () => {
    expect(refusedBy(() => nodeClass({}, autoCluster(), 'default'))).toEqual(['props/forbidden', '']);
  });

  test('on node groups', () => {
    expect(refusedBy(() => nodeClass({}, new Cluster(testApp(), 'prod', NODES)))).toEqual(['props/forbidden', '']);
  });
});
