import { isSecretNamed, secretIn } from '../../kube/secrets/secret-text';
import { HARMLESS, SECRETS } from '../support/secrets';
import { ended } from '../support/work';

const found = (name: string, value: string): boolean => isSecretNamed(name, value) || secretIn(value) !== undefined;

test.each(SECRETS.map(([name, value]) => [name, value.slice(0, 12), value]))(
  '%s %s... is found',
  (name, _start, value) => {
    expect([name, found(name, value)]).toEqual([name, true]);
  },
);

test.each(SECRETS)('%s is found in a line of a file', (name, value) => {
  expect(secretIn(`# settings\n${name}=${value}\nlast: 1\n`)).toBeDefined();
});

test.each(HARMLESS)('%s is harmless', (name, value) => {
  expect([isSecretNamed(name, value), secretIn(value)]).toEqual([false, undefined]);
});

test.each(HARMLESS)('%s is harmless in a line of a file', (name, value) => {
  expect(secretIn(`# settings\n${name}=${value}\nlast: 1\n`)).toBeUndefined();
});

test('the shortest token is found', () => {
  expect(secretIn('xoxb-1a2b3c4d5e')).toBe('a Slack token');
});

describe('a flag is judged with the value behind it', () => {
  test.each([
    ['redis-cli --db-password hunter2 ping', true],
    ['curl -H "Authorization: Bearer $TOKEN" https://x', false],
    ['app --password-file /run/secrets/x --token-ttl 5m', false],
    ['export DB_PASSWORD=hunter2; exec app', true],
    ['export DB_PASSWORD="$(cat /run/secrets/x)"; exec app', false],
    ['export DB_PASSWORD=$PASSWORD', false],
    ['password: |\n  text', false],
    ['spring.datasource.password=hunter2', true],
    ['{"apiKey": "0a1b2c3d4e5f"}', true],
    ['{"passwordSecretRef": "db"}', false],
    ['password = os.environ["DB_PASSWORD"]', false],
    ['const token = getToken(user)', false],
    ['secretKeyRef: { name: db, key: password }', false],
    ["CREATE ROLE app LOGIN PASSWORD :'owner';", false],
    ["ALTER USER app WITH PASSWORD :'owner';", false],
    ["CREATE ROLE app LOGIN PASSWORD: 'owner';", true],
    ["CREATE ROLE app;\npassword :'hunter'", true],
  ])('%s: %s', (text, expected) => {
    expect(secretIn(text) !== undefined).toBe(expected);
  });
});

test.each([
  'a',
  '-eyJ',
  '.eyJ',
  '.eyJaaaaaaaaaaaa',
  '://',
  '://a:',
  '://a:b',
  '@tcp(',
  'password ',
  'password=',
  "password :'a' ",
  'sk-',
  'Bearer ',
  '$(',
  '/a',
  'LS0tLS1CRUdJTi',
])('a long text of %j is searched in time that grows with its length', (part) => {
  expect(ended(() => [secretIn(part.repeat(Math.ceil(400_000 / part.length)))])).toHaveLength(1);
});
