import { judgeText } from './judge';
import { verdicts } from './oracle';

const HEAD = 'apiVersion: eksctl.io/v1alpha5\nkind: ClusterConfig\nmetadata: { name: prod, region: us-west-2 }\n';

/** Each field accepts one type, which tells strings, numbers, booleans and null apart. */
const PROBES: Readonly<Record<string, (scalar: string) => string>> = {
  string: (scalar) => `${HEAD}nodeGroups:\n  - name: own\n    instanceName: ${scalar}\n`,
  number: (scalar) => `${HEAD}nodeGroups:\n  - name: own\n    volumeSize: ${scalar}\n`,
  boolean: (scalar) => `${HEAD}nodeGroups:\n  - name: own\n    privateNetworking: ${scalar}\n`,
  'list of strings': (scalar) => `${HEAD}availabilityZones:\n  - us-west-2a\n  - us-west-2b\n  - ${scalar}\n`,
};

const SCALARS = [
  ...['y', 'Y', 'n', 'yes', 'Yes', 'YES', 'yEs', 'on', 'On', 'OFF', 'off', 'true', 'True', 'TRUE', 'tRue', 'No'],
  ...[
    '12',
    '-12',
    '+12',
    '1_000',
    '1__0',
    '_1',
    '010',
    '0o10',
    '08',
    '0x1F',
    '-0x1F',
    '0b101',
    '0b2',
    '12e0',
    '1e3',
    '1E+3',
  ],
  ...['1.0', '1.', '.5', '-.5', '1.34', '1e400', '.inf', '-.Inf', '.NaN', '1_0.5', '9223372036854775808'],
  ...['~', 'null', 'Null', 'nUll', '""', "''", '"12"', "'yes'", '!!str 12', '!!int "12"', '!!bool yes', '!!float 3'],
  ...[
    '2012-10-17',
    '2012-10-17T01:02:03Z',
    '1:30',
    '190:20:30',
    '1.2.3',
    '10.0.0.0/16',
    '=',
    '<<',
    '-',
    '- 1',
    '+',
    '.',
    '0x',
    '0',
  ],
  ...[
    'a: b',
    '#x',
    'a #x',
    '@x',
    '`x',
    '%x',
    '&a x',
    '*a',
    '[a]',
    '{a: b}',
    '|\n      x',
    '>-\n      12',
    '"\\x41"',
    '"\\q"',
    '? x',
    "'it''s'",
  ],
];

const FILES: Readonly<Record<string, string>> = {
  'a tab before a key': `${HEAD}vpc:\n\tcidr: 10.0.0.0/16\n`,
  'the same key twice': `${HEAD}availabilityZones: []\navailabilityZones: []\n`,
  'the same key twice, deep': `${HEAD}vpc: { nat: { gateway: Single, gateway: Single } }\n`,
  'a key of another case beside it': `${HEAD}nodeGroups: [{ name: own, minSize: 1, MinSize: 1 }]\n`,
  'a merge': `${HEAD}nodeGroups:\n  - &own { name: own, minSize: 1 }\nmanagedNodeGroups:\n  - <<: { minSize: 1 }\n    name: managed\n`,
  'a merge of an anchor': `${HEAD}nodeGroups:\n  - &own { minSize: 1, name: own }\nmanagedNodeGroups:\n  - { <<: *own, maxSize: 3 }\n`,
  'a merge that is set again': `${HEAD}nodeGroups:\n  - &own { name: own }\n  - { <<: *own, name: two }\n`,
  'an alias': `${HEAD}availabilityZones: &zones [us-west-2a, us-west-2b]\nmanagedNodeGroups: [{ name: a, availabilityZones: *zones }]\n`,
  'an alias of nothing': `${HEAD}availabilityZones: *zones\n`,
  'an empty file': '',
  'a comment only': '# nothing\n',
  'a list': '- a\n',
  'a string': 'hello\n',
  null: '~\n',
  'a mark of the document': `---\n${HEAD}`,
  'a mark of its end': `${HEAD}...\n`,
  'a directive': `%YAML 1.1\n---\n${HEAD}`,
  'a directive of 1.2': `%YAML 1.2\n---\n${HEAD}`,
  'an empty document after it': `${HEAD}---\n`,
  'a byte order mark': `\uFEFF${HEAD}`,
  'lines of Windows': HEAD.replaceAll('\n', '\r\n'),
  JSON: JSON.stringify({
    apiVersion: 'eksctl.io/v1alpha5',
    kind: 'ClusterConfig',
    metadata: { name: 'a', region: 'us-west-2' },
  }),
  'an open quote': `${HEAD}localZones: ["a]\n`,
  'a number as a key': `${HEAD}nodeGroups: [{ name: own, labels: { 1: x } }]\n`,
  'a boolean as a key': `${HEAD}nodeGroups: [{ name: own, labels: { yes: x, true: y } }]\n`,
  'a boolean as a key of eksctl': `${HEAD}yes: x\n`,
  'null as a key': `${HEAD}nodeGroups: [{ name: own, labels: { ~: x } }]\n`,
  'a list as a key': `${HEAD}nodeGroups: [{ name: own, labels: { [a]: x } }]\n`,
  'a key without a value': `${HEAD}vpc:\nnodeGroups: [{ name: own, labels: { a: } }]\n`,
  'a set': `${HEAD}nodeGroups: [{ name: own, labels: !!set { a, b } }]\n`,
  'text of several lines': `${HEAD}addons:\n  - name: vpc-cni\n    configurationValues: |-\n      env:\n        A: "1"\n`,
};

const scalars = Object.entries(PROBES).flatMap(([kind, file]) =>
  SCALARS.map((scalar) => [`${scalar.replace(/\s+/g, ' ')} for ${kind}`, file(scalar)] as const),
);
const files = [...scalars, ...Object.entries(FILES)];
const theirs = verdicts(files.map(([file, yaml]) => ({ file, yaml })));

test('files are read as eksctl reads them', () => {
  const said = files.map(([file, yaml], i) => {
    const { ok, errors } = theirs[i]!;
    const ours = judgeText(yaml);
    return {
      file,
      ok,
      alike: ok !== ours.refuses,
      errors,
      ours: ours.findings.map(({ rule, message }) => `${rule} ${message}`),
    };
  });
  expect(said.filter(({ alike }) => !alike)).toEqual([]);
  // both verdicts are there in number, or the probes would say nothing
  const accepted = said.filter(({ ok }) => ok).length / said.length;
  expect(accepted).toBeGreaterThan(0.2);
  expect(accepted).toBeLessThan(0.8);
});

test.each([
  ['a second document', `${HEAD}---\nkind: Other\n`],
  ['a tag', `${HEAD}nodeGroups: [{ name: own, instanceName: !own x }]\n`],
])('%s is overlooked by eksctl, and refused by us', (file, yaml) => {
  expect(verdicts([{ file, yaml }])[0]!.ok).toBe(true);
  expect(judgeText(yaml).findings.map(({ rule }) => rule)).toEqual(['L1c']);
});
