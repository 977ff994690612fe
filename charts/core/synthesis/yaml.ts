import { hasNoKey } from '../../../kube/collections';
import { isPlainObject } from '../../../kube/loose';
import { isBroken, MAX_DEPTH, requirePlain } from '../../../kube/plain-data';
import { KEY_LIMIT, keyText, numberText, stringText } from './yaml-scalars';

const UNFIT = Symbol('unfit');

/**
 * Several documents as YAML that every reader reads as meant. The style is that of `Yaml.stringify(...documents)` of
 * cdk8s; strings that Go's reader, kubectl's, or another one would misread are quoted or escaped instead, and what occurs
 * twice is written twice. Throws a FieldError for what is not plain data.
 */
export function stringifyDocuments(documents: readonly unknown[]): string {
  return documents.map((document) => (document === undefined ? '\n' : documentText(document))).join('---\n');
}

function documentText(document: unknown): string {
  try {
    return new DocumentText().of(document);
  } catch (error) {
    if (error === UNFIT) {
      // the path is made only when it is needed
      requirePlain(document);
    }
    throw error;
  }
}

/** More different texts than this are not kept at a time. */
const MOST_STARTS = 1000;
const MOST_LINES = 4000;
const LONGEST_LINE = 40;

/**
 * A depth of a document, with what its lines begin with: a set has a few hundred different ones, millions of times. A line
 * that is put together from few parts costs a fraction of one made of many.
 */
class Level {
  readonly line: string;
  /** By key: behind a key, behind a dash, and on a line of its own. */
  readonly behindKey = new Map<string, string>();
  readonly behindDash = new Map<string, string>();
  readonly onLine = new Map<string, string>();
  /** The labels that were written last behind a key, with their lines: those of a workload are the same in all of its objects. */
  labels: object | undefined;
  labelsText = '';
  private next: Level | undefined;

  constructor(readonly indent: string) {
    this.line = `\n${indent}`;
  }

  get inner(): Level {
    this.next ??= new Level(`${this.indent}  `);
    return this.next;
  }
}

const TOP = new Level('');

/** Where a collection begins: as a document, or on the line of a dash or a key. */
type Place = 'document' | 'dash' | 'key';

class DocumentText {
  private text = '';

  public of(document: unknown): string {
    if (typeof document === 'object' && document !== null) {
      this.collection(document, 'document', TOP);
    } else {
      this.text += `${scalarText(document, '')}\n`;
    }
    return this.text;
  }

  private collection(value: object, place: Place, level: Level): void {
    if (level.indent.length > 2 * MAX_DEPTH) {
      throw UNFIT;
    }
    if (Array.isArray(value)) {
      this.list(value, place, level);
    } else if (isPlainObject(value)) {
      this.map(value, place, level);
    } else {
      throw UNFIT;
    }
  }

  private map(map: Readonly<Record<string, unknown>>, place: Place, level: Level): void {
    if (hasNoKey(map)) {
      this.text += place === 'document' ? '{}\n' : ' {}\n';
      return;
    }
    const { indent, inner } = level;
    let starts = place === 'key' ? level.behindKey : place === 'dash' ? level.behindDash : level.onLine;
    let lead = place === 'key' ? level.line : place === 'dash' ? ' ' : indent;
    // without a list of the keys; plain data inherits none
    for (const key in map) {
      const start = starts.get(key) ?? startOf(starts, lead, key, indent);
      const value = map[key];
      if (typeof value === 'string') {
        this.text += start + (lines.get(value) ?? lineOf(value, inner.indent));
      } else if (typeof value === 'object' && value !== null && key === 'labels') {
        this.text += start + this.labels(value, inner);
      } else if (typeof value === 'object' && value !== null) {
        this.text += start;
        // after a key on a line of its own the first member is on the line of the colon
        this.collection(value, start.length > KEY_LIMIT && isAlone(start, lead) ? 'dash' : 'key', inner);
      } else {
        this.text += `${start} ${scalarText(value, inner.indent)}\n`;
      }
      starts = level.onLine;
      lead = indent;
    }
  }

  private labels(labels: object, level: Level): string {
    if (labels === level.labels) {
      return level.labelsText;
    }
    const before = this.text;
    this.text = '';
    this.collection(labels, 'key', level);
    const { text } = this;
    this.text = before;
    if (isFixed(labels)) {
      level.labels = labels;
      level.labelsText = text;
    }
    return text;
  }

  private list(list: readonly unknown[], place: Place, level: Level): void {
    if (list.length === 0) {
      this.text += place === 'document' ? '[]\n' : ' []\n';
      return;
    }
    const { indent, inner } = level;
    let start = place === 'key' ? `${level.line}-` : place === 'dash' ? ' -' : `${indent}-`;
    for (let i = 0; i < list.length; i++) {
      const value = list[i];
      if (typeof value === 'string') {
        this.text += start + (lines.get(value) ?? lineOf(value, inner.indent));
      } else if (typeof value === 'object' && value !== null) {
        this.text += start;
        this.collection(value, 'dash', inner);
      } else {
        this.text += `${start} ${scalarText(value, inner.indent)}\n`;
      }
      start = `${indent}-`;
    }
  }
}

/** A key with its colon, behind what its line begins with. */
function startOf(starts: Map<string, string>, lead: string, key: string, indent: string): string {
  const start = lead + keyText(checked(key), indent);
  if (starts.size < MOST_STARTS) {
    starts.set(key, start);
  }
  return start;
}

/** Whether nobody can change a map of texts. */
function isFixed(map: object): boolean {
  return Object.isFrozen(map) && Object.values(map).every((value) => typeof value === 'string');
}

/** Whether a long key has a line to itself, and its colon the next one. */
function isAlone(start: string, lead: string): boolean {
  return start.startsWith('? ', lead.length);
}

/** By text: names, images, ports and paths occur many times, most of them near each other. */
const lines = new Map<string, string>();

/** A text behind a dash or a colon. */
function lineOf(value: string, indent: string): string {
  const line = ` ${stringText(checked(value), indent)}\n`;
  // what has several lines depends on the indent
  if (value.length <= LONGEST_LINE && !value.includes('\n')) {
    if (lines.size >= MOST_LINES) {
      lines.clear();
    }
    lines.set(value, line);
  }
  return line;
}

function scalarText(value: unknown, indent: string): string {
  switch (typeof value) {
    case 'string':
      return stringText(checked(value), indent);
    case 'number':
      if (Number.isFinite(value)) {
        return numberText(value);
      }
      throw UNFIT;
    case 'boolean':
      return value ? 'true' : 'false';
    default:
      if (value === null || value === undefined) {
        return 'null';
      }
      throw UNFIT;
  }
}

function checked(text: string): string {
  if (isBroken(text)) {
    throw UNFIT;
  }
  return text;
}
