import type { Finding } from '../../../eksctl/finding';
import type { ConfigError } from '../../../eksctl/schema/config-error';
import { parseClusterConfig } from '../../../eksctl/schema/parse';
import { plainScalar } from '../../../kube/yaml-scalars';

const HEAD =
  "apiVersion: eksctl.io/v1alpha5\nkind: ClusterConfig\nmetadata: { name: prod, region: us-west-2, version: '1.35' }\n";
const findingsOf = (text: string): readonly Finding[] => {
  try {
    parseClusterConfig(text);
  } catch (e) {
    return (e as ConfigError).findings;
  }
  return [];
};
/** As 'rule field'. */
const refusals = (text: string): string[] => findingsOf(text).map(({ rule, field = '' }) => `${rule} ${field}`.trim());
const messages = (text: string): string[] => findingsOf(text).map(({ message }) => message);

describe('unquoted scalars are read as eksctl reads them', () => {
  test.each([
    ['n', false],
    ['N', false],
    ['y', true],
    ['Yes', true],
    ['on', true],
    ['OFF', false],
    ['True', true],
    ['yEs', 'yEs'],
    ['', null],
    ['~', null],
    ['NULL', null],
    ['nUll', 'nUll'],
    ['12', 12],
    ['-12', -12],
    ['+12', 12],
    ['1_000', 1000],
    ['010', 8],
    ['0o10', 8],
    ['08', 8],
    ['0x1F', 31],
    ['-0x1F', -31],
    ['0b101', 5],
    ['1.34', 1.34],
    ['.5', 0.5],
    ['1.', 1],
    ['1e3', 1000],
    ['-.inf', Number.NEGATIVE_INFINITY],
    ['.NaN', Number.NaN],
    ['1:30', '1:30'],
    ['2012-10-17', '2012-10-17'],
    ['1.2.3', '1.2.3'],
    ['10.0.0.0/16', '10.0.0.0/16'],
    ['+', '+'],
    ['1e', '1e'],
  ])('%p is %p', (text, value) => {
    expect(plainScalar(text)).toEqual(value);
  });

  test('in quotes they stay strings', () => {
    const config = parseClusterConfig(
      `${HEAD}managedNodeGroups: [{ name: "n", labels: { a: 'yes', b: "1.30", c: '' } }]\nlocalZones:\n  - |-\n    on\n`,
    );
    expect(config.managedNodeGroups![0]).toEqual({ name: 'n', labels: { a: 'yes', b: '1.30', c: '' } });
    expect(config.localZones).toEqual(['on']);
  });

  test('words for true and false are booleans', () => {
    const config = parseClusterConfig(`${HEAD}vpc: { clusterEndpoints: { privateAccess: yes, publicAccess: off } }`);
    expect(config.vpc!.clusterEndpoints).toEqual({ privateAccess: true, publicAccess: false });
  });

  test('and are refused where a string is required, with the fix', () => {
    const text = `${HEAD}managedNodeGroups: [{ name: workers, ssh: { publicKeyName: n } }]`;
    expect(() => parseClusterConfig(text)).toThrow(
      "managedNodeGroups[0].ssh.publicKeyName: must be a string, but is the boolean false. Write it in quotes, such as 'false'",
    );
  });

  test('a version is not a number, and the fix mentions a lost zero', () => {
    const of = (version: string) => HEAD.replace("'1.35'", version);
    expect(() => parseClusterConfig(of('1.34'))).toThrow("Write it in quotes: '1.34'. [L1]");
    expect(() => parseClusterConfig(of('1.30'))).toThrow("Write it in quotes: '1.3', or '1.30' if intended.");
  });

  test('the date of an IAM policy stays as it is written', () => {
    const text = `${HEAD}iam: { podIdentityAssociations: [{ namespace: a, serviceAccountName: b, permissionPolicy: { Version: 2012-10-17 } }] }`;
    expect(parseClusterConfig(text).iam!.podIdentityAssociations![0]!.permissionPolicy).toEqual({
      Version: '2012-10-17',
    });
  });
});

