/**
 * node large.js review|plan FOLDER: the milliseconds of processor time, beyond reading, of a review of the manifests in a
 * folder, or of a plan from them to the same ones with 200 edits. Cold, as the command runs them.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadInventory, plan, readManifests, review } from 'cdk8s-eks-patterns/review';

/** As many Deployments get another image, and as many autoscalers more replicas. */
const EDITS_EACH = 100;

/** What is edited of an object, by its kind. */
interface Edited {
  readonly kind: string;
  readonly spec: {
    maxReplicas: number;
    readonly template: { readonly spec: { readonly containers: { image: string }[] } };
  };
}

const [what, folder] = process.argv.slice(2);
const values = readdirSync(folder!)
  .filter((file) => file.endsWith('.yaml'))
  .flatMap((file) => readManifests(readFileSync(join(folder!, file), 'utf8'), file).documents)
  .map(({ value }) => value as Edited);
const load = (objects: readonly unknown[]) =>
  loadInventory(objects.map((value, index) => ({ value, origin: { file: { path: 'bench.yaml', index } } })));

/** A copy of the objects, of which some are edited. */
function edited() {
  const copy: typeof values = JSON.parse(JSON.stringify(values));
  const some = (kind: string) => copy.filter((object) => object.kind === kind).slice(0, EDITS_EACH);
  for (const { spec } of some('Deployment')) {
    spec.template.spec.containers[0]!.image += '.1';
  }
  for (const { spec } of some('HorizontalPodAutoscaler')) {
    spec.maxReplicas += 1;
  }
  return copy;
}

const next = what === 'plan' ? edited() : [];
const start = process.cpuUsage();
const found =
  what === 'plan'
    ? plan(load(values), load(next)).objects.filter(({ verdict }) => verdict !== 'unchanged').length
    : review({ inventory: load(values) }).length;
const { user, system } = process.cpuUsage(start);
console.log(JSON.stringify({ objects: values.length, found, cpu: (user + system) / 1000 }));
