import { ArgoRollout, Config, Secret, SecretSource, type Tenant } from 'cdk8s-eks-patterns';
import { appOf, controllerOf, newApp, newCluster, newTenant, PATTERNS, podOf, synth, web } from '../support/app';
import { refusedBy } from '../support/findings';

const SECRET = 'secret.reloader.stakater.com/reload';
const CLASS = 'secretproviderclass.reloader.stakater.com/reload';
const LASTING = ['WebService', 'StatefulService', 'Worker', 'NodeAgent'] as const;
const JOBS = ['BatchJob', 'ScheduledJob', 'ScaledJob'] as const;
const driver = (tenant: Tenant, id: string) => Secret.fromSecretsManager(tenant, id, { secret: id, keys: ['a', 'b'] });
const external = (tenant: Tenant, id: string) =>
  Secret.fromSecretsManager(tenant, id, { secret: id, keys: ['a', 'b'], source: SecretSource.externalSecrets() });
const annotationsOf = (workload: Parameters<typeof controllerOf>[0]) =>
  Object.fromEntries(
    Object.entries(controllerOf(workload).metadata.annotations ?? {}).filter(([key]) => key.includes('reloader')),
  );

describe('when a secret changes', () => {
  it.each(LASTING)('%s restarts, if it says so', (pattern) => {
    const tenant = newTenant();
    const env = { A: Secret.existing(tenant, 'one', ['a']).env('a') };
    const workload = PATTERNS[pattern]({ env, onSecretChange: 'restart' }, tenant);
    expect(annotationsOf(workload)).toEqual({ [SECRET]: 'one' });
    expect(podOf(workload).metadata.annotations ?? {}).not.toHaveProperty(SECRET);
  });

  it.each(JOBS)('%s reads secrets when it starts: it refuses to restart, and ignores the default', (pattern) => {
    expect(refusedBy(() => PATTERNS[pattern]({ onSecretChange: 'restart' }))).toEqual([
      'props/forbidden',
      'onSecretChange',
    ]);
    expect(annotationsOf(PATTERNS[pattern]({ onSecretChange: 'ignore' }))).toEqual({});
    const tenant = newTenant({ defaults: { onSecretChange: 'restart' } }, newCluster(newApp()));
    const own = { A: Secret.existing(tenant, 'one', ['a']).env('a') };
    expect(annotationsOf(PATTERNS[pattern]({ env: own }, tenant))).toEqual({});
    expect(synth(appOf(tenant)).steps).not.toContain('reloader');
  });

  describe('of a Rollout of Argo', () => {
    const rollout = ArgoRollout.canary({ steps: [{ setWeight: 20 }, { pause: '10m' }] });
    const FLAG = '--set reloader.isArgoRollouts=true';

    it.each(['WebService', 'Worker'] as const)('%s restarts, past the steps of its canary', (pattern) => {
      const tenant = newTenant();
      const env = { A: Secret.existing(tenant, 'one', ['a']).env('a') };
      const made = PATTERNS[pattern]({ env, rollout, onSecretChange: 'restart' }, tenant) as { rollout?: unknown };
      const { metadata, spec } = (made.rollout as { toJson(): Record<string, Record<string, unknown>> }).toJson();
      expect(metadata!.annotations).toEqual({
        [SECRET]: 'one',
        'reloader.stakater.com/rollout-strategy': 'restart',
      });
      expect(JSON.stringify(spec!.template)).not.toContain('reloader');
    });

    it('the controller looks for Rollouts, and is installed after their definitions', () => {
      const tenant = newTenant();
      const env = { A: Secret.existing(tenant, 'one', ['a']).env('a') };
      web({ env, onSecretChange: 'restart' }, tenant, 'first');
      web({ env, rollout, onSecretChange: 'restart' }, tenant, 'second');
      web({ env, onSecretChange: 'restart' }, tenant, 'third');
      const { steps } = synth(appOf(tenant));
      expect(steps.split('upgrade --install reloader').length).toBe(2);
      expect(steps).toContain(FLAG);
      expect(steps.indexOf('Install Argo Rollouts')).toBeLessThan(steps.indexOf('Install Reloader'));
      expect(steps.indexOf('Install Argo Rollouts')).toBeGreaterThan(0);
    });

    it.each([
      ['no Rollout', {}],
      ['a Rollout that ignores it', { rollout, onSecretChange: 'ignore' }],
      ['a Rollout without secrets', { rollout, onSecretChange: 'restart', env: {} }],
    ])('the controller does not look for Rollouts with %s', (_, props) => {
      const tenant = newTenant();
      const env = { A: Secret.existing(tenant, 'one', ['a']).env('a') };
      web({ env, onSecretChange: 'restart' }, tenant, 'first');
      web({ env, ...props }, tenant, 'second');
      const { steps } = synth(appOf(tenant));
      expect(steps).toContain('upgrade --install reloader');
      expect(steps).not.toContain(FLAG);
    });
  });

  it.each([{}, { onSecretChange: 'ignore' }])('nothing restarts with %j', (props) => {
    const tenant = newTenant();
    const workload = web({ env: { A: Secret.existing(tenant, 'one', ['a']).env('a') }, ...props }, tenant);
    expect(annotationsOf(workload)).toEqual({});
    expect(synth(appOf(tenant)).steps).not.toContain('reloader');
  });

  it('a secret of the driver is watched by its Secret where it has one, otherwise by its class', () => {
    const tenant = newTenant();
    const workload = web(
      {
        onSecretChange: 'restart',
        env: { A: driver(tenant, 'variables').env('a'), B: driver(tenant, 'files').file('a') },
        secretFiles: { '/etc/tls': driver(tenant, 'folder') },
      },
      tenant,
    );
    expect(annotationsOf(workload)).toEqual({ [SECRET]: 'variables', [CLASS]: 'files,folder' });
  });

  it('others are watched wherever they are read, also by other containers', () => {
    const tenant = newTenant();
    const workload = web(
      {
        onSecretChange: 'restart',
        env: { A: external(tenant, 'variable').env('a'), B: external(tenant, 'file').file('a') },
        secretFiles: { '/etc/tls': Secret.existing(tenant, 'folder', ['tls.crt']) },
        envFrom: [Secret.existing(tenant, 'whole', ['A'])],
        sidecars: [
          {
            name: 'proxy',
            image: 'example.com/proxy:1',
            resources: { cpu: '10m', memory: '16Mi' },
            env: { A: Secret.existing(tenant, 'sidecar', ['a']).env('a') },
          },
        ],
      },
      tenant,
    );
    expect(annotationsOf(workload)).toEqual({ [SECRET]: 'file,folder,sidecar,variable,whole' });
  });

  it('the controller is a step, with the strategy that leaves the pods of the manifests as they are', () => {
    const tenant = newTenant();
    web({ onSecretChange: 'restart', env: { A: Secret.existing(tenant, 'one', ['a']).env('a') } }, tenant);
    const { steps, warnings } = synth(appOf(tenant));
    expect(steps).toContain('helm upgrade --install reloader reloader');
    expect(steps).toContain('--set reloader.reloadStrategy=annotations');
    expect(warnings.join()).not.toContain('reloader');
  });

  it('a workload without secrets needs no controller', () => {
    const tenant = newTenant();
    expect(annotationsOf(web({ onSecretChange: 'restart' }, tenant))).toEqual({});
    expect(synth(appOf(tenant)).steps).not.toContain('reloader');
  });

  it('the defaults of tenant and app say it for all', () => {
    const tenant = newTenant({ defaults: { onSecretChange: 'restart' } }, newCluster(newApp()));
    const env = { A: Secret.existing(tenant, 'one', ['a']).env('a') };
    expect(annotationsOf(web({ env }, tenant))).toEqual({ [SECRET]: 'one' });
    expect(annotationsOf(web({ env, onSecretChange: 'ignore' }, tenant, 'other'))).toEqual({});
  });

  it.each([
    [true, 'props/unsupported'],
    ['reload', 'props/unsupported'],
  ])('%j is refused', (onSecretChange, rule) => {
    expect(refusedBy(() => web({ onSecretChange }))).toEqual([rule, 'onSecretChange']);
    expect(refusedBy(() => newTenant({ defaults: { onSecretChange } } as object))).toEqual([
      rule,
      'defaults.onSecretChange',
    ]);
  });
});

