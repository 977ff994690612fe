import { Chart } from 'cdk8s';
import { Requirements } from '../../../charts/core/requirements';
import { needs } from '../../clusterconfig/support';
import {
  appOf,
  autoMode,
  config,
  daemonSet,
  deployment,
  found,
  inZones,
  judge,
  NOTHING,
  nodePool,
  storageClass,
  WORKERS,
} from './support';

const object = (apiVersion: string, kind: string, body: object, metadata: object = { name: 'x' }) => ({
  apiVersion,
  kind,
  metadata,
  ...body,
});

describe('objects for the other compute mode', () => {
  test.each([
    ['a StorageClass', (name: string) => storageClass(name), 'ebs.csi.aws.com', 'ebs.csi.eks.amazonaws.com'],
    [
      'a VolumeSnapshotClass',
      (driver: string) => object('snapshot.storage.k8s.io/v1', 'VolumeSnapshotClass', { driver }),
      'ebs.csi.aws.com',
      'ebs.csi.eks.amazonaws.com',
    ],
    [
      'a PersistentVolume',
      (driver: string) => object('v1', 'PersistentVolume', { spec: { csi: { driver } } }),
      'ebs.csi.aws.com',
      'ebs.csi.eks.amazonaws.com',
    ],
    [
      'an IngressClass',
      (controller: string) => object('networking.k8s.io/v1', 'IngressClass', { spec: { controller } }),
      'ingress.k8s.aws/alb',
      'eks.amazonaws.com/alb',
    ],
    [
      'a Service',
      (loadBalancerClass: string) =>
        object('v1', 'Service', { spec: { loadBalancerClass } }, { name: 'x', namespace: 'shop' }),
      'service.k8s.aws/nlb',
      'eks.amazonaws.com/nlb',
    ],
    [
      'an IngressClassParams',
      (group: string) => object(`${group}/v1`, 'IngressClassParams', { spec: {} }),
      'elbv2.k8s.aws',
      'eks.amazonaws.com',
    ],
    [
      'a TargetGroupBinding',
      (group: string) => object(`${group}/v1`, 'TargetGroupBinding', { spec: {} }, { name: 'x', namespace: 'shop' }),
      'elbv2.k8s.aws',
      'eks.amazonaws.com',
    ],
  ])('%s fits one mode and is an error in the other', (_what, make, onGroups, inAuto) => {
    expect(found(config(), make(onGroups))).toEqual(NOTHING);
    expect(found(autoMode(), make(inAuto))).toEqual(NOTHING);
    const [wrongInAuto] = found(autoMode(), make(onGroups)).errors;
    expect(wrongInAuto).toContain(`Write '${inAuto}'. [compute-mode/served]`);
    const [wrongOnGroups] = found(config(), make(inAuto)).errors;
    expect(wrongOnGroups).toContain(`Write '${onGroups}'. [compute-mode/served]`);
  });

  test('the EBS driver may be listed beside Auto Mode', () => {
    const beside = autoMode({ addons: [{ name: 'aws-ebs-csi-driver' }] });
    expect(found(beside, storageClass('ebs.csi.aws.com'))).toEqual(NOTHING);
  });

  test('the driver of old that is a part of Kubernetes is for node groups', () => {
    expect(found(config(), storageClass('kubernetes.io/aws-ebs'))).toEqual(NOTHING);
    expect(found(autoMode(), storageClass('kubernetes.io/aws-ebs')).errors).toHaveLength(1);
  });

  test('a NodeClass of EKS is an error on node groups', () => {
    const nodeClass = object('eks.amazonaws.com/v1', 'NodeClass', { spec: {} });
    expect(found(config(), nodeClass).errors).toEqual([expect.stringContaining('[compute-mode/node-class]')]);
    expect(found(autoMode(), nodeClass)).toEqual(NOTHING);
  });
});

