import { claimsOf, testClaims } from './claims';

/** How many recommendations the guide has, as of the date that the page names. */
const RECOMMENDATIONS = 156;
const claims = claimsOf('docs/best-practices.md');

test('every recommendation has one row', () => {
  expect(claims.length).toBe(RECOMMENDATIONS);
  expect(new Set(claims.map(({ subject }) => subject)).size).toBe(RECOMMENDATIONS);
  expect(claims.filter(({ cells }) => cells.length !== 4)).toEqual([]);
});

testClaims(claims, ['default', 'option', 'rule', 'page', 'no']);
