import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { node, REPOSITORY } from '../app/support';
import { PROGRAMS } from '../workshop/pages';

const COMPILER = path.join(REPOSITORY, 'node_modules', '@typescript', 'native-preview', 'bin', 'tsgo');

let folder: string;
beforeEach(() => {
  folder = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), 'workshop-')));
  fs.symlinkSync(path.join(REPOSITORY, 'node_modules'), path.join(folder, 'node_modules'));
});
afterEach(() => fs.rmSync(folder, { recursive: true, force: true }));

/** Compiles programs as the project of the starter does, with the sources in place of the package. */
function compile(programs: readonly { readonly id: string; readonly program: string }[]) {
  for (const { id, program } of programs) {
    fs.writeFileSync(path.join(folder, `${id}.ts`), program);
  }
  const template = path.join(REPOSITORY, 'create-cdk8s-eks-patterns', 'template', 'tsconfig.json');
  const { compilerOptions } = JSON.parse(fs.readFileSync(template, 'utf8'));
  const paths = { 'cdk8s-eks-patterns': [path.join(REPOSITORY, 'charts', 'index.ts')] };
  fs.writeFileSync(
    path.join(folder, 'tsconfig.json'),
    JSON.stringify({
      compilerOptions: { ...compilerOptions, paths, noUncheckedIndexedAccess: true },
      include: ['*.ts'],
    }),
  );
  return node([COMPILER, '-p', 'tsconfig.json'], folder);
}

test('every program and every solution of the workshop compiles', async () => {
  expect(PROGRAMS.length).toBeGreaterThanOrEqual(20);
  expect(await compile(PROGRAMS)).toMatchObject({ status: 0, output: '' });
});

test('one that does not would be found', async () => {
  const [{ program } = { program: '' }] = PROGRAMS;
  const { status, output } = await compile([{ id: 'wrong', program: program.replace('port: 8080', "port: 'x'") }]);
  expect(status).not.toBe(0);
  expect(output).toMatch(/^wrong\.ts\(\d+,\d+\): error TS2322/m);
});