describe('zones of volumes and pools', () => {
  const late = { volumeBindingMode: 'WaitForFirstConsumer' };

  test('of a StorageClass: one is enough where the pod is placed first', () => {
    expect(
      found(config(), storageClass('efs.csi.aws.com', { ...late, ...inZones('us-west-2a', 'us-west-2d') })),
    ).toEqual(NOTHING);
    expect(found(config(), storageClass('efs.csi.aws.com', { ...late, ...inZones('us-west-2d') })).errors).toEqual([
      "shop/StorageClass-files: 'allowedTopologies' of StorageClass 'files' has us-west-2d, where the cluster has no nodes. Use zones of 'availabilityZones' in the ClusterConfig: us-west-2a, us-west-2b, us-west-2c. [zones/foreign]",
    ]);
  });

  test('of a StorageClass: each has to be there where the volume is made first', () => {
    expect(found(config(), storageClass('efs.csi.aws.com', inZones('us-west-2a', 'us-west-2d'))).errors).toHaveLength(
      1,
    );
    expect(found(config(), storageClass('efs.csi.aws.com', inZones('us-west-2a')))).toEqual(NOTHING);
  });

  test('of a PersistentVolume', () => {
    const volume = (zone: string) =>
      object('v1', 'PersistentVolume', {
        spec: {
          csi: { driver: 'ebs.csi.aws.com' },
          nodeAffinity: {
            required: {
              nodeSelectorTerms: [
                { matchExpressions: [{ key: 'topology.ebs.csi.aws.com/zone', operator: 'In', values: [zone] }] },
              ],
            },
          },
        },
      });
    expect(found(config(), volume('us-west-2a'))).toEqual(NOTHING);
    expect(found(config(), volume('us-west-2d')).errors).toEqual([
      expect.stringContaining("'nodeAffinity' of PersistentVolume 'x' has us-west-2d"),
    ]);
  });

  test('of a NodePool', () => {
    const pool = (...values: string[]) =>
      nodePool('x', [{ key: 'topology.kubernetes.io/zone', operator: 'In', values }]);
    expect(found(autoMode(), pool('us-west-2a'))).toEqual(NOTHING);
    expect(found(autoMode(), pool('us-west-2a', 'us-west-2d')).errors).toEqual([
      expect.stringContaining("'requirements' of NodePool 'x' has us-west-2d"),
    ]);
  });

  test('are those of the file, when it names some', () => {
    const two = config({ managedNodeGroups: [WORKERS], availabilityZones: ['us-west-2c', 'us-west-2d'] });
    expect(found(two, storageClass('efs.csi.aws.com', inZones('us-west-2d')))).toEqual(NOTHING);
    expect(found(two, storageClass('efs.csi.aws.com', inZones('us-west-2a'))).errors).toHaveLength(1);
  });
});

describe('a NodeClass and the cluster', () => {
  const nodeClass = (tags: object, name = 'private') =>
    object('eks.amazonaws.com/v1', 'NodeClass', { spec: { subnetSelectorTerms: [{ tags }] } }, { name });
  const byEksctl = nodeClass({ 'alpha.eksctl.io/cluster-name': 'prod' });

  test('tags of eksctl find no subnet in a VPC that it did not make', () => {
    const own = autoMode({ vpc: { id: 'vpc-00000001' } });
    expect(found(own, byEksctl).errors).toEqual([expect.stringContaining('[node-classes/subnet-tags]')]);
    expect(found(own, nodeClass({ tier: 'private' }))).toEqual(NOTHING);
    expect(found(autoMode(), byEksctl)).toEqual(NOTHING);
  });

  test('without built-in pools there is no NodeClass default', () => {
    const none = autoMode({ autoModeConfig: { enabled: true, nodePools: [] } });
    const pool = nodePool('x', []);
    expect(found(none, pool).errors).toEqual([expect.stringContaining('[node-classes/default-missing]')]);
    expect(found(none, pool, nodeClass({ tier: 'private' }, 'default'))).toEqual(NOTHING);
    expect(found(autoMode(), pool)).toEqual(NOTHING);
  });
});

test('the role of the built-in NodeClass is let in by EKS, and by nobody else', () => {
  const role = 'arn:aws:iam::111122223333:role/nodes';
  const entry = (principalARN: string) => ({
    autoModeConfig: { enabled: true, nodeRoleARN: role },
    accessConfig: { accessEntries: [{ principalARN, type: 'EC2' }] },
  });
  expect(found(autoMode(entry(role))).errors).toEqual([
    expect.stringMatching(/accessConfig\.accessEntries\[0\].* \[node-classes\/own-role\]$/),
  ]);
  expect(found(autoMode(entry(`${role}-2`)))).toEqual(NOTHING);
});

