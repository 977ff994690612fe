/** How strings and numbers are spelled. Whatever is not certain here is left to the writer of cdk8s. */

/** Nearly all strings of a manifest: words, paths, images, host names, label keys. */
const WORD = /^[A-Za-z/][A-Za-z0-9_./-]*(?::[A-Za-z0-9_./-]+)*$/;

/** A YAML 1.1 reader takes these for booleans, nulls or numbers (`e5` is a float). */
const MAYBE_KEYWORD = /^(?:y|n|yes|no|true|false|on|off|null|nan|inf|e[-+]?\d+)$/i;

/** Everything a YAML 1.1 reader could take for an integer, a float, a sexagesimal or a date, and much else. */
const MAYBE_NUMBER = /^[-+.\d][-+.:\d_a-fA-FiInNoOxXtTzZ \t]*$/;

/** The two shapes of those that are frequent: plain numbers, and versions or addresses, which are none. */
const NUMBER = /^\d+(?:\.\d+)?$/;
const DOTTED = /^\d+(?:\.\d+){2,}$/;

/** Characters which YAML never escapes, in one line. U+2028 and U+2029 count as line ends in places. */
const PRINTABLE = /^[\x20-\x7e\xa1-\u2027\u202a-\ud7ff]+$/;

/** Characters a block scalar cannot hold; surrogates are left out because only pairs of them are printable. */
const UNFIT_FOR_BLOCK = /[^\t\n\x20-\x7e\xa1-\u2027\u202a-\ud7ff]/;

/** What cannot stand unquoted: indicators at the start, `: ` and ` #` inside, a colon or a space at the end. */
const NEEDS_QUOTES = /^[ ,[\]{}#&*!|>'"%@`]|^[-?](?: |$)|: | #|[: ]$/;

const DOCUMENT_MARKER = /^(?:---|\.\.\.)/;

/** One line of text as YAML, `undefined` if these rules are not certain of it. */
export function lineText(text: string): string | undefined {
  if (WORD.test(text)) {
    return MAYBE_KEYWORD.test(text) ? undefined : text;
  }
  if (NUMBER.test(text)) {
    return `"${text}"`;
  }
  if (DOTTED.test(text)) {
    return text;
  }
  // `~` is null, `<<` the merge key
  if (!PRINTABLE.test(text) || text === '~' || text === '<<') {
    return undefined;
  }
  if (NEEDS_QUOTES.test(text)) {
    return quoted(text);
  }
  return MAYBE_NUMBER.test(text) || MAYBE_KEYWORD.test(text) ? undefined : text;
}

/** A key as YAML. Document markers are spelled differently at the top of a document, so they are not certain. */
export function keyText(key: string): string | undefined {
  return DOCUMENT_MARKER.test(key) ? undefined : lineText(key);
}

export function numberText(value: number): string | undefined {
  if (!Number.isFinite(value)) {
    return undefined;
  }
  return Object.is(value, -0) ? '-0' : String(value);
}

/**
 * Text of several lines as a literal block, `undefined` if it cannot be one or needs an indentation indicator.
 * The indentation must not be empty.
 */
export function blockText(text: string, indent: string): string | undefined {
  const first = text.charCodeAt(0);
  if (first === 32 || first === 10 || first === 9 || UNFIT_FOR_BLOCK.test(text)) {
    return undefined;
  }
  let end = text.length;
  while (isSpace(text.charCodeAt(end - 1))) {
    end--;
  }
  const newline = text.indexOf('\n', end);
  // a last line of nothing but spaces would be lost
  if (newline !== -1 && !text.endsWith('\n')) {
    return undefined;
  }
  const chomping = newline === -1 ? '-' : newline === text.length - 1 ? '' : '+';
  const body = newline === -1 ? text : text.slice(0, -1);
  return `|${chomping}\n${indent}${body.replace(/\n(?=[^\n])/g, `\n${indent}`)}`;
}

function isSpace(code: number): boolean {
  return code === 32 || code === 10 || code === 9;
}

function quoted(text: string): string {
  return text.includes('"') && !text.includes("'") ? `'${text}'` : JSON.stringify(text);
}
