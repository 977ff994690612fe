/** Small parts that tests are built from: an app, a cluster, a tenant, least props of each pattern, and what they yield. */
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import {
  BatchJob,
  Cluster,
  type ClusterProps,
  EksApp,
  type EksAppProps,
  type ExistingClusterProps,
  type k8s,
  NodeAgent,
  PatternError,
  Probe,
  ScaledJob,
  ScaleTrigger,
  ScheduledJob,
  StatefulService,
  SynthesisError,
  Tenant,
  type TenantProps,
  WebService,
  Worker,
  type Workload,
} from 'cdk8s-eks-patterns';
import type { Construct } from 'constructs';
import { parseAllDocuments } from 'yaml';
import { LIST } from '../../charts/core/synthesis/own-files';
import { entryOf } from '../../kube/collections';

/** A manifest as a reader of YAML sees it. */
// biome-ignore lint/suspicious/noExplicitAny: tests look into manifests of any kind
export type Manifest = { apiVersion: string; kind: string; metadata: any; [field: string]: any };

// one folder a test file, so that parallel workers keep apart
let folder: string | undefined;
let apps = 0;
afterAll(() => {
  if (folder !== undefined) {
    fs.rmSync(folder, { recursive: true, force: true });
    folder = undefined;
  }
});

/** The path of a folder that an app makes, if the test synthesizes it; removed after the test file. */
function outdir(): string {
  folder ??= fs.mkdtempSync(path.join(os.tmpdir(), 'eks-patterns-'));
  return path.join(folder, String(apps++));
}

/** A folder of its own, removed after the test file. */
export function temporaryFolder(): string {
  const own = outdir();
  fs.mkdirSync(own);
  return own;
}

/** An app whose output goes to a temporary folder. */
export function newApp(props: EksAppProps = {}): EksApp {
  return new EksApp({ outdir: outdir(), ...props });
}

/** Three nodes, six at most. */
export const NODE_GROUP = { name: 'workers', instanceType: 'm5.large', minSize: 3, maxSize: 6 } as const;

/** A cluster named 'prod' with node groups in us-west-2. */
export function newCluster(app: EksApp = newApp(), props: Partial<ClusterProps> = {}): Cluster {
  return new Cluster(app, 'prod', {
    region: 'us-west-2',
    version: '1.35',
    nodeGroups: [NODE_GROUP],
    ...props,
  } as ClusterProps);
}

/** A cluster named 'prod' in Auto Mode. */
export function newAutoCluster(app: EksApp = newApp(), props: Partial<ClusterProps> = {}): Cluster {
  return new Cluster(app, 'prod', { region: 'us-west-2', version: '1.35', autoMode: true, ...props } as ClusterProps);
}

/** A cluster named 'prod' that exists, of which nothing is known but where it is. */
export function existingCluster(app: EksApp = newApp(), props: Partial<ExistingClusterProps> = {}): Cluster {
  return Cluster.existing(app, 'prod', { region: 'us-west-2', version: '1.35', ...props });
}

/** A tenant named 'shop', below a cluster with node groups unless another scope is given. */
export function newTenant(props: TenantProps = {}, scope: Construct = newCluster(), id = 'shop'): Tenant {
  return new Tenant(scope, id, props);
}

/** A tenant in which everything is allowed. */
export function privilegedTenant(scope: Construct = newCluster()): Tenant {
  return newTenant({ podSecurity: { level: 'privileged', because: 'the test says so' } }, scope);
}

export const IMAGE = '111122223333.dkr.ecr.us-west-2.amazonaws.com/app:1.4.2';
export const DIGEST = `@sha256:${'0123456789abcdef'.repeat(4)}`;

/** What every pattern asks for. */
export const podProps = { image: IMAGE, user: 10001, resources: { cpu: '250m', memory: '512Mi' } } as const;
const probes = { readiness: Probe.http('/readyz'), liveness: Probe.http('/livez') } as const;

