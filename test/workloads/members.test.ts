import { appOf, newTenant, podOf, scheduled, stateful, synth } from '../support/app';
import { findingsOf } from '../support/findings';

const peers = { port: { client: 7000, raft: 7001 }, memberPorts: ['raft'] };
const specOf = (props: Record<string, unknown>) => stateful(props).statefulSet.toJson().spec;
const refused = (props: Record<string, unknown>) =>
  findingsOf(() => stateful(props)).map(({ rule, field }) => [rule, field]);

describe('a quorum', () => {
  test.each([{ quorum: 3 }, { quorum: true }, { quorum: true, replicas: 3 }])(
    'of %j starts at once, and drains and zones cannot take its majority',
    (quorum) => {
      const store = stateful({ ...peers, replicas: undefined, ...quorum });
      expect(store.statefulSet.toJson().spec).toMatchObject({ replicas: 3, podManagementPolicy: 'Parallel' });
      expect(store.disruptionBudget!.toJson().spec).toMatchObject({
        maxUnavailable: 1,
        unhealthyPodEvictionPolicy: 'IfHealthyBudget',
      });
      expect(podOf(store).spec.topologySpreadConstraints![0]).toMatchObject({ minDomains: 3 });
      expect(store.hosts).toHaveLength(3);
    },
  );

  test('needs no member ports: members may use those of clients', () => {
    const app = appOf(stateful({ replicas: 3, quorum: true }));
    synth(app);
    expect(app.findings.filter(({ rule }) => rule.startsWith('stateful/'))).toEqual([]);
  });

  test('of one member is a start', () => {
    expect(specOf({ quorum: 1, replicas: undefined })).toMatchObject({ replicas: 1, podManagementPolicy: 'Parallel' });
  });

  test('starts one by one where that is asked for', () => {
    expect(specOf({ quorum: 3, replicas: undefined, order: 'OrderedReady' }).podManagementPolicy).toBe('OrderedReady');
  });

  test.each([
    ['an even number', { quorum: 4, replicas: undefined }, 'props/invalid', 'quorum'],
    ['an even number of replicas', { quorum: true, replicas: 2 }, 'props/invalid', 'replicas'],
    ['two numbers', { quorum: 3, replicas: 5 }, 'props/invalid', 'replicas'],
    ['a text', { quorum: '3' }, 'props/type', 'quorum'],
    ['false', { quorum: false }, 'props/type', 'quorum'],
    ['no budget', { quorum: true, replicas: 3, disruption: 'none' }, 'props/invalid', 'disruption'],
    [
      'a budget of the majority',
      { quorum: true, replicas: 3, disruption: { maxUnavailable: 2 } },
      'props/invalid',
      'disruption',
    ],
    [
      'a minority that stays',
      { quorum: true, replicas: 5, disruption: { minAvailable: 2 } },
      'props/invalid',
      'disruption',
    ],
    ['a share', { quorum: true, replicas: 3, disruption: { maxUnavailable: '50%' } }, 'props/invalid', 'disruption'],
  ])('is refused with %s', (_what, props, rule, field) => {
    expect(refused(props)).toEqual([[rule, field]]);
  });

  test('of five can lose two', () => {
    expect(refused({ quorum: 5, replicas: undefined, disruption: { maxUnavailable: 2 } })).toEqual([]);
  });
});

describe('names of members', () => {
  test('are short and long, and begin with the first ordinal', () => {
    const store = stateful({
      ...peers,
      replicas: 3,
      firstOrdinal: 1,
      env: { ALL: (self: typeof store) => self.members.join() },
    });
    expect(store.statefulSet.toJson().spec.ordinals).toEqual({ start: 1 });
    expect(store.members).toEqual(['store-1', 'store-2', 'store-3']);
    expect(store.hosts[0]).toBe('store-1.store-headless.shop.svc.cluster.local');
    expect(Object.values(store.configMap!.toJson().data!)).toContain('store-1,store-2,store-3');
    expect(specOf({ replicas: 3 })).not.toHaveProperty('ordinals');
  });

  test.each([-1, 1.5, '1', 100_001])('refuse the first ordinal %j', (firstOrdinal) => {
    expect(refused({ firstOrdinal })).toEqual([[expect.stringMatching(/^props\//), 'firstOrdinal']]);
  });

  test.each([
    ['data-store-1', []],
    ['data-store-0', ['references/missing']],
  ])('decide that a claim %s is there', (claimName, rules) => {
    const tenant = newTenant();
    stateful({ firstOrdinal: 1 }, tenant);
    const volume = { name: 'own', persistentVolumeClaim: { claimName } };
    scheduled({ volumes: [{ volume, mountPath: '/own' }] }, tenant);
    const found = findingsOf(() => appOf(tenant)).map(({ rule }) => rule);
    expect(found.filter((rule) => rule.startsWith('references/'))).toEqual(rules);
  });
});

describe('the StatefulSet', () => {
  test.each([
    ['OnDelete', { type: 'OnDelete' }],
    ['RollingUpdate', { type: 'RollingUpdate' }],
    [{ partition: 2 }, { type: 'RollingUpdate', rollingUpdate: { partition: 2 } }],
  ])('is updated by %j', (updateStrategy, rendered) => {
    expect(specOf({ replicas: 3, updateStrategy }).updateStrategy).toEqual(rendered);
  });

  test('deletes claims where that is asked for', () => {
    const asked = { persistentVolumeClaimRetentionPolicy: { whenScaled: 'Delete' } };
    expect(specOf(asked).persistentVolumeClaimRetentionPolicy).toEqual({ whenDeleted: 'Retain', whenScaled: 'Delete' });
  });

  test.each([
    ['updateStrategy', { updateStrategy: 'Recreate' }],
    ['updateStrategy', { updateStrategy: 3 }],
    ['updateStrategy', { updateStrategy: null }],
    ['updateStrategy.partition', { updateStrategy: { partition: 4 }, replicas: 3 }],
    ['updateStrategy.partitions', { updateStrategy: { partitions: 1 } }],
    [
      'persistentVolumeClaimRetentionPolicy.whenDeleted',
      { persistentVolumeClaimRetentionPolicy: { whenDeleted: 'delete' } },
    ],
    ['persistentVolumeClaimRetentionPolicy.deleted', { persistentVolumeClaimRetentionPolicy: { deleted: 'Delete' } }],
  ])('is refused for %s', (field, props) => {
    expect(refused(props)).toEqual([[expect.stringMatching(/^props\//), field]]);
  });
});

describe('the folder of a volume', () => {
  const mountOf = (folder: unknown) =>
    podOf(stateful({ storage: { mountPath: '/data', size: '1Gi', folder } })).spec.containers[0]!.volumeMounts!.find(
      ({ name }) => name === 'data',
    );
  test.each([
    [undefined, 'data'],
    ['pgdata', 'pgdata'],
    ['db/main', 'db/main'],
    [false, undefined],
  ])('%j is mounted as %j', (folder, subPath) => {
    expect(mountOf(folder)).toEqual({ name: 'data', mountPath: '/data', subPath });
  });
  test.each(['', '/data', '../other', 'a//b', true, 7])('refuses %j', (folder) => {
    expect(refused({ storage: { mountPath: '/data', size: '1Gi', folder } })).toEqual([
      ['props/invalid', 'storage.folder'],
    ]);
  });
});
