import { App, Chart } from 'cdk8s';
import { Cluster } from '../../charts/cluster/cluster';
import { PropsError } from '../../charts/core/errors';
import { AUTO, BASE, existing, made, NODES, refusal, testApp } from './support';

describe('a cluster is refused', () => {
  test.each<[object, RegExp]>([
    [{ region: 'us-west' }, /region is 'us-west'\. Write an AWS region such as 'us-west-2'/],
    [{ region: undefined }, /region is missing/],
    [{ version: 1.35 }, /version is 1\.35\. Write it as a text: '1\.36'/],
    [{ version: '1.3' }, /version is '1\.3'/],
    [{ version: '1.30' }, /EKS no longer offers Kubernetes 1\.30\. Write one of '1\.31', .*'1\.36'/],
    [{ vpcCidr: '10.0.0.0' }, /vpcCidr '10\.0\.0\.0' is no range/],
    [{ vpcCidr: '10.0.5.0/16' }, /does not begin where its range does\. Write '10\.0\.0\.0\/16'/],
    [{ vpcCidr: '10.0.0.0/15' }, /vpcCidr is 10\.0\.0\.0\/15\. Write a range from \/16 to \/24/],
    [{ vpcCidr: '10.0.0.0/25' }, /vpcCidr is 10\.0\.0\.0\/25/],
    [{ serviceIPv4CIDR: '100.64.0.0/16' }, /refused by EKS\. Write a private range/],
    [{ serviceIPv4CIDR: '10.0.0.0/11' }, /refused by EKS/],
    [{ serviceIPv4CIDR: '10.0.0.0/25' }, /refused by EKS/],
    [{ serviceIPv4CIDR: '192.168.128.0/24' }, /overlaps the VPC 192\.168\.0\.0\/16/],
    [{ loadBalancerSubnets: {} }, /loadBalancerSubnets names none/],
    [{ loadBalancerSubnets: { public: [] } }, /public loadBalancerSubnets is \[\]/],
    [{ loadBalancerSubnets: { public: ['x'] } }, /a range of public loadBalancerSubnets 'x' is no range/],
    [{ loadBalancerSubnets: { internal: ['10.0.0.0/24'] } }, /unknown key 'internal'/],
    [{ availabilityZones: ['us-west-2a'] }, /availabilityZones are \["us-west-2a"\]\. Write 2 to 8 zones/],
    [{ availabilityZones: ['us-west-2a', 'us-west-2a'] }, /each once/],
    [{ availabilityZones: ['us-west-2a', 'us-east-1a'] }, /'us-east-1a' is no availability zone of us-west-2/],
    [{ availabilityZones: ['a', 'b'] }, /'a' is no availability zone/],
    [{ availabilityZones: [...'abcdefghi'].map((z) => `us-west-2${z}`) }, /Write 2 to 8 zones/],
    [{ region: 'us-west-1' }, /which two zones an account has in us-west-1 differs\. Write availabilityZones/],
    [{ publicAccessCIDRs: [] }, /publicAccessCIDRs is \[\]/],
    [{ publicAccessCIDRs: ['203.0.113.7/24'] }, /Write '203\.0\.113\.0\/24'/],
    [{ admins: [] }, /admins is \[\]: nobody would get in/],
    [{ admins: ['arn:aws:sts::111122223333:assumed-role/admin/me'] }, /\(of the role, not of a session\)/],
    [{ admins: ['arn:aws-cn:iam::111122223333:role/admin'] }, /no IAM role or user in the partition of us-west-2/],
    [{ admins: ['admin'] }, /'admin' is no IAM role or user/],
    [{ admins: ['arn:aws:iam::111122223333:role/a', 'arn:aws:iam::111122223333:role/a'] }, /name each once/i],
    [{ secretsKey: 'arn:aws:kms:us-east-1:111122223333:key/abc' }, /is no KMS key of us-west-2/],
    [{ secretsKey: 'alias/mine' }, /is no KMS key/],
    [{ tags: { 'aws:x': 'y' } }, /tag 'aws:x' is refused by AWS/],
    [{ tags: { x: 'y'.repeat(257) } }, /tag 'x' has the value/],
    [{ tags: { x: 5 } }, /tag 'x' has the value 5/],
    [{ tags: Object.fromEntries(Array.from({ length: 51 }, (_, i) => [`k${i}`, ''])) }, /there are 51 tags/],
    [{ addons: { name: 'x' } }, /addons is/],
    [{ addons: [{ name: '' }] }, /the name of addons\[0\]/],
    [{ addons: [{ name: 'EFS driver' }] }, /is named 'EFS driver'/],
    [{ addons: [{ name: 'a' }, { name: 'a' }] }, /add-on 'a' is named twice/],
    [{ addons: [{ name: 'a', version: 1 }] }, /the version of add-on 'a'/],
    [{ addons: [{ name: 'a', config: {} }] }, /unknown key 'config' in addons\[0\]/],
    [{ customize: { clusterconfig: () => undefined } }, /did you mean 'clusterConfig'/i],
    [{ customize: { clusterConfig: {} } }, /the edit is no function/],
    [{ namespace: 'x' }, /unknown key 'namespace'/],
    [{ labels: {} }, /unknown key 'labels'/],
    [{ autoMode: true }, /autoMode and nodeGroups exclude each other/],
  ])('%j', (change, message) => {
    expect(refusal({ ...NODES, ...change })).toMatch(message);
  });

  test.each<[object, RegExp]>([
    [{ autoMode: false }, /autoMode is false\. Write autoMode: true, or nodeGroups/],
    [{ autoMode: { nodePools: ['system', 'system'] } }, /each once/],
    [{ autoMode: { nodePools: ['gpu'] } }, /a pool of autoMode is 'gpu'/],
    [{ autoMode: { pools: [] } }, /unknown key 'pools' in autoMode/],
    [{ autoMode: { architectures: [] } }, /no architectures/],
    [{ autoMode: { architectures: ['x86_64'] } }, /an architecture of autoMode is 'x86_64'/],
    [{ addons: [{ name: 'vpc-cni' }] }, /add-on 'vpc-cni' is part of Auto Mode\. Leave it out/],
  ])('Auto Mode with %j', (change, message) => {
    expect(refusal({ ...AUTO, ...change })).toMatch(message);
  });

  test.each(['1prod', 'my_prod', 'prod.eu', 'p'.repeat(64), 'prod-', '-a'])('the name %s', (id) => {
    expect(refusal(NODES, id)).toMatch(/is no name of a cluster/);
  });

  test('without node groups, whose label it is, a name may be longer', () => {
    expect(new Cluster(testApp(), 'P', NODES).name).toBe('P');
    expect(new Cluster(testApp(), 'p'.repeat(63), NODES).name).toHaveLength(63);
    expect(new Cluster(testApp(), 'p'.repeat(100), AUTO).name).toHaveLength(100);
    expect(() => new Cluster(testApp(), 'p'.repeat(101), AUTO)).toThrow(/at most 100/);
  });

  test('an existing one is called as it is', () => {
    expect(Cluster.existing(testApp(), '1_prod-', BASE).name).toBe('1_prod-');
    expect(() => Cluster.existing(testApp(), 'prod.eu', BASE)).toThrow(/aws eks list-clusters/);
  });

  test('no props at all', () => {
    expect(refusal(undefined)).toMatch(/props is/);
  });

  test('under a plain App, whose files are not ours', () => {
    expect(() => new Cluster(new App(), 'prod', NODES)).toThrow(/begin the program with new EksApp\(\)/i);
  });

  test('as a second one of the app, wherever it stands', () => {
    const app = testApp();
    new Cluster(app, 'prod', NODES);
    expect(() => new Cluster(new Chart(app, 'other'), 'staging', AUTO)).toThrow(
      /^other\/staging: the app describes the cluster 'prod' already/,
    );
  });

  test('by errors that name the construct', () => {
    const app = testApp();
    expect(() => new Cluster(app, 'prod', { ...NODES, region: 'x' })).toThrow(PropsError);
  });
});

