import { App, Chart } from 'cdk8s';
import { Cluster, Config, EksApp, PropsError, Secret, Tenant } from 'cdk8s-eks-patterns';
import { existingCluster, NODE_GROUP, newApp, newCluster, newTenant, web, webProps } from '../support/app';
import { judge, type Mistake } from './support';

/** Mistakes whose constructors throw at one place. */
const at = (
  path: string,
  rows: readonly (readonly [mistake: string, program: () => unknown, rule: string | RegExp, field: string | RegExp])[],
): Mistake[] =>
  rows.map(([mistake, program, problem, fix]) => ({ mistake, program, error: PropsError, path, problem, fix }));

describe('tenants', () => {
  const tenant = (props: object) => () => newTenant(props as never);
  const reserved = (id: string) =>
    at(id, [[`the namespace ${id}`, () => new Tenant(newApp(), id), 'props/forbidden', '']]);
  judge([
    ...['default', 'kube-system', 'kube-public', 'kube-node-lease'].flatMap(reserved),
    ...at('my_shop', [['an underscore', () => new Tenant(newApp(), 'my_shop'), 'props/invalid', '']]),
    ...at('prod/shop', [
      ['an unknown key', tenant({ teem: 'x' }), 'props/unknown', 'teem'],
      ['an unknown default', tenant({ defaults: { image: 'web:1' } }), 'props/unknown', 'defaults.image'],
      ['a misspelt scraper', tenant({ defaults: { scraper: { ns: 'x' } } }), 'props/unknown', 'defaults.scraper.ns'],
      ['a bad default label', tenant({ defaults: { labels: { a: 'b c' } } }), 'props/invalid', "defaults.labels['a']"],
      ['a team with a blank', tenant({ team: 'the shop' }), 'props/invalid', 'team'],
      ['a bad label', tenant({ labels: { tier: '-' } }), 'props/invalid', "labels['tier']"],
      [
        'an unknown level',
        tenant({ podSecurity: { level: 'none', because: 'x' } }),
        'props/unsupported',
        'podSecurity.level',
      ],
      [
        'a level without a reason',
        tenant({ podSecurity: { level: 'baseline' } }),
        'props/required',
        'podSecurity.because',
      ],
      ['a level as a text', tenant({ podSecurity: 'baseline' }), 'props/type', 'podSecurity'],
      ['an open network without a reason', tenant({ network: { open: true } }), 'props/required', 'network.because'],
      [
        'a network that is not open',
        tenant({ network: { open: false, because: 'x' } }),
        'props/unsupported',
        'network.open',
      ],
      ['a quota without totals', tenant({ quota: {} }), 'props/invalid', 'quota'],
      [
        'a quota without a unit',
        tenant({ quota: { 'requests.memory': '20GB' } }),
        'props/invalid',
        "quota['requests.memory']",
      ],
      ['a quota below zero', tenant({ quota: { pods: -1 } }), 'props/invalid', 'quota.pods'],
      ['a principal by name', tenant({ access: { view: ['me'] } }), 'props/invalid', 'access.view[0]'],
      ['an unknown right', tenant({ access: { root: [] } }), 'props/unknown', 'access.root'],
      [
        'a group of the system',
        tenant({ access: { edit: [{ group: 'system:authenticated' }] } }),
        'props/forbidden',
        'access.edit[0].group',
      ],
      ['an unknown action', tenant({ admission: 'block' }), 'props/unsupported', 'admission'],
      [
        'a registry with its scheme',
        tenant({ admission: { registries: ['https://x.io'] } }),
        'props/invalid',
        'admission.registries[0]',
      ],
      [
        'a label with its value',
        tenant({ admission: { labels: ['tier=front'] } }),
        'props/invalid',
        'admission.labels[0]',
      ],
      ['the name of a node group', tenant({ nodes: 'workers' }), 'props/unsupported', 'nodes'],
      ['a number as a cost centre', tenant({ costs: { 'cost-center': 42 } }), 'props/type', "costs['cost-center']"],
      ['the owner as costs', tenant({ costs: { owner: 'me' } }), 'props/forbidden', "costs['owner']"],
      ['several contacts', tenant({ contact: ['a', 'b'] }), 'props/type', 'contact'],
      ['an unknown object', tenant({ customize: { quota: () => {} } }), 'props/unknown', 'customize.quota'],
      [
        'an object that is not made',
        tenant({ quota: 'none', customize: { resourceQuota: () => {} } }),
        'props/forbidden',
        'customize.resourceQuota',
      ],
    ]),
  ]);
});

