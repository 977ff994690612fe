import { callAll } from '../../support/script-module';

const CHECKS = 'scripts/lib/release-checks.mjs';
const QUIET = { commits: [], outputChanged: false };

const changelog = (...lines: string[]) => ['# Changelog', '', ...lines, ''].join('\n');
const PENDING = changelog(
  '## [0.2.0] - unreleased',
  '',
  '### Added',
  '',
  '- A rule.',
  '',
  '## [0.1.0] - 2026-01-02',
  '',
  '- x',
);

/** How many problems each call of a check finds. */
async function counts(name: string, ...cases: readonly unknown[][]): Promise<number[]> {
  const results: string[][] = await callAll(
    CHECKS,
    cases.map((args) => [name, ...args]),
  );
  return results.map((problems) => problems.length);
}

test('placeholders and missing fields of package.json are problems, addresses are not', async () => {
  const filled = { homepage: 'https://x.example', repository: { url: 'git+https://x.example' }, bugs: { url: 'y' } };
  expect(
    await counts(
      'placeholderProblems',
      [filled],
      [{ ...filled, repository: { type: 'git', url: 'https://x.example/OWNER/y' } }],
      [{ ...filled, bugs: undefined, homepage: 'OWNER' }],
    ),
  ).toEqual([0, 1, 2]);
});

test('a version is valid and new', async () => {
  expect(
    await counts('versionProblems', ['0.2.0', ['v0.1.0']], ['1.0.0-rc.1', []], ['0.1.0', ['v0.1.0']], ['1.0', []]),
  ).toEqual([0, 0, 1, 1]);
});

test('the changelog has one section for the version, with entries', async () => {
  const of = (text: string, version = '0.2.0') => [text, version, QUIET];
  expect(
    await counts(
      'changelogProblems',
      of(PENDING),
      of(PENDING.replace('[0.2.0] - unreleased', '[Unreleased]')),
      of(PENDING.replace('- A rule.', '')),
      of(PENDING, '0.1.0'),
      of(PENDING, '0.3.0'),
      of(PENDING.replace('## [0.1.0]', '## [Unreleased]\n\n- y\n\n## [0.1.0]')),
      of(changelog('Nothing yet.')),
    ),
  ).toEqual([0, 0, 1, 1, 1, 1, 1]);
});

test('a commit that no entry can list is named', async () => {
  const empty = PENDING.replace('- A rule.', '');
  const [problems] = await callAll(CHECKS, [
    ['changelogProblems', empty, '0.2.0', { ...QUIET, commits: ['1234567 Spread pods'] }],
  ]);
  expect(problems).toEqual([expect.stringContaining('1234567 Spread pods')]);
});

test('output that changed is listed as changed', async () => {
  const changed = { ...QUIET, outputChanged: true };
  expect(
    await counts(
      'changelogProblems',
      [PENDING, '0.2.0', changed],
      [PENDING.replace('### Added', '### Changed'), '0.2.0', changed],
    ),
  ).toEqual([1, 0]);
});

test('the date stands in the heading of the release, and nothing else changes', async () => {
  const unreleased = PENDING.replace('[0.2.0] - unreleased', '[Unreleased]');
  const dated = PENDING.replace('unreleased', '2026-03-04');
  expect(
    await callAll(CHECKS, [
      ['datedChangelog', PENDING, '0.2.0', '2026-03-04'],
      ['datedChangelog', unreleased, '0.2.0', '2026-03-04'],
    ]),
  ).toEqual([dated, dated]);
});
