import { Chart } from 'cdk8s';
import { Cluster } from '../../charts/cluster/cluster';
import { withRenderCache } from '../../charts/core/render-cache';
import { type ClusterAddition, Requirements } from '../../charts/core/requirements';
import { addonNames, BASE, because, both, feature, GROUP, made, NODES, needs, testApp } from './support';

const association = (serviceAccountName: string, policy = 'arn:aws:iam::aws:policy/A'): ClusterAddition => ({
  kind: 'pod-identity',
  association: { namespace: 'shop', serviceAccountName, permissionPolicyARNs: [policy] },
});

describe('add-ons', () => {
  const efs = (configuration: Parameters<typeof Requirements.configuredAddon>[0]['configuration'], version?: string) =>
    Requirements.configuredAddon({ name: 'aws-efs-csi-driver', configuration, version }, because);

  test('of several constructs become one, sorted behind those of every cluster', () => {
    const snapshot = Requirements.addon('snapshot-controller', because);
    const merged = both(NODES, snapshot, efs({ controller: { replicas: 2 }, a: { b: 1 } }));
    expect(addonNames(merged.config).slice(-3)).toEqual([
      'aws-ebs-csi-driver',
      'aws-efs-csi-driver',
      'snapshot-controller',
    ]);
    const two = both(NODES, efs({ controller: { replicas: 2 } }), efs({ controller: { tags: ['x'] }, node: {} }, 'v2'));
    expect(two.config.addons.find((a: { name: string }) => a.name === 'aws-efs-csi-driver')).toEqual({
      name: 'aws-efs-csi-driver',
      version: 'v2',
      configurationValues: '{"controller":{"replicas":2,"tags":["x"]},"node":{}}',
    });
    expect(two.errors).toEqual([]);
  });

  test.each([
    [
      'two values',
      efs({ controller: { replicas: 2 } }),
      efs({ controller: { replicas: 3 } }),
      "'replicas' in 'controller' in the configuration of add-on 'aws-efs-csi-driver'",
    ],
    ['two lists', efs({ a: [1] }), efs({ a: [2] }), "'a' in the configuration"],
    ['a value and a map', efs({ a: 1 }), efs({ a: { b: 1 } }), "'a' in the configuration"],
    ['a map and a value', efs({ a: { b: 1 } }), efs({ a: 1 }), "'a' in the configuration"],
    ['two versions', efs({}, 'v1'), efs({}, 'v2'), "the version of add-on 'aws-efs-csi-driver'"],
  ])('%s contradict each other, and both constructs are named', (_, first, second, what) => {
    const messages = both(NODES, first, second).errors.map((e) => e.message);
    expect(messages).toEqual([expect.stringContaining(`'cart' and 'shop' require different values of ${what}`)]);
    expect(both(NODES, first, first).errors).toEqual([]);
  });

  test('the cluster itself may contradict a workload', () => {
    const props = { ...NODES, addons: [{ name: 'vpc-cni', configuration: { enableNetworkPolicy: 'false' } }] };
    expect(made(props, feature('network-policy')).errors.map((e) => e.message)).toEqual([
      expect.stringMatching(/'prod' and 'shop' require different values of 'enableNetworkPolicy'/),
    ]);
  });
});

