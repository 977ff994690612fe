import { App, Chart } from 'cdk8s';
import { Cluster } from '../../charts/cluster/cluster';
import { PropsError } from '../../charts/core/errors';
import { newApp, newCluster, synth } from '../support/app';
import { findingsOf, refusedBy } from '../support/findings';
import { AUTO, BASE, existing, made, NODES, refused, testApp } from './support';

describe('a cluster is refused', () => {
  test.each<[object, string, string]>([
    [{ region: 'us-west' }, 'props/invalid', 'region'],
    [{ region: undefined }, 'props/required', 'region'],
    [{ version: 1.35 }, 'props/type', 'version'],
    [{ version: '1.3' }, 'props/invalid', 'version'],
    [{ version: '1.30' }, 'props/unsupported', 'version'],
    [{ vpcCidr: '10.0.0.0' }, 'props/invalid', 'vpcCidr'],
    [{ vpcCidr: '10.0.5.0/16' }, 'props/invalid', 'vpcCidr'],
    [{ vpcCidr: '10.0.0.0/15' }, 'props/invalid', 'vpcCidr'],
    [{ vpcCidr: '10.0.0.0/25' }, 'props/invalid', 'vpcCidr'],
    [{ serviceIPv4CIDR: '100.64.0.0/16' }, 'props/invalid', 'serviceIPv4CIDR'],
    [{ serviceIPv4CIDR: '10.0.0.0/11' }, 'props/invalid', 'serviceIPv4CIDR'],
    [{ serviceIPv4CIDR: '10.0.0.0/25' }, 'props/invalid', 'serviceIPv4CIDR'],
    [{ serviceIPv4CIDR: '192.168.128.0/24' }, 'props/forbidden', 'serviceIPv4CIDR'],
    [{ loadBalancerSubnets: {} }, 'props/invalid', 'loadBalancerSubnets'],
    [{ loadBalancerSubnets: { public: [] } }, 'props/invalid', 'loadBalancerSubnets.public'],
    [{ loadBalancerSubnets: { public: ['x'] } }, 'props/invalid', 'loadBalancerSubnets.public[0]'],
    [{ loadBalancerSubnets: { internal: ['10.0.0.0/24'] } }, 'props/unknown', 'loadBalancerSubnets.internal'],
    [{ availabilityZones: ['us-west-2a'] }, 'props/invalid', 'availabilityZones'],
    [{ availabilityZones: ['us-west-2a', 'us-west-2a'] }, 'props/duplicate', 'availabilityZones'],
    [{ availabilityZones: ['us-west-2a', 'us-east-1a'] }, 'props/invalid', 'availabilityZones[1]'],
    [{ availabilityZones: ['a', 'b'] }, 'props/invalid', 'availabilityZones[0]'],
    [{ availabilityZones: [...'abcdefghi'].map((z) => `us-west-2${z}`) }, 'props/invalid', 'availabilityZones'],
    [{ region: 'us-west-1' }, 'props/required', 'availabilityZones'],
    [{ publicAccessCIDRs: [] }, 'props/invalid', 'publicAccessCIDRs'],
    [{ publicAccessCIDRs: ['203.0.113.7/24'] }, 'props/invalid', 'publicAccessCIDRs[0]'],
    [{ admins: [] }, 'props/invalid', 'admins'],
    [{ admins: ['arn:aws:sts::111122223333:assumed-role/admin/me'] }, 'props/invalid', 'admins[0]'],
    [{ admins: ['arn:aws-cn:iam::111122223333:role/admin'] }, 'props/invalid', 'admins[0]'],
    [{ admins: ['admin'] }, 'props/invalid', 'admins[0]'],
    [{ admins: ['arn:aws:iam::111122223333:role/a', 'arn:aws:iam::111122223333:role/a'] }, 'props/duplicate', 'admins'],
    [{ secretsKey: 'arn:aws:kms:us-east-1:111122223333:key/abc' }, 'props/invalid', 'secretsKey'],
    [{ secretsKey: 'alias/mine' }, 'props/invalid', 'secretsKey'],
    [{ tags: { 'aws:x': 'y' } }, 'props/invalid', "tags['aws:x']"],
    [{ tags: { x: 'y'.repeat(257) } }, 'props/invalid', "tags['x']"],
    [{ tags: { x: 5 } }, 'props/type', "tags['x']"],
    [{ tags: Object.fromEntries(Array.from({ length: 51 }, (_, i) => [`k${i}`, ''])) }, 'props/invalid', 'tags'],
    [{ addons: { name: 'x' } }, 'props/type', 'addons'],
    [{ addons: [{ name: '' }] }, 'props/type', 'addons[0].name'],
    [{ addons: [{ name: 'EFS driver' }] }, 'props/invalid', 'addons[0].name'],
    [{ addons: [{ name: 'a' }, { name: 'a' }] }, 'props/duplicate', 'addons[1].name'],
    [{ addons: [{ name: 'a', version: 1 }] }, 'props/type', 'addons[0].version'],
    [{ addons: [{ name: 'a', config: {} }] }, 'props/unknown', 'addons[0].config'],
    [{ customize: { clusterconfig: () => undefined } }, 'props/unknown', 'customize.clusterconfig'],
    [{ customize: { clusterConfig: {} } }, 'props/type', ''],
    [{ namespace: 'x' }, 'props/unknown', 'namespace'],
    [{ labels: {} }, 'props/unknown', 'labels'],
    [{ autoMode: true }, 'props/forbidden', 'autoMode'],
  ])('%j', (change, rule, field) => {
    expect(refused({ ...NODES, ...change })).toEqual([rule, field]);
  });

  test.each<[object, string, string]>([
    [{ autoMode: false }, 'props/unsupported', 'autoMode'],
    [{ autoMode: { nodePools: ['system', 'system'] } }, 'props/duplicate', 'autoMode.nodePools'],
    [{ autoMode: { nodePools: ['gpu'] } }, 'props/unsupported', 'autoMode.nodePools[0]'],
    [{ autoMode: { pools: [] } }, 'props/unknown', 'autoMode.pools'],
    [{ autoMode: { architectures: [] } }, 'props/invalid', 'autoMode.architectures'],
    [{ autoMode: { architectures: ['x86_64'] } }, 'props/unsupported', 'autoMode.architectures[0]'],
    [{ addons: [{ name: 'vpc-cni' }] }, 'props/forbidden', 'addons[0].name'],
  ])('Auto Mode with %j', (change, rule, field) => {
    expect(refused({ ...AUTO, ...change })).toEqual([rule, field]);
  });

  test.each(['1prod', 'my_prod', 'prod.eu', 'p'.repeat(64), 'prod-', '-a'])('the name %s', (id) => {
    expect(refused(NODES, id)).toEqual(['props/invalid', '']);
  });

  test('without node groups, whose label it is, a name may be longer', () => {
    expect(new Cluster(testApp(), 'P', NODES).name).toBe('P');
    expect(new Cluster(testApp(), 'p'.repeat(63), NODES).name).toHaveLength(63);
    expect(new Cluster(testApp(), 'p'.repeat(100), AUTO).name).toHaveLength(100);
    expect(refused(AUTO, 'p'.repeat(101))).toEqual(['props/invalid', '']);
  });

  test('an existing one is called as it is', () => {
    expect(Cluster.existing(testApp(), '1_prod-', BASE).name).toBe('1_prod-');
    expect(refusedBy(() => Cluster.existing(testApp(), 'prod.eu', BASE))).toEqual(['props/invalid', '']);
  });

  test('no props at all', () => {
    expect(refused(undefined)).toEqual(['props/type', '']);
  });

  test('under a plain App, whose files are not ours', () => {
    expect(refusedBy(() => new Cluster(new App(), 'prod', NODES))).toEqual(['props/forbidden', '']);
  });

  test('as a second one of the app, wherever it stands', () => {
    const app = testApp();
    new Cluster(app, 'prod', NODES);
    expect(findingsOf(() => new Cluster(new Chart(app, 'other'), 'staging', AUTO))).toEqual([
      expect.objectContaining({ rule: 'props/duplicate', construct: 'other/staging' }),
    ]);
  });

  test('by errors that name the construct', () => {
    const app = testApp();
    expect(() => new Cluster(app, 'prod', { ...NODES, region: 'x' })).toThrow(PropsError);
  });
});

