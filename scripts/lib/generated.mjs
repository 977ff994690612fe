import { execFileSync } from 'node:child_process';

/** What is committed and made by a program: the outputs of main.ts and of the examples, the rules, and the API reference. */
const PATHS = ['dist', 'examples/*/dist', 'docs/api', 'docs/rules.md', 'review/rules/index.ts'];

/** Makes everything generated again; the files that are not as committed, as `git status --porcelain` lists them. */
export function regenerate(root) {
  execFileSync('npm', ['run', '--silent', 'generate'], { cwd: root, stdio: ['ignore', 'ignore', 'inherit'] });
  const status = execFileSync('git', ['status', '--porcelain', '--', ...PATHS], { cwd: root, encoding: 'utf8' });
  return status.split('\n').filter((line) => line !== '');
}