describe('two roles for one service account', () => {
  const account = (annotations?: object) =>
    object('v1', 'ServiceAccount', {}, { name: 'web', namespace: 'shop', annotations });
  const web = { namespace: 'shop', serviceAccountName: 'web', roleARN: 'arn:aws:iam::111122223333:role/web' };
  const irsa = (name: string) => ({
    metadata: { name, namespace: 'shop' },
    attachPolicyARNs: ['arn:aws:iam::aws:policy/X'],
  });
  const iam = (parts: object) => config({ managedNodeGroups: [WORKERS], iam: { withOIDC: true, ...parts } });

  test('by pod identity and by IRSA name both places, and whose account it is', () => {
    expect(
      found(iam({ podIdentityAssociations: [web], serviceAccounts: [irsa('other'), irsa('web')] }), account()).errors,
    ).toEqual([
      "shop/ServiceAccount-web: service account 'shop/web', which 'shop/ServiceAccount-web' uses, has two roles: iam.podIdentityAssociations[0] and iam.serviceAccounts[1] of the ClusterConfig. " +
        "Keep one: the permissions of a workload are in its 'aws', so remove iam.serviceAccounts[1]. [identities/two-roles]",
    ]);
    expect(found(iam({ podIdentityAssociations: [web], serviceAccounts: [irsa('other')] }), account())).toEqual(
      NOTHING,
    );
  });

  test('are told at the construct that asked for the permissions', () => {
    const app = appOf();
    const shop = new Chart(app, 'tenant');
    Requirements.add(shop, {
      ...needs('pod-identity/shop/web', { kind: 'pod-identity', association: web }),
      need: { kind: 'pod-identity', name: 'shop/web' },
    });
    const errors = judge(app, iam({ podIdentityAssociations: [web], serviceAccounts: [irsa('web')] })).errors;
    expect(errors).toEqual([expect.stringMatching(/^tenant: .* \[identities\/two-roles\]$/)]);
  });

  test('by an add-on, whose role may be one that EKS recommends', () => {
    const clash = (addon: object, serviceAccountName: string, more: object = {}) =>
      found({
        ...iam({ podIdentityAssociations: [{ ...web, namespace: 'kube-system', serviceAccountName }] }),
        addons: [addon],
        ...more,
      } as ReturnType<typeof config>).errors;
    const given = {
      name: 'aws-efs-csi-driver',
      podIdentityAssociations: [{ ...web, namespace: 'kube-system', serviceAccountName: 'efs' }],
    };
    expect(clash(given, 'efs')).toEqual([
      expect.stringContaining(
        "iam.podIdentityAssociations[0] and addons[0] 'aws-efs-csi-driver'.podIdentityAssociations[0]",
      ),
    ]);
    expect(clash(given, 'other')).toEqual([]);
    const auto = { addonsConfig: { autoApplyPodIdentityAssociations: true } };
    expect(clash({ name: 'aws-ebs-csi-driver' }, 'ebs-csi-controller-sa', auto)).toHaveLength(1);
    expect(clash({ name: 'aws-ebs-csi-driver' }, 'ebs-csi-controller-sa')).toEqual([]);
  });

  test('by pod identity and by annotation', () => {
    const annotated = account({ 'eks.amazonaws.com/role-arn': 'arn:aws:iam::111122223333:role/other' });
    expect(found(iam({ podIdentityAssociations: [web] }), annotated).errors).toEqual([
      expect.stringContaining(
        "has two roles: 'arn:aws:iam::111122223333:role/other' by the annotation 'eks.amazonaws.com/role-arn', and that of iam.podIdentityAssociations[0]",
      ),
    ]);
    expect(found(iam({}), annotated)).toEqual(NOTHING);
  });

  test('an annotation without an OIDC provider is a warning', () => {
    const annotated = account({ 'eks.amazonaws.com/role-arn': 'arn:aws:iam::111122223333:role/other' });
    expect(found(config(), annotated).warnings).toEqual([expect.stringContaining('[identities/irsa-without-oidc]')]);
    expect(found(config(), account())).toEqual(NOTHING);
  });

  test('permissions by pod identity do not reach Windows', () => {
    const windows = config({
      managedNodeGroups: [{ ...WORKERS, amiFamily: 'WindowsServer2022CoreContainer' }],
      iam: { podIdentityAssociations: [web] },
    });
    const pods = (serviceAccountName: string) =>
      deployment({ serviceAccountName, nodeSelector: { 'kubernetes.io/os': 'windows' } });
    expect(found(windows, pods('web')).errors).toEqual([expect.stringContaining('[identities/windows]')]);
    expect(found(windows, pods('other'))).toEqual(NOTHING);
  });
});

