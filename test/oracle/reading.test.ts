import { parseClusterConfig } from '../../eksctl/schema/parse';
import { plainScalar } from '../../kube/yaml-scalars';
import { verdicts } from './oracle';

const HEAD =
  "apiVersion: eksctl.io/v1alpha5\nkind: ClusterConfig\nmetadata: { name: prod, region: us-west-2, version: '1.35' }\n";
const managed = (...groups: string[]) =>
  `${HEAD}managedNodeGroups:\n${groups.map((group) => `  - ${group}\n`).join('')}`;
const own = (group: string) => `${HEAD}nodeGroups:\n  - ${group}\n`;

/** Whether eksctl refuses each text as it decodes the file; what it says later is for the rules. */
function refusedByEksctl(texts: readonly string[]): boolean[] {
  return verdicts(texts.map((yaml, i) => ({ file: String(i), yaml }))).map(({ first }) => first === 'decode');
}

function refusedHere(text: string): boolean {
  try {
    parseClusterConfig(text);
    return false;
  } catch {
    return true;
  }
}

const SAME: readonly (readonly [tried: string, text: string])[] = [
  ['the least', HEAD],
  ['nothing', ''],
  ['a list', '[1]'],
  ['another version', HEAD.replace('v1alpha5', 'v1alpha4')],
  ['a tab', `${HEAD}vpc:\n\tid: x\n`],
  ['an end without a next document', `${HEAD}---\n`],
  ['an unknown section', `${HEAD}vcp: {}\n`],
  ['eksctl-internal state', `${HEAD}status: {}\n`],
  ['labels in metadata', HEAD.replace('version', 'labels: {}, version')],
  ['a section without a value', `${HEAD}vpc:\n`],
  ['a tag without a value', HEAD.replace('version', 'tags: { a: }, version')],
  ['keys that are no texts', HEAD.replace('version', 'tags: { 1: a, yes: b }, version')],
  ['a key twice', `${HEAD}kind: ClusterConfig\n`],
  ['a merged object', managed('&x { name: a }', '{ name: b, labels: { <<: { c: d } } }')],
  ['a merged key, then its own', managed('&x { name: a }', '{ <<: *x, name: b }')],
  ['its own key, then a merged one', managed('&x { name: a }', '{ name: b, <<: *x }')],
  ['a key from two merges', managed('&x { name: a }', '&y { name: b }', '{ <<: [*x, *y] }')],
  ['a number that is whole', managed('{ name: a, volumeSize: 80.0 }')],
  ['a number with a fraction', managed('{ name: a, volumeSize: 80.5 }')],
  ['a number in quotes', managed("{ name: a, volumeSize: '80' }")],
  ['a number in quotes, tagged', managed("{ name: a, volumeSize: !!int '80' }")],
  ['a number that no integer holds', managed('{ name: a, volumeSize: 99999999999999999999 }')],
  ['an object for a list', `${HEAD}addons: { name: vpc-cni }\n`],
  ['a string for a list', `${HEAD}availabilityZones: us-west-2a\n`],
  ['a list for a document', managed('{ name: a, bottlerocket: { settings: [] } }')],
  ['a map of taints', own("{ name: a, taints: { x: 'y:NoSchedule' } }")],
  ['a map of taints that are numbers', own('{ name: a, taints: { x: 1 } }')],
  ['an unknown key of a taint', own('{ name: a, taints: [{ key: a, efect: NoSchedule }] }')],
  ['a map of taints on a managed group', managed("{ name: a, taints: { x: 'y:NoSchedule' } }")],
  ['no ARN', `${HEAD}accessConfig: { accessEntries: [{ principalARN: admin }] }\n`],
  ['no ARN where any text goes', `${HEAD}iam: { serviceRoleARN: admin }\n`],
  ['a range with host bits', `${HEAD}vpc: { cidr: 10.0.0.1/16 }\n`],
  ['a range of IPv6', `${HEAD}vpc: { cidr: '2001:db8::/56' }\n`],
  ['no range', `${HEAD}vpc: { cidr: 10.0.0.0 }\n`],
  ['a range with a zero too many', `${HEAD}vpc: { cidr: 10.0.0.010/16 }\n`],
  ['a provider of another kind', `${HEAD}identityProviders: [{ type: saml }]\n`],
  ['a provider of no kind', `${HEAD}identityProviders: [{ name: a }]\n`],
];

