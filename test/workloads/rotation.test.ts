import { ArgoRollout, Secret, SecretSource, type Tenant } from 'cdk8s-eks-patterns';
import { agent, appOf, newApp, newCluster, newTenant, PATTERNS, stateful, synth, web, worker } from '../support/app';

const existing = (tenant: Tenant, id = 'login') => Secret.existing(tenant, id, ['a', 'tls.crt']);
const restarts = (object: string, namespace = 'shop') => [
  `kubectl -n ${namespace} rollout restart ${object}`,
  `kubectl -n ${namespace} rollout status ${object}`,
];

/** The text and the commands of a section. */
function section(page: string, title: string) {
  const [, text, block] = new RegExp(`^## ${title}\\n\\n(.*)\\n\\n\`\`\`sh\\n([^\`]*)\`\`\``, 'm').exec(page)!;
  return { text: text!, commands: block!.trim().split('\n') };
}

const pageOf = (tenant: Tenant) => synth(appOf(tenant)).files['secrets.md'];

describe('the page on secrets that change', () => {
  it('restarts each workload that reads the secret, and says how it reads it', () => {
    const tenant = newTenant();
    const secret = existing(tenant);
    web({ env: { A: secret.env('a'), B: secret.file('a') } }, tenant);
    worker({ env: { A: secret.env('a') } }, tenant);
    stateful({ secretFiles: { '/tls': secret } }, tenant);
    agent({ env: { A: secret.file('a') } }, tenant);
    expect(section(pageOf(tenant)!, 'shop/login')).toEqual({
      text: 'Read as variables by `web`, `worker`, as files by `agent`, `store`. Whoever made the Secret changes it.',
      commands: [
        ...restarts('daemonset/agent'),
        ...restarts('statefulset/store'),
        ...restarts('deployment/web'),
        ...restarts('deployment/worker'),
      ],
    });
  });

  it('has the secrets of all namespaces, sorted, wherever pods read them', () => {
    const app = newApp();
    const cluster = newCluster(app);
    const [shop, other] = [newTenant({}, cluster), newTenant({}, cluster, 'other')];
    const sidecar = {
      name: 'proxy',
      image: 'example.com/proxy:1',
      resources: { cpu: '10m', memory: '16Mi' },
      env: { A: existing(shop, 'z').env('a') },
    };
    web({ sidecars: [sidecar], envFrom: [Secret.existing(shop, 'b', ['A'])] }, shop);
    web({ env: { A: existing(other, 'c').env('a') } }, other);
    const page = synth(app).files['secrets.md']!;
    expect([...page.matchAll(/^## (.*)$/gm)].map(([, title]) => title)).toEqual(['other/c', 'shop/b', 'shop/z']);
    expect(section(page, 'other/c').commands).toEqual(restarts('deployment/web', 'other'));
  });

  it.each<[object, readonly number[] | undefined]>([
    [{ updateStrategy: 'OnDelete' }, [2, 1, 0]],
    [{ updateStrategy: { partition: 2 }, firstOrdinal: 1 }, [3, 2, 1]],
    [{ updateStrategy: { partition: 0 } }, undefined],
    [{ updateStrategy: 'RollingUpdate' }, undefined],
  ])('of a set with %j reaches each member', (props, ordinals) => {
    const tenant = newTenant();
    const env = { A: existing(tenant).env('a') };
    stateful({ env, replicas: 3, memberPorts: [], order: 'Parallel', ...props }, tenant);
    expect(section(pageOf(tenant)!, 'shop/login').commands).toEqual(
      ordinals?.flatMap((i) => [
        `kubectl -n shop delete pod store-${i}`,
        `kubectl -n shop wait --for=create pod/store-${i} --timeout=1m`,
        `kubectl -n shop wait --for=condition=Ready pod/store-${i} --timeout=10m`,
      ]) ?? restarts('statefulset/store'),
    );
  });

  it('of a Rollout sets the time before which its pods are too old', () => {
    const tenant = newTenant();
    const rollout = ArgoRollout.canary({ steps: [{ setWeight: 20 }] });
    web({ env: { A: existing(tenant).env('a') }, rollout }, tenant);
    expect(section(pageOf(tenant)!, 'shop/login').commands).toEqual([
      `kubectl -n shop patch rollout web --type merge -p '{"spec":{"restartAt":"'"$(date -u +%Y-%m-%dT%H:%M:%SZ)"'"}}'`,
      "kubectl -n shop get rollout web -o jsonpath='{.status.restartedAt}'",
    ]);
  });

  it.each<[string, (tenant: Tenant) => Secret<'a'>, string, number]>([
    [
      'the driver',
      (tenant) => Secret.fromSecretsManager(tenant, 'login', { secret: 'login', keys: ['a'] }),
      'looks for a new value every two minutes',
      0,
    ],
    [
      'External Secrets',
      (tenant) =>
        Secret.fromParameterStore(tenant, 'login', {
          parameter: '/login',
          keys: ['a'],
          source: SecretSource.store({ name: 'aws' }),
        }),
      'External Secrets read it now',
      2,
    ],
    [
      'Sealed Secrets',
      (tenant) => Secret.sealed(tenant, 'login', { encryptedData: { a: sealed() } }),
      'Seal the new value',
      0,
    ],
  ])('says how the value comes by %s', (_, make, words, before) => {
    const tenant = newTenant();
    web({ env: { A: make(tenant).env('a') } }, tenant);
    const { text, commands } = section(pageOf(tenant)!, 'shop/login');
    expect(text).toContain(words);
    expect(commands.slice(before)).toEqual(restarts('deployment/web'));
    expect(commands.slice(0, before)).toEqual(
      [
        'kubectl -n shop annotate externalsecret login force-sync="$(date +%s)" --overwrite',
        "kubectl -n shop get externalsecret login -o jsonpath='{.status.refreshTime}'",
      ].slice(0, before),
    );
  });

  it('leaves out what Reloader restarts', () => {
    const tenant = newTenant();
    const [first, second] = [existing(tenant, 'first'), existing(tenant, 'second')];
    web({ env: { A: first.env('a'), B: second.env('a') }, onSecretChange: 'restart' }, tenant);
    worker({ env: { A: second.env('a') } }, tenant);
    const page = pageOf(tenant)!;
    expect(page).not.toContain('shop/first');
    expect(section(page, 'shop/second').commands).toEqual(restarts('deployment/worker'));
  });

  it.each(['BatchJob', 'ScheduledJob', 'ScaledJob'] as const)('has nothing of a %s', (pattern) => {
    const tenant = newTenant();
    PATTERNS[pattern]({ env: { A: existing(tenant).env('a') } }, tenant);
    expect(pageOf(tenant)).toBeUndefined();
  });

  it('is not there where no pod reads a secret', () => {
    const tenant = newTenant();
    existing(tenant);
    web({}, tenant);
    expect(pageOf(tenant)).toBeUndefined();
  });
});

/** A text with the form of a sealed value: the length of a key, the key, and what it encrypts. */
function sealed(): string {
  const bytes = Buffer.alloc(2 + 512 + 16 + 1, 7);
  bytes.writeUInt16BE(512, 0);
  return bytes.toString('base64');
}
