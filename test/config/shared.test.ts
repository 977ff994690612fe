import { Config, Secret } from 'cdk8s-eks-patterns';
import { Construct } from 'constructs';
import {
  appOf,
  containerOf,
  find,
  manifests,
  newTenant,
  podOf,
  refusal,
  scheduled,
  synthErrors,
  web,
} from '../support/app';
import { findingsOf, refusedBy } from '../support/findings';

type Made = ReturnType<typeof web>;
const named = (name: string) => expect.stringMatching(new RegExp(`^${name}-[0-9a-f]{10}$`));

describe('shared configuration', () => {
  it('is one immutable ConfigMap, named by its content, and kept for old pods', () => {
    const config = new Config(newTenant(), 'common', { REGION: 'us-west-2', RETRIES: 3 });
    const manifest = config.configMap.toJson();
    expect(manifest).toMatchObject({
      kind: 'ConfigMap',
      metadata: {
        name: named('common'),
        namespace: 'shop',
        annotations: { 'argocd.argoproj.io/sync-options': 'Prune=false' },
      },
      immutable: true,
      data: { REGION: 'us-west-2', RETRIES: '3' },
    });
  });

  it('gives every key as a variable, before the workload’s own, which win', () => {
    const tenant = newTenant();
    const config = new Config(tenant, 'common', { LEVEL: 'info' });
    const workload = web({ envFrom: [config], env: { LEVEL: 'debug' } }, tenant);
    expect(containerOf(workload).envFrom).toEqual([
      { configMapRef: { name: config.configMap.name } },
      { configMapRef: { name: workload.configMap!.name } },
    ]);
  });

  it('gives one key as a variable of another name', () => {
    const tenant = newTenant();
    const config = new Config(tenant, 'common', { LEVEL: 'info' });
    const workload = web({ env: { LOG_LEVEL: config.env('LEVEL') } }, tenant);
    expect(containerOf(workload).env).toEqual([
      { name: 'LOG_LEVEL', valueFrom: { configMapKeyRef: { name: config.configMap.name, key: 'LEVEL' } } },
    ]);
    expect(podOf(workload).spec.volumes?.map((v) => v.name)).toEqual(['scratch-tmp']);
  });

  it('gives one key as a file, and its path', () => {
    const tenant = newTenant();
    const config = new Config(tenant, 'common', { 'app.yaml': 'a: 1' });
    const workload = scheduled({ env: { APP_CONFIG: config.file('app.yaml') } }, tenant);
    expect(workload.configMap!.toJson().data).toEqual({ APP_CONFIG: '/run/config/common/app.yaml' });
    expect(podOf(workload).spec.volumes).toContainEqual({
      name: 'config-common',
      projected: { sources: [{ configMap: { name: config.configMap.name } }] },
    });
    expect(containerOf(workload as unknown as Made).volumeMounts).toContainEqual({
      name: 'config-common',
      mountPath: '/run/config/common',
      readOnly: true,
    });
  });

  it('edited later is referred to by its new name, by all that read it', () => {
    const tenant = newTenant();
    const config = new Config(tenant, 'common', { LEVEL: 'info' });
    const one = web({ env: { A: config.env('LEVEL'), B: config.file('LEVEL') }, envFrom: [config] }, tenant);
    const before = config.configMap.name;
    config.configMap.customize((c) => {
      c.data!.LEVEL = 'debug';
    });
    const { name } = config.configMap.toJson().metadata;
    expect(name).not.toBe(before);
    const { env, envFrom } = containerOf(one);
    expect(env![0]!.valueFrom?.configMapKeyRef?.name).toBe(name);
    expect(envFrom![0]!.configMapRef?.name).toBe(name);
    expect(podOf(one).spec.volumes?.find((v) => v.name === 'config-common')?.projected?.sources).toEqual([
      { configMap: { name } },
    ]);
  });

  it('of another namespace is refused: pods read only their own', () => {
    const tenant = newTenant();
    const other = new Config(newTenant({}, appOf(tenant).node.tryFindChild('prod') as Construct, 'other'), 'common', {
      A: '1',
    });
    expect(refusedBy(() => web({ env: { A: other.env('A') } }, tenant, 'one'))).toEqual(['props/forbidden', 'env.A']);
    expect(refusedBy(() => web({ env: { A: other.file('A') } }, tenant, 'two'))).toEqual(['props/forbidden', 'env.A']);
  });

  it('of another namespace is refused as a whole too', () => {
    const tenant = newTenant();
    const other = new Config(newTenant({}, tenant.node.scope as Construct, 'other'), 'common', { A: '1' });
    expect(refusedBy(() => web({ envFrom: [other] }, tenant))).toEqual(['props/forbidden', 'envFrom[0]']);
  });

  it('twice under one id is told apart or refused', () => {
    const tenant = newTenant();
    const [a, b] = ['a', 'b'].map((id) => new Config(new Construct(tenant, id), 'common', { KEY: id }));
    const message = refusal(() => web({ env: { A: a!.file('KEY'), B: b!.file('KEY') } }, tenant));
    expect(message).toMatch(/'\/run\/config\/common' is mounted twice|two volumes have the name 'config-common'/);
  });

  it.each([
    ['a key that is no variable', { 'a b': '1' }, 'props/invalid', "data['a b']"],
    ['a secret', { DB_PASSWORD: 'hunter2' }, 'props/forbidden', 'data.DB_PASSWORD'],
    ['a value that is none', { A: null }, 'props/type', 'data.A'],
    ['too much', { A: '='.repeat(251 * 1024) }, 'props/invalid', 'data'],
  ])('with %s is refused', (_what, data, rule, field) => {
    const program = () => new Config(newTenant(), 'common', data as unknown as Record<string, string>);
    expect(refusedBy(program)).toEqual([rule, field]);
  });

  it('that has no such key is refused', () => {
    const config: Config<string> = new Config<string>(newTenant(), 'common', { LEVEL: 'info' });
    expect(findingsOf(() => config.env('LEVLE'))).toEqual([
      expect.objectContaining({ rule: 'props/unsupported', fix: expect.stringContaining("'LEVEL'") }),
    ]);
    expect(refusedBy(() => config.env('constructor'))).toEqual(['props/unsupported', '']);
  });

  it.each([['Common'], ['a'.repeat(53)], ['a_b']])('named %s is refused', (id) => {
    expect(refusedBy(() => new Config(newTenant(), id, { A: '1' }))).toEqual(['props/invalid', '']);
  });
});

