import { PropsError } from 'cdk8s-eks-patterns';
import { newCluster } from '../support/app';
import { judge, type Mistake, propsOf } from './support';

const volume = { mountPath: '/data', size: '20Gi' };

describe('a class of the cluster', () => {
  const key = 'arn:aws:kms:us-west-2:111122223333:key/12345678-1234-1234-1234-123456789012';
  const mistakes: readonly (readonly [mistake: string, name: unknown, props: object, rule: string, field: string])[] = [
    ['of a type that is not offered', 'own', { type: 'gp2' }, 'props/unsupported', 'type'],
    ['io2 without iops', 'own', { type: 'io2' }, 'props/required', 'iops'],
    ['too few iops of io2', 'own', { type: 'io2', iops: 99 }, 'props/invalid', 'iops'],
    ['too many iops of io2', 'own', { type: 'io2', iops: 256_001 }, 'props/invalid', 'iops'],
    ['too few iops of gp3', 'own', { iops: 2999 }, 'props/invalid', 'iops'],
    ['iops as text', 'own', { iops: '3000' }, 'props/type', 'iops'],
    ['iops of a disk', 'own', { type: 'st1', iops: 3000 }, 'props/forbidden', 'iops'],
    ['throughput of io2', 'own', { type: 'io2', iops: 3000, throughput: 125 }, 'props/forbidden', 'throughput'],
    ['too little throughput', 'own', { throughput: 124 }, 'props/invalid', 'throughput'],
    ['throughput above the default iops', 'own', { throughput: 751 }, 'props/invalid', 'throughput'],
    ['throughput above its iops', 'own', { iops: 4000, throughput: 1001 }, 'props/invalid', 'throughput'],
    ['an unknown file system', 'own', { fsType: 'zfs' }, 'props/unsupported', 'fsType'],
    ['an unknown policy', 'own', { reclaimPolicy: 'Recycle' }, 'props/unsupported', 'reclaimPolicy'],
    ['a key by its name', 'own', { encryptionKey: 'my-key' }, 'props/invalid', 'encryptionKey'],
    ['a key elsewhere', 'own', { encryptionKey: key.replace('west', 'east') }, 'props/invalid', 'encryptionKey'],
    ['an alias of a key', 'own', { encryptionKey: key.replace('key/', 'alias/') }, 'props/invalid', 'encryptionKey'],
    ['a misspelt prop', 'own', { iop: 3000 }, 'props/unknown', 'iop'],
    ['a name in capitals', 'Own', {}, 'props/invalid', 'name'],
    ['no name', undefined, {}, 'props/type', 'name'],
    ['the name of a class that it has', 'gp3', {}, 'props/duplicate', 'name'],
    ['the name of the class of EKS', 'gp2', {}, 'props/duplicate', 'name'],
  ];
  judge(
    mistakes.map(
      ([mistake, name, props, problem, fix]): Mistake => ({
        mistake,
        program: () => newCluster().storageClass(name as string, props),
        error: PropsError,
        path: 'prod',
        problem,
        fix,
      }),
    ),
  );
});

describe('the class of a volume', () => {
  const object = newCluster().priorityClasses.standard;
  judge(
    propsOf('StatefulService', [
      ['another object', { storage: { ...volume, className: object } }, 'props/type', 'storage.className'],
      ['a number', { storage: { ...volume, className: 3 } }, 'props/type', 'storage.className'],
    ]),
  );
});
