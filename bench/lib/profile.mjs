// A CPU profile of one variant, and what it says by room: the bundle names the source of each of its parts in a comment.
import { mkdtempSync, readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { once } from './variants.mjs';

/** Microseconds between samples. */
const INTERVAL = '200';
const SHOWN_FILES = 40;

/** A function that gives the source of a line of a bundle, by its path and the number of the line. */
function sourcesOf() {
  const bundles = new Map();
  return (path, line) => {
    if (!bundles.has(path)) {
      const lines = readFileSync(path, 'utf8').split('\n');
      let source;
      bundles.set(
        path,
        lines.map((text) => {
          source = /^\/\/ (?:first:)?(\S+\/\S+\.ts)$/.exec(text)?.[1] ?? source;
          return source;
        }),
      );
    }
    return bundles.get(path)[line];
  };
}

/** Milliseconds of a profile by source file, package or part of Node. Functions of the engine count for who calls them. */
export function byFile({ nodes, samples, timeDeltas }, sourceOf = sourcesOf()) {
  const known = new Map(nodes.map((node) => [node.id, node]));
  const callers = new Map(nodes.flatMap(({ id, children = [] }) => children.map((child) => [child, id])));
  const fileOf = (id) => {
    const { functionName, url, lineNumber } = known.get(id).callFrame;
    if (functionName === '(garbage collector)') {
      return 'GC';
    }
    if (url === '') {
      return callers.has(id) && !functionName.startsWith('(') ? fileOf(callers.get(id)) : 'engine';
    }
    if (!url.startsWith('file:')) {
      return 'node';
    }
    const path = fileURLToPath(url);
    const found = /.*\/node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(path)?.[1];
    return found ?? sourceOf(path, lineNumber) ?? 'program';
  };
  const files = new Map();
  const times = new Map();
  for (const [i, id] of samples.entries()) {
    if (!files.has(id)) {
      files.set(id, fileOf(id));
    }
    times.set(files.get(id), (times.get(files.get(id)) ?? 0) + timeDeltas[i] / 1000);
  }
  return times;
}

/** The room of a source file: 'charts/workloads', 'kube'; what is no source is its own. */
export function roomOf(file) {
  const [top, folder, more] = file.split('/');
  return folder === undefined || !file.endsWith('.ts') ? file : top === 'charts' && more ? `${top}/${folder}` : top;
}

/** Rows of a table, the longest time first. */
export function shares(times, nameOf = (name) => name) {
  const sums = new Map();
  for (const [name, time] of times) {
    sums.set(nameOf(name), (sums.get(nameOf(name)) ?? 0) + time);
  }
  const all = [...sums.values()].reduce((a, b) => a + b, 0);
  return [...sums]
    .sort(([, a], [, b]) => b - a)
    .map(([name, time]) => [name, time.toFixed(1), `${((100 * time) / all).toFixed(1)} %`]);
}

/** Profiles a variant: the path of the profile, and rows by room or by file. */
export async function profiled(measure, folder, variant, { count, files, byRoom }) {
  const kept = mkdtempSync(join(tmpdir(), 'bench-profile-'));
  const options = ['--cpu-prof', `--cpu-prof-interval=${INTERVAL}`, `--cpu-prof-dir=${kept}`];
  const withProfile = (...given) => {
    const { command, ...rest } = variant(...given);
    return { ...rest, command: [command[0], ...options, ...command.slice(1)] };
  };
  await once(measure, folder, withProfile, count, files);
  // a second one is that of a thread which only helps to load
  const paths = readdirSync(kept).map((name) => join(kept, name));
  const profiles = paths.map((path) => [path, JSON.parse(readFileSync(path, 'utf8'))]);
  const [path, profile] = profiles.sort(([, a], [, b]) => b.samples.length - a.samples.length)[0];
  const times = byFile(profile);
  return { path, rows: byRoom ? shares(times, roomOf) : shares(times).slice(0, SHOWN_FILES) };
}
