import { pathToFileURL } from 'node:url';
import { node, REPOSITORY } from '../app/support';

/** Calls functions of a script's module, which jest cannot load, in a process of their own: one result a call. */
export async function callAll(script: string, calls: readonly (readonly [name: string, ...args: unknown[]])[]) {
  const program = `
    import * as module from ${JSON.stringify(String(pathToFileURL(`${REPOSITORY}/${script}`)))};
    const calls = ${JSON.stringify(calls)};
    console.log(JSON.stringify(calls.map(([name, ...args]) => module[name](...args))));`;
  const { stdout, output, status } = await node(['--input-type=module', '--eval', program], REPOSITORY);
  if (status !== 0) {
    throw new Error(output);
  }
  return JSON.parse(stdout);
}
