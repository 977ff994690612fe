import * as fs from 'node:fs';
import * as path from 'node:path';
import { Chart } from 'cdk8s';
import { Cluster, EksApp, type EksAppProps, KubeObject } from 'cdk8s-eks-patterns';
import { LIST } from '../../charts/core/synthesis/own-files';
import type { Finding } from '../../kube/finding';
import { CHECK_RULES } from '../../review/check-rules';
import { REPOSITORY } from '../app/support';
import { PROGRAMS } from '../golden/programs';
import { existingCluster, IMAGE, newApp, newCluster, newTenant, synth, temporaryFolder, web } from '../support/app';
import { refusedBy } from '../support/findings';
import { command, folderOf } from './support';

const WAIVERS = '.cdk8s-eks-patterns.waivers';
const RULE = 'references/missing';

/** What is said of which object; without advice, and without what only a program can be checked for. */
const verdicts = (findings: readonly Finding[]) =>
  findings
    .filter(({ rule, severity }) => severity !== 'advice' && !Object.hasOwn(CHECK_RULES, rule))
    .map(({ rule, object, waived }) => [rule, object?.kind, object?.name, waived])
    .sort();

async function checked(...args: readonly string[]): Promise<Finding[]> {
  return JSON.parse((await command(['check', ...args, '--format', 'json'])).out).findings;
}

/** Only from within the VPC can its API server be reached, which is a warning. */
const CLOSED = { config: { vpc: { clusterEndpoints: { privateAccess: true, publicAccess: false } } } } as const;

/** Refers to a ConfigMap that does not exist. */
const broken = {
  customize: {
    deployment: (deployment: { spec: { template: { spec: { volumes?: object[] } } } }) => {
      const { spec } = deployment.spec.template;
      spec.volumes = [...(spec.volumes ?? []), { name: 'x', configMap: { name: 'nowhere' } }];
    },
  },
};

describe('a review of the files has the verdicts of the synthesis', () => {
  let folder: string;
  const findings = new Map<string, readonly Finding[]>();
  beforeAll(async () => {
    folder = temporaryFolder();
    const { synth } = EksApp.prototype;
    const { CDK8S_OUTDIR } = process.env;
    const warn = jest.spyOn(console, 'warn').mockImplementation();
    try {
      for (const { name, main } of PROGRAMS) {
        EksApp.prototype.synth = function (this: EksApp) {
          synth.call(this);
          findings.set(name, this.findings);
        };
        process.env.CDK8S_OUTDIR = path.join(folder, name);
        await import(path.join(REPOSITORY, main));
      }
    } finally {
      warn.mockRestore();
      EksApp.prototype.synth = synth;
      delete process.env.CDK8S_OUTDIR;
      Object.assign(process.env, CDK8S_OUTDIR === undefined ? {} : { CDK8S_OUTDIR });
    }
  });

  test.each(PROGRAMS)('$name', async ({ name }) => {
    expect(verdicts(await checked(path.join(folder, name)))).toEqual(verdicts(findings.get(name)!));
  });

  const waive = { [RULE]: 'made by hand until=2999-01-31' };
  const cluster = { X34: 'eksctl runs in the VPC' };
  test.each([
    ['the app', (app: EksApp) => web(broken, newTenant({}, newCluster(app))), { waive }],
    ['an app with a cluster that exists', (app: EksApp) => web(broken, newTenant({}, existingCluster(app))), { waive }],
    [
      'the cluster',
      (app: EksApp) => web(broken, newTenant({}, newCluster(app, { ...CLOSED, waive: { ...waive, ...cluster } }))),
      {},
    ],
    ['a cluster that exists', (app: EksApp) => web(broken, newTenant({}, existingCluster(app, { waive }))), {}],
    ['the tenant', (app: EksApp) => web(broken, newTenant({ waive }, newCluster(app))), {}],
    ['the workload', (app: EksApp) => web({ ...broken, waive }, newTenant({}, newCluster(app))), {}],
    ['the app, for the cluster', (app: EksApp) => newTenant({}, newCluster(app, CLOSED)), { waive: cluster }],
    ['all', (app: EksApp) => web({ ...broken, waive }, newTenant({ waive }, newCluster(app, { waive }))), { waive }],
    ['the app, unused', (app: EksApp) => newTenant({}, newCluster(app)), { waive: { ...waive, X111: 'why' } }],
    ['the cluster, unused', (app: EksApp) => newTenant({}, newCluster(app, { waive: { ...waive, X111: 'why' } })), {}],
    ['the app, for an object of no pattern', (app: EksApp) => void lost(newTenant({}, newCluster(app))), { waive }],
  ])('with waivers of %s', async (_, build, props) => {
    const app = newApp(props);
    build(app);
    synth(app);
    const found = verdicts(app.findings);
    expect(verdicts(await checked(app.outdir))).toEqual(found);
    expect(found.some(([rule, , , waived]) => waived !== undefined || rule === 'waivers/unused')).toBe(true);
  });

  test('also of one file of them', async () => {
    const app = newApp({ waive });
    web(broken, newTenant({}, newCluster(app)));
    synth(app);
    const found = await checked(path.join(app.outdir, 'shop.k8s.yaml'));
    expect(found.filter(({ rule }) => rule === RULE)).toEqual([expect.objectContaining({ waived: expect.anything() })]);
  });

  test('an expired waiver holds at synthesis alone', async () => {
    const app = newApp({ waive: { [RULE]: 'why until=2020-01-31' } });
    web(broken, newTenant({}, newCluster(app)));
    synth(app);
    expect(app.findings.map(({ rule }) => rule)).toContain('waivers/expired');
    const found = await checked(app.outdir);
    expect(found).toContainEqual(expect.objectContaining({ rule: RULE }));
    expect(found).toContainEqual(
      expect.objectContaining({ rule: 'waivers/expired', file: { path: path.join(app.outdir, WAIVERS), line: 3 } }),
    );
    expect(found.filter(({ rule, waived }) => rule === RULE && waived)).toEqual([]);
  });
});

