import type { EksApp } from 'cdk8s-eks-patterns';
import { Testing } from 'cdk8s-eks-patterns/testing';
import { Inventory, inventoryObject } from '../../kube/inventory';
import { MEMBER_LABEL } from '../../kube/labels';
import { SelectablePods } from '../../review/selection';
import { CUSTOM_KINDS } from '../golden/custom-resources';
import { type Manifest, PATTERN_NAMES } from '../support/app';
import { PATTERN_VALUES } from '../support/random/pattern-values';
import { TENANT_VALUES } from '../support/random/tenant-values';
import { LEVELS, type PatternName, randomProgram, randomWorkload } from '../support/random-program';
import { INNER, randomTenant } from '../support/random-tenant';
import { DryRun } from './harness/dry-run';
import { Plane } from './harness/plane';

const PROGRAMS = Number(process.env.RANDOM_PROGRAMS ?? 1000);
/** Programs of one workload that the library accepts; 20000 in a long run. */
const PER_PATTERN = Number(process.env.RANDOM_PER_PATTERN ?? 1000);
const SEED = Number(process.env.RANDOM_SEED ?? 14);
/** Props that every program refuses. */
const NEVER: Partial<Record<PatternName, readonly string[]>> = {
  // no port that others may call
  Worker: ['acceptsFrom'],
  BatchJob: ['acceptsFrom', 'verticalPodAutoscaler'],
  ScheduledJob: ['acceptsFrom'],
  ScaledJob: ['acceptsFrom', 'verticalPodAutoscaler'],
};

/** Further namespaces of programs. */
const MORE = [INNER, 'others'];

let plane: Plane;
let server: DryRun;
beforeAll(async () => {
  // the controllers make the service account that the pods below run as
  plane = await Plane.start({ parts: 'controllers' });
  const kube = plane.kube();
  for (const level of LEVELS) {
    const labels = { 'pod-security.kubernetes.io/enforce': level };
    await kube.core.createNamespace({ body: { metadata: { name: level, labels } } });
  }
  for (const name of MORE) {
    await kube.core.createNamespace({ body: { metadata: { name } } });
  }
  server = new DryRun(kube);
}, 300_000);
afterAll(async () => {
  server?.close();
  await plane?.stop();
});

/** The pods of an object, as its controller makes them; what else they name does not exist here. */
function podOf(manifest: Manifest): Manifest | undefined {
  const { spec, metadata } = manifest;
  const template = (spec?.jobTemplate?.spec ?? spec)?.template;
  if (!template?.spec) {
    return undefined;
  }
  const { priorityClassName, runtimeClassName, overhead, serviceAccountName, ...rest } = template.spec;
  const claims = (spec.volumeClaimTemplates ?? []).map(({ metadata: { name } }: Manifest) => ({
    name,
    persistentVolumeClaim: { claimName: name },
  }));
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { ...template.metadata, name: 'pod', namespace: metadata.namespace },
    spec: { ...rest, volumes: [...(rest.volumes ?? []), ...claims] },
  };
}

/** What selects nothing, or a port that no pod has. */
function unselected(manifests: readonly Manifest[]): string[] {
  const inventory = new Inventory(manifests.map((manifest) => inventoryObject(manifest, {})));
  const pods = SelectablePods.of(inventory);
  return inventory.ofKind('Service', '').flatMap(({ manifest, namespace }) => {
    const { name } = manifest.metadata;
    const { selector, ports = [] } = manifest.spec as Manifest;
    // each member has its own value of it
    const { [MEMBER_LABEL]: member, ...matchLabels } = (selector ?? {}) as Readonly<Record<string, string>>;
    const selected = (selector ? pods.selectedBy({ matchLabels }, namespace) : []).filter(
      ({ manifest: { metadata, spec = {} } }) =>
        member === undefined ||
        Array.from({ length: (spec.replicas ?? 1) as number }, (_, i) => i + firstOrdinal(spec))
          .map((ordinal) => `${metadata.name}-${ordinal}`)
          .includes(member),
    );
    const names = selected.flatMap(({ spec }) =>
      [...(spec.containers ?? []), ...(spec.initContainers ?? [])].flatMap((c) =>
        (c.ports ?? []).map((port) => port.name),
      ),
    );
    // a program sets the label when it runs
    const isLate = selector?.role !== undefined;
    const missing = ports
      .map(({ targetPort }: { targetPort?: unknown }) => targetPort)
      .filter((port: unknown) => typeof port === 'string' && !names.includes(port));
    return [
      ...(selector && selected.length === 0 && !isLate ? [`Service ${name} selects nothing`] : []),
      ...missing.map((port: string) => `Service ${name} has no port ${port}`),
    ];
  });
}

