import { KubeObject } from 'cdk8s-eks-patterns';
import { appOf, containerOf, job, newTenant, podOf, scheduled, stateful, synth } from '../support/app';
import { refusedBy } from '../support/findings';

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

  it('has the attributes of a class, by its name or as an object', () => {
    const tenant = newTenant();
    const faster = new KubeObject(tenant, 'faster', {
      apiVersion: 'storage.k8s.io/v1',
      kind: 'VolumeAttributesClass',
      metadata: { name: 'faster' },
      driverName: 'ebs.csi.aws.com',
      parameters: { type: 'gp3', iops: '4000' },
    });
    for (const [i, attributesClass] of [faster, 'faster'].entries()) {
      const workload = stateful({ storage: { ...storage, attributesClass } }, tenant, `store-${i}`);
      expect(claimsOf(workload)[0]!.spec!.volumeAttributesClassName).toBe('faster');
    }
    const { files } = synth(appOf(tenant));
    expect(files['volumes.md']).toContain(
      `data-store-1-0 -p '{"spec":{"resources":{"requests":{"storage":"20Gi"}},"volumeAttributesClassName":"faster"}}'`,
    );
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
    [{ ...storage, size: '1023Mi' }, ['props/invalid', 'storage.size']],
    [{ ...storage, size: '20' }, ['props/invalid', 'storage.size']],
    [{ ...storage, size: '20GB' }, ['props/invalid', 'storage.size']],
    [{ ...storage, size: 20 }, ['props/type', 'storage.size']],
    [{ ...storage, mountPath: 'data' }, ['props/invalid', 'storage.mountPath']],
    [{ ...storage, name: 'Data' }, ['props/invalid', 'storage.name']],
    [{ ...storage, name: 'a'.repeat(21) }, ['props/invalid', 'storage.name']],
    [{ ...storage, className: 'GP3' }, ['props/invalid', 'storage.className']],
    [{ ...storage, path: '/x' }, ['props/unknown', 'storage.path']],
    [
      [storage, { ...storage, name: 'wal' }],
      ['props/duplicate', 'storage'],
    ],
    [
      [storage, { mountPath: '/wal', size: '1Gi' }],
      ['props/duplicate', 'storage[1].name'],
    ],
  ])('%j is refused', (given, expected) => {
    expect(refusedBy(() => stateful({ storage: given }))).toEqual(expected);
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

  it('is none by default', () => {
    expect(job().claim).toBeUndefined();
  });

  it('is refused to pods that run at once: one node at a time can use it', () => {
    const props = { sharedStorage: storage, parallelism: 2, completions: 2 };
    expect(refusedBy(() => job(props))).toEqual(['props/forbidden', 'sharedStorage']);
  });

  it('is refused to a user whose group is not known', () => {
    expect(refusedBy(() => job({ sharedStorage: storage, user: 'image' }))).toEqual(['props/forbidden', 'user']);
  });
});
