import { Yaml } from 'cdk8s';
import { blockText, keyText, lineText, numberText } from './yaml-scalars';

/** Writes one document. */
export type DocumentWriter = (document: unknown) => string;

/** Strings of manifests repeat (`"8080"`, `"true"`), but a long-lived process must not collect them for ever. */
const CACHE_LIMIT = 10_000;
const CACHED_LENGTH = 200;

/** Above 1024 characters, escapes counted, a key takes another form. */
const KEY_LIMIT = 160;

/** The document holds something for which only the writer of cdk8s knows the form. */
class NotPlain extends Error {}

/**
 * Several documents as YAML, byte for byte as `Yaml.stringify(...documents)` of cdk8s, but many times faster for data
 * of the kind JSON can hold, and without a limit on the number of documents.
 */
export const stringifyDocuments: (documents: readonly unknown[]) => string = createStringifier((document) =>
  Yaml.stringify(document),
);

/**
 * The reference is asked for everything that is not plain. Should its style ever change (a new release of cdk8s), it
 * is asked for everything.
 */
export function createStringifier(reference: DocumentWriter): (documents: readonly unknown[]) => string {
  let write: DocumentWriter | undefined;
  return (documents) => {
    write ??= agreesWith(reference) ? fastWriter(reference) : reference;
    const texts: string[] = [];
    for (const document of documents) {
      texts.push(document === undefined ? '\n' : write(document));
    }
    return texts.join('---\n');
  };
}

function fastWriter(reference: DocumentWriter): DocumentWriter {
  const scalars = new Scalars(reference);
  return (document) => {
    if (typeof document !== 'object' || document === null) {
      return reference(document);
    }
    try {
      return new DocumentText(scalars).of(document);
    } catch (error) {
      if (error instanceof NotPlain) {
        return reference(document);
      }
      throw error;
    }
  };
}

/** The text of one document whose top is a map or a list. */
class DocumentText {
  private text = '';
  private readonly seen = new Set<object>();

  public constructor(private readonly scalars: Scalars) {}

  public of(document: object): string {
    this.collection(document, '', '');
    return this.text;
  }

  /** `lead` comes before the first member, and is nothing but a space before an empty collection. */
  private collection(value: object, lead: string, indent: string): void {
    this.check(value);
    if (Array.isArray(value)) {
      this.list(value, lead, indent);
    } else {
      this.map(value as Readonly<Record<string, unknown>>, lead, indent);
    }
  }

  private map(map: Readonly<Record<string, unknown>>, lead: string, indent: string): void {
    const keys = Object.keys(map);
    if (keys.length === 0) {
      this.text += lead ? ' {}\n' : '{}\n';
      return;
    }
    const inner = `${indent}  `;
    const line = `\n${inner}`;
    let start = lead;
    for (const key of keys) {
      this.text += `${start}${this.scalars.key(key, indent === '')}:`;
      start = indent;
      const value = map[key];
      if (typeof value === 'object' && value !== null) {
        this.collection(value, line, inner);
      } else {
        this.text += ` ${this.scalars.value(value, inner)}\n`;
      }
    }
  }

  private list(list: readonly unknown[], lead: string, indent: string): void {
    if (list.length === 0) {
      this.text += lead ? ' []\n' : '[]\n';
      return;
    }
    const inner = `${indent}  `;
    let start = lead;
    for (const value of list) {
      this.text += `${start}- `;
      start = indent;
      if (typeof value === 'object' && value !== null) {
        this.collection(value, '', inner);
      } else {
        this.text += `${this.scalars.value(value, inner)}\n`;
      }
    }
  }

  /** Refuses what is not plain data, and an object met twice, which becomes an alias. */
  private check(value: object): void {
    if (this.seen.has(value) || 'toJSON' in value) {
      throw new NotPlain();
    }
    this.seen.add(value);
    if (Array.isArray(value)) {
      return;
    }
    const prototype: unknown = Object.getPrototypeOf(value);
    // the prototype of a plain object has none itself, in whatever realm it was made
    if (prototype !== null && prototype !== Object.prototype && Object.getPrototypeOf(prototype) !== null) {
      throw new NotPlain();
    }
    if (Symbol.iterator in value) {
      throw new NotPlain();
    }
  }
}

/** Texts of scalars; asks the reference for a single scalar rather than for the whole document around it. */
class Scalars {
  private readonly cache = new Map<string, string>();

  public constructor(private readonly reference: DocumentWriter) {}

  public key(key: string, top: boolean): string {
    if (key.length > KEY_LIMIT) {
      throw new NotPlain();
    }
    return keyText(key) ?? this.askForKey(key, top);
  }

  public value(value: unknown, indent: string): string {
    switch (typeof value) {
      case 'string':
        return value.includes('\n') ? (blockText(value, indent) ?? this.ask(value, indent)) : this.line(value);
      case 'number':
        return numberText(value) ?? this.ask(value, indent);
      case 'boolean':
        return value ? 'true' : 'false';
      default:
        return value === null || value === undefined ? 'null' : this.ask(value, indent);
    }
  }

  private line(text: string): string {
    const known = lineText(text) ?? this.cache.get(text);
    if (known !== undefined) {
      return known;
    }
    const asked = this.ask(text, '  ');
    if (text.length <= CACHED_LENGTH) {
      if (this.cache.size >= CACHE_LIMIT) {
        this.cache.clear();
      }
      this.cache.set(text, asked);
    }
    return asked;
  }

  /** Some strings are folded into lines that carry the indentation, so the scalar is asked for at its depth. */
  private ask(value: unknown, indent: string): string {
    const depth = indent.length / 2;
    let nested: unknown = value;
    let lead = 0;
    for (let level = depth; level > 0; level--) {
      nested = { k: nested };
      // `k:` with its indentation, then a space or the end of the line
      lead += 2 * (level - 1) + 3;
    }
    return this.reference(nested).slice(lead, -1);
  }

  private askForKey(key: string, top: boolean): string {
    const entry = { [key]: 0 };
    return top ? this.reference(entry).slice(0, -4) : this.reference({ k: entry }).slice(5, -4);
  }
}

/** One of each kind of scalar that is written without the reference. */
const SAMPLE = {
  metadata: { labels: { 'app.kubernetes.io/name': 'web', 'quoted: key': "it's", '{key}': 'say "no"', '- ': `'"` } },
  texts: [
    '--flag=a b',
    '10.0.0.0/16',
    '10.0.0.1',
    '80',
    '1.5',
    '100m',
    '# no',
    ' x',
    'x ',
    'a: b',
    'a #b',
    'a:',
    '*',
    '50%',
    '@x',
    'é €',
    'a\\b',
  ],
  blocks: ['a\nb', 'a\nb\n', 'a\n\n  b\n\n', 'a: b\n# c  \n', 'a  \n \nb \n\n'],
  others: [0, -0, 1.5, 1e21, 1e-7, true, false, null, [], {}, [['a'], [{ b: 1, c: [] }]]],
};

function agreesWith(reference: DocumentWriter): boolean {
  return fastWriter(reference)(SAMPLE) === reference(SAMPLE);
}
