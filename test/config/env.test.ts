import { Env, Probe, Secret } from 'cdk8s-eks-patterns';
import * as plus from 'cdk8s-plus-28';
import {
  appOf,
  containerOf,
  find,
  job,
  manifests,
  newApp,
  newCluster,
  newTenant,
  PATTERN_NAMES,
  PATTERNS,
  stateful,
  web,
  worker,
} from '../support/app';
import { findingsOf, refusedBy } from '../support/findings';

const inVersion = (version: '1.34' | '1.35') => newTenant({}, newCluster(newApp(), { version }));
const configMapOf = (workload: ReturnType<typeof web>) => workload.configMap!.toJson();

describe('literals', () => {
  it.each(PATTERN_NAMES)('of %s become an immutable ConfigMap that the pod reads whole', (pattern) => {
    const workload = PATTERNS[pattern]({ env: { LEVEL: 'info', PORT: 8080, DEBUG: false } });
    const { metadata, immutable, data } = workload.configMap!.toJson();
    expect(immutable).toBe(true);
    expect(data).toEqual({ DEBUG: 'false', LEVEL: 'info', PORT: '8080' });
    expect(metadata.name).toMatch(new RegExp(`^${workload.name}-env-[0-9a-f]{10}$`));
    expect(containerOf(workload).envFrom).toEqual([{ configMapRef: { name: metadata.name } }]);
    expect(containerOf(workload)).not.toHaveProperty('env');
  });

  it('stay for old pods and for a rollback: Argo CD does not prune them', () => {
    const workload = web({ env: { A: 'b' }, annotations: { note: 'x' } });
    expect(configMapOf(workload).metadata.annotations).toEqual({
      note: 'x',
      'argocd.argoproj.io/sync-options': 'Prune=false',
    });
  });

  it('keep other options of Argo CD', () => {
    const annotations = { 'argocd.argoproj.io/sync-options': 'ServerSideApply=true' };
    expect(configMapOf(web({ env: { A: 'b' }, annotations })).metadata.annotations).toEqual({
      'argocd.argoproj.io/sync-options': 'ServerSideApply=true,Prune=false',
    });
  });

  it('that are none make no ConfigMap', () => {
    expect(web().configMap).toBeUndefined();
    expect(containerOf(web())).not.toHaveProperty('envFrom');
  });

  it.each([
    [{ 'A B': '1' }, 'props/invalid', "env['A B']"],
    [{ '1A': '1' }, 'props/invalid', 'env.1A'],
    [{ A: null }, 'props/type', 'env.A'],
    [{ A: undefined }, 'props/required', 'env.A'],
    [{ A: ['x'] }, 'props/type', 'env.A'],
    [{ A: () => 5 }, 'props/type', 'env.A'],
  ])('%j is refused', (env, rule, field) => {
    expect(refusedBy(() => web({ env }))).toEqual([rule, field]);
  });

  it('larger than kubectl can keep are refused', () => {
    expect(refusedBy(() => web({ env: { A: '='.repeat(250 * 1024) } }))).toEqual(['props/invalid', 'env']);
    expect(() => web({ env: { A: '='.repeat(250 * 1024 - 1) } })).not.toThrow();
  });
});

