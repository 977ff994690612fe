// Makes the commit and the tag of a release, of the version in package.json: npm run release [-- --dry-run]
// It refuses what is not ready, and never pushes or publishes: the last lines are the commands that do.
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { packageOf, rooms } from './lib/entry-points.mjs';
import { regenerate } from './lib/generated.mjs';
import { changelogProblems, datedChangelog, placeholderProblems, versionProblems } from './lib/release-checks.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const CHANGELOG = join(root, 'CHANGELOG.md');
const OUTPUT = ['dist', 'examples/*/dist'];
const dryRun = process.argv.includes('--dry-run');

const git = (...args) => execFileSync('git', args, { cwd: root, encoding: 'utf8' });
const lines = (text) => text.split('\n').filter((line) => line !== '');

function refuseIf(problems) {
  if (problems.length > 0) {
    console.error(`Not released:\n${problems.map((problem) => `- ${problem}`).join('\n')}`);
    process.exit(1);
  }
}

/** What users get, as it is in git, since the last release; everything when there was none. */
function since(tag) {
  const range = tag === undefined ? [] : [`${tag}..HEAD`];
  const commits = lines(git('log', '--format=%h %s', ...range, '--', ...rooms(root), ...OUTPUT));
  const changed = tag === undefined ? '' : git('diff', '--name-only', '--diff-filter=MD', tag, '--', ...OUTPUT);
  return { commits, outputChanged: changed !== '' };
}

const manifest = packageOf(root);
const { version } = manifest;
const tags = lines(git('tag', '--list', 'v*', '--merged', 'HEAD', '--sort=-creatordate'));
const changelog = readFileSync(CHANGELOG, 'utf8');

const dirty = lines(git('status', '--porcelain')).map((line) => `The working tree is not clean: ${line}`);
refuseIf([
  ...dirty,
  ...placeholderProblems(manifest),
  ...versionProblems(version, lines(git('tag', '--list'))),
  ...changelogProblems(changelog, version, since(tags[0])),
]);
console.log('Generating the outputs and the API reference again.');
refuseIf(regenerate(root).map((line) => `Generated and not committed: ${line}`));

if (dryRun) {
  console.log(`Ready to release ${version}. Nothing was written.`);
  process.exit(0);
}
writeFileSync(CHANGELOG, datedChangelog(changelog, version, new Date().toISOString().slice(0, 10)));
git('commit', '--quiet', '--message', `Release ${version}`, '--', 'CHANGELOG.md');
git('tag', '--annotate', `v${version}`, '--message', `Release ${version}`);
console.log(`Committed and tagged v${version}. To publish it:
  git push origin HEAD v${version}
  npm publish
  npm publish ./create-cdk8s-eks-patterns`);
