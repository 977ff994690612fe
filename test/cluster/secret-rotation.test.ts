import { execFile } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { promisify } from 'node:util';
import { ArgoRollout, Secret, SecretSource } from 'cdk8s-eks-patterns';
import { CRDS_PRESENT } from '../golden/custom-resources';
import { newApp, newCluster, newTenant, stateful, synth, temporaryFolder, web, worker } from '../support/app';
import { installDefinitions } from './harness/admission-definitions';
import { useCluster } from './harness/cluster';
import { tenantApp } from './harness/tenant-app';

const cluster = useCluster();
beforeAll(async () => {
  const app = newApp();
  newCluster(app);
  await cluster.addNodesOf(app);
});

const SMALL = { resources: { cpu: '50m', memory: '64Mi' }, replicas: 2 } as const;

/** The block of a section of the page, run by a shell as it is printed. */
async function runSection(folder: string, title: string): Promise<string> {
  const page = fs.readFileSync(path.join(folder, 'secrets.md'), 'utf8');
  const [, block] = new RegExp(`^## ${title}\\n\\n.*\\n\\n\`\`\`sh\\n([^\`]*)\`\`\``, 'm').exec(page)!;
  const { stdout } = await promisify(execFile)('sh', ['-e', '-c', block!], { env: cluster.kubectl.env });
  return stdout;
}

test('the commands of the generated page give every pod of a secret a younger one, and leave the others', async () => {
  const app = tenantApp('rotating', (tenant) => {
    const login = Secret.existing(tenant, 'login', ['password']);
    const env = { PASSWORD: login.env('password') };
    web({ ...SMALL, env }, tenant);
    stateful({ ...SMALL, memberPorts: [], secretFiles: { '/run/login': login } }, tenant);
    const byHand = { updateStrategy: 'OnDelete', memberPorts: [], env };
    stateful({ ...SMALL, ...byHand }, tenant, 'by-hand');
    worker({ ...SMALL, env: { OTHER: Secret.existing(tenant, 'other', ['a']).env('a') } }, tenant);
  });
  const folder = app.outdir;
  synth(app);
  await cluster.apply(app);
  for (const literal of ['login --from-literal=password=old', 'other --from-literal=a=b']) {
    await cluster.kubectl.run('-n', 'rotating', 'create', 'secret', 'generic', ...literal.split(' '));
  }
  const ns = cluster.namespace('rotating');
  const uids = async (name: string) => (await ns.untilReady(name, 2)).map(({ metadata }) => metadata!.uid!);
  const [webs, stores, workers] = [await uids('web'), await uids('store'), await uids('worker')];
  const members = await uids('by-hand');

  const said = await runSection(folder, 'rotating/login');
  expect(said).toContain('deployment "web" successfully rolled out');
  expect(said).toContain('statefulset.apps/store restarted');
  expect((await uids('web')).filter((uid) => webs.includes(uid))).toEqual([]);
  expect((await uids('store')).filter((uid) => stores.includes(uid))).toEqual([]);
  expect((await uids('by-hand')).filter((uid) => members.includes(uid))).toEqual([]);
  expect(await uids('worker')).toEqual(workers);
  // an apply of the program does not take the restart back
  const restarted = await uids('web');
  await cluster.apply(app);
  expect(await uids('web')).toEqual(restarted);
});

(CRDS_PRESENT ? test : test.skip)(
  'those of an ExternalSecret and a Rollout set what their controllers look at',
  async () => {
    const app = newApp();
    const tenant = newTenant({}, newCluster(app), 'controlled');
    const source = SecretSource.store({ name: 'aws' });
    const token = Secret.fromSecretsManager(tenant, 'token', { secret: 'token', keys: ['a'], source });
    web({ ...SMALL, env: { A: token.env('a') }, rollout: ArgoRollout.canary({ steps: [{ setWeight: 20 }] }) }, tenant);
    const folder = app.outdir;
    const { manifests } = synth(app);
    await installDefinitions(cluster.kubectl, manifests as never, temporaryFolder());
    await cluster.apply(app);
    const before = new Date();

    await runSection(folder, 'controlled/token');
    const get = async (object: string, jsonPath: string) =>
      cluster.kubectl.run('-n', 'controlled', 'get', object, '-o', `jsonpath=${jsonPath}`);
    const restartAt = new Date(await get('rollout/web', '{.spec.restartAt}'));
    expect(restartAt.getTime()).toBeGreaterThanOrEqual(Math.floor(before.getTime() / 1000) * 1000);
    expect(await get('externalsecret/token', '{.metadata.annotations.force-sync}')).toMatch(/^\d{10}$/);
  },
);
