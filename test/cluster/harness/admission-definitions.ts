import * as fs from 'node:fs';
import * as path from 'node:path';
import { CRDS } from '../../golden/custom-resources';
import type { Manifest } from '../../golden/programs';
import { eventually } from './eventually';
import type { Kubectl } from './kubectl';

interface Entry {
  readonly file: string;
  readonly group: string;
  readonly kind: string;
}

/** Installs the definitions of the custom resources among the manifests, and no others: each costs the API server time. */
export async function installDefinitions(kubectl: Kubectl, manifests: readonly Manifest[], to: string): Promise<void> {
  const used = new Set(manifests.map(({ apiVersion, kind }) => `${apiVersion.split('/')[0]}/${kind}`));
  const index: Entry[] = JSON.parse(fs.readFileSync(path.join(CRDS, 'INDEX.json'), 'utf8'));
  const wanted = index.filter(({ group, kind }) => used.has(`${group}/${kind}`));
  const texts = wanted.map(({ file, kind }) => definitionIn(path.join(CRDS, file), kind));
  const folder = path.join(to, 'definitions');
  fs.mkdirSync(folder);
  fs.writeFileSync(path.join(folder, 'definitions.yaml'), texts.join('---\n'));
  // the annotation of a client-side apply would be too large for some
  await kubectl.run('apply', '--server-side', '-f', folder);
  // kubectl ends with an error where a definition is so new that its status has no conditions yet
  const wait = ['wait', '--for=condition=Established', 'crd', '--all'];
  await eventually('all definitions are established', () => kubectl.run(...wait));
}

function definitionIn(file: string, kind: string): string {
  const texts = fs.readFileSync(file, 'utf8').split(/^---\n/m);
  const found = texts.find((text) => new RegExp(`^    kind: ${kind}$`, 'm').test(text));
  if (found === undefined) {
    throw new Error(`${file} does not define ${kind}`);
  }
  return found;
}
