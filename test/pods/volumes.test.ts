import { agent, containerOf, PATTERN_NAMES, PATTERNS, podOf, privilegedTenant, stateful, web } from '../support/app';
import { refusedBy } from '../support/findings';

type Made = ReturnType<typeof web>;
const volumesOf = (workload: object) => podOf(workload as Made).spec.volumes;
const mountsOf = (workload: object) => containerOf(workload as Made).volumeMounts;

describe('scratch folders', () => {
  it.each(PATTERN_NAMES)('%s has a /tmp of a size, since its root is read-only', (pattern) => {
    const workload = PATTERNS[pattern]();
    expect(volumesOf(workload)).toContainEqual({ name: 'scratch-tmp', emptyDir: { sizeLimit: '64Mi' } });
    expect(mountsOf(workload)).toContainEqual({ name: 'scratch-tmp', mountPath: '/tmp' });
  });

  it('are the user’s alone once named', () => {
    const workload = web({ scratch: ['/var/run/mysqld/'] });
    expect(volumesOf(workload)).toEqual([{ name: 'scratch-var-run-mysqld', emptyDir: { sizeLimit: '64Mi' } }]);
    expect(mountsOf(workload)).toEqual([{ name: 'scratch-var-run-mysqld', mountPath: '/var/run/mysqld' }]);
  });

  it('can be none', () => {
    expect(volumesOf(web({ scratch: [] }))).toBeUndefined();
    expect(mountsOf(web({ scratch: [] }))).toBeUndefined();
  });

  it('have a size, and memory for a medium', () => {
    const workload = web({
      scratch: [
        { path: '/tmp', size: '1Gi' },
        { path: '/dev/shm', memory: true, size: '128Mi' },
      ],
    });
    expect(volumesOf(workload)).toEqual([
      { name: 'scratch-tmp', emptyDir: { sizeLimit: '1Gi' } },
      { name: 'scratch-dev-shm', emptyDir: { sizeLimit: '128Mi', medium: 'Memory' } },
    ]);
  });

  it.each([
    ['/var/lib/MySQL_files', 'scratch-var-lib-mysql-files'],
    ['/.cache', 'scratch-cache'],
    ['/', 'scratch-root'],
    [`/${'long-'.repeat(20)}`, `scratch-${'long-'.repeat(11)}`.replace(/-$/, '')],
  ])('%s gives the DNS label %s', (path, name) => {
    expect(volumesOf(web({ scratch: [path] }))?.map((v) => v.name)).toEqual([name]);
    expect(name.length).toBeLessThanOrEqual(63);
  });

  it.each([
    ['a path that is relative', ['tmp'], ['props/invalid', 'scratch[0]']],
    ['a path that climbs', ['/tmp/../etc'], ['props/invalid', 'scratch[0]']],
    ['a size that is none', [{ path: '/tmp', size: 'big' }], ['props/invalid', 'scratch[0].size']],
    ['an unknown key', [{ path: '/tmp', medium: 'Memory' }], ['props/unknown', 'scratch[0].medium']],
    ['one path twice', ['/tmp', '/tmp/'], ['props/duplicate', 'scratch']],
    ['two paths with one name', ['/a-b', '/a/b'], ['props/duplicate', 'scratch']],
  ])('%s is refused', (_what, scratch, expected) => {
    expect(refusedBy(() => web({ scratch }))).toEqual(expected);
  });
});

