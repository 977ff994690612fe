import * as fs from 'node:fs';
import * as path from 'node:path';
import type { App } from 'cdk8s';
import { OutputError } from '../core/synthesis/output-error';

/** The app that writes each folder: a token of the app, and its name for messages. */
type Claims = Map<string, { readonly app: object; readonly name: string }>;

// global, so that two copies of the library see each other's apps
const CLAIMS = Symbol.for('cdk8s-eks-patterns.outdirs');
const tokens = new WeakMap<App, object>();

/** Claims the output folder for the app. Refused if another app of this process has written it. */
export function claimOutdir(app: App): void {
  const claims = claimsOf(globalThis as unknown as { [CLAIMS]?: Claims });
  const token = tokens.get(app) ?? {};
  tokens.set(app, token);
  const folder = realPath(path.resolve(app.outdir));
  const other = claims.get(folder);
  if (other && other.app !== token) {
    throw new OutputError(
      app.outdir,
      `outdir '${app.outdir}' must be unique, but two apps of this program write to it, and the second would delete the ` +
        `files of the first: the app with ${other.name}, and the app with ${nameOf(app)}`,
      "set a different outdir for each, such as new EksApp({ outdir: 'dist/prod' })",
    );
  }
  claims.set(folder, { app: token, name: nameOf(app) });
}

function claimsOf(holder: { [CLAIMS]?: Claims }): Claims {
  holder[CLAIMS] ??= new Map();
  return holder[CLAIMS];
}

/** Apps have no id, so they are named by their charts. */
function nameOf(app: App): string {
  const ids = app.node.children.map(({ node }) => `'${node.id}'`);
  const more = ids.length > 3 ? ` and ${ids.length - 3} more` : '';
  return ids.length === 0 ? 'no charts' : ids.slice(0, 3).join(', ') + more;
}

/** The path with links resolved as far as it exists, so that all names of a folder are equal. */
function realPath(folder: string): string {
  try {
    return fs.realpathSync(folder);
  } catch {
    const above = path.dirname(folder);
    return above === folder ? folder : path.join(realPath(above), path.basename(folder));
  }
}
