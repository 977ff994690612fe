import * as fs from 'node:fs';
import * as path from 'node:path';
import { parse } from 'yaml';
import type { Manifest } from '../../golden/programs';

/** Fields that say the name of an object which is not in the namespace of the one that has them. */
const REFERENCES = ['namespace', 'storageClassName', 'priorityClassName', 'ingressClassName', 'policyName'];
const NAMES = new RegExp(`^( *(?:- )?(name|${REFERENCES.join('|')}): )(\\S+)$`, 'gm');

interface Document {
  readonly file: string;
  readonly text: string;
  readonly manifest: Manifest;
  /** Whether a copy of it gets another name: the rest is in a namespace that does. */
  readonly renamed: boolean;
}

/** What a program wrote for kubectl, which can be applied many times on one cluster as if each were the first. */
export class Output {
  private readonly documents: readonly Document[];
  private readonly names: ReadonlySet<string>;

  /** Kinds that the cluster does not know are left out. */
  constructor(
    readonly program: string,
    readonly folder: string,
    unknown: ReadonlySet<string>,
  ) {
    const all = filesIn(folder).flatMap((file) =>
      fs
        .readFileSync(path.join(folder, file), 'utf8')
        .split(/^---\n/m)
        .map((text) => ({ file, text, manifest: parse(text) as Manifest })),
    );
    const known = all.filter(({ manifest }) => !unknown.has(manifest.kind));
    const namespaces = known.filter(({ manifest }) => manifest.kind === 'Namespace').map(nameOf);
    this.documents = known.map((document) => ({
      ...document,
      renamed: !namespaces.includes(document.manifest.metadata.namespace),
    }));
    this.names = new Set(this.documents.filter(({ renamed }) => renamed).map(nameOf));
  }

  /** The objects, under the names that a copy with this suffix has. */
  manifests(suffix = ''): Manifest[] {
    return this.documents.map((document) => parse(this.textOf(document, suffix)));
  }

  /**
   * A copy with other namespaces and other names for what is in none, so that everything in it is new to the cluster. Text is
   * put in place of text: kubectl reads what the library wrote, not what another YAML library makes of it.
   */
  copy(to: string, suffix: string): string {
    fs.mkdirSync(to, { recursive: true });
    for (const file of new Set(this.documents.map((document) => document.file))) {
      const texts = this.documents.filter((document) => document.file === file);
      fs.writeFileSync(path.join(to, file), texts.map((document) => this.textOf(document, suffix)).join('---\n'));
    }
    return to;
  }

  private textOf({ text, renamed }: Document, suffix: string): string {
    return text.replace(NAMES, (line, before: string, key: string, name: string) =>
      this.names.has(name) && (key !== 'name' || renamed) ? `${before}${name}${suffix}` : line,
    );
  }
}

const filesIn = (folder: string): string[] => fs.readdirSync(folder).filter((file) => file.endsWith('.yaml'));
const nameOf = ({ manifest }: { readonly manifest: Manifest }): string => manifest.metadata.name;