describe('raw volumes', () => {
  const volume = { name: 'shared', nfs: { server: '10.0.0.1', path: '/x' } };

  it('are mounted read-only unless said', () => {
    const workload = web({
      volumes: [
        { volume, mountPath: '/data' },
        { volume: { name: 'own', emptyDir: {} }, mountPath: '/own', readOnly: false },
      ],
    });
    expect(volumesOf(workload)).toEqual(expect.arrayContaining([volume, { name: 'own', emptyDir: {} }]));
    expect(mountsOf(workload)).toContainEqual({ name: 'shared', mountPath: '/data', readOnly: true });
    expect(mountsOf(workload)).toContainEqual({ name: 'own', mountPath: '/own' });
  });

  it('are copied, and each pod template is a copy of its own', () => {
    const own = { name: 'shared', nfs: { server: '10.0.0.1', path: '/x' } };
    const workload = web({ volumes: [{ volume: own, mountPath: '/data' }] });
    own.nfs.server = 'changed';
    const first = volumesOf(workload)!;
    first.find((v) => v.name === 'shared')!.nfs!.path = '/changed';
    expect(volumesOf(workload)).toContainEqual(volume);
  });

  it.each([
    ['without a volume', [{ mountPath: '/x' }], ['props/required', 'volumes[0].volume.name']],
    ['without a place', [{ volume }], ['props/type', 'volumes[0].mountPath']],
    ['over scratch', [{ volume, mountPath: '/tmp' }], ['props/duplicate', 'volumes']],
    [
      'named like another',
      [{ volume: { name: 'scratch-tmp', emptyDir: {} }, mountPath: '/x' }],
      ['props/duplicate', 'volumes'],
    ],
    ['with a key of Kubernetes', [{ volume, mountPath: '/x', subPath: 'y' }], ['props/unknown', 'volumes[0].subPath']],
  ])('%s are refused', (_what, volumes, expected) => {
    expect(refusedBy(() => web({ volumes }))).toEqual(expected);
  });

  it('named like a claim of the stateful set are refused: the claim would take their place', () => {
    const volumes = [{ volume: { name: 'data', emptyDir: {} }, mountPath: '/elsewhere' }];
    expect(refusedBy(() => stateful({ volumes }))).toEqual(['props/duplicate', 'volumes']);
  });

  it('named like the volume of files are refused', () => {
    const volumes = [{ volume: { name: 'files', emptyDir: {} }, mountPath: '/elsewhere' }];
    const files = { '/etc/app.conf': 'a=1' };
    expect(refusedBy(() => web({ volumes, files }))).toEqual(['props/duplicate', 'files']);
  });
});

describe('folders of the node', () => {
  it('are read-only, at the same place, and must exist', () => {
    const workload = agent({ hostPaths: ['/var/log'] }, privilegedTenant());
    expect(volumesOf(workload)).toContainEqual({
      name: 'host-var-log',
      hostPath: { path: '/var/log', type: 'Directory' },
    });
    expect(mountsOf(workload)).toContainEqual({ name: 'host-var-log', mountPath: '/var/log', readOnly: true });
  });

  it('may be elsewhere and writable', () => {
    const hostPaths = [{ path: '/', mountPath: '/host', readOnly: false }];
    const workload = agent({ hostPaths }, privilegedTenant());
    expect(volumesOf(workload)).toContainEqual({ name: 'host-root', hostPath: { path: '/', type: 'Directory' } });
    expect(mountsOf(workload)).toContainEqual({ name: 'host-root', mountPath: '/host' });
  });

  it.each([
    [['var/log'], ['props/invalid', 'hostPaths[0]']],
    [[{ path: '/x', mountPath: 'y' }], ['props/invalid', 'hostPaths[0].mountPath']],
    [[{ path: '/x', type: 'Socket' }], ['props/unknown', 'hostPaths[0].type']],
    [
      ['/var/log', { path: '/other', mountPath: '/var/log' }],
      ['props/duplicate', 'hostPaths'],
    ],
  ])('%j is refused', (hostPaths, expected) => {
    expect(refusedBy(() => agent({ hostPaths }, privilegedTenant()))).toEqual(expected);
  });
});

describe('the network of the node', () => {
  it('comes with its reason and a DNS policy that still finds services', () => {
    const pod = podOf(agent({ hostNetwork: { because: 'reads the node’s ports' } }, privilegedTenant()));
    expect(pod.spec).toMatchObject({ hostNetwork: true, dnsPolicy: 'ClusterFirstWithHostNet' });
    expect(pod.metadata.annotations).toMatchObject({
      'cdk8s-eks-patterns.io/host-network-because': 'reads the node’s ports',
    });
  });
});
