// What the bench measures of this library alone: how long a small program takes, and what is done with many objects.
import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { median } from './measure.mjs';
import { LIMIT, NO_INPUTS, OURS, once, ROOT } from './variants.mjs';

const RUNS = 5;
/** Of ten objects each. */
const SERVICES = 1000;
/** Seconds of CPU time; those of the first program include the start of Node and cdk8s. */
const LIMITS = { compiled: 0.2, tsx: 0.45, plan: 1 };

/** The first program as its users run it: each run is a process of its own. */
async function firstProgram(measure, folder) {
  const source = join(folder, 'bench', 'first.ts');
  copyFileSync(join(ROOT, 'examples', 'first-program', 'main.ts'), source);
  const compilerOptions = { target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.CommonJS };
  const { outputText } = ts.transpileModule(readFileSync(source, 'utf8'), { compilerOptions });
  writeFileSync(join(folder, 'bench', 'first.js'), outputText);
  const out = join(folder, 'first');
  mkdirSync(out, { recursive: true });
  const timed = async (...args) => {
    const found = [];
    while (found.length < RUNS) {
      found.push(await measure([process.execPath, ...args], { cwd: out, limit: LIMIT }));
    }
    return median(found);
  };
  const compiled = await timed(join(folder, 'bench', 'first.js'));
  const tsx = await timed('--import', 'tsx', source);
  return [
    ['the first program, compiled', compiled.cpu, LIMITS.compiled, compiled.memory],
    ['the first program, through tsx', tsx.cpu, LIMITS.tsx, tsx.memory],
  ];
}

/** A review of about 10,000 objects, and a plan from them to the same with 200 edits; without reading the files. */
async function largeSets(measure, folder, all) {
  const { out } = await once(measure, folder, all.get(OURS), SERVICES, NO_INPUTS);
  return ['review', 'plan'].map((what) => {
    const args = [join(folder, 'bench', 'large.js'), what, out];
    const { status, stdout, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8' });
    if (status !== 0) {
      throw new Error(`${args.join(' ')} ended with ${status}\n${stderr}`);
    }
    const { objects, found, cpu } = JSON.parse(stdout);
    const name = what === 'plan' ? `plan of ${objects} objects, ${found} changed` : `review of ${objects} objects`;
    return [name, cpu / 1000, LIMITS[what], undefined];
  });
}

/** A table of them, as text. */
export async function more(measure, folder, all) {
  const rows = [...(await firstProgram(measure, folder)), ...(await largeSets(measure, folder, all))];
  const cell = (number, digits) => (number === undefined ? '' : number.toFixed(digits));
  return rows.map(([name, cpu, limit, memory]) => [name, cell(cpu, 2), cell(limit, 2), cell(memory, 0)]);
}
