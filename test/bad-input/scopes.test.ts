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
    at(id, [[`the namespace ${id}`, () => new Tenant(newApp(), id), /of Kubernetes itself/, /small letters/]]);
  judge([
    ...['default', 'kube-system', 'kube-public', 'kube-node-lease'].flatMap(reserved),
    ...at('my_shop', [
      ['an underscore', () => new Tenant(newApp(), 'my_shop'), /'my_shop' is no name of a namespace/, /at most 63/],
    ]),
    ...at('prod/shop', [
      ['an unknown key', tenant({ teem: 'x' }), /unknown key 'teem'/, /mean 'team'/],
      ['an unknown default', tenant({ defaults: { image: 'web:1' } }), /'image' in defaults/, /known are/],
      [
        'a misspelt scraper',
        tenant({ defaults: { scraper: { ns: 'x' } } }),
        /'ns' in defaults\.scraper/,
        /'namespace'/,
      ],
      ['a bad default label', tenant({ defaults: { labels: { a: 'b c' } } }), /'a' has the value 'b c'/, /annotation/],
      ['a team with a blank', tenant({ team: 'the shop' }), /'the shop' is no label value/, /letters, digits/],
      ['a bad label', tenant({ labels: { tier: '-' } }), /'tier' has the value '-'/, /letters, digits/],
      ['an unknown level', tenant({ podSecurity: { level: 'none', because: 'x' } }), /level is 'none'/, /'baseline'/],
      ['a level without a reason', tenant({ podSecurity: { level: 'baseline' } }), /without a reason/, /as a text/],
      ['a level as a text', tenant({ podSecurity: 'baseline' }), /podSecurity is 'baseline'/, /'level', 'because'/],
      ['an open network without a reason', tenant({ network: { open: true } }), /without a reason/, /as a text/],
      ['a network that is not open', tenant({ network: { open: false, because: 'x' } }), /is not true/, /'isolated'/],
      ['a quota without totals', tenant({ quota: {} }), /quota has no totals/, /'none'/],
      ['a quota without a unit', tenant({ quota: { 'requests.memory': '20GB' } }), /'20GB'/, /for example/],
      ['a quota below zero', tenant({ quota: { pods: -1 } }), /'pods' is -1/, /at least 0/],
      ['a principal by name', tenant({ access: [{ principal: 'me', level: 'view' }] }), /principal 'me'/, /arn:aws/],
      [
        'an unknown right',
        tenant({ access: [{ principal: 'arn:aws:iam::111122223333:role/x', level: 'root' }] }),
        /level is 'root'/,
        /'view' or 'edit' or 'admin'/,
      ],
      ['an unknown object', tenant({ customize: { quota: () => {} } }), /unknown object 'quota'/, /'resourceQuota'/],
      [
        'an object that is not made',
        tenant({ quota: 'none', customize: { resourceQuota: () => {} } }),
        /no such object/,
        /'namespace'|mean/,
      ],
    ]),
  ]);
});

describe('apps and clusters', () => {
  const base = { region: 'us-west-2', version: '1.35', nodeGroups: [NODE_GROUP] } as const;
  const cluster = (props: object) => () => newCluster(newApp(), props as never);
  judge([
    ...at('(app)', [
      ['an unknown key of the app', () => newApp({ outDir: 'x' } as never), /unknown key 'outDir'/, /mean 'outdir'/],
      ['an unknown default', () => newApp({ defaults: { replicas: 3 } } as never), /'replicas' in defaults/, /known/],
    ]),
    ...at('prod', [
      ['a version that is gone', cluster({ version: '1.20' }), 'props/unsupported', 'version'],
      ['a version of another kind', cluster({ version: 'latest' }), 'props/invalid', 'version'],
      ['a version as a number', cluster({ version: 1.35 }), 'props/type', 'version'],
      ['an unknown key', cluster({ nodeGroup: [] }), 'props/unknown', 'nodeGroup'],
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
      [
        'a chart without a namespace',
        () => web({}, new Chart(newApp(), 'plain')),
        /chart 'plain' has no namespace/,
        /new Tenant\(cluster, 'shop'\).*namespace/,
      ],
    ]),
    ...at('web', [['no chart at all', () => web({}, newApp()), /no chart above it/, /new Tenant\(cluster, 'shop'\)/]]),
  ]);
});

describe('configuration and secrets', () => {
  const props = { secret: 'shop/db', keys: ['password'] } as const;
  const db = () => Secret.fromSecretsManager(newTenant(), 'db', props) as Secret<string>;
  const secret = (more: object) => () => Secret.fromSecretsManager(newTenant(), 'db', { ...props, ...more } as never);
  const config = (data: object) => () => new Config(newTenant(), 'shared', data as never);
  judge([
    ...at('prod/shop/db', [
      ['a key of a secret', () => db().env('pasword'), /no key 'pasword'/, /one of 'password'/],
      ['a file of a secret', () => db().file('pasword'), /no key 'pasword'/, /one of 'password'/],
      ['a secret without a name', secret({ secret: '' }), /secret is ''/, /as a text/],
      ['a secret without keys', secret({ keys: [] }), /it has no keys/, /keys: \['username'/],
      ['a key twice', secret({ keys: ['a', 'a'] }), /key 'a' is misspelt or there twice/, /each key once/],
      ['an unknown key of a secret', secret({ region: 'x' }), /unknown key 'region'/, /.+/],
      [
        'a parameter by ARN',
        () => Secret.fromParameterStore(newTenant(), 'db', { parameter: 'arn:aws:ssm:us-west-2:1:parameter/a' }),
        /is an ARN/,
        /its name: '\/shop\/prod\/token'/,
      ],
    ]),
    ...at('prod/shop/My_Db', [
      [
        'a name of a secret',
        () => Secret.existing(newTenant(), 'My_Db', ['a']),
        /no name of a Secret/,
        /small letters/,
      ],
    ]),
    ...at('prod/shop/shared', [
      ['a key of a Config', () => (config({ URL: 1 })() as Config<string>).env('url'), /no key 'url'/, /'URL'/],
      ['a value of a Config', config({ URL: null }), /'URL' is null/, /text, a number/],
      ['a password in a Config', config({ PASSWORD: 'hunter2' }), /'PASSWORD' looks like a secret/, /Secret\./],
      ['a name of a variable', config({ 'a b': 1 }), /key 'a b' is no name/, /letters, digits/],
      ['250 KiB', config({ A: 'x'.repeat(256_001) }), /more than the 250 KiB/, /image or a volume/],
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
