/** Random volumes that several pods mount. */
import { SharedVolume, type Tenant } from 'cdk8s-eks-patterns';
import { pick, type Random } from '../../review/damage';
import { freeId, type Value } from './draw';

const FS = 'fs-0123456789abcdef0';
const dnsName = `${FS}.fsx.us-west-2.amazonaws.com`;
type Make = (tenant: Tenant, id: string) => SharedVolume;

/** Owners are given: those of the pods are drawn as well, and may be of the image. */
export const VOLUMES: readonly Make[] = [
  (tenant, id) => SharedVolume.efs(tenant, id, { fileSystem: FS, user: 1000, size: '5Gi', readOnly: true }),
  (tenant, id) => SharedVolume.efs(tenant, id, { fileSystem: FS, accessPoint: 'fsap-0123456789abcdef0', path: '/a' }),
  (tenant, id) =>
    SharedVolume.s3(tenant, id, {
      bucket: 'acme-models',
      prefix: 'llm/',
      user: { uid: 33, gid: 0 },
      size: '5Gi',
      mountOptions: ['cache /tmp/cache'],
    }),
  (tenant, id) => SharedVolume.s3(tenant, id, { bucket: 'acme-models', readOnly: true }),
  (tenant, id) =>
    SharedVolume.fsx(tenant, id, {
      kind: 'lustre',
      fileSystem: FS,
      dnsName,
      mountName: 'fsx',
      size: '1200Gi',
      readOnly: true,
    }),
  (tenant, id) =>
    SharedVolume.fsx(tenant, id, {
      kind: 'openZfs',
      volume: 'fsvol-0123456789abcdef0',
      dnsName,
      path: '/fsx/a',
      size: '5Gi',
      readOnly: false,
    }),
  (tenant, id) =>
    SharedVolume.nfs(tenant, id, {
      server: 'files.example.com',
      path: '/exports',
      mountOptions: [],
      size: '5Gi',
      readOnly: true,
    }),
  (tenant, id) =>
    SharedVolume.csi(tenant, id, {
      driver: 'cephfs.csi.ceph.com',
      volumeHandle: id,
      attributes: { fsName: 'a' },
      size: '5Gi',
      accessMode: 'ReadOnlyMany',
      mountOptions: ['noatime'],
      readOnly: true,
    }),
  (tenant, id) =>
    SharedVolume.csi(tenant, id, {
      driver: 'disks.example.com',
      volumeHandle: id,
      size: '5Gi',
      accessMode: 'ReadWriteMany',
      fsType: 'xfs',
      zone: 'us-west-2a',
    }),
  (tenant, id) =>
    SharedVolume.csi(tenant, id, {
      className: 'disks',
      size: '5Gi',
      accessMode: 'ReadWriteOnce',
      from: { snapshot: 'a-1' },
    }),
  (tenant, id) =>
    SharedVolume.csi(tenant, id, { className: 'files', size: '5Gi', accessMode: 'ReadWriteMany', readOnly: false }),
];

/** `mounts`: a whole volume, or parts of one. */
export const mounts: Value = (random: Random, tenant: Tenant) => {
  const volume = pick(random, VOLUMES)(tenant, freeId(random, 'files'));
  return pick(random, [
    { '/shared': volume },
    { '/shared': { volume, folder: 'a/b', readOnly: true }, '/all': { volume } },
  ]);
};