const firstOrdinal = ({ ordinals }: { readonly ordinals?: unknown }): number =>
  (ordinals as { readonly start?: number } | undefined)?.start ?? 0;

/** A Namespace of another name: its own is there. */
function renamed({ metadata, ...rest }: Manifest): Manifest {
  return { ...rest, metadata: { ...metadata, name: `${metadata.name}-2` } };
}

/** Gives objects of programs to the API server, each once, and keeps what it refuses. */
class Asked {
  readonly refused: string[] = [];
  private readonly known = new Set<string>();
  private waiting: Promise<void>[] = [];

  async ask(name: string, manifests: readonly Manifest[]): Promise<void> {
    const wanted = [...manifests, ...manifests.flatMap((manifest) => podOf(manifest) ?? [])].filter((manifest) => {
      const text = JSON.stringify(manifest);
      const isThere = [undefined, ...LEVELS, ...MORE].includes(manifest.metadata.namespace);
      const isAsked = isThere && !CUSTOM_KINDS.has(manifest.kind);
      return isAsked && !this.known.has(text) && this.known.add(text);
    });
    this.waiting.push(
      ...wanted.map(async (manifest) => {
        const answer = await server.refusal(manifest.kind === 'Namespace' ? renamed(manifest) : manifest);
        if (answer !== undefined) {
          this.refused.push(`${name}: ${manifest.kind} ${manifest.metadata.name}: ${answer}`);
        }
      }),
    );
    // the next programs are made while the server answers
    if (this.waiting.length > 200) {
      await this.all();
    }
  }

  async all(): Promise<void> {
    await Promise.all(this.waiting);
    this.waiting = [];
  }
}

const isRefused = (app: EksApp): boolean => Testing.findings(app).some(({ severity }) => severity === 'error');

test(`${PROGRAMS} random programs: what passes the review is admitted, starts and is selected`, async () => {
  const disagreements: string[] = [];
  const seen = { passed: 0, refused: 0 };
  const asked = new Asked();
  for (let i = 0; i < PROGRAMS; i++) {
    const seed = SEED * 1e6 + i;
    const app = randomProgram(seed);
    if (!app) {
      continue;
    }
    if (isRefused(app)) {
      seen.refused++;
      continue;
    }
    seen.passed++;
    const manifests = Testing.synth(app) as Manifest[];
    disagreements.push(...unselected(manifests).map((text) => `${seed}: ${text}`));
    await asked.ask(String(seed), manifests);
  }
  await asked.all();
  expect([...disagreements, ...asked.refused]).toEqual([]);
  expect(seen.passed).toBeGreaterThan(PROGRAMS / 5);
  expect(seen.refused).toBeGreaterThan(PROGRAMS / 20);
}, 1_800_000);

test.each(PATTERN_NAMES)(
  `${PER_PATTERN} random %ss that are accepted: each of their objects and pods is too`,
  async (pattern) => {
    const asked = new Asked();
    const disagreements: string[] = [];
    const accepted = new Set<string>();
    let passed = 0;
    for (let seed = SEED * 1e6; passed < PER_PATTERN && seed < SEED * 1e6 + PER_PATTERN * 10; seed++) {
      const { app, props } = randomWorkload(pattern, seed);
      if (!app || isRefused(app)) {
        continue;
      }
      passed++;
      for (const prop of Object.keys(props)) {
        accepted.add(prop);
      }
      const manifests = Testing.synth(app) as Manifest[];
      disagreements.push(...unselected(manifests).map((text) => `${seed}: ${text}`));
      await asked.ask(String(seed), manifests);
    }
    await asked.all();
    expect([...disagreements, ...asked.refused]).toEqual([]);
    expect(passed).toBe(PER_PATTERN);
    const never = Object.keys(PATTERN_VALUES[pattern]).filter((prop) => !accepted.has(prop));
    if (PER_PATTERN >= 500) {
      expect(never).toEqual(NEVER[pattern] ?? []);
    }
  },
  1_800_000,
);

test(`${PER_PATTERN} random Tenants that are accepted: each of their objects is too`, async () => {
  const asked = new Asked();
  const accepted = new Set<string>();
  let passed = 0;
  for (let seed = SEED * 1e6; passed < PER_PATTERN && seed < SEED * 1e6 + PER_PATTERN * 10; seed++) {
    const { app, props } = randomTenant(seed);
    if (!app || isRefused(app)) {
      continue;
    }
    passed++;
    for (const prop of Object.keys(props)) {
      accepted.add(prop);
    }
    await asked.ask(String(seed), Testing.synth(app) as Manifest[]);
  }
  await asked.all();
  expect(asked.refused).toEqual([]);
  expect(passed).toBe(PER_PATTERN);
  expect(Object.keys(TENANT_VALUES).filter((prop) => !accepted.has(prop))).toEqual([]);
}, 1_800_000);
