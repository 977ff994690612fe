import { claimsOf, testClaims, text } from './claims';

const WAYS = ['default', 'option', 'rule', 'page', 'AWS', 'yours'];
const numbered = (prefix: string, last: number) => Array.from({ length: last }, (_, i) => `${prefix}.${i + 1}`);

/** The controls of CIS Amazon EKS Benchmark 1.8.0, without its titles. */
const CIS = [
  ...numbered('2.1', 2),
  ...numbered('3.1', 4),
  ...numbered('3.2', 9),
  ...numbered('4.1', 12),
  ...numbered('4.2', 5),
  ...numbered('4.3', 2),
  ...numbered('4.4', 2),
  ...numbered('4.5', 2),
  ...numbered('5.1', 4),
  ...numbered('5.2', 1),
  ...numbered('5.3', 1),
  ...numbered('5.4', 5),
  ...numbered('5.5', 1),
];

const PAGES = ['docs/sla.md', 'docs/compliance.md'];

/** The rules of the review that a page is to name all: what its subject is about. */
const TOPICS: Record<string, RegExp> = {
  'docs/sla.md': /^availability\//,
  'docs/compliance.md': /^(?:security|pod-security)\//,
};

const rulesOf = (topic: RegExp) =>
  [...text('docs/rules.md').matchAll(/^### (.*)$/gm)].map(([, id]) => id!).filter((id) => topic.test(id));

test('each control of the CIS benchmark has a row, in its order', () => {
  const rows = claimsOf('docs/compliance.md', 'CIS Amazon EKS Benchmark');
  expect(rows.map(({ subject }) => subject.replace(/:.*/, ''))).toEqual(CIS);
});

test.each([
  [
    'NSA and CISA: Kubernetes Hardening Guide',
    ['Pod security', 'Network', 'Authentication', 'Authorization', 'Logs', 'Upgrades'],
  ],
  ['PCI DSS', ['1', '2', '3', '4', '6', '7', '8', '10', '11', '12']],
  ['HIPAA', ['164']],
])('%s has rows of each chapter', (section, chapters) => {
  const rows = claimsOf('docs/compliance.md', section);
  expect([...new Set(rows.map(({ subject }) => /^(\d+|[^:]+)/.exec(subject)![1]))]).toEqual(chapters);
});

test.each(PAGES)('%s has four cells in each row, and no row twice', (page) => {
  const claims = claimsOf(page);
  expect(claims.length).toBeGreaterThan(20);
  expect(claims.filter(({ cells }) => cells.length !== 4)).toEqual([]);
  expect(new Set(claims.map(({ subject }) => subject)).size).toBe(claims.length);
});

test.each(PAGES)('%s names every rule of its topic', (page) => {
  const named = new Set(claimsOf(page).flatMap(({ rules }) => rules.review));
  const rules = rulesOf(TOPICS[page]!);
  expect(rules.length).toBeGreaterThan(5);
  expect(rules.filter((id) => !named.has(id))).toEqual([]);
});

describe.each(PAGES)('%s', (page) => testClaims(claimsOf(page), WAYS));