describe('a part of shared configuration', () => {
  const variables = (one: unknown) => (containerOf(one as Made).env ?? []).map(({ name }) => name);

  it('gives its keys alone, from the same ConfigMap', () => {
    const tenant = newTenant();
    const config = new Config(tenant, 'common', { API: 'https://a.example.com', CURRENCY: 'EUR', LEVEL: 'info' });
    const workload = scheduled({ envFrom: [config.only('LEVEL', 'CURRENCY')] }, tenant);
    const { env, envFrom } = containerOf(workload as unknown as Made);
    const { name } = config.configMap;
    expect(envFrom).toBeUndefined();
    expect(env).toEqual(
      ['LEVEL', 'CURRENCY'].map((key) => ({ name: key, valueFrom: { configMapKeyRef: { name, key } } })),
    );
  });

  it('needs the connections of its keys alone', () => {
    const undeclared = (...keys: ['API' | 'LEVEL']) => {
      const tenant = newTenant();
      const config = new Config(tenant, 'common', { API: web({}, tenant, 'api').url(), LEVEL: 'info' });
      scheduled({ envFrom: [config.only(...keys)] }, tenant);
      return findingsOf(() => appOf(tenant)).filter(({ rule }) => rule === 'connections/undeclared').length;
    };
    expect([undeclared('LEVEL'), undeclared('API')]).toEqual([0, 1]);
  });

  it('is overridden by what comes later, and by variables of the container', () => {
    const tenant = newTenant();
    const config = new Config(tenant, 'common', { A: '1', B: '1', C: '1', D: '1' });
    const later = new Config(tenant, 'later', { B: '2' });
    const part = config.only('A', 'B', 'C', 'D');
    expect(variables(web({ envFrom: [part, later], env: { C: '3' } }, tenant, 'a'))).toEqual(['A', 'D']);
    expect(variables(web({ envFrom: [later, part] }, tenant, 'b'))).toEqual(['A', 'B', 'C', 'D']);
    const twice = containerOf(web({ envFrom: [part, later.only('B')] }, tenant, 'c')).env!;
    expect(twice.map(({ name, valueFrom }) => [name, valueFrom?.configMapKeyRef?.name])).toEqual([
      ...['A', 'C', 'D'].map((key) => [key, config.configMap.name]),
      ['B', later.configMap.name],
    ]);
  });

  it('reaches sidecars, and those that are like the workload', () => {
    const tenant = newTenant();
    const config = new Config(tenant, 'common', { A: '1', B: '2' });
    const beside = { image: 'proxy:1', envFrom: [config.only('A')] };
    const like = { name: 'migrate', like: 'main' as const, command: ['migrate'] };
    const made = web(
      { envFrom: [config.only('B')], sidecars: [{ name: 'proxy', ...beside }], initContainers: [like] },
      tenant,
    );
    const { initContainers } = podOf(made).spec;
    const names = Object.fromEntries(initContainers!.map(({ name, env }) => [name, env!.map((one) => one.name)]));
    expect(names).toEqual({ proxy: ['A'], migrate: ['B'] });
  });

  it('of another namespace is refused', () => {
    const tenant = newTenant();
    const other = new Config(newTenant({}, tenant.node.scope as Construct, 'other'), 'common', { A: '1' });
    expect(refusedBy(() => web({ envFrom: [other.only('A')] }, tenant))).toEqual(['props/forbidden', 'envFrom[0]']);
  });

  it.each([
    ['a key that it does not have', ['LEVLE'], 'props/unsupported'],
    ['a key of every object', ['constructor'], 'props/unsupported'],
    ['what is no key', [undefined], 'props/unsupported'],
    ['no key', [], 'props/required'],
  ])('with %s is refused', (_what, keys, rule) => {
    const config = new Config<string>(newTenant(), 'common', { LEVEL: 'info' });
    expect(findingsOf(() => config.only(...(keys as unknown as ['LEVEL'])))).toEqual([
      expect.objectContaining({ rule, fix: expect.stringContaining("'LEVEL'") }),
    ]);
  });
});