describe('with the levels and the existing objects of an app', () => {
  const SETTINGS = '.cdk8s-eks-patterns.review';
  const nowhere = { kind: 'ConfigMap', namespace: 'shop', name: 'nowhere' };
  /** The verdicts of both, and the exit code of the command. */
  async function both(props: EksAppProps, more: (tenant: ReturnType<typeof newTenant>) => unknown = () => undefined) {
    const app = newApp(props);
    const tenant = newTenant({}, newCluster(app));
    web(broken, tenant);
    more(tenant);
    synth(app);
    const { code, out } = await command(['check', app.outdir, '--format', 'json']);
    const file = path.join(app.outdir, SETTINGS);
    const text = fs.existsSync(file) ? fs.readFileSync(file, 'utf8').split('\n').slice(2).join('\n') : undefined;
    return { app: verdicts(app.findings), files: verdicts(JSON.parse(out).findings), code, text };
  }

  test.each<[string, EksAppProps, string | undefined]>([
    ['a waiver alone', { waive: { [RULE]: 'why' } }, undefined],
    ['existing', { existing: [nowhere] }, `existing:\n  - ${JSON.stringify(nowhere)}\n`],
    ['a level of a rule', { review: { levels: { [RULE]: 'warning' } } }, `levels:\n  ${RULE}: warning\n`],
    ['a level of a topic', { review: { levels: { references: 'off' } } }, 'levels:\n  references: off\n'],
    [
      'the level of a rule before that of its topic',
      { review: { levels: { references: 'off', [RULE]: 'warning' } } },
      `levels:\n  references: off\n  ${RULE}: warning\n`,
    ],
    [
      'a waiver of what is off',
      { review: { levels: { [RULE]: 'off' } }, waive: { [RULE]: 'why' } },
      `levels:\n  ${RULE}: off\n`,
    ],
    [
      'a rule that does not exist',
      { review: { levels: { 'references/mising': 'off', [RULE]: 'warning' } } },
      `levels:\n  references/mising: off\n  ${RULE}: warning\n`,
    ],
    ['the default of failOn', { review: { failOn: 'error' }, existing: [nowhere] }, expect.any(String) as string],
  ])('%s', async (_, props, text) => {
    const found = await both(props);
    expect(found.files).toEqual(found.app);
    expect(found.code).toBe(0);
    expect(found.text).toEqual(text);
  });

  test('a Namespace that exists has its labels', async () => {
    const labels = { 'pod-security.kubernetes.io/enforce': 'restricted' };
    const agents = { kind: 'Namespace', namespace: '', name: 'agents', labels };
    const pod = { containers: [{ name: 'a', image: IMAGE }] };
    const found = await both(
      { existing: [agents, nowhere], review: { levels: { 'pod-security': 'warning' } } },
      (tenant) => {
        const chart = new Chart(tenant.node.root, 'agents', { namespace: 'agents' });
        new KubeObject(chart, 'Pod', { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'a' }, spec: pod });
      },
    );
    expect(found.app.map(([rule]) => rule)).toContain('pod-security/restricted');
    expect(found.files).toEqual(found.app);
  });

  test('failOn: warning fails the command too, unless it is told otherwise', async () => {
    const app = newApp({ review: { failOn: 'warning' }, waive: { [RULE]: 'why', X32: 'why' } });
    web(broken, newTenant({}, newCluster(app)));
    synth(app);
    fs.rmSync(path.join(app.outdir, WAIVERS));
    fs.appendFileSync(path.join(app.outdir, SETTINGS), `levels: { ${RULE}: warning }\n`);
    expect((await command(['check', app.outdir])).code).toBe(1);
    expect((await command(['check', app.outdir, '--fail-on', 'error'])).code).toBe(0);
  });

  test('levels of the command go before, and those of a folder do not reach another', async () => {
    const map = (name: string) =>
      `apiVersion: v1\nkind: Pod\nmetadata: { name: ${name}, namespace: shop }\nspec: { containers: [{ name: a, image: 'a:1', volumeMounts: [{ name: x, mountPath: /x }] }] }\n`;
    const off = 'levels: { volumes/unknown: off }\n';
    const files = { 'a/pod.yaml': map('a'), [`a/${SETTINGS}`]: off, 'ab/pod.yaml': map('b') };
    const folder = folderOf({ ...files, 'config.yaml': 'levels: { volumes/unknown: warning }\n' });
    const of = async (...more: readonly string[]) =>
      (await checked(folder, ...more))
        .filter(({ rule }) => rule === 'volumes/unknown')
        .map(({ object, severity }) => [object?.name, severity]);
    expect(await of()).toEqual([['b', 'error']]);
    expect(await of('--config', path.join(folder, 'config.yaml'))).toEqual([
      ['a', 'warning'],
      ['b', 'warning'],
    ]);
  });

  test.each(['[a]', 'level: {}', 'levels: { a/b: loud }', 'failOn: never', 'existing: [{ kind: a }]', 'a: "b'])(
    'a file that is invalid is an error: %s',
    async (text) => {
      const namespace = 'apiVersion: v1\nkind: Namespace\nmetadata: { name: shop }\n';
      const found = await checked(folderOf({ 'a.yaml': namespace, [SETTINGS]: text }));
      expect(found).toContainEqual(expect.objectContaining({ rule: 'manifests/syntax', severity: 'error' }));
    },
  );
});

