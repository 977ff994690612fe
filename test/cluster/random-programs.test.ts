import { Testing } from 'cdk8s-eks-patterns/testing';
import { Inventory, inventoryObject } from '../../kube/inventory';
import { SelectablePods } from '../../review/selectable-pods';
import { CUSTOM_KINDS } from '../golden/custom-resources';
import type { Manifest } from '../support/app';
import { LEVELS, randomProgram } from '../support/random-program';
import { DryRun } from './harness/dry-run';
import { Plane } from './harness/plane';

const PROGRAMS = Number(process.env.RANDOM_PROGRAMS ?? 2000);
const SEED = Number(process.env.RANDOM_SEED ?? 14);

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
  const { priorityClassName, serviceAccountName, ...rest } = template.spec;
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
    const selected = selector ? pods.selectedBy({ matchLabels: selector }, namespace) : [];
    const names = selected.flatMap(({ spec }) =>
      [...(spec.containers ?? []), ...(spec.initContainers ?? [])].flatMap((c) =>
        (c.ports ?? []).map((port) => port.name),
      ),
    );
    const missing = ports
      .map(({ targetPort }: { targetPort?: unknown }) => targetPort)
      .filter((port: unknown) => typeof port === 'string' && !names.includes(port));
    return [
      ...(selector && selected.length === 0 ? [`Service ${name} selects nothing`] : []),
      ...missing.map((port: string) => `Service ${name} has no port ${port}`),
    ];
  });
}

test(`${PROGRAMS} random programs: what passes the review is admitted, starts and is selected`, async () => {
  const disagreements: string[] = [];
  const seen = { passed: 0, refused: 0, objects: 0 };
  const asked = new Set<string>();
  for (let i = 0; i < PROGRAMS; i++) {
    const seed = SEED * 1e6 + i;
    const app = randomProgram(seed);
    if (!app) {
      continue;
    }
    if (Testing.findings(app).some(({ severity }) => severity === 'error')) {
      seen.refused++;
      continue;
    }
    seen.passed++;
    const manifests = Testing.synth(app) as Manifest[];
    disagreements.push(...unselected(manifests).map((text) => `${seed}: ${text}`));
    const wanted = [...manifests, ...manifests.flatMap((manifest) => podOf(manifest) ?? [])].filter((manifest) => {
      const text = JSON.stringify(manifest);
      return !CUSTOM_KINDS.has(manifest.kind) && manifest.kind !== 'Namespace' && !asked.has(text) && asked.add(text);
    });
    seen.objects += wanted.length;
    const answers = await Promise.all(wanted.map((manifest) => server.refusal(manifest)));
    answers.forEach((answer, at) => {
      if (answer !== undefined) {
        disagreements.push(`${seed}: ${wanted[at]!.kind} ${wanted[at]!.metadata.name}: ${answer}`);
      }
    });
  }
  expect(disagreements).toEqual([]);
  expect(seen.passed).toBeGreaterThan(PROGRAMS / 4);
  expect(seen.refused).toBeGreaterThan(PROGRAMS / 20);
}, 1_800_000);
