/** The workflow and the buildspec that post a plan, their commands run as they are, with a gh and a curl that only listen. */
import { execFileSync, spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { parse } from 'yaml';
import { REPOSITORY } from '../app/support';
import { temporaryFolder } from '../support/app';

const OLD = 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: a, namespace: shop }\ndata: { key: one }\n';
const NEW = OLD.replace('one', 'two');
const CLI = path.join(REPOSITORY, 'bin/cli.ts');
const TSX = path.join(REPOSITORY, 'node_modules/tsx/dist/loader.mjs');

// biome-ignore lint/suspicious/noExplicitAny: YAML of files that a linter checks
const read = (file: string): any => parse(fs.readFileSync(path.join(REPOSITORY, 'examples/delivery', file), 'utf8'));

/** A repository with a branch that changes dist/, and programs that write what they are given to files beside it. */
function checkout(next: string) {
  const folder = temporaryFolder();
  const work = path.join(folder, 'work');
  const bin = path.join(folder, 'bin');
  fs.mkdirSync(path.join(work, 'dist'), { recursive: true });
  fs.mkdirSync(bin);
  const program = (name: string, text: string) =>
    fs.writeFileSync(path.join(bin, name), `#!/bin/sh\n${text}\n`, { mode: 0o755 });
  program('npx', `shift\nexec '${process.execPath}' --import '${TSX}' '${CLI}' "$@"`);
  program('gh', `printf '%s\\n' "$@" > '${folder}/gh'`);
  program('curl', `printf '%s\\n' "$@" > '${folder}/curl'`);
  const git = (...args: readonly string[]) =>
    execFileSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@example.com', ...args], { cwd: work, stdio: 'pipe' });
  const write = (text: string) => fs.writeFileSync(path.join(work, 'dist/a.yaml'), text);
  write(OLD);
  git('init', '-q', '-b', 'main');
  git('add', '-A');
  git('commit', '-q', '-m', 'First');
  git('remote', 'add', 'origin', '.');
  git('fetch', '-q', 'origin');
  git('switch', '-q', '-c', 'feature');
  write(next);
  git('commit', '-q', '-a', '-m', 'Second');
  const env = {
    ...process.env,
    PATH: [bin, path.dirname(process.execPath), process.env.PATH].join(':'),
    GITHUB_STEP_SUMMARY: path.join(folder, 'summary'),
  };
  const run = (script: string, more: Readonly<Record<string, string>>) =>
    spawnSync('bash', ['-e', '-o', 'pipefail', '-c', script], {
      cwd: work,
      env: { ...env, ...more },
      encoding: 'utf8',
    });
  return {
    run,
    said: (name: string) => fs.readFileSync(path.join(folder, name), 'utf8'),
    plan: () => fs.readFileSync(path.join(work, 'plan.md'), 'utf8'),
    comment: () => JSON.parse(fs.readFileSync(path.join(work, 'comment.json'), 'utf8')).body,
  };
}

describe('GitHub', () => {
  const steps: { name?: string; run?: string }[] = read('github/plan.yml').jobs.plan.steps;
  const scripts = steps.flatMap(({ name, run }) => (name !== undefined && run !== undefined ? run : [])).join('\n');

  test('changes do not fail the job, and the table is the comment and the summary', () => {
    const { run, said, plan } = checkout(NEW);
    expect(run(scripts, { BASE: 'origin/main', PULL_REQUEST: '42' })).toMatchObject({ status: 0 });
    expect(plan()).toMatch(/updated<br>ConfigMap/);
    expect(said('summary')).toBe(plan());
    expect(said('gh').split('\n')).toEqual(expect.arrayContaining(['42', '--edit-last', 'plan.md']));
  });

  test('a plan that cannot be made fails it', () => {
    expect(checkout(NEW).run(scripts, { BASE: 'origin/gone', PULL_REQUEST: '42' }).status).not.toBe(0);
  });
});

describe('CodeBuild', () => {
  const { build, post_build } = read('codepipeline/plan.yml').phases;
  const scripts = [...build.commands, ...post_build.commands].join('\n');
  const webhook = {
    CODEBUILD_WEBHOOK_BASE_REF: 'refs/heads/main',
    CODEBUILD_WEBHOOK_TRIGGER: 'pr/42',
    CODEBUILD_SOURCE_REPO_URL: 'https://github.com/owner/shop.git',
    GITHUB_TOKEN: 'token',
  };

  test('the table is the comment of the pull request', () => {
    const { run, said, plan, comment } = checkout(NEW);
    expect(run(scripts, webhook)).toMatchObject({ status: 0, stderr: '' });
    expect(comment()).toBe(plan());
    expect(said('curl')).toContain('https://api.github.com/repos/owner/shop/issues/42/comments\n');
  });

  test('a plan that cannot be made fails it', () => {
    expect(checkout(NEW).run(scripts, { ...webhook, CODEBUILD_WEBHOOK_BASE_REF: 'refs/heads/gone' }).status).not.toBe(
      0,
    );
  });
});
