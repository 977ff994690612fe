import { charactersBefore } from '../text';
import { meaningOf, type NameMeaning } from './names';
import { isExpression, isHarmless } from './values';

/** Where the name of a secret may end; the rest of the name is looked for on both sides. */
const WORD = /pass|pwd|pw(?![a-z])|secret|token|key|cred|cookie|salt|pepper/gi;
/** What follows a name: the rest of it, a sign, and the value, in quotes or up to a separator. */
const VALUE =
  /^([\w.-]{0,60})(?:["']?[ \t]{0,4}(?:=>|:=|[:=])[ \t]{0,4}|[ \t]{1,4}(?=[^\s=:]))(?:"([^"\n]{1,512})"|'([^'\n]{1,512})'|([^\s"'&;,}{)(]{1,512}|\$[({][^\n)}]{0,200}[)}]|\{\{[^\n]{0,200}\}\}))/;
const SIGN = /^[\w.-]{0,60}["']?[ \t]{0,4}(?:=>|:=|[:=])/;
/** A sentence: 'the password: then press Enter'. */
const PROSE = /^[\w.-]{0,60}: {1,4}[A-Za-z]{1,40} [A-Za-z]/;

/** A variable of psql, which is put in when the script runs: ALTER ROLE app PASSWORD :'password'. */
const PSQL_VARIABLE = /^password[ \t]{1,4}:'[a-z_]{1,63}'/i;
const SQL_ROLE = /\b(?:create|alter)[ \t]{1,4}(?:role|user)\b/i;

/** The first name in a text that gets a secret: 'DB_PASSWORD=x', '"apiKey": "x"', '--db-password x'. */
export function assignmentIn(text: string): string | undefined {
  if (text.search(WORD) < 0) {
    return undefined;
  }
  let passed = 0;
  for (const { index } of text.matchAll(WORD)) {
    if (index < passed) {
      continue;
    }
    const before = charactersBefore(text, index, 60, /[\w./-]/);
    const rest = text.slice(index, index + 700);
    const match = VALUE.exec(rest);
    // without a sign only the value of a flag follows: '--password x'
    if (!match || PROSE.test(rest) || !(SIGN.test(rest) || before.startsWith('--'))) {
      continue;
    }
    if (PSQL_VARIABLE.test(rest) && SQL_ROLE.test(charactersBefore(text, index, 300, /[^;]/))) {
      continue;
    }
    const name = before + match[1];
    passed = index + (match[1]?.length ?? 0);
    const quoted = match[2] ?? match[3];
    const value = quoted ?? match[4] ?? '';
    const meaning = meaningOf(name);
    const called = quoted === undefined && /[([]/.test(rest.charAt(match[0].length));
    if (meaning && !called && isSecretText(value, quoted !== undefined, meaning)) {
      return name;
    }
  }
  return undefined;
}

/** Free text holds more than settings: a type, an expression or a mark of YAML is no value. */
function isSecretText(value: string, quoted: boolean, meaning: NameMeaning): boolean {
  return (
    !isHarmless(value, meaning) &&
    !/^[|>&*!#-]/.test(value) &&
    !/^\$/.test(value) &&
    (quoted || (!isExpression(value) && !/^(string|str|text|bytes?|int|bool|object)[?;,]?$/i.test(value)))
  );
}
