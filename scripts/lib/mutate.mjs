/**
 * Finds a piece of the library by its syntax and replaces it, so that mutants survive renamed files and reformatting.
 *
 * A mutant is `[what, snippet, replacement, { in, beside }]`. The snippet is a sequence of TypeScript tokens that occurs
 * once in the library: white space, line breaks, comments, quotes and trailing commas do not matter. A comma at its end
 * stands for the end of an item, and is replaced with it. Where a snippet is ambiguous, `in` names a declaration around
 * it (`'renderPod'` or `'WebService.render'`), and `beside` is another snippet within the same braces.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { endsItem, tokensOf, ts } from './tokens.mjs';

/** The sources of the library as `{ file, text }`: the rooms that tsconfig.build.json includes. */
export function librarySources() {
  const { include } = JSON.parse(readFileSync('tsconfig.build.json', 'utf8'));
  return include.flatMap((room) =>
    readdirSync(room, { recursive: true })
      .filter((file) => file.endsWith('.ts'))
      .sort()
      .map((file) => ({ file: join(room, file), text: readFileSync(join(room, file), 'utf8') })),
  );
}

/** The tokens of each source, and where each occurs; scanned when a snippet may be in it. */
const scanned = new WeakMap();
function scan(source) {
  let result = scanned.get(source);
  if (result === undefined) {
    result = { tokens: tokensOf(source.text), positions: new Map() };
    for (const [at, { key }] of result.tokens.entries()) {
      const known = result.positions.get(key);
      known === undefined ? result.positions.set(key, [at]) : known.push(at);
    }
    scanned.set(source, result);
  }
  return result;
}

/** The paths of names of all declarations around a place: `[['WebService'], ['WebService', 'render']]`. */
const declarations = new WeakMap();
function declarationsAround({ source, start, end }) {
  if (!declarations.has(source)) {
    const found = [];
    const visit = (node, around) => {
      const name = ts.isConstructorDeclaration(node) ? 'constructor' : node.name?.text;
      const path = name === undefined ? around : [...around, name];
      if (name !== undefined) {
        found.push({ path, start: node.getStart(), end: node.end });
      }
      ts.forEachChild(node, (child) => visit(child, path));
    };
    visit(ts.createSourceFile(source.file, source.text, ts.ScriptTarget.Latest, true), []);
    declarations.set(source, found);
  }
  return declarations.get(source).filter((one) => one.start <= start && end <= one.end);
}

function isIn(place, wanted) {
  const names = wanted.split('.');
  return declarationsAround(place).some(({ path }) => names.every((name, i) => path.at(i - names.length) === name));
}

/** Whether a sequence of keys stands at a position. */
const standsAt = (tokens, at, keys) => keys.every((key, i) => tokens[at + i]?.key === key);

/** Whether the braces around a place have another snippet too. */
function isBeside({ tokens, first, after }, snippet) {
  let [from, to, depth] = [first, after, 0];
  while (from > 0 && depth < 1) {
    from -= 1;
    depth += tokens[from].key === '{' ? 1 : tokens[from].key === '}' ? -1 : 0;
  }
  while (to < tokens.length && depth > 0) {
    depth += tokens[to].key === '{' ? 1 : tokens[to].key === '}' ? -1 : 0;
    to += 1;
  }
  const keys = tokensOf(snippet).map(({ key }) => key);
  return tokens.slice(from, to).some((_, i) => standsAt(tokens, from + i, keys));
}

/** Every place of a snippet: `{ source, start, end }`, and its tokens from `first` to before `after`. */
function placesOf(sources, snippet) {
  const keys = tokensOf(snippet).map(({ key }) => key);
  // a comma at the end stands for the end of the item: the last one may have none
  const isItem = keys.at(-1) === ',';
  const wanted = isItem ? keys.slice(0, -1) : keys;
  // words and plain strings stand in a text as they are, which rules most files out before they are scanned
  const words = wanted.filter((key) => /^[\w$]+$|^'[\w./-]+'$/.test(key)).map((key) => key.replaceAll("'", ''));
  return sources
    .filter(({ text }) => words.every((word) => text.includes(word)))
    .flatMap((source) => {
      const { tokens, positions } = scan(source);
      return (positions.get(wanted[0]) ?? []).flatMap((first) => {
        const after = first + wanted.length;
        if (!standsAt(tokens, first, wanted) || (isItem && !endsItem(tokens[after]))) {
          return [];
        }
        const { key, end, commaEnd } = tokens[after] ?? {};
        const comma = isItem && (key === ',' ? end : commaEnd);
        return { source, tokens, first, after, start: tokens[first].start, end: comma || tokens[after - 1].end };
      });
    });
}

/** A place for an error: the file, the line and the declarations around it. */
function describe(place) {
  const { source, start } = place;
  const line = source.text.slice(0, start).split('\n').length;
  const innermost = declarationsAround(place).at(-1)?.path.join('.');
  return `${source.file}:${line}${innermost === undefined ? '' : ` in ${innermost}`}`;
}

/** Replaces the one place of a mutant; an error names the candidates if there is none, or more than one. */
export function mutate(sources, [what, snippet, replacement, { in: within, beside } = {}]) {
  const candidates = placesOf(sources, snippet);
  const places = candidates
    .filter((place) => within === undefined || isIn(place, within))
    .filter((place) => beside === undefined || isBeside(place, beside));
  if (places.length !== 1) {
    const scope = `${within === undefined ? '' : ` in ${within}`}${beside === undefined ? '' : ` beside ${beside}`}`;
    const known = candidates.length === 0 ? 'no candidates' : `candidates: ${candidates.map(describe).join(', ')}`;
    throw new Error(`mutant '${what}' matches ${places.length} times${scope}, must match once: ${snippet}\n  ${known}`);
  }
  const [{ source, start, end }] = places;
  return { file: source.file, text: source.text.slice(0, start) + replacement + source.text.slice(end) };
}

/** The error of each mutant that does not match once. */
export function staleMutants(sources, mutants) {
  return mutants.flatMap((mutant) => {
    try {
      mutate(sources, mutant);
      return [];
    } catch (error) {
      return [error.message];
    }
  });
}
