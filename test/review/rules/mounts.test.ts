import { newTenant, stateful } from '../../support/app';
import { foundInApp, of, workload } from './support';

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
  const file = (path: string, subPath = 'a.yaml') => `{ name: inner, mountPath: ${path}, subPath: ${subPath} }`;
  const nested = (
    mounts: string,
    outer = 'configMap: { name: settings }',
    inner = 'secret: { secretName: keys }',
  ): string =>
    workload({
      pod: `volumes: [{ name: settings, ${outer} }, { name: inner, ${inner} }]`,
      container: `volumeMounts: [${mounts}]`,
    });
  const both = `${settings}, ${file('/etc/web/b.yaml')}`;
  const FIELD = [`warning ${C}[1].mountPath`];

  test.each([
    ['a file below a ConfigMap', nested(both), FIELD],
    ['before it', nested(`${file('/etc/web/x/b.yaml')}, ${settings}`), [`warning ${C}[0].mountPath`]],
    ['a file below a Secret', nested(both, 'secret: { secretName: s }'), FIELD],
    ['below a projected volume', nested(both, 'projected: { sources: [] }'), FIELD],
    ['below the downward API', nested(both, 'downwardAPI: { items: [] }'), FIELD],
    ['a file of a ConfigMap', nested(both, undefined, 'configMap: { name: other }'), FIELD],
    // the kubelet makes the folders of whole volumes, as those of Grafana below its settings
    ['a whole volume', nested(`${settings}, { name: inner, mountPath: /etc/web/keys }`), []],
    ['a folder of a claim', nested(both, undefined, 'persistentVolumeClaim: { claimName: data }'), []],
    [
      'a folder that the items make',
      nested(
        `${settings}, ${file('/etc/web/x', 'x')}`,
        undefined,
        'configMap: { name: other, items: [{ key: a, path: x/a }] }',
      ),
      [],
    ],
    ['beside it', nested(`${settings}, ${file('/etc/web-cache')}`), []],
    ['above it', nested(`${settings}, ${file('/etc')}`), []],
    ['below one file of it', nested(`{ name: settings, mountPath: /etc/web, subPath: a }, ${file('/etc/web/x')}`), []],
    ['below scratch space', nested(both, 'emptyDir: {}'), []],
  ])('%s', (_what, yaml, found) => {
    expect(of('volumes/nested-mount', yaml)).toEqual(found);
  });
});
