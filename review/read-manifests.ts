import type { Finding } from '../kube/finding';
import { MAX_DEPTH } from '../kube/plain-data';
import { loadYaml, readAsGo } from '../kube/yaml';
import { isClusterConfig, type SourceDocument } from './load';

/** What a file holds. */
export interface ManifestFile {
  /** Every document that can be read and is not empty, in order. */
  readonly documents: readonly SourceDocument[];
  /** Those of eksctl, which are not among the others. */
  readonly clusterConfigs: readonly SourceDocument[];
  /** Documents that cannot be read, rule `manifests/syntax`. */
  readonly findings: readonly Finding[];
}

/** The documents of a file of JSON or YAML. What cannot be read is a finding; the other documents of the file count. */
export function readManifests(text: string, path: string): ManifestFile {
  const { documents, findings } = readJson(text, path) ?? readYaml(text, path);
  return {
    documents: documents.filter(({ value }) => !isClusterConfig(value)),
    clusterConfigs: documents.filter(({ value }) => isClusterConfig(value)),
    findings,
  };
}

type Read = Pick<ManifestFile, 'documents' | 'findings'>;

/** JSON is read many times faster than YAML; what is neither is reported as YAML, whose errors have lines. */
function readJson(text: string, path: string): Read | undefined {
  if (!/^\s*[[{]/.test(text)) {
    return undefined;
  }
  try {
    return { documents: [{ value: JSON.parse(text), origin: { file: { path, index: 0, line: 1 } } }], findings: [] };
  } catch {
    return undefined;
  }
}

function readYaml(text: string, path: string): Read {
  const documents: SourceDocument[] = [];
  const findings: Finding[] = [];
  let index = 0;
  for (const part of partsOf(text)) {
    for (const document of documentsOf(part)) {
      const { line, value, error } = document;
      const file = { path, index, line };
      if (error !== undefined) {
        findings.push({ rule: 'manifests/syntax', severity: 'error', file, message: error, fix: 'correct the YAML' });
      } else if (value !== null && value !== undefined) {
        documents.push({ value, origin: { file } });
      }
      index++;
    }
  }
  return { documents, findings };
}

interface Part {
  readonly text: string;
  /** Of its first line, from 1. */
  readonly line: number;
}

/** The text between the lines '---', so that an error in one document does not reach the next. */
function partsOf(text: string): Part[] {
  const parts: Part[] = [];
  let line = 1;
  for (const part of text.replace(/^\uFEFF/, '').split(/^(?=---(?:[ \t\r]|$))/m)) {
    parts.push({ text: part, line });
    line += part.split('\n').length - 1;
  }
  const isEmpty = (part: Part) => part.text.split('\n').every((text) => /^\s*(?:[#%]|$)/.test(text));
  // comments and directives above the first '---' are not a document
  return parts.length > 1 && isEmpty(parts[0]!) ? parts.slice(1) : parts;
}

interface ReadDocument {
  readonly line: number;
  readonly value?: unknown;
  readonly error?: string;
}

function documentsOf({ text, line: first }: Part): ReadDocument[] {
  if (isTooDeep(text)) {
    return [{ line: first, error: `the YAML is invalid: it is nested more than ${DEEPEST} levels deep` }];
  }
  const { LineCounter, parseAllDocuments } = loadYaml();
  const counter = new LineCounter();
  const lineAt = (offset: number) => first + counter.linePos(offset).line - 1;
  let parsed: ReturnType<typeof parseAllDocuments>;
  try {
    parsed = parseAllDocuments(text, { ...readAsGo(), lineCounter: counter, prettyErrors: false, logLevel: 'error' });
  } catch (e) {
    // too deep for the stack
    return [{ line: first, error: messageOf(e) }];
  }
  return [...parsed].map((document): ReadDocument => {
    const [broken] = document.errors;
    if (broken) {
      return { line: lineAt(broken.pos[0]), error: messageOf(broken) };
    }
    const line = lineAt(document.contents?.range?.[0] ?? 0);
    try {
      return { line, value: document.toJS() };
    } catch (e) {
      return { line, error: messageOf(e) };
    }
  });
}

const DEEPEST = 2 * MAX_DEPTH;

/**
 * Whether the parser would run out of stack, which ends the process, or out of time. Counted without parsing: brackets
 * within strings are as good as always in pairs.
 */
function isTooDeep(text: string): boolean {
  let open = 0;
  for (let i = 0; i < text.length; i++) {
    const character = text[i];
    if (character === '[' || character === '{') {
      open++;
    } else if ((character === ']' || character === '}') && open > 0) {
      open--;
    }
    if (open > DEEPEST) {
      return true;
    }
  }
  return NESTED_BLOCKS.test(text);
}

/** Lists in lists on one line: '- - - x'. */
const NESTED_BLOCKS = new RegExp(`(?:[-?:][ \\t]){${DEEPEST}}`);

/** As part of a sentence: 'the YAML is invalid: nested mappings are not allowed here'. */
function messageOf(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  return `the YAML is invalid: ${text.split('\n')[0]!.replace(/[:.]$/, '')}`;
}