describe('the name of the ConfigMap follows its content', () => {
  const name = (env: object, more = {}) => web({ env, ...more }).configMap!.name;

  it('another value is another name, and so another pod', () => {
    expect(name({ A: '1' })).not.toBe(name({ A: '2' }));
    const [one, two] = ['1', '2'].map((A) => web({ env: { A } }).deployment.toJson().spec.template);
    expect(one).not.toEqual(two);
  });

  it('a key moved into the value is another name', () => {
    expect(name({ A: '1', B: '2' })).not.toBe(name({ A: '1,B:2' }));
  });

  it('order, labels and the rest of the workload leave it as it is', () => {
    const first = name({ A: '1', B: '2' });
    expect(name({ B: '2', A: '1' })).toBe(first);
    expect(name({ A: 1, B: '2' })).toBe(first);
    expect(name({ A: '1', B: '2' }, { labels: { tier: 'x' }, image: 'app:9.9.9' })).toBe(first);
  });

  it('an edit changes name and reference together', () => {
    const edited = web({
      env: { A: '1' },
      customize: { configMap: (c: { data: Record<string, string> }) => Object.assign(c.data, { A: '2' }) && undefined },
    });
    expect(configMapOf(edited).data).toEqual({ A: '2' });
    expect(edited.configMap!.name).toBe(name({ A: '2' }));
    expect(containerOf(edited).envFrom).toEqual([{ configMapRef: { name: edited.configMap!.name } }]);
  });

  it('so does a json patch, and an edit added later', () => {
    const workload = web({ env: { A: '1' } });
    const before = workload.configMap!.name;
    workload.configMap!.customize((c) => {
      c.data!.B = '2';
    });
    expect(workload.configMap!.name).not.toBe(before);
    expect(containerOf(workload).envFrom).toEqual([{ configMapRef: { name: configMapOf(workload).metadata.name } }]);
  });

  it('is the same in the files, where kubectl reads it', () => {
    const workload = web({ env: { A: '1' } });
    const all = manifests(appOf(workload));
    const [ref] = find(all, 'Deployment').spec.template.spec.containers[0].envFrom;
    expect(find(all, 'ConfigMap').metadata.name).toBe(ref.configMapRef.name);
  });

  it('reaches the name of a Job, since its pods change', () => {
    const named = (A: string) => job({ env: { A } }).job.name;
    expect(named('1')).not.toBe(named('2'));
    expect(named('1')).toBe(named('1'));
  });
});

describe('functions of what the workload knows of itself', () => {
  it('yield literals', () => {
    const workload = stateful({
      replicas: 2,
      port: { client: 7000, raft: 7001 },
      memberPorts: ['raft'],
      env: {
        PEERS: (self: { hosts: string[] }) => self.hosts.join(','),
        URL: (self: { url(s: string, p?: string): string }) => self.url('tcp'),
        RAFT: (self: { ports: Record<string, number> }) => String(self.ports.raft),
      },
    });
    expect(workload.configMap!.toJson().data).toEqual({
      PEERS: 'store-0.store-members.shop.svc.cluster.local,store-1.store-members.shop.svc.cluster.local'.replaceAll(
        'store-members',
        workload.headlessService.name,
      ),
      RAFT: '7001',
      URL: 'tcp://store.shop.svc.cluster.local:7000',
    });
  });

  it('of a worker know its name and namespace', () => {
    const env = { ID: (self: { name: string; namespace: string }) => `${self.namespace}/${self.name}` };
    expect(worker({ env }).configMap!.toJson().data).toEqual({ ID: 'shop/worker' });
  });

  it('that refer to the pod stay in it, behind the declaration of what they use', () => {
    type Self = { podName: string; podIp: string; nodeName: string; nodeIp: string; host: string };
    const workload = web({
      env: {
        URL: (self: Self) => `http://${self.podName}.${self.host}`,
        ADVERTISE: (self: Self) => `${self.podIp}@${self.nodeName}`,
        AGENT: (self: Self) => `http://${self.nodeIp}:4317`,
      },
    });
    expect(workload.configMap).toBeUndefined();
    const { env } = containerOf(workload);
    expect(env).toContainEqual({ name: 'URL', value: 'http://$(POD_NAME).web.shop.svc.cluster.local' });
    expect(env).toContainEqual({ name: 'ADVERTISE', value: '$(POD_IP)@$(NODE_NAME)' });
    const place = (name: string) => env!.findIndex((e) => e.name === name);
    for (const [variable, fieldPath] of [
      ['POD_NAME', 'metadata.name'],
      ['POD_IP', 'status.podIP'],
      ['NODE_NAME', 'spec.nodeName'],
      ['NODE_IP', 'status.hostIP'],
    ] as const) {
      expect(env![place(variable)]!.valueFrom).toEqual({ fieldRef: { fieldPath } });
      expect(place(variable)).toBeLessThan(Math.min(place('URL'), place('ADVERTISE'), place('AGENT')));
    }
    expect(env).toHaveLength(7);
  });

  it('declare nothing that they do not use', () => {
    const env = { A: (self: { podName: string }) => self.podName };
    expect(containerOf(web({ env })).env?.map((e) => e.name)).toEqual(['POD_NAME', 'A']);
  });

  it('refuse a variable of the user under a name that they declare', () => {
    const env = { A: (self: { podName: string }) => self.podName, POD_NAME: 'mine' };
    expect(refusedBy(() => web({ env }))).toEqual(['props/duplicate', 'env.POD_NAME']);
  });
});

