import * as fs from 'node:fs';
import * as path from 'node:path';
import { parseAllDocuments } from 'yaml';
import { CRDS_PRESENT } from '../golden/custom-resources';
import type { Manifest } from '../golden/programs';
import { temporaryFolder } from '../support/app';
import { commandsOf, RUNNERS } from '../workshop/commands';
import { PAGES } from '../workshop/pages';
import { installDefinitions } from './harness/admission-definitions';
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

/** The commands that ran, as rows of the table of commands. */
const ran = new Set<string>();

/** Runs a command that a page prints. */
function run(page: string, command: string, dist: string, namespace = TENANT, also: readonly string[] = []) {
  ran.add(`${page} ${command}`);
  return runCommand(cluster.kubectl, [command, ...also].join(' '), { folder: dist, namespace });
}

/** Installs the definitions of the custom resources that a program writes. */
async function defineKindsOf(dist: string): Promise<void> {
  const texts = fs
    .readdirSync(dist)
    .filter((file) => file.endsWith('.yaml'))
    .map((file) => fs.readFileSync(path.join(dist, file), 'utf8'));
  const manifests = texts.flatMap((text) => parseAllDocuments(text).map((document) => document.toJS() as Manifest));
  await installDefinitions(cluster.kubectl, manifests, temporaryFolder());
}

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
  await run('07', command, members);
  const what = ['created', 'ready', 'deleted', 'gone'] as const;
  const story = new Story(cluster.namespace(TENANT));
  const lines = (await story.untilLong(what, seen + expected.length)).slice(seen);
  expect(lines).toEqual(expected);
  if (command.startsWith('kubectl scale')) {
    const claims = await run('07', 'kubectl get pvc -n shop', members);
    expect(claims.match(/^data-store-/gm)).toHaveLength(3);
  }
  seen += expected.length;
});

test('the pods of page 7 can be watched', async () => {
  // the command goes on until it is stopped
  const watching = run('07', 'kubectl get pods -n shop -w', members, TENANT, ['--request-timeout=3s']);
  expect(await watching.catch((error: Error) => error.message)).toMatch(/^store-0 +1\/1 +Running/m);
});

test('the commands of page 2 show and replace the pods of its program', async () => {
  const dist = synthesize('02-', 'web-shop');
  await runCommand(cluster.kubectl, 'kubectl apply -f dist/', { folder: dist, namespace: 'web-shop' });
  await cluster.namespace('web-shop').untilReady('web', 3);
  const said: string[] = [];
  for (const command of commandsOf('controlPlane', '02')) {
    said.push(await run('02', command, dist, 'web-shop'));
  }
  const [shown, described, deleted, status] = said;
  expect(shown!.match(/^pod\/web-/gm)).toHaveLength(3);
  expect(described).toContain('Scaled up replica set');
  expect(deleted!.match(/ deleted/g)).toHaveLength(3);
  expect(status).toContain('successfully rolled out');
});

test('page 3: what the program writes for kubectl is applied, without what it writes for eksctl', async () => {
  const dist = synthesize('03-', TENANT);
  expect(fs.readdirSync(dist)).toContain('cluster');
  const said = await run('03', 'kubectl apply -f dist/', dist);
  expect(said).toContain('storageclass.storage.k8s.io/gp3');
  expect(said).not.toContain('clusterconfig');
});

test('page 4: the commands list what each pattern becomes', async () => {
  const dist = synthesize('04-', 'patterns');
  await cluster.kubectl.run('apply', '-f', dist);
  const [inTenant, agents] = commandsOf('controlPlane', '04');
  await cluster.namespace('patterns').untilReady('web', 3);
  const said = await run('04', inTenant!, dist, 'patterns');
  for (const kind of [
    'deployment.apps/web',
    'statefulset.apps/cart',
    'job.batch/migrate-',
    'cronjob.batch/report',
    'pod/web-',
  ]) {
    expect(said).toContain(kind);
  }
  expect(await run('04', agents!, dist)).toMatch(/^logs +3 /m);
});

const withDefinitions = CRDS_PRESENT ? describe : describe.skip;
const why = CRDS_PRESENT ? '' : ' (skipped: the folder of CustomResourceDefinitions is absent)';

withDefinitions(`pages with custom resources${why}`, () => {
  test('page 5: all of it is applied; then there is no difference, and applied again nothing changes', async () => {
    const dist = synthesize('05-', 'objects');
    await defineKindsOf(dist);
    const [apply, diff] = commandsOf('controlPlane', '05');
    expect(await run('05', apply!, dist, 'objects')).toContain('deployment.apps/web created');
    expect(await run('05', diff!, dist, 'objects')).toBe('');
    // kubectl sends a patch of nothing for some kinds, and says 'configured'
    const again = await run('05', apply!, dist, 'objects');
    expect(again).toContain('deployment.apps/web unchanged');
    expect(again).not.toContain('created');
  });

  test('page 10: a change is shown, applied, and taken back', async () => {
    const dist = synthesize('10-', 'day-2');
    await defineKindsOf(dist);
    await cluster.kubectl.run('apply', '-f', dist);
    await cluster.namespace('day-2').untilReady('cart', 1);
    const manifests = path.join(dist, 'day-2.k8s.yaml');
    fs.writeFileSync(manifests, fs.readFileSync(manifests, 'utf8').replace('redis:8.2', 'redis:8.4'));
    const [diff, apply, undo] = commandsOf('controlPlane', '10');
    // kubectl ends with 1 when it shows a difference
    const shown = await run('10', diff!, dist, 'day-2').catch((error: Error) => error.message);
    expect(shown).toMatch(/^\+ .*redis:8\.4$/m);
    expect(await run('10', apply!, dist, 'day-2')).toContain('statefulset.apps/cart configured');
    expect(await run('10', undo!, dist, 'day-2')).toContain('statefulset.apps/cart rolled back');
    const { spec } = await cluster.kube.apps.readNamespacedStatefulSet({ name: 'cart', namespace: 'day-2' });
    expect(spec!.template.spec!.containers[0]!.image).toContain('redis:8.2');
  });
});

test('every command that is listed for a control plane ran on it', () => {
  const skipped = CRDS_PRESENT ? /^$/ : /^(05|10) /;
  const listed = RUNNERS.controlPlane.filter((row) => !skipped.test(row));
  expect([...ran].sort()).toEqual([...listed].sort());
});