function lost(scope: ConstructorParameters<typeof KubeObject>[0]): void {
  const security = { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] } };
  new KubeObject(scope, 'Pod', {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: 'a' },
    spec: {
      securityContext: { runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } },
      containers: [
        { name: 'a', image: IMAGE, envFrom: [{ configMapRef: { name: 'nowhere' } }], securityContext: security },
      ],
    },
  });
}

describe('waive of a Cluster', () => {
  test('is written as annotations of the ClusterConfig, beside those of config', () => {
    const app = newApp();
    const cluster = newCluster(app, {
      waive: { X32: 'it is open' },
      config: { metadata: { annotations: { team: 'platform' } } },
    });
    expect(cluster.clusterConfig?.manifest().metadata.annotations).toEqual({
      'cdk8s-eks-patterns.io/allow.X32': 'it is open',
      team: 'platform',
    });
    expect(fs.existsSync(path.join(synth(app) && app.outdir, WAIVERS))).toBe(false);
  });

  test('may be written in config', () => {
    const warnings = (annotations: Record<string, string>) => {
      const app = newApp();
      newCluster(app, { config: { ...CLOSED.config, metadata: { annotations } } });
      return synth(app).warnings;
    };
    expect(warnings({})).toHaveLength(1);
    expect(warnings({ 'cdk8s-eks-patterns.io/allow.X34': 'eksctl runs in the VPC' })).toEqual([]);
  });

  test.each([
    [{ 'references/mising': 'why' }, 'props/unknown', "waive['references/mising']"],
    [{ X32: '' }, 'props/type', "waive['X32'].because"],
    [[RULE], 'props/type', 'waive'],
    [3, 'props/type', 'waive'],
  ])('%j is refused', (waive, rule, field) => {
    expect(refusedBy(() => newCluster(undefined, { waive: waive as never }))).toEqual([rule, field]);
    expect(refusedBy(() => existingCluster(undefined, { waive: waive as never }))).toEqual([rule, field]);
  });

  test('of a described cluster goes to the file', () => {
    const app = newApp();
    const described = { apiVersion: 'eksctl.io/v1alpha5', kind: 'ClusterConfig' } as const;
    const metadata = { name: 'prod', region: 'us-west-2', version: '1.35' } as const;
    Cluster.fromClusterConfig(app, 'prod', { ...described, metadata }, { waive: { [RULE]: 'why' } });
    synth(app);
    expect(fs.readFileSync(path.join(app.outdir, WAIVERS), 'utf8')).toContain(`${RULE}: "why"\n`);
  });
});

