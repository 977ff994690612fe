/** Words that a reader of YAML 1.1 or 1.2 takes for a boolean, null, a number, the merge key or the default value. */
const KEYWORDS: ReadonlySet<string> = new Set([
  '',
  '~',
  '<<',
  '=',
  ...['y', 'n', 'yes', 'no', 'true', 'false', 'on', 'off', 'null'].flatMap(spellings),
  ...['.inf', '-.inf', '+.inf'].flatMap((word) => [word, word.replace('inf', 'Inf'), word.toUpperCase()]),
  '.nan',
  '.NaN',
  '.NAN',
]);
const LONGEST = 5;

/** Numbers as YAML 1.1 has them: decimal, octal and binary ones with underscores, and such of base 60. */
const INTEGER = /^[-+]?(?:\d[\d_]*|0b[01_]+|0x[\da-fA-F_]+)$/;
const FLOAT = /^[-+]?(?:\d[\d_]*)?(?:\.[\d_]*)?(?:[eE][-+]?\d+)?$/;
const BASE_60 = /^[-+]?\d[\d_]*(?::[0-5]?\d)+(?:\.[\d_]*)?$/;

/** A date, and a time behind it. */
const DATE = /^\d{4}-\d{1,2}-\d{1,2}(?:$|[tT \t])/;
const TIME = /^(?:[tT]|[ \t]+)\d{1,2}:\d{1,2}:\d{1,2}(?:\.\d+)?(?:[ \t]*(?:Z|[-+][012]?\d(?::\d{2})?))?$/;

/** Go drops underscores anywhere and then reads numbers as in its own source. */
const GO_NUMBER = /^[-+]?(?:0[xX][\da-fA-F]+|0[oO][0-7]+|0[bB][01]+|(?:\.\d+|\d+(?:\.\d*)?)(?:[eE][-+]?\d+)?)$/;

/** Whether some reader would take the unquoted text for something else than text. */
export function readsAsOther(text: string): boolean {
  if (text.length <= LONGEST && KEYWORDS.has(text)) {
    return true;
  }
  return /^[-+.\deE]/.test(text) && (isNumber(text) || isDate(text));
}

function isNumber(text: string): boolean {
  return (
    INTEGER.test(text) ||
    (FLOAT.test(text) && /[.eE]/.test(text)) ||
    BASE_60.test(text) ||
    GO_NUMBER.test(text.includes('_') ? text.replaceAll('_', '') : text)
  );
}

function isDate(text: string): boolean {
  const date = DATE.exec(text)?.[0];
  if (date === undefined) {
    return false;
  }
  return date === text || TIME.test(text.slice(/[tT \t]$/.test(date) ? date.length - 1 : date.length));
}

/** lower, Capitalized and UPPER; what is mixed otherwise is text. */
function spellings(word: string): string[] {
  return [word, word.charAt(0).toUpperCase() + word.slice(1), word.toUpperCase()];
}
