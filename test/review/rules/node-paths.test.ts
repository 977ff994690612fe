/** Paths of nodes and images: what a volume says of them, and who may use them. */
import { hostPathKind, isOnEveryNode } from '../../../kube/host-paths';
import { postgresFolder } from '../../../kube/postgres';
import { stepsDown } from '../../../kube/stepping-down';
import { container, said } from './pods';
import { set } from './support';

test.each([
  ['/run/containerd/containerd.sock', 'Socket'],
  ['/var/run/docker.sock', 'Socket'],
  ['/run/systemd/journal/socket', undefined],
  ['/dev/fuse', 'CharDevice'],
  ['/dev/net/tun', 'CharDevice'],
  ['/dev/nvidia0', 'CharDevice'],
  ['/dev/nvme1n1', 'BlockDevice'],
  ['/dev/xvdf', 'BlockDevice'],
  ['/dev/shm', undefined],
  ['/dev', undefined],
  ['/var/log', undefined],
])('%s is %s', (path, kind) => {
  expect(hostPathKind(path)).toBe(kind);
});

test.each([
  ['/', true],
  ['/var/log/', true],
  ['/var/log/pods', true],
  ['/var/lib/kubelet/pods', true],
  ['/etc/cni/net.d', true],
  ['/sys/fs/cgroup', true],
  ['/var/lib/otelcol', false],
  ['/opt/vendor', false],
  ['/data', false],
])('that every node has %s is %s', (path, known) => {
  expect(isOnEveryNode(path)).toBe(known);
});

const mounting = (hostPath: string, mount = '') =>
  container(
    `volumeMounts: [{ name: v, mountPath: /v${mount === '' ? '' : `, ${mount}`} }]`,
    `volumes: [{ name: v, hostPath: { ${hostPath} } }]`,
  );
const FOUND = 'volumes/host-path spec.volumes[0].hostPath';

test.each([
  ['a socket as a file', 'path: /run/a.sock, type: File', '', [`warning ${FOUND}`]],
  ['a socket without a type', 'path: /run/a.sock', '', []],
  ['a device as a block device', 'path: /dev/fuse, type: BlockDevice', '', []],
  ['a folder of the agent', 'path: /var/lib/agent, type: Directory', '', [`warning ${FOUND}`]],
  ['one that is read', 'path: /var/lib/agent, type: Directory', 'readOnly: true', [`advice ${FOUND}`]],
  ['one without a type', 'path: /var/lib/agent', '', []],
  ['a folder of Windows', "path: 'C:\\var\\lib\\kubelet', type: Directory", '', []],
  ['sockets of plugins', 'path: /var/lib/kubelet/plugins_registry/', 'readOnly: true', [`warning ${FOUND}`]],
  ['sockets of plugins, written', 'path: /var/lib/kubelet/plugins_registry/', '', []],
])('%s: %s', (_, hostPath, mount, expected) => {
  expect(said(mounting(hostPath, mount), 'volumes')).toEqual(expected);
});

test.each([
  ['/', 1],
  ['//', 1],
  ['/.', 1],
  ['/data', 0],
])('a mount at %s', (path, count) => {
  const yaml = container(`volumeMounts: [{ name: v, mountPath: '${path}' }]`, 'volumes: [{ name: v, emptyDir: {} }]');
  expect(said(yaml, 'volumes')).toHaveLength(count);
});

test.each([
  ['postgres:16', '/var/lib/postgresql/data'],
  ['docker.io/library/postgres:17.2-alpine@sha256:00', '/var/lib/postgresql/data'],
  ['postgres:18', '/var/lib/postgresql/18/docker'],
  ['postgres:19beta1', '/var/lib/postgresql/data'],
  ['postgres', '/var/lib/postgresql/data'],
  ['timescale/timescaledb:2.14.0-pg16', '/var/lib/postgresql/data'],
  ['bitnami/postgresql:16', undefined],
  ['ghcr.io/cloudnative-pg/postgresql:16.1', '/var/lib/postgresql/data'],
  ['prom/postgres-exporter:1', undefined],
])('%s keeps its files in %s', (image, folder) => {
  expect(postgresFolder(image)).toBe(folder);
});