/** The least that each pattern takes; spread them and say what the test is about. */
export const webProps = { ...podProps, port: 8080, probes } as const;
export const statefulProps = {
  ...webProps,
  port: 7000,
  replicas: 1,
  storage: { mountPath: '/var/lib/store', size: '20Gi' },
} as const;
export const workerProps = { ...podProps, probes: { liveness: Probe.exec(['true']) } } as const;
export const agentProps = workerProps;
export const jobProps = podProps;
export const scaledProps = {
  ...podProps,
  max: 10,
  triggers: [
    ScaleTrigger.sqs({ queueUrl: 'https://sqs.us-west-2.amazonaws.com/111122223333/a', messagesPerReplica: 1 }),
  ],
} as const;
export const scheduledProps = { ...podProps, schedule: '0 3 * * *' } as const;

/** Loose, so that a test can also give what the compiler refuses. */
type Loose = Readonly<Record<string, unknown>>;

export function web(props: Loose = {}, scope: Construct = newTenant(), id = 'web'): WebService<string> {
  return new WebService<string>(scope, id, { ...webProps, ...props });
}

export function stateful(props: Loose = {}, scope: Construct = newTenant(), id = 'store'): StatefulService<string> {
  return new StatefulService<string>(scope, id, { ...statefulProps, ...props });
}

export function worker(props: Loose = {}, scope: Construct = newTenant(), id = 'worker'): Worker {
  return new Worker(scope, id, { ...workerProps, ...props });
}

export function agent(props: Loose = {}, scope: Construct = newTenant(), id = 'agent'): NodeAgent {
  return new NodeAgent(scope, id, { ...agentProps, ...props });
}

export function job(props: Loose = {}, scope: Construct = newTenant(), id = 'job'): BatchJob {
  return new BatchJob(scope, id, { ...jobProps, ...props });
}

export function scheduled(props: Loose = {}, scope: Construct = newTenant(), id = 'nightly'): ScheduledJob {
  return new ScheduledJob(scope, id, { ...scheduledProps, ...props });
}

export function scaledJob(props: Loose = {}, scope: Construct = newTenant(), id = 'encoder'): ScaledJob {
  return new ScaledJob(scope, id, { ...scaledProps, ...props });
}

/** All seven, by name, for promises that hold for each. */
export const PATTERNS = {
  WebService: web,
  StatefulService: stateful,
  Worker: worker,
  NodeAgent: agent,
  BatchJob: job,
  ScheduledJob: scheduled,
  ScaledJob: scaledJob,
} as const satisfies Record<string, (props?: Loose, scope?: Construct) => Workload>;

/** The names of the six, typed for `it.each`. */
export const PATTERN_NAMES = Object.keys(PATTERNS) as (keyof typeof PATTERNS)[];

/** The manifest of a workload's controller: Deployment, StatefulSet, ... */
export function controllerOf(workload: Workload): Manifest {
  const object =
    workload instanceof WebService || workload instanceof Worker
      ? workload.deployment
      : workload instanceof StatefulService
        ? workload.statefulSet
        : workload instanceof NodeAgent
          ? workload.daemonSet
          : workload instanceof BatchJob
            ? workload.job
            : workload instanceof ScaledJob
              ? workload.scaledJob
              : (workload as ScheduledJob).cronJob;
  return object.toJson() as unknown as Manifest;
}

/** The pod template of a workload. */
export function podOf(workload: Workload): k8s.PodTemplate {
  const { spec } = controllerOf(workload);
  return (spec.jobTemplate?.spec ?? spec.jobTargetRef ?? spec).template;
}

/** The workload's own container. */
export function containerOf(workload: Workload): k8s.Container {
  return podOf(workload).spec.containers[0];
}

/** What a synthesis wrote and said. */
export interface Output {
  /** Text by path, such as 'shop.k8s.yaml' and 'cluster/prod.yaml'. */
  readonly files: Readonly<Record<string, string>>;
  /** Everything that kubectl would be given. */
  readonly manifests: readonly Manifest[];
  /** undefined for a cluster that is not made. */
  readonly clusterConfig: Manifest | undefined;
  /** The text of `cluster/prod.md`. */
  readonly steps: string;
  readonly warnings: readonly string[];
}