describe('files', () => {
  it('are a ConfigMap of their own, each mounted by itself, so that its folder keeps its other files', () => {
    const workload = web({ files: { '/etc/nginx/nginx.conf': 'events {}', '/etc/motd': 'hello' } });
    const { metadata, immutable, data } = workload.filesConfigMap!.toJson();
    expect(immutable).toBe(true);
    expect(metadata.name).toEqual(named('web-files'));
    expect(data).toEqual({ 'etc_nginx_nginx.conf': 'events {}', etc_motd: 'hello' });
    expect(podOf(workload).spec.volumes).toContainEqual({
      name: 'files',
      projected: { sources: [{ configMap: { name: metadata.name } }] },
    });
    const mounts = containerOf(workload).volumeMounts;
    expect(mounts).toContainEqual({
      name: 'files',
      mountPath: '/etc/nginx/nginx.conf',
      subPath: 'etc_nginx_nginx.conf',
      readOnly: true,
    });
    expect(mounts).toContainEqual({ name: 'files', mountPath: '/etc/motd', subPath: 'etc_motd', readOnly: true });
  });

  it('never become variables', () => {
    const workload = web({ files: { '/PATH': 'x' }, env: { A: '1' } });
    expect(workload.configMap!.toJson().data).toEqual({ A: '1' });
    expect(containerOf(workload).envFrom).toEqual([{ configMapRef: { name: workload.configMap!.name } }]);
    expect(containerOf(web({ files: { '/PATH': 'x' } }))).not.toHaveProperty('envFrom');
  });

  it('that change roll the pods', () => {
    const name = (text: string) => web({ files: { '/etc/a': text } }).filesConfigMap!.name;
    expect(name('1')).not.toBe(name('2'));
    expect(name('1')).toBe(name('1'));
  });

  it('may be functions of what the workload knows', () => {
    const workload = web({
      files: { '/etc/self': (self: { host: string; port: number }) => `${self.host} ${self.port}` },
    });
    expect(Object.values(workload.filesConfigMap!.toJson().data!)).toEqual(['web.shop.svc.cluster.local 8080']);
  });

  it('reach the files that kubectl reads, with the reference that fits', () => {
    const workload = web({ files: { '/etc/a': '1' } });
    const all = manifests(appOf(workload));
    const volume = find(all, 'Deployment').spec.template.spec.volumes.find((v: { name: string }) => v.name === 'files');
    expect(volume.projected.sources[0].configMap.name).toBe(find(all, 'ConfigMap').metadata.name);
  });

  it.each([
    ['a relative path', { 'etc/a': '1' }, 'props/invalid', "files['etc/a']"],
    ['one place twice', { '/etc/a': '1', '/etc/a/': '2' }, 'props/duplicate', "files['/etc/a/']"],
    ['one key twice', { '/etc/a b': '1', '/etc/a+b': '2' }, 'props/duplicate', "files['/etc/a+b']"],
    ['a place that is scratch', { '/tmp': '1' }, 'props/duplicate', 'files'],
    ['no text', { '/etc/a': 5 }, 'props/type', "files['/etc/a']"],
    ['a private key', { '/etc/k': '-----BEGIN RSA PRIVATE KEY-----\nx' }, 'props/forbidden', "files['/etc/k']"],
    ['too much', { '/etc/a': '='.repeat(251 * 1024) }, 'props/invalid', 'files'],
  ])('with %s are refused', (_what, files, rule, field) => {
    expect(refusedBy(() => web({ files }))).toEqual([rule, field]);
  });

  it('of paths that meet in one key but not in one place can be told apart', () => {
    expect(synthErrors(appOf(web({ files: { '/etc/a.b': '1', '/etc/a-b': '2' } })))).toEqual([]);
  });
});

test('the order in which a program writes its keys does not reach the pod', () => {
  const tenant = newTenant();
  const [one, two] = ['one', 'two'].map((id) => new Config<string>(tenant, id, { KEY: id }));
  const [red, blue] = ['red', 'blue'].map((id) => Secret.existing(tenant, id, ['key']));
  const inOrder = {
    A: '1',
    ONE: one!.file('KEY'),
    TWO: two!.file('KEY'),
    RED: red!.file('key'),
    BLUE: blue!.file('key'),
  };
  const files = { '/etc/a': '1', '/etc/b': '2' };
  const secretFiles = { '/etc/c': red!, '/etc/d': blue! };
  const reversed = <T>(record: Record<string, T>) => Object.fromEntries(Object.entries(record).reverse());
  const first = web({ env: inOrder, files, secretFiles }, tenant, 'web');
  const other = web(
    { env: reversed(inOrder), files: reversed(files), secretFiles: reversed(secretFiles) },
    new Construct(tenant, 'Other'),
    'web',
  );
  expect(podOf(other)).toEqual(podOf(first));
});