describe('permissions', () => {
  test('associations are sorted, equal ones merged', () => {
    const { config, errors } = both(NODES, needs('b', association('web')), needs('a', association('api')));
    expect(config.iam.podIdentityAssociations.map((a: { serviceAccountName: string }) => a.serviceAccountName)).toEqual(
      ['api', 'web'],
    );
    expect(errors).toEqual([]);
    const same = both(NODES, needs('a', association('web')), needs('b', association('web')));
    expect(same.config.iam.podIdentityAssociations).toHaveLength(1);
    expect(same.errors).toEqual([]);
  });

  test('an edit of the finished object does not reach what it was made of', () => {
    const asked = association('web');
    const app = testApp();
    const cluster = new Cluster(app, 'prod', {
      ...BASE,
      nodeGroups: [{ ...GROUP, labels: { a: '1' }, taints: [{ key: 'a', value: '1', effect: 'PreferNoSchedule' }] }],
      admins: ['arn:aws:iam::111122223333:role/admin'],
      tags: { a: '1' },
      customize: {
        clusterConfig: (c) => {
          c.metadata.tags!.a += '1';
          c.managedNodeGroups![0]!.labels!.a += '1';
          c.managedNodeGroups![0]!.taints![0]!.value += '1';
          c.accessConfig.accessEntries![0]!.accessPolicies![0]!.policyARN += '1';
          c.iam.podIdentityAssociations[0]!.permissionPolicyARNs!.push('1');
        },
      },
    });
    Requirements.add(new Chart(app, 'shop'), needs('a', asked));
    const before = JSON.stringify(asked);
    withRenderCache(app, () => {
      const first = JSON.stringify(cluster.clusterConfig!.toJson());
      expect(JSON.stringify(cluster.clusterConfig!.toJson())).toBe(first);
      expect(first).toContain('"tags":{"a":"11"}');
    });
    expect(JSON.stringify(asked)).toBe(before);
  });

  test('one service account with two sets of permissions is an error that names both', () => {
    const { errors } = both(
      NODES,
      needs('a', association('web')),
      needs('b', association('web', 'arn:aws:iam::aws:policy/B')),
    );
    expect(errors.map((e) => e.message)).toEqual([
      expect.stringMatching(
        /^shop: 'cart' and 'shop' require different values of pod identity association 'shop\/web'/,
      ),
    ]);
  });

  const entry = (namespace: string, more = {}) => ({
    kind: 'access-entry' as const,
    entry: {
      principalARN: 'arn:aws:iam::111122223333:role/dev',
      accessPolicies: [
        {
          policyARN: 'arn:aws:eks::aws:cluster-access-policy/AmazonEKSViewPolicy',
          accessScope: { type: 'namespace' as const, namespaces: [namespace] },
        },
      ],
      ...more,
    },
  });

  test('one principal in two namespaces is one entry with one policy', () => {
    const { config, errors } = both(
      NODES,
      needs('a', entry('shop')),
      needs('b', entry('cart', { kubernetesGroups: ['g'] })),
    );
    expect(errors).toEqual([]);
    expect(config.accessConfig.accessEntries).toEqual([
      {
        principalARN: 'arn:aws:iam::111122223333:role/dev',
        kubernetesGroups: ['g'],
        accessPolicies: [
          {
            policyARN: 'arn:aws:eks::aws:cluster-access-policy/AmazonEKSViewPolicy',
            accessScope: { type: 'namespace', namespaces: ['cart', 'shop'] },
          },
        ],
      },
    ]);
  });

  test('the whole cluster takes in every namespace, in either order', () => {
    const wide = entry('x');
    wide.entry.accessPolicies = [
      { policyARN: wide.entry.accessPolicies[0]!.policyARN, accessScope: { type: 'cluster' } as never },
    ];
    for (const result of [
      both(NODES, needs('a', wide), needs('b', entry('shop'))),
      both(NODES, needs('a', entry('shop')), needs('b', wide)),
    ]) {
      expect(result.config.accessConfig.accessEntries[0].accessPolicies).toEqual([
        { policyARN: 'arn:aws:eks::aws:cluster-access-policy/AmazonEKSViewPolicy', accessScope: { type: 'cluster' } },
      ]);
    }
  });

  test('two user names of one principal are an error', () => {
    const named = (kubernetesUsername: string) => needs(kubernetesUsername, entry('shop', { kubernetesUsername }));
    expect(both(NODES, named('a'), named('b')).errors.map((e) => e.message)).toEqual([
      expect.stringMatching(/'cart' and 'shop' require different values of 'kubernetesUsername' of arn:/),
    ]);
  });
});