describe('references to other variables, which the kubelet expands', () => {
  const environmentOf = (env: object) => {
    const workload = web({ env });
    return { pod: containerOf(workload).env, data: workload.configMap?.toJson().data };
  };

  it('stay in the pod, behind what they name; the others go into the ConfigMap', () => {
    expect(
      environmentOf({ URL: 'http://$(HOST):$(PORT)', LEVEL: 'info', HOST: 'db.$(ZONE)', ZONE: 'a', PORT: 80 }),
    ).toEqual({
      pod: [
        { name: 'ZONE', value: 'a' },
        { name: 'HOST', value: 'db.$(ZONE)' },
        { name: 'PORT', value: '80' },
        { name: 'URL', value: 'http://$(HOST):$(PORT)' },
      ],
      data: { LEVEL: 'info' },
    });
  });

  it('may name secrets, fields of the pod and the API server', () => {
    const tenant = newTenant();
    const db = Secret.existing(tenant, 'db', ['password']);
    const env = {
      DATABASE_URL: 'postgres://app:$(DB_PASSWORD)@db.example.com:5432/app',
      DB_PASSWORD: db.env('password'),
      ME: (self: { podName: string }) => `${self.podName}-$(NODE)`,
      NODE: Env.nodeName(),
      API: 'https://$(KUBERNETES_SERVICE_HOST)',
    };
    expect(containerOf(web({ env }, tenant)).env!.map(({ name }) => name)).toEqual([
      'POD_NAME',
      'DB_PASSWORD',
      'DATABASE_URL',
      'NODE',
      'ME',
      'API',
    ]);
  });

  it('keep what is escaped, and the dollar signs of what they name', () => {
    expect(environmentOf({ A: '$$(B) $(C)', B: '1', C: 'a$$b', D: '$$(X)', E: '$5' })).toEqual({
      pod: [
        { name: 'C', value: 'a$$$$b' },
        { name: 'A', value: '$$(B) $(C)' },
        { name: 'D', value: '$$(X)' },
      ],
      data: { B: '1', E: '$5' },
    });
  });

  it.each([
    [{ A: '$(B)' }, 'env.A'],
    [{ A: '$(A)' }, 'env.A'],
    [{ A: '$(B)', B: '$(C)', C: '$(A)' }, 'env.A'],
    [{ A: (self: { podName: string }) => `${self.podName}$(B)` }, 'env.A'],
  ])('%j is refused', (env, field) => {
    expect(refusedBy(() => web({ env }))).toEqual(['props/invalid', field]);
  });
});

