import { type Finding, Secret } from 'cdk8s-eks-patterns';
import { keyPath } from '../../kube/text';
import { loadInventory } from '../../review/load';
import { review } from '../../review/review';
import { appOf, containerOf, manifests, synth, web } from '../support/app';
import { findingsOf, refusedBy } from '../support/findings';
import { HARMLESS, SECRETS } from '../support/secrets';
import { ended } from '../support/work';

describe('a literal that looks like a secret is refused', () => {
  it.each([
    'PASSWORD',
    'DB_PASSWORD',
    'db_password',
    'spring.datasource.password',
    'MYSQL_PWD',
    'PGPASSWORD',
    'ADMIN_PASS',
    'PASSPHRASE',
    'CLIENT_SECRET',
    'API_KEY',
    'APIKEY',
    'ACCESS-KEY',
    'AWS_SECRET_ACCESS_KEY',
    'JWT_SIGNING_KEY',
    'TLS_PRIVATE_KEY',
    'GITHUB_TOKEN',
    'CREDENTIALS',
    'SESSION_COOKIE',
    'ERLANG_COOKIE',
  ])('by its name: %s', (name) => {
    const program = () => web({ env: { [name]: 'hunter2' } });
    expect(refusedBy(program)).toEqual(['props/forbidden', keyPath('env', name)]);
    const [{ message, fix }] = findingsOf(program) as [Finding];
    expect(fix).toMatch(/Secret\.fromSecretsManager.*unsafeLiteral/);
    expect(message).not.toContain('hunter2');
  });

  const jwt = `eyJ${'a'.repeat(20)}.eyJ${'b'.repeat(20)}.${'c'.repeat(20)}`;
  it.each([
    ['a private key', '-----BEGIN PRIVATE KEY-----\nMIIE'],
    ['a private key', 'x\n-----BEGIN OPENSSH PRIVATE KEY-----'],
    ['an AWS access key', `AKIA${'IOSFODNN7A'.repeat(2).slice(0, 16)}`],
    ['an AWS access key', `key=ASIA${'IOSFODNN7A'.repeat(2).slice(0, 16)};`],
    ['a JSON web token', `Bearer ${jwt}`],
    ['a GitHub token', `ghp_${'a1'.repeat(15)}`],
    ['an address with a password', 'postgres://shop:hunter2@db:5432/shop'],
    ['an address with a password', 'redis://:hunter2@cache:6379'],
    ['an address with a password', 'amqp+ssl://a:b@c'],
  ])('by its value: %s', (kind, value) => {
    const places: readonly (readonly [field: string, program: () => unknown])[] = [
      ['env.ORDINARY', () => web({ env: { ORDINARY: value } })],
      ['env.ORDINARY', () => web({ env: { ORDINARY: () => value } })],
      ["files['/etc/app.conf']", () => web({ files: { '/etc/app.conf': `first line\n${value}\n` } })],
      ['args[1]', () => web({ args: ['--flag', value] })],
      ['command[0]', () => web({ command: [value] })],
    ];
    for (const [field, program] of places) {
      expect(refusedBy(program)).toEqual(['props/forbidden', field]);
      expect(findingsOf(program)[0]!.message).toContain(kind);
    }
  });

  it('also as the result of a function', () => {
    expect(refusedBy(() => web({ env: { API_TOKEN: () => 'hunter2' } }))).toEqual(['props/forbidden', 'env.API_TOKEN']);
  });
});

describe('an ordinary literal is accepted', () => {
  it.each([
    ['JAVA_OPTS', '-XX:MaxRAMPercentage=75.0 -Djava.security.egd=file:/dev/urandom'],
    ['PASSWORD_FILE', '/run/secrets/db/password'],
    ['PASSWORD', '/run/secrets/db/password'],
    ['TOKEN_TTL', '3600'],
    ['TOKEN_ISSUER', 'https://issuer.example.com'],
    ['MONKEY', 'banana'],
    ['PARTITION_KEY', 'order_id'],
    ['KEYCLOAK_URL', 'https://keycloak.example.com'],
    ['BYPASS', 'yes'],
    ['COMPASS', 'north'],
    ['PASSENGERS', '5'],
    ['SECRETARY', 'Ann'],
    ['REQUIRE_TOKEN', 'true'],
    ['USE_PASSWORD', 'false'],
    ['API_TOKEN', ''],
    ['URL', 'http://store.shop.svc.cluster.local:7000/a:b@c'],
    ['TIME', '12:30@noon'],
    ['MAIL', 'mailto:someone@example.com'],
    ['PUBLIC', '-----BEGIN PUBLIC KEY-----'],
    ['IMAGE', `app@sha256:${'a'.repeat(64)}`],
  ])('%s=%s', (name, value) => {
    expect(web({ env: { [name]: value } }).configMap!.toJson().data).toEqual({ [name]: value });
  });

  it('and checked in time that grows with its length', () => {
    for (const part of ['a', '-eyJ', '-eyJaaaaaaaaaaa.', 'eyJaaaaaaaaaaa', '.eyJ-eyJ-eyJ']) {
      const text = part.repeat(Math.ceil(240_000 / part.length));
      expect(ended(() => web({ files: { '/etc/large': text } }))).toBeDefined();
    }
  });
});