/** Does something without the warnings of the apps in it, which would drown what fails. */
export function quietly(action: () => void): void {
  const told = jest.spyOn(console, 'warn').mockImplementation(() => undefined);
  try {
    action();
  } finally {
    told.mockRestore();
  }
}

/** Synthesizes into the app's folder and reads it back. */
export function synth(app: EksApp): Output {
  quietly(() => app.synth());
  const files: Record<string, string> = {};
  for (const entry of fs.readdirSync(app.outdir, { recursive: true, withFileTypes: true })) {
    if (entry.isFile() && entry.name !== LIST) {
      const file = path.join(entry.parentPath, entry.name);
      files[path.relative(app.outdir, file)] = fs.readFileSync(file, 'utf8');
    }
  }
  return new Written(files, app.warnings);
}

/** Reads YAML only when a test asks for it: most ask for one part, or for none. */
class Written implements Output {
  private readonly names: readonly string[];
  private parsed?: readonly Manifest[];

  constructor(
    readonly files: Readonly<Record<string, string>>,
    readonly warnings: readonly string[],
  ) {
    this.names = Object.keys(files).sort();
  }

  get manifests(): readonly Manifest[] {
    const names = this.names.filter((name) => /^[^/]*\.yaml$/.test(name));
    this.parsed ??= names.flatMap((name) => parse(this.files[name]!));
    return this.parsed;
  }

  get clusterConfig(): Manifest | undefined {
    const name = this.names.find((file) => /^cluster\/.*\.yaml$/.test(file));
    return name === undefined ? undefined : parse(this.files[name]!)[0];
  }

  get steps(): string {
    return this.names
      .filter((name) => /^cluster\/.*\.md$/.test(name))
      .reduce((text, name) => text + this.files[name], '');
  }
}

/** Most apps of tests have the same tenant, classes and cluster: a text is read once, and what it says is frozen. */
const read = new Map<string, Manifest>();

function parse(text: string): Manifest[] {
  return text.split(/^---\n/m).flatMap((one) => (one.trim() === '' ? [] : entryOf(read, one, () => frozen(one))));
}

function frozen(text: string): Manifest {
  const [document, ...others] = parseAllDocuments(text);
  expect(others).toEqual([]);
  return deepFreeze(document!.toJS());
}

function deepFreeze<T>(value: T): T {
  if (typeof value === 'object' && value !== null) {
    for (const inner of Object.values(value)) {
      deepFreeze(inner);
    }
  }
  return Object.freeze(value);
}

/** Everything that kubectl would be given. */
export function manifests(app: EksApp): readonly Manifest[] {
  return synth(app).manifests;
}

/** The app of a construct. */
export function appOf(construct: Construct): EksApp {
  return construct.node.root as EksApp;
}

/** The only manifest of a kind and, where told, of a name. */
export function find(among: readonly Manifest[], kind: string, name?: string): Manifest {
  const found = among.filter((m) => m.kind === kind && (name === undefined || m.metadata.name === name));
  if (found.length !== 1) {
    const all = among.map((m) => `${m.kind}/${m.metadata.name}`).join(', ');
    throw new Error(`${found.length} manifests are ${kind} '${name ?? 'of any name'}' among ${all}`);
  }
  return found[0]!;
}

/** The message of the PatternError that a call throws; a test fails when it throws none, or another error. */
export function refusal(call: () => unknown): string {
  try {
    call();
  } catch (e) {
    if (e instanceof PatternError) {
      return e.message;
    }
    throw e;
  }
  throw new Error('nothing was refused');
}

/** The messages of all errors of a synthesis; empty when it succeeds. */
export function synthErrors(app: EksApp): string[] {
  try {
    synth(app);
    return [];
  } catch (e) {
    if (e instanceof SynthesisError) {
      return e.errors.map(({ message }) => message);
    }
    throw e;
  }
}
