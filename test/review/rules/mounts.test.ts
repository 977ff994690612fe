import { newTenant, stateful } from '../../support/app';
import { foundInApp, of, set, workload } from './support';

const INIT = 'spec.template.spec.initContainers[0].volumeMounts[0]';
const C = 'spec.template.spec.containers[0].volumeMounts';

/** A Deployment whose container and init container mount as told. */
const mounting = (main: string, init: string, volumes: string, more = '') =>
  workload({
    pod: `volumes: [${volumes}], initContainers: [{ name: prepare, image: 'a/b:1', volumeMounts: [${init}]${more} }]`,
    container: `volumeMounts: [${main}]`,
  });

describe('volumes/sub-path', () => {
  const RULE = 'volumes/sub-path';
  const DATA = 'name: data, persistentVolumeClaim: { claimName: data }';
  const db = '{ name: data, mountPath: /var/lib/db, subPath: db }';
  const root = '{ name: data, mountPath: /data }';

  test.each([
    ['the root in an init container', mounting(db, root, `{ ${DATA} }`), [`warning ${INIT}.subPath`]],
    ['the root in the main container', mounting(root, db, `{ ${DATA} }`), [`warning ${C}[0].subPath`]],
    [
      'a volume for each pod alone',
      mounting(db, root, '{ name: data, ephemeral: { volumeClaimTemplate: { spec: {} } } }'),
      [`warning ${INIT}.subPath`],
    ],
    ['the same folder', mounting(db, '{ name: data, mountPath: /data, subPath: db }', `{ ${DATA} }`), []],
    ['another folder', mounting(db, '{ name: data, mountPath: /data, subPath: logs }', `{ ${DATA} }`), []],
    ['the root in both', mounting(root, root, `{ ${DATA} }`), []],
    ['the root on purpose', mounting(db, "{ name: data, mountPath: /data, subPath: '' }", `{ ${DATA} }`), []],
    [
      'a command that names the folder',
      mounting(db, root, `{ ${DATA} }`, ", command: [sh, -c, 'mkdir -p /data/db']"),
      [],
    ],
    [
      'root and folder in one container',
      mounting(db, `${root}, { name: data, mountPath: /db, subPath: db }`, `{ ${DATA} }`),
      [],
    ],
    ['scratch space', mounting(db, root, '{ name: data, emptyDir: {} }'), []],
    ['files of the API', mounting(db, root, '{ name: data, configMap: { name: files } }'), []],
  ])('%s', (_what, yaml, found) => {
    expect(of(RULE, yaml)).toEqual(found);
  });

  test('a container that customize adds beside the storage of a workload', () => {
    const add =
      (mount: object) =>
      ({ spec }: { spec: { template: { spec: { containers: object[] } } } }) => {
        const [first] = spec.template.spec.containers;
        spec.template.spec.containers.push({ ...first, name: 'backup', volumeMounts: [mount] });
      };
    const at = (mount: object) =>
      foundInApp(stateful({ customize: { statefulSet: add(mount) } }, newTenant()), RULE).map(
        ([, severity]) => severity,
      );
    expect(at({ name: 'data', mountPath: '/data' })).toEqual(['warning']);
    expect(at({ name: 'data', mountPath: '/data', subPath: 'data' })).toEqual([]);
  });
});

