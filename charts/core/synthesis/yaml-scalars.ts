/**
 * How strings and numbers are spelled, so that readers of YAML 1.1 (Go's, which kubectl uses, and PyYAML) and of YAML 1.2
 * read what was meant. Where both agree the bytes are those of cdk8s.
 */
import { escaped, foldedInQuotes, isSafe } from './yaml-quotes';
import { readsAsOther } from './yaml-words';

/** Nearly all strings of a manifest: words, paths, images, host names, label keys. */
const WORD = /^[A-Za-z/][A-Za-z0-9_./-]*(?::[A-Za-z0-9_./-]+)*$/;

/** The two most frequent shapes of digits: plain numbers, and versions or addresses, which no reader takes for numbers. */
const NUMBER = /^\d+(?:\.\d+)?$/;
const DOTTED = /^\d+(?:\.\d+){2,}$/;

/**
 * What must be quoted: indicators at the start, `: ` and ` #` inside, a colon or a space at the end, and TAB, which
 * PyYAML refuses there.
 */
const NEEDS_QUOTES = /^[ ,[\]{}#&*!|>'"%@`]|^[-?](?: |$)|: | #|[: ]$|\t/;

const DOCUMENT_MARKER = /^(?:---|\.\.\.)/;

/** Readers look for the colon of a key in this many characters. */
export const KEY_LIMIT = 1024;

/** A string as YAML; `indent` is that of the lines below it. */
export function stringText(text: string, indent: string): string {
  // a document that is nothing but a string
  if (indent === '' && (text.includes('\n') || DOCUMENT_MARKER.test(text))) {
    return quoted(text);
  }
  return text.includes('\n') ? linesText(text, indent) : lineText(text);
}

/** A key as YAML, with its colon. Document markers count only at the start of a line. */
export function keyText(key: string, indent: string): string {
  if (WORD.test(key) && key.length < KEY_LIMIT) {
    return `${lineText(key)}:`;
  }
  const text = key.includes('\n') || (indent === '' && DOCUMENT_MARKER.test(key)) ? quoted(key) : lineText(key);
  return text.length > KEY_LIMIT ? `? ${text}\n${indent}:` : `${text}:`;
}

export function numberText(value: number): string {
  const text = Object.is(value, -0) ? '-0' : String(value);
  // YAML 1.1 takes `1e+21` for text
  return text.includes('e') && !text.includes('.') ? text.replace('e', '.0e') : text;
}

function lineText(text: string): string {
  if (WORD.test(text)) {
    return readsAsOther(text) ? `"${text}"` : text;
  }
  if (NUMBER.test(text)) {
    return `"${text}"`;
  }
  if (DOTTED.test(text)) {
    return text;
  }
  return !isSafe(text) || NEEDS_QUOTES.test(text) || readsAsOther(text) ? quoted(text) : text;
}

/** Text of several lines: a literal block, or quoted if no reader is sure of where the block would begin or end. */
function linesText(text: string, indent: string): string {
  const end = endOfContent(text);
  const start = startOfContent(text);
  const onlyBlank = end === 0;
  const endsInBlanks = text.length > end && !text.endsWith('\n') && text.includes('\n', end);
  const startsWithTab = text.charCodeAt(start) === 9 && !text.slice(0, start).includes(' ');
  if (!isSafe(text) || endsInBlanks || startsWithTab || (onlyBlank && /[ \t]/.test(text))) {
    return foldedInQuotes(text, indent);
  }
  const newline = text.indexOf('\n', end);
  const chomping = newline === -1 ? '-' : newline === text.length - 1 && !onlyBlank ? '' : '+';
  // an indicator, where the first line could be taken for deeper indentation
  const indicator = text.slice(0, start).includes(' ') ? '2' : '';
  const body = newline === -1 ? text : text.slice(0, -1);
  return `|${indicator}${chomping}\n${indent}${body.replace(/\n(?=[^\n])/g, `\n${indent}`)}`;
}

/** The length of the text without the blanks and newlines at its end. */
function endOfContent(text: string): number {
  let end = text.length;
  while (end > 0 && isBlank(text.charCodeAt(end - 1))) {
    end--;
  }
  return end;
}

/** The position of the first character that is neither a space nor a newline. */
function startOfContent(text: string): number {
  let start = 0;
  while (text.charCodeAt(start) === 32 || text.charCodeAt(start) === 10) {
    start++;
  }
  return start;
}

function isBlank(code: number): boolean {
  return code === 32 || code === 10 || code === 9;
}

function quoted(text: string): string {
  return text.includes('"') && !text.includes("'") && !text.includes('\n') && isSafe(text)
    ? `'${text}'`
    : escaped(text);
}