test.each(SAME)('%s: refused by both, or by none', (_, text) => {
  expect(refusedHere(text)).toBe(refusedByEksctl([text])[0]);
});

/** What eksctl lets pass and parse refuses, on purpose. */
const STRICTER: readonly (readonly [why: string, text: string])[] = [
  ['a second document is not read by eksctl', `${HEAD}---\nvpc: {}\n`],
  ['a key in another case is dropped by eksctl', `${HEAD}AvailabilityZones: [us-west-2a, us-west-2b]\n`],
  [
    'an unknown key of a subnet is dropped by eksctl',
    `${HEAD}vpc: { subnets: { private: { us-west-2a: { zone: x } } } }\n`,
  ],
  [
    'an unknown key of a provider is dropped by eksctl',
    `${HEAD}identityProviders: [{ type: oidc, name: a, clientID: b, issuerURL: c, d: e }]\n`,
  ],
  ['null in a list becomes an empty string or object', `${HEAD}availabilityZones: [~, us-west-2a]\n`],
  ['eksctl crashes later on, where a list holds null', `${HEAD}addons: [~]\n`],
  ['an unknown tag of YAML is ignored by eksctl', managed('{ name: !Ref a }')],
];

test.each(STRICTER)('stricter: %s', (_, text) => {
  expect({ here: refusedHere(text), eksctl: refusedByEksctl([text])[0] }).toEqual({ here: true, eksctl: false });
});

/** What people write without quotes, and the edges of eksctl's YAML. */
const PLAIN = [
  ...['y', 'Y', 'yes', 'Yes', 'YES', 'yEs', 'n', 'N', 'no', 'No', 'NO', 'on', 'On', 'ON', 'oN', 'off', 'Off', 'OFF'],
  ...['true', 'True', 'TRUE', 'tRUE', 'false', 'False', 'FALSE', 't', 'f', '~', 'null', 'Null', 'NULL', 'nULL'],
  ...[
    '0',
    '00',
    '7',
    '-7',
    '+7',
    '007',
    '08',
    '0o17',
    '0O17',
    '0x1F',
    '0X1f',
    '-0x1F',
    '0xG',
    '0b101',
    '-0b101',
    '0b2',
  ],
  ...[
    '1_000',
    '_1',
    '1_',
    '0x_1F',
    '1.34',
    '1.30',
    '.5',
    '-.5',
    '5.',
    '+5.',
    '1.2.3',
    '1e3',
    '1E3',
    '1e+3',
    '1.5e-3',
    '1e',
    'e3',
  ],
  ...[
    '.inf',
    '-.inf',
    '+.INF',
    '.nan',
    '.NaN',
    '.Nan',
    'inf',
    '1:30',
    '1:30:00',
    '190:20:30',
    '2012-10-17',
    '2012-1-1',
  ],
  ...[
    '2012-10-17T10:00:00Z',
    '111122223333',
    '012345678901',
    '12e5',
    '1,000',
    '+',
    '.',
    '..',
    '-a',
    '10.0.0.0/16',
    '1Gi',
  ],
];

test('texts without quotes are the same type to eksctl', () => {
  const asText = PLAIN.map((text) => `${HEAD}vpc:\n  id: ${text}\n`);
  const asTruth = PLAIN.map((text) => `${HEAD}iam:\n  withOIDC: ${text}\n`);
  const asInteger = PLAIN.map((text) => `${managed('name: a')}    volumeSize: ${text}\n`);
  const refused = refusedByEksctl([...asText, ...asTruth, ...asInteger]);
  const types = PLAIN.map((text, i) => {
    const [noText, noTruth, noInteger] = [0, 1, 2].map((part) => refused[part * PLAIN.length + i]);
    return [text, { noText, noTruth, noInteger }];
  });
  const ours = PLAIN.map((text) => {
    const value = plainScalar(text);
    const not = (type: boolean) => value !== null && !type;
    return [
      text,
      {
        noText: not(typeof value === 'string') || isNoJson(value),
        noTruth: not(typeof value === 'boolean') || isNoJson(value),
        noInteger: not(Number.isSafeInteger(value)) || isNoJson(value),
      },
    ];
  });
  expect(ours).toEqual(types);
});

/** Infinity and no number cannot be written as JSON, and so are refused wherever they stand. */
function isNoJson(value: unknown): boolean {
  return typeof value === 'number' && !Number.isFinite(value);
}