describe('volumes/nested-mount', () => {
  const settings = '{ name: settings, mountPath: /etc/web }';
  const inner = (path: string, more = '') => `{ name: inner, mountPath: ${path}${more} }`;
  const nested = (mount: string, volume = 'configMap: { name: settings }') =>
    workload({
      pod: `volumes: [{ name: settings, ${volume} }, { name: inner, emptyDir: {} }]`,
      container: `volumeMounts: [${mount}]`,
    });
  const configMap =
    '{ apiVersion: v1, kind: ConfigMap, metadata: { name: settings, namespace: shop }, data: { a.yaml: x } }';
  const FIELD = [`warning ${C}[1].mountPath`];

  test.each([
    ['a folder below a ConfigMap', nested(`${settings}, ${inner('/etc/web/cache')}`), FIELD],
    ['before it', nested(`${inner('/etc/web/cache/')}, ${settings}`), [`warning ${C}[0].mountPath`]],
    ['a folder below a Secret', nested(`${settings}, ${inner('/etc/web/x')}`, 'secret: { secretName: s }'), FIELD],
    ['below a projected volume', nested(`${settings}, ${inner('/etc/web/x')}`, 'projected: { sources: [] }'), FIELD],
    ['below the downward API', nested(`${settings}, ${inner('/etc/web/x')}`, 'downwardAPI: { items: [] }'), FIELD],
    [
      'a file that is no key',
      set(configMap, nested(`${settings}, ${inner('/etc/web/b.yaml', ', subPath: b')}`)),
      FIELD,
    ],
    ['a file over a key', set(configMap, nested(`${settings}, ${inner('/etc/web/a.yaml', ', subPath: a')}`)), []],
    [
      'a file in a ConfigMap that the set does not show',
      nested(`${settings}, ${inner('/etc/web/b', ', subPath: b')}`),
      [],
    ],
    [
      'a folder that the items make',
      nested(`${settings}, ${inner('/etc/web/x')}`, 'configMap: { name: settings, items: [{ key: a, path: x/a }] }'),
      [],
    ],
    ['beside it', nested(`${settings}, ${inner('/etc/web-cache')}`), []],
    ['above it', nested(`${settings}, ${inner('/etc')}`), []],
    ['below one file of it', nested(`{ name: settings, mountPath: /etc/web, subPath: a }, ${inner('/etc/web/x')}`), []],
    ['below scratch space', nested(`${settings}, ${inner('/etc/web/x')}`, 'emptyDir: {}'), []],
  ])('%s', (_what, yaml, found) => {
    expect(of('volumes/nested-mount', yaml)).toEqual(found);
  });
});

test.each([
  ['/data, /data', [`error ${C}[1].mountPath`]],
  ['/data, /data/', [`warning ${C}[1].mountPath`]],
  ['/data/, /data', [`warning ${C}[1].mountPath`]],
  ['/data, /data2', []],
])('mounts at %s', (paths, found) => {
  const mounts = paths.split(', ').map((path) => `{ name: data, mountPath: ${path} }`);
  const yaml = workload({ pod: 'volumes: [{ name: data, emptyDir: {} }]', container: `volumeMounts: [${mounts}]` });
  expect(of('volumes/mount-path', yaml)).toEqual(found);
});

describe('volumes/volume-mode', () => {
  const claim = (mode: string) =>
    `{ apiVersion: v1, kind: PersistentVolumeClaim, metadata: { name: data, namespace: shop }, spec: { ${mode}accessModes: [ReadWriteOnce], resources: { requests: { storage: 1Gi } } } }`;
  const mounted = 'volumeMounts: [{ name: data, mountPath: /data }]';
  const device = 'volumeDevices: [{ name: data, devicePath: /dev/data }]';
  const pod = (container: string) =>
    workload({ pod: 'volumes: [{ name: data, persistentVolumeClaim: { claimName: data } }]', container });
  const members = (mode: string, container: string) =>
    workload({
      kind: 'StatefulSet',
      spec: `serviceName: web, volumeClaimTemplates: [{ metadata: { name: data }, spec: { ${mode}accessModes: [ReadWriteOnce] } }]`,
      container,
    });
  const DEVICE = 'error spec.template.spec.containers[0].volumeDevices[0].name';

  test.each([
    ['a device that is mounted', set(claim('volumeMode: Block, '), pod(mounted)), [`error ${C}[0].name`]],
    ['a device of a member that is mounted', members('volumeMode: Block, ', mounted), [`error ${C}[0].name`]],
    ['a file system as a device', set(claim(''), pod(device)), [DEVICE]],
    ['a file system of a member as a device', members('volumeMode: Filesystem, ', device), [DEVICE]],
    ['a device', set(claim('volumeMode: Block, '), pod(device)), []],
    ['a file system', set(claim(''), pod(mounted)), []],
    ['a claim that the set does not show', pod(device), []],
  ])('%s', (_what, yaml, found) => {
    expect(of('volumes/volume-mode', yaml)).toEqual(found);
  });
});
