/**
 * npm run bench:review: processor time of reviewing 1,250 to 10,000 objects in a warm process, and the exponent of its
 * growth, which is 1 for linear. Fails when the exponent is above the limit.
 */
import * as fs from 'node:fs';
import { parseClusterConfig } from '../eksctl/schema/parse';
import type { Manifest } from '../kube/objects';
import { clusterSide } from '../review/cluster-side';
import { loadInventory } from '../review/load';
import { readManifests } from '../review/read-manifests';
import { review } from '../review/review';

const SIZES = [1250, 2500, 5000, 10_000];
const ROUNDS = 5;
const LARGEST_EXPONENT = 1.1;

const read = (file: string) => readManifests(fs.readFileSync(file, 'utf8'), file).documents.map(({ value }) => value);
const files = fs.readdirSync('dist').filter((file) => file.endsWith('.yaml') && file !== '_cluster.k8s.yaml');
const objects = files.flatMap((file) => read(`dist/${file}`)) as Manifest[];
const shared = read('dist/_cluster.k8s.yaml');
const cluster = clusterSide(parseClusterConfig(fs.readFileSync('dist/cluster/prod.yaml', 'utf8')));

type Metadata = Manifest['metadata'];
/** How copy number `copy` of an object is called. */
type Rename = (metadata: Metadata, kind: string, copy: number) => Metadata;

const ownNamespaces: Rename = (metadata, kind, copy) =>
  kind === 'Namespace'
    ? { ...metadata, name: `${metadata.name}-${copy}` }
    : { ...metadata, ...(metadata.namespace === undefined ? {} : { namespace: `${metadata.namespace}-${copy}` }) };
/** Labels stay, so that every selector finds the pods of all copies. */
const oneNamespace: Rename = (metadata, kind, copy) =>
  kind === 'Namespace'
    ? { ...metadata, name: 'only' }
    : {
        ...metadata,
        name: `${metadata.name}-${copy}`,
        ...(metadata.namespace === undefined ? {} : { namespace: 'only' }),
      };

/** The committed objects again and again. */
function documents(size: number, rename: Rename) {
  const values: unknown[] = [...shared];
  for (let copy = 0; values.length < size; copy++) {
    values.push(...objects.map((object) => ({ ...object, metadata: rename(object.metadata, object.kind, copy) })));
  }
  return values.slice(0, size).map((value, index) => ({ value, origin: { file: { path: 'bench.yaml', index } } }));
}

/** Milliseconds of processor time, the least of several rounds, which other processes disturb least. */
function cost(run: () => unknown): number {
  run();
  const times = Array.from({ length: ROUNDS }, () => {
    const start = process.cpuUsage();
    run();
    const { user, system } = process.cpuUsage(start);
    return (user + system) / 1000;
  });
  return Math.min(...times);
}

/** Prints the times of all sizes, and whether they grow as they may. */
function growsLinearly(name: string, rename: Rename): boolean {
  // compiles what all sizes run
  review({ inventory: loadInventory(documents(SIZES.at(-1)!, rename)), cluster });
  console.log(`\n${name}\nobjects | load, ms | review, ms | findings`);
  const times = SIZES.map((size) => {
    const sources = documents(size, rename);
    const load = cost(() => loadInventory(sources));
    const both = cost(() => review({ inventory: loadInventory(sources), cluster }));
    const findings = review({ inventory: loadInventory(sources), cluster });
    console.log(`${size} | ${load.toFixed(0)} | ${(both - load).toFixed(0)} | ${findings.length}`);
    return both;
  });
  const exponent = Math.log(times.at(-1)! / times[0]!) / Math.log(SIZES.at(-1)! / SIZES[0]!);
  console.log(`exponent ${exponent.toFixed(2)} (limit ${LARGEST_EXPONENT})`);
  return exponent <= LARGEST_EXPONENT;
}

const verdicts = [growsLinearly('many namespaces', ownNamespaces), growsLinearly('one namespace', oneNamespace)];
process.exitCode = verdicts.every(Boolean) ? 0 : 1;