describe('objects', () => {
  test('a duplicate key is refused, at any depth', () => {
    expect(refusals(`${HEAD}kind: ClusterConfig\nvpc: { nat: { gateway: Single, gateway: Disable } }`)).toEqual([
      'L1 kind',
      'L1 vpc.nat.gateway',
    ]);
  });

  test('merge keys are followed', () => {
    const text = `${HEAD}managedNodeGroups:\n  - &group { name: a, labels: { pool: x } }\n  - { name: b, labels: { <<: { pool: z } } }\nnodeGroups: [{ <<: *group }]`;
    expect(parseClusterConfig(text).nodeGroups).toEqual([{ name: 'a', labels: { pool: 'x' } }]);
    expect(parseClusterConfig(text).managedNodeGroups![1]).toEqual({ name: 'b', labels: { pool: 'z' } });
  });

  test('a merged key that is set again is refused, in either order, also when two merges bring it', () => {
    const groups = (...lines: string[]) =>
      `${HEAD}managedNodeGroups:\n${lines.map((line) => `  - ${line}\n`).join('')}`;
    expect(refusals(groups('&x { name: a }', '{ <<: *x, name: b }'))).toEqual(['L1 managedNodeGroups[1].name']);
    expect(refusals(groups('&x { name: a }', '{ name: b, <<: *x }'))).toEqual(['L1 managedNodeGroups[1].name']);
    expect(refusals(groups('&x { name: a }', '&y { name: b }', '{ <<: [*x, *y] }'))).toEqual([
      'L1 managedNodeGroups[2].name',
    ]);
  });

  test('a key without a value counts as absent', () => {
    const config = parseClusterConfig(
      `${HEAD}vpc:\nnodeGroups:\nmanagedNodeGroups: [{ name: a, labels: { b: }, ssh: ~ }]`,
    );
    expect(Object.keys(config)).toEqual(['apiVersion', 'kind', 'metadata', 'managedNodeGroups']);
    expect(config.managedNodeGroups).toEqual([{ name: 'a', labels: { b: '' } }]);
  });

  test('what eksctl passes on keeps its nulls and its own keys', () => {
    const text = `${HEAD}nodeGroups: [{ name: a, kubeletExtraConfig: { Anything: ~, list: [~] } }]`;
    expect(parseClusterConfig(text).nodeGroups![0]!.kubeletExtraConfig).toEqual({ Anything: null, list: [null] });
  });

  test('a key called __proto__ is a key, and unknown', () => {
    expect(refusals(`${HEAD}__proto__: { polluted: true }`)).toEqual(['L1 __proto__']);
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
  });
});

describe('documents', () => {
  test('a second one is refused, since eksctl would ignore it', () => {
    expect(refusals(`${HEAD}---\nkind: Other`)).toEqual(['L1c']);
  });

  test('document markers around the only one are accepted', () => {
    expect(refusals(`---\n${HEAD}...\n`)).toEqual([]);
    expect(refusals(`# a comment\n---\n${HEAD}---\n# nothing\n`)).toEqual([]);
  });

  test.each(['', '# nothing', '---\n', '~'])('an empty one is refused: %p', (text) => {
    expect(refusals(text)).toEqual(['L1']);
  });

  test('a string or a list is refused', () => {
    expect(messages('prod')).toEqual(["the file must be a ClusterConfig, but is the string 'prod'"]);
    expect(messages('[1]')).toEqual(['the file must be a ClusterConfig, but is the list [1]']);
  });

  test('broken YAML is reported with its position, and nothing else', () => {
    expect(messages(`${HEAD}vpc: { cidr: 1 }\n  id: [x\nunknown: 3`)).toEqual(
      expect.arrayContaining([expect.stringMatching(/^.* at line 5, column \d+$/)]),
    );
    expect(messages(`${HEAD}vpc: { cidr: 1 }\n  id: x\nunknown: 3`).join()).not.toContain('unknown');
    expect(messages(`${HEAD}vpc: *nothing`)).toEqual([expect.stringContaining('nothing')]);
  });
});
