import { existsSync, mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { node, put, REPOSITORY, wholeTree } from '../app/support';

const CLI = join(REPOSITORY, 'create-cdk8s-eks-patterns', 'cli.js');
const { version } = require('../../create-cdk8s-eks-patterns/package.json');

let place: string;
beforeEach(() => {
  place = realpathSync(mkdtempSync(join(tmpdir(), 'starter-')));
});
afterEach(() => rmSync(place, { recursive: true, force: true }));

const create = (...args: string[]) => node([CLI, ...args], place);

const FILES = ['.github/workflows/check.yml', '.gitignore', 'cdk8s.yaml', 'main.ts', 'package.json', 'tsconfig.json'];

test('given a name it asks nothing, writes a project of that name, and says what comes next', async () => {
  const { status, output } = await create('my-app');
  expect(status).toBe(0);
  expect(Object.keys(wholeTree(join(place, 'my-app')))).toEqual(FILES);
  expect(JSON.parse(wholeTree(join(place, 'my-app'))['package.json']!).name).toBe('my-app');
  expect(output).toMatch(/^The project is in my-app\. Next:\n\n {2}cd my-app\n {2}npm install\n {2}npm run synth/);
});

test('writes into the working directory, and into folders below others', async () => {
  put(join(place, 'shop', '.git', 'HEAD'));
  const inside = await node([CLI, '.'], join(place, 'shop'));
  expect(inside).toMatchObject({
    status: 0,
    output: expect.stringContaining('in this folder. Next:\n\n  npm install'),
  });
  expect(JSON.parse(wholeTree(join(place, 'shop'))['package.json']!).name).toBe('shop');
  expect((await create('apps/web')).status).toBe(0);
  expect(existsSync(join(place, 'apps/web/main.ts'))).toBe(true);
});

test.each([['--help'], ['-h'], ['my-app', '--help']])(
  '%s %s tells how it is used, and writes nothing',
  async (...args) => {
    const { status, output } = await create(...args.filter(Boolean));
    expect({ status, output }).toEqual({
      status: 0,
      output: expect.stringMatching(/^Usage: npm create cdk8s-eks-patterns/),
    });
    expect(wholeTree(place)).toEqual({});
  },
);

test('--version', async () => {
  expect(await create('--version')).toMatchObject({ status: 0, output: `${version}\n` });
});

describe('refuses, with what to do', () => {
  test('a folder with files, which stay as they are', async () => {
    put(join(place, 'my-app', 'main.ts'), 'mine');
    const { status, output } = await create('my-app');
    expect(status).toBe(2);
    expect(output).toMatch(
      /the folder must be empty, but '.*my-app' has main\.ts\. Give the name of a new folder\.\n$/,
    );
    expect(wholeTree(place)).toEqual({ 'my-app/main.ts': 'mine' });
  });

  test.each([
    ['a name that npm does not take', ['My App'], /must be one that npm takes: .* but is 'My App'\. Give the folder/],
    ['an option that there is not', ['my-app', '--force'], /unknown option '--force'\. Run it with --help/],
    ['two folders', ['my', 'app'], /takes one folder, but got 2: my app\. Quote a name with spaces\./],
    ['no name, where nobody can be asked', [], /the folder is required: npm create cdk8s-eks-patterns my-app/],
  ])('%s', async (_, args, message) => {
    const { status, output } = await create(...args);
    expect({ status, output }).toEqual({ status: 2, output: expect.stringMatching(message) });
    expect(wholeTree(place)).toEqual({});
  });

  test('a file', async () => {
    put(join(place, 'app'), 'mine');
    expect(await create('app')).toMatchObject({ status: 2, output: expect.stringMatching(/'.*app' is a file\. Give/) });
  });
});