test('the file of an app is listed, so that it goes with the last waiver', () => {
  const app = newApp({ waive: { [RULE]: 'why' } });
  newTenant({}, newCluster(app));
  synth(app);
  expect(fs.readFileSync(path.join(app.outdir, LIST), 'utf8')).toContain(`\n${WAIVERS}\n`);
});

describe('annotations of a ClusterConfig of any origin', () => {
  const config = (name: string, annotations: object) =>
    `apiVersion: eksctl.io/v1alpha5\nkind: ClusterConfig\nmetadata: ${JSON.stringify({ name, region: 'us-west-2', version: '1.35', annotations })}\n`;
  const allow = (rule: string) => ({ [`cdk8s-eks-patterns.io/allow.${rule}`]: 'why' });
  const rulesOf = (findings: readonly Finding[], file: string) =>
    findings
      .filter((one) => one.file?.path.endsWith(file))
      .map(({ rule, waived }) => (waived ? `${rule} waived` : rule));

  test('cover its findings', async () => {
    const found = await checked(folderOf({ 'a.yaml': config('a', allow('X32')) }));
    expect(rulesOf(found, 'a.yaml')).toContain('X32 waived');
  });

  test('but not those of another', async () => {
    const found = await checked(folderOf({ 'a.yaml': config('a', allow('X32')), 'b.yaml': config('b', {}) }));
    expect(rulesOf(found, 'a.yaml')).toContain('X32 waived');
    expect(rulesOf(found, 'b.yaml')).toContain('X32');
  });

  test('that cover nothing are findings, with their place', async () => {
    const found = await checked(
      folderOf({ 'a.yaml': config('a', { ...allow('X111'), ...allow('references.missing') }) }),
    );
    expect(found.filter(({ rule }) => rule === 'waivers/unused').map(({ field }) => field)).toEqual([
      "metadata.annotations['cdk8s-eks-patterns.io/allow.X111']",
      "metadata.annotations['cdk8s-eks-patterns.io/allow.references.missing']",
    ]);
  });
});

test('a file of waivers that cannot be read is an error', async () => {
  const namespace = 'apiVersion: v1\nkind: Namespace\nmetadata: { name: shop }\n';
  for (const text of ['[a]', 'a: 3\n', 'a: "b']) {
    const found = await checked(folderOf({ 'a.yaml': namespace, [WAIVERS]: text }));
    expect(found).toContainEqual(expect.objectContaining({ rule: 'manifests/syntax', severity: 'error' }));
  }
});
