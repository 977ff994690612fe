import type { Cluster } from 'cdk8s-eks-patterns';
import { Testing } from 'cdk8s-eks-patterns/testing';
import {
  agent,
  appOf,
  containerOf,
  job,
  newAutoCluster,
  newCluster,
  newTenant,
  PATTERN_NAMES,
  PATTERNS,
  podOf,
  synth,
  web,
} from '../support/app';
import { refusedBy } from '../support/findings';

const disk = { path: '/work', size: '50Gi', className: 'gp3' };
const spec = {
  accessModes: ['ReadWriteOnce'],
  storageClassName: 'gp3',
  resources: { requests: { storage: '50Gi' } },
};
const expected = { name: 'scratch-work', ephemeral: { volumeClaimTemplate: { spec } } };

describe('a scratch folder on a disk of its own', () => {
  it.each(PATTERN_NAMES)('of a %s is a claim of each pod', (pattern) => {
    const workload = PATTERNS[pattern]({ scratch: ['/tmp', disk] } as never);
    const pod = podOf(workload as ReturnType<typeof web>);
    expect(pod.spec.volumes).toContainEqual(expected);
    expect(containerOf(workload as ReturnType<typeof web>).volumeMounts).toContainEqual({
      name: 'scratch-work',
      mountPath: '/work',
    });
  });

  it('belongs to the group of the pod, and brings the driver', () => {
    const workload = job({ scratch: [disk] });
    expect(podOf(workload).spec.securityContext).toMatchObject({ fsGroup: expect.any(Number) });
    const { addons } = synth(appOf(workload)).clusterConfig!;
    expect(addons.map(({ name }: { name: string }) => name)).toContain('aws-ebs-csi-driver');
    expect(Testing.findings(workload).filter(({ rule }) => rule.startsWith('storage/'))).toEqual([]);
  });

  it('can be of a class of the cluster that deletes its volumes, and of a sidecar or of several containers', () => {
    const cluster = newCluster();
    const tenant = newTenant({}, cluster);
    const className = cluster.storageClass('scratch', { iops: 6000, reclaimPolicy: 'Delete' });
    const sidecar = { name: 'cache', image: 'cache:1.0', resources: { cpu: '10m', memory: '16Mi' } };
    const workload = web(
      {
        sidecars: [{ ...sidecar, scratch: [{ ...disk, className }] }],
        shared: [{ name: 'exchange', path: '/x', size: '5Gi', className: 'gp3', with: ['web', 'cache'] }],
      } as never,
      tenant,
    );
    const named = podOf(workload).spec.volumes!.flatMap(({ name, ephemeral }) =>
      ephemeral ? [[name, ephemeral.volumeClaimTemplate!.spec.storageClassName]] : [],
    );
    expect(named).toEqual([
      ['cache-scratch-work', 'scratch'],
      ['shared-exchange', 'gp3'],
    ]);
  });

  it('is counted in the quota, by class, for all pods of a rollout', () => {
    const tenant = newTenant();
    job({ scratch: [disk], parallelism: 2, completions: 2 }, tenant);
    const { hard } = tenant.resourceQuota!.toJson().spec!;
    expect(hard).toMatchObject({
      persistentvolumeclaims: '4',
      'requests.storage': '200Gi',
      'gp3.storageclass.storage.k8s.io/requests.storage': '200Gi',
      'gp3-retain.storageclass.storage.k8s.io/requests.storage': '0',
    });
  });

  it('of an agent whose nodes are not known leaves storage out of the quota', () => {
    const hardOf = (cluster: Cluster, scratch: readonly unknown[]) => {
      const tenant = newTenant({}, cluster);
      agent({ scratch } as never, tenant);
      return tenant.resourceQuota!.toJson().spec!.hard!;
    };
    expect(hardOf(newAutoCluster(), [disk])).not.toHaveProperty(['requests.storage']);
    expect(hardOf(newAutoCluster(), ['/tmp'])).toMatchObject({ 'requests.storage': '0' });
    expect(hardOf(newCluster(), [disk])).toMatchObject({ 'requests.storage': '600Gi' });
  });

  it.each([
    [{ ...disk, className: 'gp3-retain' }, 'props/forbidden', 'scratch[0].className'],
    [{ ...disk, className: 'GP3' }, 'props/invalid', 'scratch[0].className'],
    [{ ...disk, className: 3 }, 'props/type', 'scratch[0].className'],
    [{ ...disk, memory: true }, 'props/forbidden', 'scratch[0].memory'],
    [{ ...disk, size: undefined }, 'props/required', 'scratch[0].size'],
    [{ ...disk, size: '64Mi' }, 'props/invalid', 'scratch[0].size'],
  ])('%j is refused', (scratch, rule, field) => {
    expect(refusedBy(() => web({ scratch: [scratch as never] }))).toEqual([rule, field]);
  });

  it('of a class that keeps its volumes is refused, and so is the user of the image', () => {
    const cluster = newCluster();
    const className = cluster.storageClass('kept', {});
    const tenant = newTenant({}, cluster);
    expect(refusedBy(() => web({ scratch: [{ ...disk, className }] }, tenant))).toEqual([
      'props/forbidden',
      'scratch[0].className',
    ]);
    expect(refusedBy(() => web({ scratch: [disk], user: 'image' }))).toEqual(['props/forbidden', 'user']);
  });
});
