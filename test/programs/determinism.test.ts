import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { node, put, REPOSITORY, tree } from '../app/support';
import { ROOMS } from '../architecture/sources';

/** Runs main.ts once for each folder, in one process: state that a module keeps would show in the second run. */
const TWICE = `
const main = require.resolve(process.cwd() + '/main.ts');
const store = require.resolve(process.cwd() + '/examples/retail-store/store.ts');
for (const folder of process.argv.slice(2)) {
  process.env.CDK8S_OUTDIR = folder;
  delete require.cache[main];
  delete require.cache[store];
  require(main);
}
`;

/** Another day, and another sequence of random numbers. */
const ELSEWHEN = `
const Real = Date;
globalThis.Date = class extends Real {
  constructor(...args) {
    super(...(args.length === 0 ? [Real.now() + 400 * 86400000] : args));
  }
  static now() {
    return Real.now() + 400 * 86400000;
  }
};
Math.random = () => 0.123456789;
`;

let root: string;
/** The output of main.ts in the repository, and of a copy elsewhere, on another day, by another user. */
const found: { here: Record<string, string>[]; elsewhere: Record<string, string>[] } = { here: [], elsewhere: [] };

/** Everything that a program needs, at another place. */
function move(to: string): void {
  for (const part of ['main.ts', 'examples/retail-store', ...ROOMS, 'tsconfig.json', 'package.json']) {
    fs.cpSync(path.join(REPOSITORY, part), path.join(to, part), { recursive: true });
  }
  fs.symlinkSync(path.join(REPOSITORY, 'node_modules'), path.join(to, 'node_modules'));
}

async function twice(name: string, cwd: string, args: string[], env: Record<string, string>) {
  const folders = ['first', 'second'].map((run) => path.join(root, name, run));
  const { status, output } = await node([...args, path.join(root, 'twice.cjs'), ...folders], cwd, env);
  expect([status, output]).toEqual([0, expect.any(String)]);
  return folders.map(tree);
}

beforeAll(async () => {
  root = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), 'determinism-')));
  put(path.join(root, 'twice.cjs'), TWICE);
  put(path.join(root, 'elsewhen.cjs'), ELSEWHEN);
  const moved = path.join(root, 'another', 'place');
  move(moved);
  const user = { USER: 'zz-somebody', LOGNAME: 'zz-somebody', HOSTNAME: 'zz-host', HOME: path.join(root, 'zz-home') };
  [found.here, found.elsewhere] = await Promise.all([
    twice('a', REPOSITORY, ['--import', 'tsx'], {}),
    twice('b', moved, ['--import', 'tsx', '--require', path.join(root, 'elsewhen.cjs')], {
      ...user,
      TZ: 'Pacific/Auckland',
      LANG: 'tr_TR.UTF-8',
      LC_ALL: 'tr_TR.UTF-8',
    }),
  ]);
}, 60_000);
afterAll(() => {
  fs.rmSync(root, { recursive: true, force: true });
});

test('the program has output to compare', () => {
  expect(Object.keys(found.here[0]!)).toEqual(
    expect.arrayContaining(['_cluster.k8s.yaml', 'cluster/prod.md', 'cluster/prod.yaml', 'orders.k8s.yaml']),
  );
});

test('twice in one process it gives the same bytes', () => {
  expect(found.here[1]).toEqual(found.here[0]);
  expect(found.elsewhere[1]).toEqual(found.elsewhere[0]);
});

test('in another process, folder, time zone and language, on another day and by another user: the same bytes', () => {
  expect(found.elsewhere[0]).toEqual(found.here[0]);
});

test('no output holds a path of this machine, the name of its user or today', () => {
  const today = new Date().toISOString().slice(0, 10);
  const traces = [REPOSITORY, root, os.homedir(), os.tmpdir(), os.hostname(), today, 'node_modules', 'zz-'];
  // a home such as / or a user such as root stands in every manifest, and proves nothing
  const telling = traces.filter((trace) => trace.length > 5 || trace === 'zz-');
  expect(telling.length).toBeGreaterThan(4);
  for (const [file, text] of Object.entries(found.elsewhere[0]!)) {
    expect(telling.filter((trace) => text.includes(trace)).map((trace) => `${file}: ${trace}`)).toEqual([]);
    expect(text.match(/20\d\d-\d\d-\d\dT[\d:]+/g)).toBeNull();
  }
});
