import * as fs from 'node:fs';
import * as path from 'node:path';
import { temporaryFolder } from '../support/app';
import { PAGES } from '../workshop/pages';
import { useCluster } from './harness/cluster';
import { runCommand } from './harness/documented';
import { Story } from './harness/members';
import { addNodes, node } from './harness/nodes';

const TENANT = 'shop';
const blocksOf = (page: string) => PAGES.find(({ name }) => name.startsWith(page))!.blocks;
const blocks = blocksOf('07-');
/** Each command with the block below it: what happens to the members. */
const STEPS = blocks.flatMap(({ lang, text }, i) => {
  const { lang: next, text: story } = blocks[i + 1] ?? {};
  return lang === 'sh' && next === 'text' ? [[text.trim(), story!.trim().split(/, |\n/)] as const] : [];
});

const cluster = useCluster();
const folder = temporaryFolder();

/** Runs the first program of a page with a tenant of this name; where its manifests are. */
function synthesize(page: string, tenant: string): string {
  const file = path.join(folder, `${page}.ts`);
  const dist = path.join(folder, page);
  fs.writeFileSync(
    file,
    blocksOf(page)
      .find(({ lang }) => lang === 'ts')!
      .program!.replace("'shop'", `'${tenant}'`),
  );
  process.env.CDK8S_OUTDIR = dist;
  require(file);
  delete process.env.CDK8S_OUTDIR;
  return dist;
}

const run = (command: string, dist: string, namespace = TENANT) =>
  runCommand(cluster.kubectl, command, { folder: dist, namespace });

let members: string;
beforeAll(async () => {
  members = synthesize('07-', TENANT);
  // the ten seconds between two members are the subject of another test
  const shop = path.join(members, 'shop.k8s.yaml');
  fs.writeFileSync(shop, fs.readFileSync(shop, 'utf8').replace('minReadySeconds: 10', 'minReadySeconds: 0'));
  const zones = ['us-west-2a', 'us-west-2b', 'us-west-2c'];
  await addNodes(
    cluster.kube,
    zones.map((zone) => node({ name: zone, zone, region: 'us-west-2', instanceType: 'm7i.large' })),
  );
});

test('the page has the steps of a set that starts, loses a member, shrinks, grows and gets a new version', () => {
  expect(STEPS.map(([command]) => command.split(' ')[1])).toEqual(['apply', 'delete', 'scale', 'apply', 'rollout']);
});

let seen = 0;
test.each(STEPS)('%s', async (command, expected) => {
  await run(command, members);
  const what = ['created', 'ready', 'deleted', 'gone'] as const;
  const story = new Story(cluster.namespace(TENANT));
  const lines = (await story.untilLong(what, seen + expected.length)).slice(seen);
  expect(lines).toEqual(expected);
  seen += expected.length;
});

test('the commands of page 2 show and replace the pods of its program', async () => {
  const dist = synthesize('02-', 'web-shop');
  await run('kubectl apply -f dist/', dist);
  await cluster.namespace('web-shop').untilReady('web', 3);
  const commands = blocksOf('02-').flatMap(({ lang, text }) => (lang === 'sh' ? text.trim().split('\n') : []));
  const said: string[] = [];
  for (const command of commands) {
    said.push(await run(command.replace(/ +# .*/, ''), dist, 'web-shop'));
  }
  const [shown, described, deleted, status] = said;
  expect(shown!.match(/^pod\/web-/gm)).toHaveLength(3);
  expect(described).toContain('Scaled up replica set');
  expect(deleted!.match(/ deleted/g)).toHaveLength(3);
  expect(status).toContain('successfully rolled out');
});
