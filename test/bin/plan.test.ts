import { execFileSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { command, FINE, folderOf } from './support';

const CHANGED = `${FINE}data: { key: two }\n`;
const JOB = (image: string) =>
  `apiVersion: batch/v1\nkind: Job\nmetadata: { name: load, namespace: shop }\nspec: { template: { spec: { restartPolicy: Never, containers: [{ name: load, image: '${image}' }] } } }\n`;

async function planned(...args: readonly string[]) {
  const { out, ...ran } = await command(['plan', '--format', 'json', ...args]);
  const { objects, from } = JSON.parse(out === '' ? '{"objects":[]}' : out);
  const verdicts: string[] = objects.map(
    ({ verdict, object }: { verdict: string; object: { name: string } }) => `${verdict} ${object.name}`,
  );
  return { ...ran, from, verdicts };
}

describe('against a folder', () => {
  const against = (old: string, next: string) =>
    planned('--from', folderOf({ 'a.yaml': old }), '--to', folderOf({ 'a.yaml': next }));

  test('nothing to apply is 0', async () => {
    expect(await against(FINE, `# another comment\n${FINE}`)).toMatchObject({ code: 0, verdicts: ['unchanged a'] });
  });

  test('changes are 2', async () => {
    expect(await against(FINE, CHANGED)).toMatchObject({ code: 2, verdicts: ['updated a'] });
    expect(await against(FINE, '')).toMatchObject({ code: 2, verdicts: ['left-behind a'] });
  });

  test('a refusal is 3', async () => {
    expect(await against(JOB('load:1'), JOB('load:2'))).toMatchObject({ code: 3, verdicts: ['refused load'] });
  });

  test('manifests that cannot be read are 3: nothing is known of them', async () => {
    expect(await against(FINE, `${FINE}---\na: [`)).toMatchObject({ code: 3 });
  });
});

describe('against a revision', () => {
  const git = (cwd: string, ...args: readonly string[]) =>
    execFileSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@example.com', ...args], { cwd, stdio: 'pipe' });
  /** A repository whose main branch has `dist/` as it was. */
  function repository(files: Readonly<Record<string, string>>): string {
    const folder = folderOf(files);
    git(folder, 'init', '-q', '-b', 'main');
    git(folder, 'add', '-A');
    git(folder, 'commit', '-q', '-m', 'First');
    return folder;
  }
  const write = (folder: string, name: string, text: string) => fs.writeFileSync(path.join(folder, name), text);

  test('the working tree is compared with the last commit of the main branch', async () => {
    const folder = repository({ 'dist/a.yaml': FINE });
    const to = path.join(folder, 'dist');
    expect(await planned('--to', to)).toMatchObject({ code: 0 });
    write(folder, 'dist/a.yaml', CHANGED);
    expect(await planned('--to', to)).toMatchObject({
      code: 2,
      verdicts: ['updated a'],
      from: expect.stringMatching(/First/),
    });
  });

  test('on another branch, with the commit at which it left the main one', async () => {
    const folder = repository({ 'dist/a.yaml': FINE });
    const to = path.join(folder, 'dist');
    git(folder, 'switch', '-q', '-c', 'feature');
    write(folder, 'dist/a.yaml', CHANGED);
    git(folder, 'commit', '-q', '-a', '-m', 'Second');
    expect(await planned('--to', to)).toMatchObject({ verdicts: ['updated a'] });
    expect(await planned('--from', 'HEAD', '--to', to)).toMatchObject({ code: 0 });
    expect(await planned('--from', 'HEAD~1', '--to', to)).toMatchObject({ verdicts: ['updated a'] });
  });

  test('files of other kinds and names with spaces are no obstacle', async () => {
    const folder = repository({
      'dist/sub dir/ä.yaml': FINE,
      'dist/README.md': '# No manifest',
      'other/b.yaml': CHANGED,
    });
    expect(await planned('--to', path.join(folder, 'dist'))).toMatchObject({ code: 0, verdicts: ['unchanged a'] });
  });

  test('a folder that the revision does not have is created', async () => {
    const folder = repository({ 'README.md': '# First' });
    fs.mkdirSync(path.join(folder, 'dist'));
    write(folder, 'dist/a.yaml', FINE);
    expect(await planned('--to', path.join(folder, 'dist'))).toMatchObject({ code: 2, verdicts: ['created a'] });
  });

  test.each([
    ['an unknown revision', ['--from', 'no-such-revision']],
    ['an option of git', ['--from', '--upload-pack=touch x']],
  ])('%s is refused', async (_what, args) => {
    const to = path.join(repository({ 'dist/a.yaml': FINE }), 'dist');
    expect(await planned(...args, '--to', to)).toMatchObject({ code: 1 });
  });

  test('a folder outside of a repository needs --from', async () => {
    const ran = await planned('--to', folderOf({ 'a.yaml': FINE }));
    expect(ran).toMatchObject({ code: 1, err: expect.stringMatching(/--from/) });
  });
});

test.each([
  [['--to', 'no-such-folder']],
  [['--format', 'sarif']],
  [['--kubernetes', 'newest', '--from', '.', '--to', '.']],
  [['--unknown']],
])('a wrong call is 1: %j', async (args) => {
  expect(await command(['plan', ...args])).toMatchObject({ code: 1, out: '' });
});

describe('a ClusterConfig', () => {
  const config = (version: string, more = '') =>
    `apiVersion: eksctl.io/v1alpha5\nkind: ClusterConfig\nmetadata: { name: prod, region: us-west-2, version: "${version}" }\n${more}`;
  const steps = async (old: string, next: string) => {
    const args = ['--from', folderOf({ 'c.yaml': old }), '--to', folderOf({ 'c.yaml': next })];
    const { code, out } = await command(['plan', '--format', 'json', ...args]);
    const [change = { steps: [] }] = JSON.parse(out).clusters;
    return { code, steps: change.steps.map(({ id }: { id: string }) => id) as string[] };
  };

  test('that changes gives steps', async () => {
    expect(await steps(config('1.34'), config('1.34'))).toEqual({ code: 0, steps: [] });
    const { code, steps: ids } = await steps(config('1.34'), config('1.35'));
    expect(code).toBeGreaterThan(1);
    expect(ids[0]).toMatch(/1\.35/);
  });

  test('of one side alone is a cluster to make, or one to delete', async () => {
    expect(await steps(FINE, config('1.35'))).toEqual({ code: 2, steps: ['cluster/create'] });
    expect(await steps(config('1.35'), FINE)).toEqual({ code: 2, steps: ['cluster/delete'] });
  });

  test.each(['text', 'markdown'])('is in the %s', async (format) => {
    const args = ['--from', folderOf({ 'c.yaml': config('1.34') }), '--to', folderOf({ 'c.yaml': config('1.35') })];
    const { out } = await command(['plan', '--format', format, ...args]);
    expect(out).toContain('eksctl upgrade cluster');
  });
});

test('long values are shown from where they differ, and characters of terminals are escaped', async () => {
  const long = 'registry.example.com/'.repeat(5);
  const map = (value: string) => `${FINE}data: { key: "${value}" }\n`;
  const args = [
    '--from',
    folderOf({ 'a.yaml': map(`${long}:1`) }),
    '--to',
    folderOf({ 'a.yaml': map(`${long}:2\\e[31m`) }),
  ];
  const { out } = await command(['plan', ...args]);
  expect(out).toMatch(/data\.key: ….{1,30}:1 → ….{1,30}:2\\u001b/);
});

test('Markdown escapes what values say, and fits into a comment', async () => {
  const maps = (value: string) =>
    Array.from({ length: 1500 }, (_, i) => `${FINE.replace('name: a', `name: a${i}`)}data: { key: "${value}" }\n`).join(
      '---\n',
    );
  const args = ['--from', folderOf({ 'a.yaml': maps('1') }), '--to', folderOf({ 'a.yaml': maps('<b>|`') })];
  const { out } = await command(['plan', '--format', 'markdown', ...args]);
  expect(out).not.toMatch(/<b>/);
  expect(out.length).toBeLessThan(65_536);
});
