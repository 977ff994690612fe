import * as fs from 'node:fs';
import * as path from 'node:path';
import type { Kubectl } from './kubectl';

const DOCS = path.join(__dirname, '../../../docs');

/** The commands that a section of a page in docs/ prints, in its order. */
export function commandsIn(page: string, heading: string): string[] {
  const text = fs.readFileSync(path.join(DOCS, page), 'utf8');
  const section = text.split(/^## /m).find((part) => part.startsWith(`${heading}\n`));
  if (!section) {
    throw new Error(`${page} has no section '${heading}'`);
  }
  return [...section.matchAll(/^ *```sh\n([\s\S]*?)^ *```$/gm)].flatMap(([, block]) =>
    block!
      .split('\n')
      .map((line) => line.trim())
      .filter((line) => line !== ''),
  );
}

/** Runs a command of kubectl as a page prints it: 'dist/' is the folder, and 'shop' the namespace. */
export function runCommand(
  kubectl: Kubectl,
  command: string,
  { folder, namespace }: { readonly folder?: string; readonly namespace: string },
): Promise<string> {
  const [program, ...args] = [...command.matchAll(/'([^']*)'|\S+/g)].map(([word, quoted]) => quoted ?? word);
  if (program !== 'kubectl') {
    throw new Error(`no command of kubectl: ${command}`);
  }
  return kubectl.run(
    ...args.map((arg) => (arg === 'dist/' && folder !== undefined ? folder : arg === 'shop' ? namespace : arg)),
  );
}
