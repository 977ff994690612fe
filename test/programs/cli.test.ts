import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { LIST } from '../../charts/core/synthesis/own-files';
import { node, type Outcome, put, REPOSITORY, tree } from '../app/support';

/** The real CLI on a project as a user has it; the library comes from the sources, so that nothing has to be built. */
const CLI = path.join(REPOSITORY, 'node_modules', 'cdk8s-cli', 'bin', 'cdk8s');

const PROGRAM = `
import { ApiObject, Chart } from 'cdk8s';
import { Cluster, EksApp, Probe, Tenant, WebService } from 'cdk8s-eks-patterns';

const app = new EksApp();
const cluster = new Cluster(app, 'prod', {
  region: 'us-west-2',
  version: '1.35',
  nodeGroups: [{ name: 'standard-workers', instanceType: 'm5.large' }],
});
const web = new WebService(new Tenant(cluster, 'shop'), 'web', {
  image: '111122223333.dkr.ecr.us-west-2.amazonaws.com/web:1.4.2',
  port: 8080,
  user: 10001,
  probes: { readiness: Probe.http('/readyz'), liveness: Probe.http('/livez') },
  resources: { cpu: '250m', memory: '512Mi' },
});
new ApiObject(new Chart(app, 'plain'), 'map', { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'plain' } });
// MORE
app.synth();
`;

let project: string;
beforeAll(() => {
  project = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), 'cli-')));
  fs.symlinkSync(path.join(REPOSITORY, 'node_modules'), path.join(project, 'node_modules'));
  const paths = { 'cdk8s-eks-patterns': [path.join(REPOSITORY, 'charts', 'index.ts')] };
  write('tsconfig.json', JSON.stringify({ compilerOptions: { module: 'node16', paths } }));
  // what the repository tells the CLI is what is tested
  fs.copyFileSync(path.join(REPOSITORY, 'cdk8s.yaml'), path.join(project, 'cdk8s.yaml'));
});
afterAll(() => {
  fs.rmSync(project, { recursive: true, force: true });
});

const write = (file: string, text: string): void => put(path.join(project, file), text);
const folder = (name: string): Record<string, string> => tree(path.join(project, name));

function synth(more: string, ...args: string[]): Promise<Outcome> {
  write('main.ts', PROGRAM.replace('// MORE', more));
  return node([CLI, 'synth', '--no-check-upgrade', ...args], project);
}

// the steps are one story: each starts from the folders that the one before has left
describe('the cdk8s CLI', () => {
  let committed: Record<string, string>;

  test('synthesizes into the staging folder and into dist', async () => {
    write('dist/stale.k8s.yaml', 'kind: Stale');
    write(`dist/${LIST}`, 'stale.k8s.yaml\n');
    write('dist/README.md', 'of the user');
    const { status, output } = await synth('');
    expect([status, output]).toEqual([0, expect.stringContaining('shop.k8s.yaml')]);
    expect(output).toContain('removed 1 file: dist/stale.k8s.yaml');
    committed = folder('dist');
    const made = ['_cluster.k8s.yaml', 'cluster/prod.md', 'cluster/prod.yaml', 'plain.k8s.yaml', 'shop.k8s.yaml'];
    expect(Object.keys(committed)).toEqual(['README.md', ...made].sort());
    expect(folder('.synth')).toEqual(Object.fromEntries(made.map((file) => [file, committed[file]])));
    expect(committed['shop.k8s.yaml']).toContain('kind: Deployment');
  }, 60_000);

  test('a program that fails at synthesis fails the CLI and leaves dist byte for byte', async () => {
    const again = "{ apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: web.name } }";
    const { status, output } = await synth(`new ApiObject(Chart.of(web), 'again', ${again});`);
    expect([status, output]).toEqual([expect.any(Number), expect.stringContaining('[objects/duplicate]')]);
    expect(status).not.toBe(0);
    expect(folder('dist')).toEqual(committed);
  }, 60_000);

  test('--stdout writes what has changed to the console and leaves dist byte for byte', async () => {
    const { status, stdout } = await synth("web.deployment.metadata.addAnnotation('changed', 'yes');", '--stdout');
    expect(status).toBe(0);
    expect(stdout).toContain('changed: "yes"');
    expect(folder('dist')).toEqual(committed);
  }, 60_000);

  test('with Promotion, a validation that fails leaves dist byte for byte', async () => {
    const load = `require('tsx/cjs'); const { Promotion } = require('${REPOSITORY}/charts/app/promotion.ts');`;
    const strict =
      'class Strict { constructor(p) { this.p = p; } async validate({ report }) { report.submit(this.p.status); } }';
    write('plugin.cjs', `${load}\n${strict}\nmodule.exports = { Promotion, Strict };`);
    const config = fs.readFileSync(path.join(project, 'cdk8s.yaml'), 'utf8');
    const validated = (status: string) => {
      const plugin = 'package: ./plugin.cjs, version: 1.0.0';
      const entries = `[{ ${plugin}, class: Promotion }, { ${plugin}, class: Strict, properties: { status: ${status} } }]`;
      write('cdk8s.yaml', `${config}\nvalidations: ${entries}\n`);
      return synth("web.deployment.metadata.addAnnotation('changed', 'yes');");
    };
    const { status, output } = await validated('failure');
    expect([status, output]).toEqual([2, expect.stringContaining('Validation failed')]);
    expect(folder('dist')).toEqual(committed);
    expect(await validated('success')).toMatchObject({ status: 0 });
    expect(folder('dist')['shop.k8s.yaml']).toContain('changed: "yes"');
    expect(Object.keys(folder('dist'))).toEqual(Object.keys(committed));
  }, 60_000);
});
