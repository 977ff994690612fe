import { appOf, containerOf, job, newTenant, podOf, refusal, scheduled, stateful, synth } from '../support/app';

const storage = { mountPath: '/var/lib/store', size: '20Gi' };
const claimsOf = (workload: ReturnType<typeof stateful>) => workload.statefulSet.toJson().spec.volumeClaimTemplates!;

describe('the volume of a member', () => {
  it('is a claim on the retained class, labelled like the selector and with nothing that may change', () => {
    const workload = stateful({ labels: { tier: 'db' }, image: 'app:9.9' }, newTenant({ team: 'data' }));
    expect(claimsOf(workload)).toEqual([
      {
        metadata: { name: 'data', labels: { 'app.kubernetes.io/name': 'store' } },
        spec: {
          accessModes: ['ReadWriteOnce'],
          storageClassName: 'gp3-retain',
          resources: { requests: { storage: '20Gi' } },
        },
      },
    ]);
  });

  it('is mounted at a folder below its root, which holds lost+found', () => {
    expect(containerOf(stateful()).volumeMounts).toContainEqual({
      name: 'data',
      mountPath: '/var/lib/store',
      subPath: 'data',
    });
  });

  it('comes from the claim, not from a volume of the pod', () => {
    expect(podOf(stateful()).spec.volumes?.map((v) => v.name)).toEqual(['scratch-tmp']);
  });

  it('may be several, with names', () => {
    const workload = stateful({
      storage: [storage, { mountPath: '/wal', size: '5Gi', name: 'wal', className: 'fast' }],
    });
    expect(claimsOf(workload).map((c) => [c.metadata!.name, c.spec!.storageClassName])).toEqual([
      ['data', 'gp3-retain'],
      ['wal', 'fast'],
    ]);
    expect(containerOf(workload).volumeMounts).toContainEqual({ name: 'wal', mountPath: '/wal', subPath: 'wal' });
  });

  it('stays when the member goes, or the set', () => {
    expect(stateful().statefulSet.toJson().spec.persistentVolumeClaimRetentionPolicy).toEqual({
      whenDeleted: 'Retain',
      whenScaled: 'Retain',
    });
  });

  it('asks the cluster for the driver', () => {
    const addons = synth(appOf(stateful())).clusterConfig!.addons.map((a: { name: string }) => a.name);
    expect(addons).toContain('aws-ebs-csi-driver');
  });

  it.each([
    [{ ...storage, size: '1023Mi' }, /size '1023Mi' is less than 1Gi/],
    [{ ...storage, size: '20' }, /size '20' is less than 1Gi/],
    [{ ...storage, size: '20GB' }, /size '20GB' is no Kubernetes quantity/],
    [{ ...storage, size: 20 }, /size 20 is no Kubernetes quantity/],
    [{ ...storage, mountPath: 'data' }, /mountPath 'data' is no absolute path/],
    [{ ...storage, name: 'Data' }, /name 'Data' is no part of a claim's name/],
    [{ ...storage, name: 'a'.repeat(21) }, /is no part of a claim's name/],
    [{ ...storage, className: 'GP3' }, /className 'GP3' is no name of a StorageClass/],
    [{ ...storage, path: '/x' }, /unknown key 'path' in storage/],
    [[storage, { ...storage, name: 'wal' }], /'\/var\/lib\/store' is mounted twice/],
    [[storage, { mountPath: '/wal', size: '1Gi' }], /'data'/],
  ])('%j is refused', (given, message) => {
    expect(refusal(() => stateful({ storage: given }))).toMatch(message);
  });

  it('of exactly 1Gi, and in any unit, is accepted', () => {
    for (const size of ['1Gi', '1024Mi', '2G', '1.5Gi']) {
      expect(claimsOf(stateful({ storage: { ...storage, size } }))[0]!.spec!.resources!.requests!.storage).toBe(size);
    }
  });
});

describe('the shared volume of jobs', () => {
  it.each([
    ['a job', () => job({ sharedStorage: storage }), 'job-data'],
    ['a scheduled job', () => scheduled({ sharedStorage: storage }), 'nightly-data'],
  ])('of %s is a claim of its own that outlives the runs', (_what, make, name) => {
    const workload = make();
    expect(workload.claim!.toJson()).toMatchObject({
      kind: 'PersistentVolumeClaim',
      metadata: { name, namespace: 'shop' },
      spec: { accessModes: ['ReadWriteOnce'], storageClassName: 'gp3-retain' },
    });
    expect(podOf(workload).spec.volumes).toContainEqual({ name: 'data', persistentVolumeClaim: { claimName: name } });
    expect(containerOf(workload).volumeMounts).toContainEqual({
      name: 'data',
      mountPath: '/var/lib/store',
      subPath: 'data',
    });
  });

  it('keeps its name when the Job has a new one', () => {
    const [one, two] = ['1', '2'].map((A) => job({ sharedStorage: storage, env: { A } }));
    expect(one!.job.name).not.toBe(two!.job.name);
    expect(one!.claim!.name).toBe(two!.claim!.name);
  });

  it('is none without a word', () => {
    expect(job().claim).toBeUndefined();
  });

  it('is refused to pods that run at once: one node at a time can use it', () => {
    expect(refusal(() => job({ sharedStorage: storage, parallelism: 2, completions: 2 }))).toMatch(
      /one node at a time/,
    );
  });

  it('is refused to a user whose group nobody knows', () => {
    expect(refusal(() => job({ sharedStorage: storage, user: 'image' }))).toMatch(/group is not known/);
  });
});