describe('an existing cluster is refused', () => {
  test.each<[object, RegExp]>([
    [{ compute: 'fargate' }, /compute is 'fargate'/],
    [{ features: ['gpu'] }, /a feature is 'gpu'/],
    [{ addons: [''] }, /the name of an add-on/],
    [{ architectures: ['arm'] }, /an architecture is 'arm'/],
    [{ zones: 0 }, /zones is 0/],
    [{ vpcCidr: '10.0.0.0/29' }, /Write a range from \/16 to \/28/],
    [{ nodeGroups: [] }, /unknown key 'nodeGroups'/],
    [{ version: '1.30' }, /no longer offers/],
  ])('%j', (change, message) => {
    expect(() => existing({ ...BASE, ...change } as never)).toThrow(message);
  });
});

describe('reported, not refused', () => {
  const OPEN = /^prod: vpc\.publicAccessCIDRs: the API server can be reached from the whole internet.*Name who may/;

  test('a version newer than the table', () => {
    const { warnings } = made({ ...NODES, version: '1.37', publicAccessCIDRs: ['0.0.0.0/0'] });
    expect(warnings).toEqual([
      expect.stringMatching(
        /^prod: metadata\.version: Kubernetes 1\.37 is newer than what this library knows \(up to 1\.36\)/,
      ),
    ]);
    expect(existing({ ...BASE, version: '1.37' }).warnings).toHaveLength(1);
  });

  test('an API server open to the internet, unless that is said or taken away', () => {
    expect(made(NODES).warnings).toEqual([expect.stringMatching(OPEN)]);
    expect(made({ ...NODES, publicAccessCIDRs: ['0.0.0.0/0'] }).warnings).toEqual([]);
    const closed = made({
      ...NODES,
      customize: {
        clusterConfig: (c) => {
          c.vpc.clusterEndpoints = { privateAccess: true, publicAccess: false };
        },
      },
    });
    expect(closed.warnings).toEqual([expect.stringMatching(/from within the VPC only/)]);
  });
});

