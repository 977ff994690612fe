import { isBroken, isPlainObject, MAX_DEPTH, requirePlain } from '../../../kube/plain-data';
import { keyText, numberText, stringText } from './yaml-scalars';

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

class DocumentText {
  private text = '';

  public of(document: unknown): string {
    this.member(document, '', '', '');
    return this.text;
  }

  /** A value behind `-` or a key: `lead` comes before the first member of a collection, `space` before all else. */
  private member(value: unknown, lead: string, indent: string, space: string): void {
    if (typeof value !== 'object' || value === null) {
      this.text += `${space}${scalarText(value, indent)}\n`;
      return;
    }
    if (indent.length > 2 * MAX_DEPTH) {
      throw UNFIT;
    }
    if (Array.isArray(value)) {
      this.list(value, lead, indent, space);
    } else if (isPlainObject(value)) {
      this.map(value, lead, indent, space);
    } else {
      throw UNFIT;
    }
  }

  private map(map: Readonly<Record<string, unknown>>, lead: string, indent: string, space: string): void {
    const keys = Object.keys(map);
    if (keys.length === 0) {
      this.text += `${space}{}\n`;
      return;
    }
    const inner = `${indent}  `;
    const line = `\n${inner}`;
    let start = lead;
    for (const key of keys) {
      const text = keyText(checked(key), indent);
      this.text += start + text;
      start = indent;
      // after a key on a line of its own the first member is on the line of the colon
      this.member(map[key], text.startsWith('? ') ? ' ' : line, inner, ' ');
    }
  }

  private list(list: readonly unknown[], lead: string, indent: string, space: string): void {
    if (list.length === 0) {
      this.text += `${space}[]\n`;
      return;
    }
    const inner = `${indent}  `;
    let start = lead;
    for (let i = 0; i < list.length; i++) {
      this.text += `${start}-`;
      start = indent;
      this.member(list[i], ' ', inner, ' ');
    }
  }
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
