import { execFileSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { nextRun, REPOSITORY, useWorkingFolder } from '../app/support';
import { command } from '../bin/support';
import { temporaryFolder } from '../support/app';
import { COMMANDS, commandsIn, commandsOf, RUNNERS, rowOf } from './commands';
import { PAGES } from './pages';

const folder = useWorkingFolder();

test('each command of each page is run by a test, or talks to AWS or Docker', () => {
  expect([...new Set(COMMANDS.map(rowOf))].sort()).toEqual(Object.values(RUNNERS).flat().sort());
});

test('nothing but eksctl and Docker is left out, and names without an object', () => {
  expect(RUNNERS.aws.filter((row) => !/^\S+ eksctl /.test(row))).toEqual([]);
  expect(RUNNERS.docker.filter((row) => !/^\S+ docker /.test(row))).toEqual([]);
  expect(RUNNERS.named.filter((row) => row.split(' ').length > 3)).toEqual([]);
});

test('commands are found in blocks and sentences, on one line, without comments', () => {
  const text = [
    'First `kubectl get pods -n shop`, not `dist/` and not `kubectl`.',
    '```sh',
    'git init   # once',
    'docker run \\',
    '  -d web',
    '```',
    '```console',
    '$ npm run synth',
    'warning: `npm run nothing`',
    '```',
    '- `cd shop`',
  ];
  expect(commandsIn(text.join('\n'))).toEqual([
    { line: 1, text: 'kubectl get pods -n shop' },
    { line: 3, text: 'git init' },
    { line: 4, text: 'docker run -d web' },
    { line: 8, text: 'npm run synth' },
    { line: 11, text: 'cd shop' },
  ]);
});

test('what test:package runs is what the index says', () => {
  const script = fs.readFileSync(path.join(REPOSITORY, 'scripts/lib/starter.mjs'), 'utf8');
  expect(commandsOf('package', 'README').join(' && ')).toBe(
    'npm create cdk8s-eks-patterns workshop && cd workshop && npm install',
  );
  expect(script).toMatch(/run\(place, 'npm', 'exec', .*NAME, 'my-app'\)/);
  expect(script).toMatch(/run\(project, 'npm', 'install'/);
  expect(script).toMatch(/run\(project, 'npm', 'run', 'synth'\)/);
  expect(script).toMatch(/run\(project, 'npm', 'run', '--silent', 'check'\)/);
});

describe('in a project', () => {
  /** As the scripts of the project that the starter writes: what `npm run` runs. */
  const template = path.join(REPOSITORY, 'create-cdk8s-eks-patterns/template/package.template.json');
  const scripts = JSON.parse(fs.readFileSync(template, 'utf8')).scripts as { readonly [name: string]: string };

  async function run(text: string, program: string): Promise<string> {
    if (text === 'npm run synth') {
      const file = path.join(temporaryFolder(), 'main.ts');
      fs.writeFileSync(file, program);
      nextRun();
      require(file);
      return '';
    }
    if (text === 'npm run check') {
      return (await command(scripts.check!.split(' ').slice(1))).out;
    }
    const [git, ...args] = [...text.matchAll(/'([^']*)'|\S+/g)].map(([word, quoted]) => quoted ?? word);
    expect(git).toBe('git');
    const settings = ['user.name=a', 'user.email=a@example.com', 'init.defaultBranch=main'];
    return execFileSync('git', [...settings.flatMap((one) => ['-c', one]), ...args], {
      cwd: folder.path,
      encoding: 'utf8',
    });
  }

  const last = PAGES.at(-1)!;
  const [first, upgraded] = last.blocks.filter(({ lang }) => lang === 'ts').map(({ program }) => program!);
  beforeEach(() => {
    for (const way of ['log', 'warn'] as const) {
      jest.spyOn(console, way).mockImplementation(() => undefined);
    }
  });

  test('the commands of the index show what a step changes', async () => {
    const [synth, check, ...git] = commandsOf('here', 'README').filter((text, i, all) => all.indexOf(text) === i);
    expect([synth, check]).toEqual(['npm run synth', 'npm run check']);
    await run(synth!, first!);
    expect(await run(check!, first!)).toContain('0 errors');
    const [init, add, commit, diff] = git;
    for (const text of [init!, add!, commit!]) {
      await run(text, first!);
    }
    expect(await run(diff!, first!)).toBe('');
    await run(synth!, upgraded!);
    expect(await run(diff!, upgraded!)).toMatch(/^\+ {2}version: "1.36"$/m);
  });

  test('the commands of page 10 show what will be different, and what is wrong with it', async () => {
    await run('npm run synth', first!);
    await run('git init', first!);
    await run('git add .', first!);
    const said: string[] = [];
    for (const text of commandsOf('here', '10')) {
      said.push(await run(text, upgraded!));
    }
    expect(said[1]).toMatch(/^\+ {2}version: "1.36"$/m);
    expect(said[2]).toContain('0 errors');
  });
});