describe('every key of a secret as a variable', () => {
  const whole = (tenant: Tenant) => Secret.existing(tenant, 'login', ['USER', 'PASSWORD']);

  it('comes from the Secret, in the order that is given', () => {
    const tenant = newTenant();
    const shared = new Config(tenant, 'shared', { USER: 'nobody' });
    const [container] = podOf(web({ envFrom: [shared, whole(tenant)], env: { A: 'b' } }, tenant)).spec.containers;
    expect(container!.envFrom).toEqual([
      { configMapRef: { name: shared.configMap.name } },
      { secretRef: { name: 'login' } },
      { configMapRef: { name: expect.stringMatching(/^web-env-/) } },
    ]);
    expect(synth(appOf(tenant)).steps).toContain('create secret generic login');
  });

  it('takes precedence over a part of a Config before it', () => {
    const tenant = newTenant();
    const shared = new Config(tenant, 'shared', { USER: 'nobody', CITY: 'x' });
    const part = shared.only('USER', 'CITY');
    const [before] = podOf(web({ envFrom: [part, whole(tenant)] }, tenant)).spec.containers;
    expect(before!.env!.map(({ name }) => name)).toEqual(['CITY']);
    const [after] = podOf(web({ envFrom: [Secret.existing(tenant, 'l', ['USER']), part] }, tenant, 'b')).spec
      .containers;
    expect(after!.env!.map(({ name }) => name)).toEqual(['USER', 'CITY']);
  });

  it('comes from the Secret of External Secrets', () => {
    const tenant = newTenant();
    const [container] = podOf(web({ envFrom: [external(tenant, 'db')] }, tenant)).spec.containers;
    expect(container!.envFrom).toEqual([{ secretRef: { name: 'db' } }]);
  });

  it.each<[string, (tenant: Tenant) => unknown, string, string]>([
    ['that the driver mounts', (tenant) => driver(tenant, 'db'), 'props/unsupported', 'envFrom[0]'],
    [
      'of another namespace',
      (tenant) => whole(newTenant({}, tenant.node.root as never, 'other')),
      'props/forbidden',
      'envFrom[0]',
    ],
    ['by name', () => 'login', 'props/type', 'envFrom[0]'],
    [
      'with a key that no variable can have',
      (tenant) => Secret.existing(tenant, 'a', ['0']),
      'props/invalid',
      'envFrom[0]',
    ],
  ])('of a secret %s is refused', (_, secret, rule, field) => {
    const tenant = newTenant();
    expect(refusedBy(() => web({ envFrom: [secret(tenant)] }, tenant))).toEqual([rule, field]);
  });
});