describe('an existing cluster is refused', () => {
  test.each<[object, string, string]>([
    [{ compute: 'fargate' }, 'props/unsupported', 'compute'],
    [{ features: ['gpu'] }, 'props/unsupported', 'features[0]'],
    [{ addons: [''] }, 'props/type', 'addons[0]'],
    [{ architectures: ['arm'] }, 'props/unsupported', 'architectures[0]'],
    [{ zones: 0 }, 'props/invalid', 'zones'],
    [{ vpcCidr: '10.0.0.0/29' }, 'props/invalid', 'vpcCidr'],
    [{ nodeGroups: [] }, 'props/unknown', 'nodeGroups'],
    [{ version: '1.30' }, 'props/unsupported', 'version'],
  ])('%j', (change, rule, field) => {
    expect(refusedBy(() => existing({ ...BASE, ...change } as never))).toEqual([rule, field]);
  });
});

describe('reported, not refused', () => {
  test('a version newer than the table', () => {
    const { warnings } = made({ ...NODES, version: '1.37', publicAccessCIDRs: ['0.0.0.0/0'] });
    expect(warnings).toEqual([expect.stringMatching(/^prod: metadata\.version: .* \[X2\]$/)]);
    expect(existing({ ...BASE, version: '1.37' }).warnings).toHaveLength(1);
  });

  test('an API server open to the internet, unless it is explicit or closed', () => {
    const found = (props: object) => {
      const app = newApp();
      newCluster(app, props);
      const { warnings, files } = synth(app);
      const isAsked = files['cluster/prod.md']!.includes('update-cluster-vpc-config --cluster prod --region us-west-2');
      return [warnings, app.findings.flatMap(({ rule, severity }) => (rule === 'X32' ? [severity] : [])), isAsked];
    };
    // the first program prints nothing, and its steps ask
    expect(found({})).toEqual([[], ['advice'], true]);
    expect(found({ publicAccessCIDRs: ['0.0.0.0/0'] })).toEqual([[], [], false]);
    const privately = { config: { privateCluster: { enabled: true } } };
    expect(found(privately)[2]).toBe(false);
    const closed = made({
      ...NODES,
      customize: {
        clusterConfig: (c) => {
          c.vpc.clusterEndpoints = { privateAccess: true, publicAccess: false };
        },
      },
    });
    expect(closed.warnings).toEqual([expect.stringMatching(/ \[X34\]$/)]);
  });
});

