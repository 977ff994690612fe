import { LocalStorageClass, PropsError } from 'cdk8s-eks-patterns';
import { newApp, newAutoCluster, newCluster } from '../support/app';
import { judge, type Mistake, propsOf } from './support';

describe('scratch disks', () => {
  const disk = { path: '/work', size: '10Gi', className: 'gp3' };
  judge(
    propsOf('BatchJob', [
      [
        'of a class that keeps volumes',
        { scratch: [{ ...disk, className: 'gp3-retain' }] },
        'props/forbidden',
        'scratch[0].className',
      ],
      ['of a number', { scratch: [{ ...disk, className: 3 }] }, 'props/type', 'scratch[0].className'],
      ['in memory', { scratch: [{ ...disk, memory: true }] }, 'props/forbidden', 'scratch[0].memory'],
      ['without a size', { scratch: [{ ...disk, size: undefined }] }, 'props/required', 'scratch[0].size'],
      ['that are too small', { scratch: [{ ...disk, size: '1Mi' }] }, 'props/invalid', 'scratch[0].size'],
      ['for the user of the image', { scratch: [disk], user: 'image' }, 'props/forbidden', 'user'],
      [
        'for several containers, too small',
        {
          sidecars: [{ name: 'helper', image: 'helper:1.0', resources: { cpu: '10m', memory: '16Mi' } }],
          shared: [{ name: 'x', path: '/x', size: '1Mi', className: 'gp3', with: ['main', 'helper'] }],
        },
        'props/invalid',
        'shared[0].size',
      ],
    ]),
  );
});

describe('disks of the instances', () => {
  const groups = (more: object) => () =>
    newCluster(newApp(), { nodeGroups: [{ name: 'disks', instanceType: 'm6id.large', ...more }] } as never);
  const local =
    (id: string, props: object, of = () => newCluster()) =>
    () =>
      new LocalStorageClass(of(), id, props as never);
  const mistakes: readonly (readonly [string, () => unknown, string, string, string])[] = [
    ['an unknown use', groups({ instanceStore: 'RAID1' }), 'prod', 'props/unsupported', 'nodeGroups[0].instanceStore'],
    [
      'of another image',
      groups({ instanceStore: 'RAID0', amiFamily: 'Bottlerocket' }),
      'prod',
      'props/unsupported',
      'nodeGroups[0].instanceStore',
    ],
    [
      'of a type that has none',
      groups({ instanceStore: 'Mount', instanceType: 'm5.large' }),
      'prod',
      'props/unsupported',
      'nodeGroups[0].instanceStore',
    ],
    ['in Auto Mode', local('nvme', {}, () => newAutoCluster() as never), 'prod/nvme', 'props/unsupported', ''],
    ['a class in capitals', local('NVMe', {}), 'prod/NVMe', 'props/invalid', ''],
    ['a relative folder', local('nvme', { folder: 'disks' }), 'prod/nvme', 'props/invalid', 'folder'],
    ['a misspelt prop', local('nvme', { folders: '/a' }), 'prod/nvme', 'props/unknown', 'folders'],
  ];
  judge(
    mistakes.map(
      ([mistake, program, path, problem, fix]): Mistake =>
        ({ mistake, program, error: PropsError, path, problem, fix }) as Mistake,
    ),
  );
});
