/** Characters that every reader reads as they are, TAB and newline included; of surrogates only pairs. */
const SAFE = /^[\t\n\x20-\x7e\xa0-\u2027\u202a-\ufefe\uff00-\ufffd]*$/;

/** What JSON leaves as it is: DEL, C1 controls with NEL, line and paragraph separator, byte order mark, non-characters. */
const RAW_IN_JSON = /[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]/g;

/** Shorter strings stay in one line. */
const FOLDED_LENGTH = 40;

/** YAML's names of control characters that JSON knows by number only. */
const SHORT: Readonly<Record<string, string>> = { '00': '\\0', '07': '\\a', '0b': '\\v', '1b': '\\e' };

/** Whether all characters can be written without an escape. Half surrogate pairs must be refused before. */
export function isSafe(text: string): boolean {
  return SAFE.test(text);
}

/** A string in double quotes, in one line. */
export function escaped(text: string): string {
  const json = JSON.stringify(text);
  if (!/[^\x20-\x7e]|\\[un]/.test(json)) {
    return json;
  }
  return json
    .replace(RAW_IN_JSON, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`)
    .replace(/\\(?:\\|u00(..))/g, (found, code?: string) => (code ? (SHORT[code] ?? `\\x${code}`) : found))
    .replace(/ (?=\\n)/g, '\\ ');
}

/** A string in double quotes, each line of it in a line of its own, as in a diff. */
export function foldedInQuotes(text: string, indent: string): string {
  if (JSON.stringify(text).length < FOLDED_LENGTH) {
    return escaped(text);
  }
  const body = text.endsWith('\n') ? text.slice(0, -1) : text;
  const lines = body.split('\n').map((line) => escaped(line).slice(1, -1));
  const tail = body.length < text.length ? '\\n' : '';
  const folded = lines.map((line, i) => {
    // readers drop the blanks around a line break
    const isFirst = i === 0;
    const isLast = i === lines.length - 1 && tail === '';
    const ended = !isLast && line.endsWith(' ') ? `${line.slice(0, -1)}\\ ` : line;
    return !isFirst && ended.startsWith(' ') ? `\\${ended}` : ended;
  });
  return `"${joined(folded, indent)}${tail}"`;
}

/** Lines of a quoted string: of n line breaks readers drop the first. */
function joined(lines: readonly string[], indent: string): string {
  let text = lines[0]!;
  let breaks = 1;
  for (const line of lines.slice(1)) {
    if (line === '') {
      breaks++;
    } else {
      text += `${'\n'.repeat(breaks + 1)}${indent}${line}`;
      breaks = 1;
    }
  }
  return breaks > 1 ? `${text}${'\n'.repeat(breaks)}${indent}` : text;
}
