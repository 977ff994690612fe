import { execFile } from 'node:child_process';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { promisify } from 'node:util';
import { CRDS_PRESENT, CUSTOM_KINDS } from '../golden/custom-resources';
import { temporaryFolder } from '../support/app';
import { installDefinitions } from './harness/admission-definitions';
import { useCluster } from './harness/cluster';
import { Output } from './harness/output';
import { clusterConfigIn, outputOf } from './harness/programs';
import { createCluster, LESS_CUSTOMS } from './harness/whole-program';

const EXAMPLE = path.join(__dirname, '../../examples/delivery');
// where scripts/lint-delivery.mjs --install puts it
const CACHE = process.env.CDK8S_EKS_PATTERNS_CACHE ?? path.join(os.homedir(), '.cache', 'cdk8s-eks-patterns');
const TOOLS = path.join(CACHE, 'delivery-1');
const PLAYBOOK = path.join(TOOLS, 'python/bin/ansible-playbook');
const onPath = (name: string): boolean =>
  (process.env.PATH ?? '').split(path.delimiter).some((folder) => fs.existsSync(path.join(folder, name)));

const cluster = useCluster();
let store: string;
beforeAll(async () => {
  const folder = await outputOf('main');
  await createCluster(cluster, folder);
  const output = new Output('program', folder, CRDS_PRESENT ? new Set() : CUSTOM_KINDS);
  if (CRDS_PRESENT) {
    await installDefinitions(cluster.kubectl, output.manifests(), temporaryFolder());
  }
  store = output.copy(temporaryFolder(), '');
}, 300_000);

/** The output of a program; one that fails is an error. */
async function run(
  program: string,
  args: readonly string[],
  env: NodeJS.ProcessEnv = {},
  cwd = EXAMPLE,
): Promise<string> {
  const all = { ...cluster.kubectl.env, GOGC: '100', ...env };
  const { stdout } = await promisify(execFile)(program, args, { cwd, env: all, maxBuffer: 1 << 26 });
  return stdout;
}

/** How many objects of a kind are ready, and how many there should be, without waiting. */
async function readiness(namespace: string, name: string): Promise<unknown> {
  const { spec, status } = await cluster.kube.apps.readNamespacedDeployment({ namespace, name });
  return { wanted: spec!.replicas, ready: status?.readyReplicas ?? 0 };
}

(fs.existsSync(PLAYBOOK) ? test : test.skip)(
  `the playbook changes nothing the second time${LESS_CUSTOMS}`,
  async () => {
    const play = async (): Promise<string> => {
      const env = { ANSIBLE_COLLECTIONS_PATH: path.join(TOOLS, 'collections'), ANSIBLE_LOCALHOST_WARNING: 'False' };
      const python = path.join(TOOLS, 'python/bin/python');
      const said = await run(
        PLAYBOOK,
        ['ansible/apply.yml', '-e', `manifests=${store}`, '-e', `ansible_python_interpreter=${python}`],
        env,
      );
      return /^localhost .*$/m.exec(said)![0].replaceAll(/ +/g, ' ');
    };
    expect(await play()).toContain(' ok=2 changed=1 unreachable=0 failed=0');
    const { items } = await cluster.kube.core.listNamespace();
    expect(items.map(({ metadata }) => metadata!.name)).toEqual(expect.arrayContaining(['carts', 'catalog', 'ui']));
    expect(await play()).toContain(' ok=2 changed=0 unreachable=0 failed=0');

    const file = path.join(store, 'ui.k8s.yaml');
    fs.writeFileSync(file, fs.readFileSync(file, 'utf8').replace('revisionHistoryLimit: 3', 'revisionHistoryLimit: 4'));
    expect(await play()).toContain(' ok=2 changed=1 unreachable=0 failed=0');
  },
);

test('the script of the pipelines waits until all is rolled out', async () => {
  const dist = await outputOf('delivery');
  const said = await run('sh', ['apply.sh', dist]);
  expect(said).toContain('deployment "web" successfully rolled out');
  expect(await readiness('shop', 'web')).toEqual({ wanted: 3, ready: 3 });
});

(onPath('terraform') ? test : test.skip)('Terraform applies what has changed, and knows the cluster', async () => {
  const dist = await outputOf('delivery');
  const folder = temporaryFolder();
  fs.copyFileSync(path.join(EXAMPLE, 'terraform/main.tf'), path.join(folder, 'main.tf'));
  const terraform = (...args: string[]) => run('terraform', args, { TF_VAR_dist: dist }, folder);
  await terraform('init', '-backend=false', '-input=false');
  await terraform('apply', '-auto-approve', '-input=false');
  const { metadata } = clusterConfigIn(dist)!;
  expect(JSON.parse(await terraform('output', '-json', 'cluster'))).toEqual({
    name: metadata.name,
    region: metadata.region,
    version: '1.35',
  });
  const kind = await cluster.kubectl.run(
    'get',
    'deployment',
    'web',
    '-n',
    'shop',
    '-o',
    'yaml',
    '--show-managed-fields',
  );
  expect(kind).toContain('manager: terraform');
  // 2 would say that it would change something
  await terraform('plan', '-detailed-exitcode', '-input=false');
});
