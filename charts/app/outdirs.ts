import * as fs from 'node:fs';
import * as path from 'node:path';
import type { App } from 'cdk8s';
import { OutputError } from '../core/synthesis/output-error';

/** Which app of this process writes which folder: a token of the app, and its name for messages. */
type Claims = Map<string, { readonly app: object; readonly name: string }>;

// of the process, so that two copies of the library see each other's apps
const CLAIMS = Symbol.for('cdk8s-eks-patterns.outdirs');
const tokens = new WeakMap<App, object>();

/** Gives the folder to the app; refuses it where another app of this process has written it. */
export function claimOutdir(app: App): void {
  const claims = claimsOf(globalThis as unknown as { [CLAIMS]?: Claims });
  const token = tokens.get(app) ?? {};
  tokens.set(app, token);
  const folder = realPath(path.resolve(app.outdir));
  const other = claims.get(folder);
  if (other && other.app !== token) {
    throw new OutputError(
      app.outdir,
      `two apps of this program write to '${app.outdir}', which would delete the files of the first: ` +
        `the app with ${other.name}, and the app with ${nameOf(app)}`,
      "give each an outdir of its own, such as new EksApp({ outdir: 'dist/prod' })",
    );
  }
  claims.set(folder, { app: token, name: nameOf(app) });
}

function claimsOf(holder: { [CLAIMS]?: Claims }): Claims {
  holder[CLAIMS] ??= new Map();
  return holder[CLAIMS];
}

/** Apps have no id; what they hold tells them apart. */
function nameOf(app: App): string {
  const ids = app.node.children.map(({ node }) => `'${node.id}'`);
  const more = ids.length > 3 ? ` and ${ids.length - 3} more` : '';
  return ids.length === 0 ? 'no charts' : ids.slice(0, 3).join(', ') + more;
}

/** Links resolved as far as the folder exists: two names of one folder are one. */
function realPath(folder: string): string {
  try {
    return fs.realpathSync(folder);
  } catch {
    const above = path.dirname(folder);
    return above === folder ? folder : path.join(realPath(above), path.basename(folder));
  }
}
