import { execFileSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { node, REPOSITORY } from '../../app/support';
import { temporaryFolder } from '../../support/app';

// npm takes its time when every core is busy
jest.setTimeout(60_000);

const IDENTITY = {
  GIT_AUTHOR_NAME: 'Test',
  GIT_AUTHOR_EMAIL: 'test@example.com',
  GIT_COMMITTER_NAME: 'Test',
  GIT_COMMITTER_EMAIL: 'test@example.com',
};
const ADDRESSES = { homepage: 'https://x.example', repository: 'https://x.example', bugs: 'https://x.example' };

/** A repository with the release script, a changelog, and a generated file that `npm run generate` makes from 'source'. */
function repository() {
  const folder = temporaryFolder();
  const write = (file: string, text: string) => {
    fs.mkdirSync(path.dirname(path.join(folder, file)), { recursive: true });
    fs.writeFileSync(path.join(folder, file), text);
  };
  const git = (...args: string[]) =>
    execFileSync('git', args, { cwd: folder, encoding: 'utf8', env: { ...process.env, ...IDENTITY } }).trim();
  const manifest = (fields: object) => {
    const scripts = { generate: 'cp source dist/output' };
    write('package.json', JSON.stringify({ name: 'x', version: '0.1.0', scripts, ...ADDRESSES, ...fields }));
  };
  const commit = (subject: string) => {
    git('add', '--all');
    git('commit', '--quiet', '--message', subject);
  };
  fs.cpSync(path.join(REPOSITORY, 'scripts'), path.join(folder, 'scripts'), { recursive: true });
  manifest({});
  write('tsconfig.build.json', JSON.stringify({ include: ['charts'] }));
  write('CHANGELOG.md', '## [0.1.0] - unreleased\n\n- All of it.\n');
  write('source', 'one');
  write('dist/output', 'one');
  write('examples/a/dist/output', 'one');
  write('docs/api/README.md', 'one');
  git('init', '--quiet');
  commit('First');
  const release = (...args: string[]) => node(['scripts/release.mjs', ...args], folder, IDENTITY);
  const read = (file: string) => fs.readFileSync(path.join(folder, file), 'utf8');
  return { git, write, read, commit, manifest, release };
}

test('a release is a dated changelog, a commit and a tag; a rehearsal is none of them', async () => {
  const { git, read, release } = repository();
  const head = git('rev-parse', 'HEAD');
  expect((await release('--dry-run')).status).toBe(0);
  expect([git('rev-parse', 'HEAD'), git('status', '--porcelain'), git('tag')]).toEqual([head, '', '']);

  expect((await release()).status).toBe(0);
  expect(read('CHANGELOG.md')).toMatch(/^## \[0\.1\.0\] - \d{4}-\d{2}-\d{2}\n\n- All of it\.\n$/);
  expect([git('log', '-1', '--format=%s'), git('status', '--porcelain')]).toEqual(['Release 0.1.0', '']);
  expect(git('rev-parse', 'v0.1.0^{commit}')).toBe(git('rev-parse', 'HEAD'));
});

test('a tree that is not clean, placeholders, and generated files that are not committed are refused', async () => {
  const { git, write, commit, manifest, release } = repository();
  write('charts/new.ts', '');
  expect(await release()).toMatchObject({ status: 1, output: expect.stringContaining('?? charts/') });

  manifest({ bugs: 'https://x.example/OWNER' });
  commit('Two');
  expect(await release()).toMatchObject({ status: 1, output: expect.stringContaining('bugs') });

  manifest({});
  write('source', 'two');
  commit('Three');
  expect(await release()).toMatchObject({ status: 1, output: expect.stringContaining('M dist/output') });
  expect(git('tag')).toBe('');
});

test('after a release, a change that the changelog does not list is refused by the name of its commit', async () => {
  const { git, write, commit, manifest, release } = repository();
  git('tag', 'v0.1.0');
  manifest({ version: '0.2.0' });
  write('CHANGELOG.md', '## [0.2.0] - unreleased\n\n## [0.1.0] - 2026-01-02\n\n- All of it.\n');
  write('charts/new.ts', '');
  commit('Spread pods');
  expect(await release()).toMatchObject({ status: 1, output: expect.stringContaining('Spread pods') });

  write('CHANGELOG.md', '## [0.2.0] - unreleased\n\n### Added\n\n- Spread.\n');
  write('source', 'two');
  write('dist/output', 'two');
  commit('Write other output');
  expect(await release()).toMatchObject({ status: 1, output: expect.stringContaining('### Changed') });
});