describe('an edit of the ClusterConfig', () => {
  const edited = (edit: NonNullable<NonNullable<(typeof NODES)['customize']>['clusterConfig']>, more = {}) =>
    made({ ...NODES, ...more, customize: { clusterConfig: edit } })
      .findings.filter(({ severity }) => severity === 'error')
      .map(({ rule, field, construct }) => [rule, field, construct]);

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
    // the rules may find more
    expect(edited(edit)[0]).toEqual(['cluster-config/edited', key, 'prod/ClusterConfig/ClusterConfig']);
  });

  test('may bring an own VPC when its load balancer subnets are said', () => {
    const own = (c: Parameters<Parameters<typeof edited>[0]>[0]) => {
      const subnets = { 'us-west-2a': { id: 'subnet-00000001' }, 'us-west-2b': { id: 'subnet-00000002' } };
      c.vpc = { nat: { gateway: 'Disable' }, id: 'vpc-00000001', subnets: { private: subnets } };
      delete c.availabilityZones;
    };
    expect(edited(own)).toEqual([['cluster-config/edited', 'vpc', 'prod/ClusterConfig/ClusterConfig']]);
    const said = { loadBalancerSubnets: { public: ['10.0.0.0/20'] } };
    expect(edited(own, said)).toEqual([]);
    const both = (c: Parameters<typeof own>[0]) => {
      c.vpc.subnets = { private: { 'us-west-2a': { id: 'subnet-00000001' }, 'us-west-2b': { id: 'subnet-00000002' } } };
    };
    expect(edited(both, said).map(([rule]) => rule)).toEqual([expect.stringContaining('L5')]);
  });
});