describe('a private cluster', () => {
  const policy = (...actions: string[]) => ({
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Action: actions, Resource: ['*'] }],
  });
  const withRole = (parts: object, permissions: object = { permissionPolicy: policy('s3:GetObject') }) =>
    config({
      managedNodeGroups: [{ ...WORKERS, privateNetworking: true }],
      privateCluster: { enabled: true },
      iam: { podIdentityAssociations: [{ namespace: 'shop', serviceAccountName: 'web', ...permissions }] },
      ...parts,
    });

  test('with permissions that the endpoints of eksctl serve needs no other', () => {
    expect(found(withRole({}))).toEqual(NOTHING);
    expect(found(withRole({ privateCluster: { enabled: false } }))).toEqual(NOTHING);
  });

  test('lacks the endpoints of what permissions name', () => {
    const { warnings } = found(
      withRole(
        {},
        {
          permissionPolicy: policy(
            'dynamodb:GetItem',
            'secretsmanager:GetSecretValue',
            'ecr:Get*',
            'cloudwatch:PutMetricData',
          ),
        },
      ),
    );
    expect(warnings).toHaveLength(1);
    expect(warnings[0]).toContain(
      "service account 'shop/web' may call monitoring, dynamodb, secretsmanager (iam.podIdentityAssociations[0])",
    );
    expect(warnings[0]).toMatch(/Gateway --service-name com\.amazonaws\.us-west-2\.dynamodb --route-table-ids/);
    expect(warnings[0]).toMatch(/Interface --service-name com\.amazonaws\.us-west-2\.monitoring/);
  });

  test('has those that eksctl makes, and can make more of', () => {
    const asks = { permissionPolicy: policy('s3:*', 'sts:AssumeRole', 'logs:PutLogEvents', 'autoscaling:Describe*') };
    expect(found(withRole({}, asks)).warnings[0]).toContain(
      "privateCluster.additionalEndpointServices: ['autoscaling']",
    );
    const more = withRole(
      { privateCluster: { enabled: true, additionalEndpointServices: ['autoscaling', 'logs'] } },
      asks,
    );
    expect(found(more).warnings).toHaveLength(0);
    const logging = withRole(
      { cloudWatch: { clusterLogging: { enableTypes: ['*'] } } },
      { permissionPolicy: policy('logs:PutLogEvents') },
    );
    expect(found(logging).warnings).toHaveLength(0);
  });

  test('whose endpoints eksctl leaves out lacks them all', () => {
    const none = withRole({ privateCluster: { enabled: true, skipEndpointCreation: true } });
    expect(found(none).warnings[0]).toContain('may call s3');
  });

  test('leaves some services out of reach', () => {
    expect(found(withRole({}, { wellKnownPolicies: { externalDNS: true } })).warnings[0]).toContain(
      '[private-cluster/unreachable]',
    );
    expect(found(withRole({}, { wellKnownPolicies: { externalDNS: false } })).warnings).toHaveLength(0);
  });

  test('does not ask for what is denied', () => {
    const denied = { permissionPolicy: { Statement: { Effect: 'Deny', Action: 'sqs:*', Resource: '*' } } };
    expect(found(withRole({}, denied)).warnings).toHaveLength(0);
    const allowed = { permissionPolicy: { Statement: { Effect: 'Allow', Action: 'sqs:*', Resource: '*' } } };
    expect(found(withRole({}, allowed)).warnings[0]).toContain('may call sqs');
  });
});

describe('a second copy of a device plugin', () => {
  const plugin = (image: string) =>
    daemonSet({ containers: [{ name: 'plugin', image }], tolerations: [{ operator: 'Exists' }] });
  const nvidia = plugin('nvcr.io/nvidia/k8s-device-plugin:v0.20.0');
  const group = (instanceType: string, amiFamily: string, more: object = {}) =>
    config({ managedNodeGroups: [{ ...WORKERS, instanceType, amiFamily, ...more }] });

  test.each([
    ['eksctl', group('g5.xlarge', 'AmazonLinux2023'), "eksctl installs it for managedNodeGroups[0] 'workers'"],
    [
      'the image',
      group('g5.xlarge', 'Bottlerocket'),
      "the image of Bottlerocket brings it for managedNodeGroups[0] 'workers'",
    ],
    ['Auto Mode', autoMode(), 'nodes of EKS Auto Mode bring it'],
  ])('of NVIDIA beside %s is a warning', (_who, cluster, first) => {
    expect(found(cluster, nvidia)).toEqual({
      errors: [],
      warnings: [
        `shop/DaemonSet-agent: DaemonSet 'shop/agent' is a second copy of the NVIDIA device plugin: ${first}. Remove it. [device-plugins/duplicate]`,
      ],
    });
  });

  test.each([
    ['no GPU', group('m5.large', 'AmazonLinux2023')],
    ['an image without it', group('g5.xlarge', 'Ubuntu2404')],
  ])('is the first one where there is %s', (_what, cluster) => {
    expect(found(cluster, nvidia)).toEqual(NOTHING);
  });

  test('is known by the image, not by what a name contains', () => {
    expect(found(autoMode(), plugin('example.com/k8s-device-plugin-exporter:1'))).toEqual(NOTHING);
  });

  test('of Neuron and of EFA', () => {
    const neuron = plugin('public.ecr.aws/neuron/neuron-device-plugin:2.20');
    expect(found(group('inf2.xlarge', 'AmazonLinux2023'), neuron).warnings).toHaveLength(1);
    expect(found(group('m5.large', 'AmazonLinux2023'), neuron)).toEqual(NOTHING);
    const efa = plugin('602401143452.dkr.ecr.us-west-2.amazonaws.com/eks/aws-efa-k8s-device-plugin:v0.5.6');
    expect(found(group('m5.large', 'AmazonLinux2023', { efaEnabled: true }), efa).warnings).toHaveLength(1);
    expect(found(group('m5.large', 'AmazonLinux2023'), efa)).toEqual(NOTHING);
  });
});