describe('values that Kubernetes fills in', () => {
  it.each([
    ['podName', Env.podName(), 'metadata.name'],
    ['podIp', Env.podIp(), 'status.podIP'],
    ['nodeName', Env.nodeName(), 'spec.nodeName'],
    ['nodeIp', Env.nodeIp(), 'status.hostIP'],
    ['hostIp', Env.hostIp(), 'status.hostIP'],
    ['ordinal', Env.ordinal(), "metadata.labels['apps.kubernetes.io/pod-index']"],
    ['zone', Env.zone(), "metadata.labels['topology.kubernetes.io/zone']"],
    ['namespace', Env.namespace(), 'metadata.namespace'],
    ['field', Env.field("metadata.labels['tier']"), "metadata.labels['tier']"],
  ])('Env.%s', (_what, value, fieldPath) => {
    const workload = web({ env: { X: value } });
    expect(containerOf(workload).env).toEqual([{ name: 'X', valueFrom: { fieldRef: { fieldPath } } }]);
    expect(workload.configMap).toBeUndefined();
  });

  it.each([
    [Env.resource('limits.memory'), { resource: 'limits.memory' }],
    [Env.resource('limits.memory', '1Mi'), { resource: 'limits.memory', divisor: '1Mi' }],
    [Env.resource('requests.cpu', '1m'), { resource: 'requests.cpu', divisor: '1m' }],
  ])('are amounts of the container: %#', (value, resourceFieldRef) => {
    expect(containerOf(web({ env: { X: value } })).env).toEqual([{ name: 'X', valueFrom: { resourceFieldRef } }]);
    expect(findingsOf(() => appOf(web({ env: { X: value } })))).toEqual([]);
  });

  it.each([
    ['memory', undefined, 'resource'],
    ['limits.nvidia.com/gpu', undefined, 'resource'],
    ['limits.memory', '1m', 'unit'],
    ['limits.cpu', '1Mi', 'unit'],
    ['limits.memory', 1, 'unit'],
  ])('are no other amounts: %s in %s', (resource, unit, field) => {
    expect(refusedBy(() => Env.resource(resource as never, unit as never))).toEqual(['props/unsupported', field]);
  });

  it.each<[string, () => ReturnType<typeof web> | ReturnType<typeof stateful>, readonly string[]]>([
    ['the ordinal of a member', () => stateful({ replicas: 1, env: { ID: Env.ordinal() } }), []],
    ['the ordinal of a pod of a Deployment', () => web({ env: { ID: Env.ordinal() } }), ['containers/own-label']],
    ['the zone on 1.35', () => web({ env: { RACK: Env.zone() } }, inVersion('1.35')), []],
    ['the zone on 1.34', () => web({ env: { RACK: Env.zone() } }, inVersion('1.34')), ['containers/own-label']],
    ['no field of a pod', () => web({ env: { Z: Env.field('spec.zone') } }), ['containers/field-ref']],
  ])('are there, or an error: %s', (_what, make, expected) => {
    const errors = findingsOf(() => appOf(make())).filter(({ severity }) => severity === 'error');
    expect(errors.map(({ rule }) => rule)).toEqual(expected);
  });

  it('of cdk8s-plus are understood: a literal goes into the ConfigMap, a reference stays', () => {
    const tenant = newTenant();
    const secret = plus.Secret.fromSecretName(tenant, 'Token', 'token');
    const workload = web(
      {
        env: {
          LITERAL: plus.EnvValue.fromValue('plain'),
          FIELD: plus.EnvValue.fromFieldRef(plus.EnvFieldPaths.POD_IP),
          TOKEN: plus.EnvValue.fromSecretValue({ secret, key: 'value' }),
        },
      },
      tenant,
    );
    expect(workload.configMap!.toJson().data).toEqual({ LITERAL: 'plain' });
    const { env } = containerOf(workload);
    expect(env?.map((e) => e.name)).toEqual(['FIELD', 'TOKEN']);
    expect(env![0]!.valueFrom?.fieldRef).toMatchObject({ fieldPath: 'status.podIP' });
    expect(env![1]!.valueFrom?.secretKeyRef).toMatchObject({ name: 'token', key: 'value' });
  });

  it('of cdk8s-plus are checked like any literal', () => {
    const env = { DB_PASSWORD: plus.EnvValue.fromValue('hunter2') };
    expect(refusedBy(() => web({ env }))).toEqual(['props/forbidden', 'env.DB_PASSWORD']);
  });
});

it('rendering twice gives the same object twice', () => {
  const env = { A: '1', B: Env.podIp(), C: (self: { podName: string }) => self.podName };
  const workload = web({ env, probes: { readiness: Probe.http('/r'), liveness: Probe.tcp() } });
  expect(containerOf(workload)).toEqual(containerOf(workload));
});
