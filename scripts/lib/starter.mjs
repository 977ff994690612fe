// `npm create cdk8s-eks-patterns` from its tarball, and the project that it writes, for scripts/test-package.mjs.
import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { read, tree } from './files.mjs';

const NAME = 'create-cdk8s-eks-patterns';
const FILES = ['.github/workflows/check.yml', '.gitignore', 'cdk8s.yaml', 'main.ts', 'package.json', 'tsconfig.json'];
const QUIET = ['--no-audit', '--no-fund', '--loglevel=error'];

/** Packs the starter and runs it in an empty folder, as `npm create` does; the folder of the project. */
export function createProject(root, repository, run) {
  const [{ filename }] = JSON.parse(
    run(join(repository, NAME), 'npm', 'pack', '--json', '--ignore-scripts', '--pack-destination', root),
  );
  const place = join(root, 'starter');
  mkdirSync(place);
  run(place, 'npm', 'exec', '--yes', `--package=${join(root, filename)}`, '--', NAME, 'my-app');
  return join(place, 'my-app');
}

export function checkCreated(project) {
  const files = [...tree(project).keys()].sort();
  const { name } = JSON.parse(read(join(project, 'package.json')));
  return [
    ...FILES.filter((file) => !files.includes(file)).map((file) => `lacks ${file}`),
    ...files.filter((file) => !FILES.includes(file)).map((file) => `holds ${file}`),
    ...(name === 'my-app' ? [] : [`the package is called ${name}`]),
  ];
}

/** Installs the tarball of the library in place of the published one, synthesizes and checks. */
export function useProject(project, tarball, run) {
  run(project, 'npm', 'install', ...QUIET, tarball);
  run(project, 'npm', 'run', 'synth');
  const said = run(project, 'npm', 'run', '--silent', 'check');
  const made = ['dist/_cluster.k8s.yaml', 'dist/cluster/prod.md', 'dist/cluster/prod.yaml', 'dist/shop.k8s.yaml'];
  return [
    ...made.filter((file) => !existsSync(join(project, file))).map((file) => `synthesis does not write ${file}`),
    ...(/^0 errors/m.test(said) ? [] : [said]),
  ];
}

/** What the workflow runs, in its order, in a repository with everything committed. */
export function runWorkflow(project, run) {
  const git = (...args) => run(project, 'git', '-c', 'user.name=a', '-c', 'user.email=a@example.com', ...args);
  git('init', '--quiet');
  git('add', '--all');
  git('commit', '--quiet', '--message', 'Begin');
  const committed = git('ls-files').split('\n');
  const { steps } = parse(read(join(project, '.github/workflows/check.yml'))).jobs.check;
  const commands = steps.flatMap((step) => step.run ?? []);
  for (const command of commands) {
    run(project, 'bash', '-euo', 'pipefail', '-c', command);
  }
  // what is not what main.ts gives stops it
  run(project, 'bash', '-c', 'echo "# by hand" >> dist/shop.k8s.yaml && git add dist');
  const guard = commands.find((command) => command.includes('git status'));
  let stopped = false;
  try {
    run(project, 'bash', '-c', guard);
  } catch {
    stopped = true;
  }
  const { version } = JSON.parse(read(join(project, 'review.sarif')));
  return [
    ...(commands.length > 4 ? [] : ['the workflow runs too little']),
    ...(stopped ? [] : ['an edit of dist/ by hand does not stop the workflow']),
    ...(version === '2.1.0' ? [] : ['review.sarif is no SARIF']),
    ...(committed.includes('dist/shop.k8s.yaml') ? [] : ['dist/ is not committed']),
    ...committed.filter((file) => /^(?:node_modules|\.synth)\//.test(file)).map((file) => `commits ${file}`),
  ];
}