describe('an edit of the ClusterConfig', () => {
  const edited = (edit: NonNullable<NonNullable<(typeof NODES)['customize']>['clusterConfig']>, more = {}) =>
    made({ ...NODES, ...more, customize: { clusterConfig: edit } }).errors.map((e) => e.message);

  test.each<[string, (c: Parameters<Parameters<typeof edited>[0]>[0]) => void]>([
    [
      'metadata.name',
      (c) => {
        c.metadata.name = 'x';
      },
    ],
    [
      'metadata.region',
      (c) => {
        c.metadata.region = 'us-east-1';
      },
    ],
    [
      'metadata.version',
      (c) => {
        c.metadata.version = '1.34';
      },
    ],
    [
      'autoModeConfig.enabled',
      (c) => {
        c.autoModeConfig.enabled = true;
      },
    ],
    ['kubernetesNetworkConfig.serviceIPv4CIDR', (c) => void delete c.kubernetesNetworkConfig.serviceIPv4CIDR],
    ['availabilityZones', (c) => void c.availabilityZones!.pop()],
    [
      'vpc.cidr',
      (c) => {
        c.vpc.cidr = '10.0.0.0/16';
      },
    ],
  ])('must not change %s behind the back of the manifests', (key, edit) => {
    // what else is wrong then, the rules say
    expect(edited(edit)[0]).toMatch(`prod/ClusterConfig/ClusterConfig: an edit makes '${key}'`);
  });

  test('may bring an own VPC when its load balancer subnets are said', () => {
    const own = (c: Parameters<Parameters<typeof edited>[0]>[0]) => {
      const subnets = { 'us-west-2a': { id: 'subnet-1' }, 'us-west-2b': { id: 'subnet-2' } };
      c.vpc = { nat: { gateway: 'Disable' }, id: 'vpc-1', subnets: { private: subnets } };
      delete c.availabilityZones;
    };
    expect(edited(own)).toEqual([expect.stringMatching(/whose subnets nobody knows.*'loadBalancerSubnets'/i)]);
    const said = { loadBalancerSubnets: { public: ['10.0.0.0/20'] } };
    expect(edited(own, said)).toEqual([]);
    const both = (c: Parameters<typeof own>[0]) => {
      c.vpc.subnets = { private: { 'us-west-2a': { id: 'subnet-1' }, 'us-west-2b': { id: 'subnet-2' } } };
    };
    expect(edited(both, said)).toEqual([expect.stringMatching(/\[L5\]/)]);
  });
});