describe('apps and clusters', () => {
  const base = { region: 'us-west-2', version: '1.35', nodeGroups: [NODE_GROUP] } as const;
  const cluster = (props: object) => () => newCluster(newApp(), props as never);
  judge([
    ...at('(app)', [
      ['an unknown key of the app', () => newApp({ outDir: 'x' } as never), 'props/unknown', 'outDir'],
      [
        'an unknown default',
        () => newApp({ defaults: { replicas: 3 } } as never),
        'props/unknown',
        'defaults.replicas',
      ],
    ]),
    ...at('prod', [
      ['a version that is gone', cluster({ version: '1.20' }), 'props/unsupported', 'version'],
      ['a version of another kind', cluster({ version: 'latest' }), 'props/invalid', 'version'],
      ['a version as a number', cluster({ version: 1.35 }), 'props/type', 'version'],
      ['an unknown key', cluster({ nodeGroup: [] }), 'props/unknown', 'nodeGroup'],
      [
        'nodes of a tenant by its title',
        cluster({ nodeGroups: [{ ...NODE_GROUP, tenant: 'The Shop' }] }),
        'props/invalid',
        'nodeGroups[0].tenant',
      ],
      ['both modes', cluster({ autoMode: true }), 'props/forbidden', 'autoMode'],
      ['a plain App', () => new Cluster(new App(), 'prod', base), 'props/forbidden', ''],
      [
        'an unknown feature',
        () => existingCluster(newApp(), { features: ['policies'] as never }),
        'props/unsupported',
        'features[0]',
      ],
    ]),
    ...at('second', [
      ['a second one', () => new Cluster(newCluster().node.root as EksApp, 'second', base), 'props/duplicate', ''],
    ]),
  ]);
});

describe('charts', () => {
  judge([
    ...at('plain/web', [
      ['a chart without a namespace', () => web({}, new Chart(newApp(), 'plain')), 'props/required', ''],
    ]),
    ...at('web', [['no chart at all', () => web({}, newApp()), 'props/forbidden', '']]),
  ]);
});

describe('configuration and secrets', () => {
  const props = { secret: 'shop/db', keys: ['password'] } as const;
  const db = () => Secret.fromSecretsManager(newTenant(), 'db', props) as Secret<string>;
  const secret = (more: object) => () => Secret.fromSecretsManager(newTenant(), 'db', { ...props, ...more } as never);
  const config = (data: object) => () => new Config(newTenant(), 'shared', data as never);
  judge([
    ...at('prod/shop/db', [
      ['a key of a secret', () => db().env('pasword'), 'props/unsupported', ''],
      ['a file of a secret', () => db().file('pasword'), 'props/unsupported', ''],
      ['a secret without a name', secret({ secret: '' }), 'props/type', 'secret'],
      ['a secret without keys', secret({ keys: [] }), 'props/invalid', 'keys'],
      ['a key twice', secret({ keys: ['a', 'a'] }), 'props/duplicate', 'keys[1]'],
      ['an unknown key of a secret', secret({ region: 'x' }), 'props/unknown', 'region'],
      [
        'a parameter by ARN',
        () => Secret.fromParameterStore(newTenant(), 'db', { parameter: 'arn:aws:ssm:us-west-2:1:parameter/a' }),
        'props/invalid',
        'parameter',
      ],
    ]),
    ...at('prod/shop/My_Db', [
      ['a name of a secret', () => Secret.existing(newTenant(), 'My_Db', ['a']), 'props/invalid', ''],
    ]),
    ...at('prod/shop/shared', [
      ['a key of a Config', () => (config({ URL: 1 })() as Config<string>).env('url'), 'props/unsupported', ''],
      ['a value of a Config', config({ URL: null }), 'props/type', 'data.URL'],
      ['a password in a Config', config({ PASSWORD: 'hunter2' }), 'props/forbidden', 'data.PASSWORD'],
      ['a name of a variable', config({ 'a b': 1 }), 'props/invalid', "data['a b']"],
      ['250 KiB', config({ A: 'x'.repeat(256_001) }), 'props/invalid', 'data'],
    ]),
  ]);
});

test('two constructs of one id are refused by constructs itself, which names the scope', () => {
  const shop = newTenant();
  web({}, shop);
  expect(() => web({ ...webProps }, shop)).toThrow(/already a Construct with name 'web' in Tenant/);
});

test('an app and a cluster without mistakes are accepted', () => {
  expect(newCluster(new EksApp({ outdir: newApp().outdir })).name).toBe('prod');
});