describe('an unsafe literal', () => {
  it('stays in the pod, out of the ConfigMap, and is reported with its names', () => {
    const workload = web({ env: { DB_PASSWORD: Secret.unsafeLiteral('hunter2'), A: '1' } });
    expect(containerOf(workload).env).toEqual([{ name: 'DB_PASSWORD', value: 'hunter2' }]);
    expect(workload.configMap!.toJson().data).toEqual({ A: '1' });
    synth(appOf(workload));
    expect(appOf(workload).findings).toContainEqual(
      expect.objectContaining({
        rule: 'secrets/literal',
        construct: 'prod/shop/web/Deployment',
        message: expect.stringContaining('DB_PASSWORD'),
      }),
    );
  });

  it('reaches the process as it was written: the kubelet expands $$ and $(NAME)', () => {
    const workload = web({ env: { DB_PASSWORD: Secret.unsafeLiteral('a$$b$(POD_NAME)$c') } });
    const { value } = containerOf(workload).env![0]!;
    const expanded = value!.replace(/\$(\$|\(([A-Z_]+)\))/g, (all, what, name) =>
      what === '$' ? '$' : name === 'POD_NAME' ? 'web-0' : all,
    );
    expect(expanded).toBe('a$$b$(POD_NAME)$c');
  });

  it('without it there is no such report', () => {
    const workload = web({ env: { A: '1' } });
    expect(manifests(appOf(workload)).length).toBeGreaterThan(5);
    expect(appOf(workload).findings.map(({ rule }) => rule)).not.toContain('secrets/literal');
  });
});

describe('a secret as text is found wherever it stands in a manifest', () => {
  const secretRules = (manifest: object) =>
    review({ inventory: loadInventory([{ value: manifest, origin: {} }]) }).flatMap(({ rule, field }) =>
      rule === 'secrets/literal' ? [field] : [],
    );
  const pod = (container: object, annotations = {}) => ({
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: 'a', annotations },
    spec: { containers: [{ name: 'main' }], initContainers: [{ name: 'sidecar', ...container }] },
  });
  const at = 'spec.initContainers[0]';
  const places: readonly (readonly [what: string, field: string, make: (name: string, value: string) => object])[] = [
    ['a variable of a sidecar', `${at}.env[0].value`, (name, value) => pod({ env: [{ name, value }] })],
    ['an argument', `${at}.args[0]`, (name, value) => pod({ args: [`--${name}=${value}`] })],
    ['a flag and its value', `${at}.args[1]`, (name, value) => pod({ args: [`--${name}`, value] })],
    [
      'the command of a probe',
      `${at}.livenessProbe.exec.command[2]`,
      (name, value) => pod({ livenessProbe: { exec: { command: ['check', `--${name}`, value] } } }),
    ],
    ['an annotation', 'metadata.annotations', (name, value) => pod({}, { [`example.com/${name}`]: value })],
    [
      'a ConfigMap',
      'data',
      (name, value) => ({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'c' }, data: { [name]: value } }),
    ],
    [
      'a file of a ConfigMap',
      'data',
      (name, value) => ({
        apiVersion: 'v1',
        kind: 'ConfigMap',
        metadata: { name: 'c' },
        data: { 'app.conf': `level = info\n${name} = ${value}\n` },
      }),
    ],
    [
      'a Secret',
      'stringData',
      (name, value) => ({ apiVersion: 'v1', kind: 'Secret', metadata: { name: 'c' }, stringData: { [name]: value } }),
    ],
    [
      'a Secret in Base64',
      'data',
      (name, value) => ({
        apiVersion: 'v1',
        kind: 'Secret',
        metadata: { name: 'c' },
        data: { [name]: Buffer.from(value).toString('base64') },
      }),
    ],
  ];

  it.each(places)('%s: every one of them, and nothing harmless', (_what, field, make) => {
    const missed = SECRETS.filter(([name, value]) => secretRules(make(name, value)).length === 0);
    expect(missed.map(([name]) => name)).toEqual([]);
    const [name, value] = SECRETS[0]!;
    expect(secretRules(make(name, value))[0]).toContain(field);
    const alarms = HARMLESS.filter(([harmless, text]) => secretRules(make(harmless, text)).length > 0);
    expect(alarms.map(([harmless]) => harmless)).toEqual([]);
  });

  it('and in custom resources, by their values', () => {
    const [, value] = SECRETS.find(([name]) => name === 'DATABASE_URL')!;
    const resource = { apiVersion: 'example.com/v1', kind: 'Thing', metadata: { name: 't' } };
    expect(secretRules({ ...resource, spec: { urls: [{ url: value }] } })).toEqual(['spec.urls[0].url']);
    expect(secretRules({ ...resource, spec: { secretRef: { name: 'db', key: 'password' } } })).toEqual([]);
  });
});
