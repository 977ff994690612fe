import { Cluster } from '../../charts/cluster/cluster';
import { existingObjects } from '../../charts/core/app-objects';
import { clusterOf } from '../../charts/core/cluster-context';
import { Requirements } from '../../charts/core/requirements';
import { ClusterConfig } from '../../eksctl/schema/cluster-config';
import { refusedBy } from '../support/findings';
import { BASE, because, existing, feature, made, NODES, needs, synthesize, testApp } from './support';

describe('an existing cluster', () => {
  test('gets no ClusterConfig', () => {
    const { cluster, config } = existing(BASE);
    expect(cluster.clusterConfig).toBeUndefined();
    expect(config).toBeUndefined();
    expect(cluster.name).toBe('prod');
  });

  test.each([
    ['feature/load-balancer', feature('load-balancer'), /kubectl get ingressclasses.*'features'/],
    [
      'addon/aws-efs-csi-driver',
      Requirements.addon('aws-efs-csi-driver', because),
      /eksctl get addon --cluster prod --region us-west-2.*'addons'/,
    ],
    ['zones/3', Requirements.zones(3, because), /topology\.kubernetes\.io\/zone.*'zones'/],
    ['architecture/arm64', Requirements.architecture('arm64', because), /kubernetes\.io\/arch.*'architectures'/],
    [
      'api/snapshot.storage.k8s.io/v1/VolumeSnapshot',
      Requirements.api('snapshot.storage.k8s.io/v1/VolumeSnapshot', because),
      /'VolumeSnapshot' in `kubectl api-resources`/,
    ],
  ])('%s is unknown: reported with what to look at', (id, requirement, hint) => {
    const { findings } = existing(BASE, requirement);
    expect(findings).toEqual([
      expect.objectContaining({
        rule: 'requirements/unknown',
        severity: 'warning',
        construct: 'shop',
        message: expect.stringContaining(`'${id}'`),
        fix: expect.stringMatching(hint),
      }),
    ]);
    expect(findings[0]!.message).toContain('(needed because the test says so)');
  });

  test('what is said of it is known', () => {
    const said = {
      ...BASE,
      features: ['metrics'],
      addons: ['aws-efs-csi-driver'],
      architectures: ['arm64'],
      zones: 3,
    } as const;
    const met = existing(
      said,
      feature('metrics'),
      Requirements.addon('aws-efs-csi-driver', because),
      Requirements.architecture('arm64', because),
      Requirements.zones(3, because),
    );
    expect([...met.errors, ...met.warnings]).toEqual([]);
    const unmet = existing(
      said,
      feature('ebs'),
      Requirements.addon('x', because),
      Requirements.architecture('amd64', because),
      Requirements.zones(4, because),
    );
    expect(unmet.errors).toHaveLength(4);
  });

  test('what Auto Mode has built in is known', () => {
    const auto = { ...BASE, compute: 'auto' } as const;
    const { errors, warnings } = existing(
      auto,
      feature('ebs'),
      feature('pod-identity'),
      Requirements.addon('vpc-cni', because),
    );
    expect([...errors, ...warnings]).toEqual([]);
    expect(existing(auto, feature('network-policy')).warnings).toHaveLength(1);
    expect(existing(auto, feature('load-balancer')).warnings).toHaveLength(1);
  });

  test('an edit cannot be made, and is reported', () => {
    const { findings } = existing(BASE, needs('tune', { kind: 'edit', edit: () => undefined }));
    expect(findings).toEqual([
      expect.objectContaining({ rule: 'requirements/edit', severity: 'warning', construct: 'shop' }),
    ]);
    expect(
      made({ ...NODES, publicAccessCIDRs: ['0.0.0.0/0'] }, needs('tune', { kind: 'edit', edit: () => undefined }))
        .warnings,
    ).toEqual([]);
  });

  test('its load balancer subnets are those that are said, or unknown', () => {
    expect(clusterOf(existing(BASE).cluster)!.loadBalancerSubnets).toBeUndefined();
    const said = existing({ ...BASE, loadBalancerSubnets: { private: ['10.0.0.0/24'] } });
    expect(clusterOf(said.cluster)!.loadBalancerSubnets).toEqual({ public: [], private: ['10.0.0.0/24'] });
  });

  test('its classes are written, or another program does so', () => {
    const kinds = (props: object) => existing({ ...BASE, ...props }).objects.map(({ kind }) => kind);
    expect(kinds({})).toEqual(expect.arrayContaining(['StorageClass', 'PriorityClass']));
    expect(kinds({ classes: 'written' })).toEqual(kinds({}));
    expect(kinds({ classes: 'present' })).toEqual([]);
  });

  test('classes of another program may be named, but not edited', () => {
    const { cluster } = existing({ ...BASE, classes: 'present' });
    expect(existingObjects(cluster.node.root)).toEqual(
      ['gp3', 'gp3-retain'].map((name) => ({ kind: 'StorageClass', namespace: '', name })),
    );
    expect(refusedBy(() => cluster.storageClasses)).toEqual(['props/forbidden', 'classes']);
    expect(refusedBy(() => cluster.priorityClasses)).toEqual(['props/forbidden', 'classes']);
    expect(refusedBy(() => existing({ ...BASE, classes: 'absent' as never }))).toEqual([
      'props/unsupported',
      'classes',
    ]);
  });

  test('the same holds for a cluster that its ClusterConfig describes', () => {
    const config = ClusterConfig.parse(
      'apiVersion: eksctl.io/v1alpha5\nkind: ClusterConfig\nmetadata: { name: prod, region: us-west-2, version: "1.35" }\nmanagedNodeGroups: [{ name: workers, instanceType: m5.large }]\n',
    );
    const app = testApp();
    const cluster = Cluster.fromClusterConfig(app, 'prod', config, { classes: 'present' });
    expect(synthesize(app, cluster).objects).toEqual([]);
  });
});
