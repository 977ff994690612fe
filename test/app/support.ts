import { spawn } from 'node:child_process';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { ApiObject, Chart } from 'cdk8s';
import type { EksApp } from '../../charts/app/eks-app';
import { Cluster } from '../../charts/cluster/cluster';
import { LIST } from '../../charts/core/synthesis/own-files';
import { Probe } from '../../charts/pods/probe';
import { Tenant } from '../../charts/tenancy/tenant';
import { WebService } from '../../charts/workloads/web-service';

export const REPOSITORY = path.join(__dirname, '..', '..');

/** A folder that is the working directory while a test runs, since output folders are relative to it. */
export function useWorkingFolder(): { readonly path: string } {
  const folder = { path: '' };
  const home = process.cwd();
  const { CDK8S_OUTDIR, CDK8S_RECORD_CONSTRUCT_METADATA } = process.env;
  beforeEach(() => {
    // the real path: a temporary folder can be a link, and the working directory never is
    folder.path = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), 'app-')));
    process.chdir(folder.path);
    restore('CDK8S_OUTDIR', undefined);
    restore('CDK8S_RECORD_CONSTRUCT_METADATA', undefined);
    // warnings of the apps would drown what fails
    jest.spyOn(console, 'warn').mockImplementation(() => undefined);
  });
  afterEach(() => {
    restore('CDK8S_OUTDIR', CDK8S_OUTDIR);
    restore('CDK8S_RECORD_CONSTRUCT_METADATA', CDK8S_RECORD_CONSTRUCT_METADATA);
    process.chdir(home);
    fs.rmSync(folder.path, { recursive: true, force: true });
    jest.restoreAllMocks();
  });
  return folder;
}

/** Gives a variable of the environment back what it was. */
export function restore(name: string, value: string | undefined): void {
  if (value === undefined) {
    delete process.env[name];
  } else {
    process.env[name] = value;
  }
}

/** Text of what synthesis makes and of what else is there, by path; the list of the former is left out. */
export function tree(folder: string): Record<string, string> {
  return Object.fromEntries(Object.entries(wholeTree(folder)).filter(([file]) => path.basename(file) !== LIST));
}

/** Text of every file below a folder by its path; empty where there is no folder. */
export function wholeTree(folder: string): Record<string, string> {
  const found: Record<string, string> = {};
  if (!fs.existsSync(folder)) {
    return found;
  }
  for (const entry of fs.readdirSync(folder, { withFileTypes: true, recursive: true })) {
    if (entry.isFile()) {
      const file = path.join(entry.parentPath ?? entry.path, entry.name);
      found[path.relative(folder, file).split(path.sep).join('/')] = fs.readFileSync(file, 'utf8');
    }
  }
  return Object.fromEntries(Object.entries(found).sort(([a], [b]) => (a < b ? -1 : 1)));
}

export const names = (folder: string): string[] => Object.keys(tree(folder));

/** Lets the next app write a folder that an app of this process has written, as the next run of a program does. */
export function nextRun(): void {
  delete (globalThis as unknown as Record<symbol, unknown>)[Symbol.for('cdk8s-eks-patterns.outdirs')];
}

/** Writes a file and the folders above it. */
export function put(file: string, text = file): void {
  fs.mkdirSync(path.dirname(file), { recursive: true });
  fs.writeFileSync(file, text);
}

/** A chart of plain cdk8s with one ConfigMap. */
export function plainChart(app: EksApp, id: string, data: Record<string, string> = { id }): ApiObject {
  const metadata = { name: id, namespace: 'default' };
  return new ApiObject(new Chart(app, id), 'map', { apiVersion: 'v1', kind: 'ConfigMap', metadata, data });
}

export interface Shop {
  readonly cluster: Cluster;
  readonly tenant: Tenant;
  readonly web: WebService;
}

/** A cluster with a tenant with a service. */
export function shop(app: EksApp, cluster = 'prod'): Shop {
  const prod = new Cluster(app, cluster, {
    region: 'us-west-2',
    version: '1.35',
    nodeGroups: [{ name: 'standard-workers', instanceType: 'm5.large' }],
  });
  const tenant = new Tenant(prod, 'shop');
  return { cluster: prod, tenant, web: web(tenant) };
}

export function web(tenant: Tenant, id = 'web'): WebService {
  return new WebService(tenant, id, {
    image: '111122223333.dkr.ecr.us-west-2.amazonaws.com/web:1.4.2',
    port: 8080,
    user: 10001,
    probes: { readiness: Probe.http('/readyz'), liveness: Probe.http('/livez') },
    resources: { cpu: '250m', memory: '512Mi' },
  });
}

export interface Outcome {
  readonly status: number | null;
  /** Of both channels, for messages. */
  readonly output: string;
  readonly stdout: string;
}

/** Runs Node with arguments, without what the shell around the tests has set for cdk8s. */
export function node(args: readonly string[], cwd: string, env: Record<string, string> = {}): Promise<Outcome> {
  const { CDK8S_OUTDIR: _, CDK8S_RECORD_CONSTRUCT_METADATA: __, NODE_OPTIONS: ___, ...inherited } = process.env;
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, args, { cwd, env: { ...inherited, ...env } });
    let stdout = '';
    let output = '';
    child.stdout.on('data', (data: Buffer) => {
      stdout += data;
      output += data;
    });
    child.stderr.on('data', (data: Buffer) => {
      output += data;
    });
    child.on('error', reject);
    child.on('close', (status) => resolve({ status, output, stdout }));
  });
}