const DB = 'volumes/postgres-folder spec.containers[0].volumeMounts';
const claim = (provisioner: string) =>
  set(
    `{ apiVersion: storage.k8s.io/v1, kind: StorageClass, metadata: { name: own }, provisioner: ${provisioner} }`,
    '{ apiVersion: v1, kind: PersistentVolumeClaim, metadata: { name: data, namespace: default }, spec: { storageClassName: own } }',
  );
const postgres = (more: string, mount: string, volume = 'persistentVolumeClaim: { claimName: data }', pod = '') =>
  `{ apiVersion: v1, kind: Pod, metadata: { name: a, namespace: default }, spec: { ${pod}containers: [{ name: c, image: 'postgres:16', ${more}volumeMounts: [{ name: v, mountPath: /var/lib/postgresql/data${mount} }] }], volumes: [{ name: v, ${volume} }] } }`;

test.each([
  ['the top of a volume on EBS', claim('ebs.csi.aws.com'), postgres('', ''), [`error ${DB}`]],
  ['of EBS, with a slash at the end', claim('ebs.csi.aws.com'), postgres('', '/'), [`error ${DB}`]],
  ['a folder on EFS, whose owner is not known', claim('efs.csi.aws.com'), postgres('', ''), [`warning ${DB}`]],
  ['an empty folder', '', postgres('', '', 'emptyDir: {}'), [`error ${DB}`]],
  ['a folder of the node', '', postgres('', '', 'hostPath: { path: /var/log }'), []],
  [
    'root, and the top of a volume',
    claim('ebs.csi.aws.com'),
    postgres('securityContext: { runAsUser: 0 }, ', ''),
    [`error ${DB}`],
  ],
  [
    'root, and a folder of a volume',
    claim('ebs.csi.aws.com'),
    postgres('securityContext: { runAsUser: 0 }, ', ', subPath: data'),
    [],
  ],
  [
    'a folder from a Secret',
    claim('ebs.csi.aws.com'),
    postgres('env: [{ name: PGDATA, valueFrom: { secretKeyRef: { name: s, key: k } } }], ', ''),
    [],
  ],
  ['another command', claim('ebs.csi.aws.com'), postgres('command: [pg_dump], ', ''), []],
])('PostgreSQL: %s', (_, others, yaml, expected) => {
  expect(said(others === '' ? yaml : set(others, yaml), 'volumes').filter((one) => one.includes('postgres'))).toEqual(
    expected,
  );
});

test.each([
  ['mysql:8.4', true],
  ['docker.io/library/redis:7@sha256:00', true],
  ['registry.example.com:5000/nginx:1.27', true],
  ['nginxinc/nginx-unprivileged:1.27', false],
  ['example.com/shop/web:1', false],
])('that %s begins as root and goes on as another user is %s', (image, known) => {
  expect(stepsDown(image)).toBe(known);
});

const root = (context: string, more = '', image = 'mysql:8.4') =>
  `{ apiVersion: v1, kind: Pod, metadata: { name: a, namespace: default }, spec: { securityContext: { runAsUser: 0 }, containers: [{ name: c, image: '${image}', ${more}securityContext: { ${context} } }] } }`;

test.each([
  ['all are dropped', root('capabilities: { drop: [ALL] }'), 1],
  ['one is dropped', root('capabilities: { drop: [CAP_SETUID] }'), 1],
  ['none is dropped', root('privileged: false'), 0],
  ['all are added', root('capabilities: { drop: [ALL], add: [ALL] }'), 0],
  ['both are added', root('capabilities: { drop: [ALL], add: [SETUID, CAP_SETGID] }'), 0],
  ['it is another user', root('runAsUser: 999, capabilities: { drop: [ALL] }'), 0],
  ['it is privileged', root('privileged: true, capabilities: { drop: [ALL] }'), 0],
  ['it has a command', root('capabilities: { drop: [ALL] }', 'command: [mysqldump], '), 0],
  ['it is another image', root('capabilities: { drop: [ALL] }', '', 'example.com/web:1'), 0],
])('an entry point that changes its user, where %s', (_, yaml, count) => {
  expect(said(yaml, 'containers').filter((one) => one.includes('steps-down'))).toHaveLength(count);
});
