import { badMap, reviewed } from './support';

const severities = (levels: object) =>
  reviewed(badMap(), { levels: levels as never }).map(({ rule, severity }) => [rule, severity]);

test.each([
  [{}, 'error'],
  [{ 'own/bad': 'advice' }, 'advice'],
  [{ own: 'warning' }, 'warning'],
  [{ own: 'warning', 'own/bad': 'error' }, 'error'],
  [{ 'own/bad': 'warning', own: 'off' }, 'warning'],
])('with the levels %j a finding is %s', (levels, severity) => {
  expect(severities(levels)).toEqual([['own/bad', severity]]);
});

test.each([[{ 'own/bad': 'off' }], [{ own: 'off' }]])('with %j it is left out', (levels) => {
  expect(severities(levels)).toEqual([]);
});

test.each([['own/bed'], ['owm'], ['toString'], ['']])('a level of %j is a finding', (name) => {
  expect(severities({ [name]: 'off' })).toEqual([
    ['review/unknown-rule', 'warning'],
    ['own/bad', 'error'],
  ]);
});

test.each([['manifests/type'], ['manifests'], ['waivers'], ['N12'], ['secrets/literal']])(
  '%s can have a level',
  (name) => {
    expect(reviewed('', { levels: { [name]: 'off' } })).toEqual([]);
  },
);

test('findings about the review have levels too', () => {
  expect(reviewed('', { levels: { typo: 'off', review: 'error' } })).toMatchObject([{ severity: 'error' }]);
  expect(reviewed('', { levels: { typo: 'off', review: 'off' } })).toEqual([]);
});
