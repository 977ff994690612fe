import * as fs from 'node:fs';
import * as path from 'node:path';
import { temporaryFolder } from '../support/app';
import { PAGES } from '../workshop/pages';
import { useCluster } from './harness/cluster';
import { runCommand } from './harness/documented';
import { Story } from './harness/members';
import { addNodes, node } from './harness/nodes';

const TENANT = 'shop';
const { blocks } = PAGES.find(({ name }) => name.startsWith('07-'))!;
/** Each command with the block below it: what happens to the members. */
const STEPS = blocks.flatMap(({ lang, text }, i) => {
  const { lang: next, text: story } = blocks[i + 1] ?? {};
  return lang === 'sh' && next === 'text' ? [[text.trim(), story!.trim().split(/, |\n/)] as const] : [];
});

const cluster = useCluster();
const folder = temporaryFolder();

beforeAll(async () => {
  const file = path.join(folder, 'main.ts');
  fs.writeFileSync(file, blocks.find(({ lang }) => lang === 'ts')!.program!);
  process.env.CDK8S_OUTDIR = path.join(folder, 'dist');
  require(file);
  delete process.env.CDK8S_OUTDIR;
  // the ten seconds between two members are the subject of another test
  const shop = path.join(folder, 'dist', 'shop.k8s.yaml');
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
  await runCommand(cluster.kubectl, command, { folder: path.join(folder, 'dist'), namespace: TENANT });
  const what = ['created', 'ready', 'deleted', 'gone'] as const;
  const story = new Story(cluster.namespace(TENANT));
  const lines = (await story.untilLong(what, seen + expected.length)).slice(seen);
  expect(lines).toEqual(expected);
  seen += expected.length;
});
