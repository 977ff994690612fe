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

/** All tokens of a list of sources in one row, each with its source, and the positions of each; scanned once. */
const scanned = new WeakMap();
function scan(sources) {
  let result = scanned.get(sources);
  if (result === undefined) {
    result = { tokens: [], positions: new Map() };
    for (const source of sources) {
      for (const token of tokensOf(source.text)) {
        const known = result.positions.get(token.key);
        known === undefined
          ? result.positions.set(token.key, [result.tokens.length])
          : known.push(result.tokens.length);
        token.source = source;
        result.tokens.push(token);
      }
    }
    scanned.set(sources, result);
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

/** Whether a sequence of keys stands at a position, in one source. */
const standsAt = (tokens, at, keys) =>
  keys.every((key, i) => tokens[at + i]?.key === key && tokens[at + i].source === tokens[at].source);

/** The positions of a sequence of keys. Its rarest key leads to the fewest places. */
function positionsOf({ tokens, positions }, keys) {
  const count = (key) => positions.get(key)?.length ?? 0;
  const rarest = keys.reduce((best, key, i) => (count(key) < count(keys[best]) ? i : best), 0);
  return (positions.get(keys[rarest]) ?? [])
    .map((at) => at - rarest)
    .filter((at) => at >= 0 && standsAt(tokens, at, keys));
}

const keysOf = (snippet) => tokensOf(snippet).map(({ key }) => key);

/** Whether the braces around a place have another snippet too. */
function isBeside(library, { source, first, after }, snippet) {
  const { tokens } = library;
  const depthOf = (at) => ({ '{': 1, '}': -1 })[tokens[at].key] ?? 0;
  let from = first;
  for (let depth = 0; depth < 1 && tokens[from - 1]?.source === source; ) {
    from -= 1;
    depth += depthOf(from);
  }
  let to = after;
  for (let depth = 1; depth > 0 && tokens[to]?.source === source; to += 1) {
    depth += depthOf(to);
  }
  return positionsOf(library, keysOf(snippet)).some((at) => from <= at && at < to);
}

/** Every place of a snippet: `{ source, start, end }`, and the positions of its first token and of that after it. */
function placesOf(library, snippet) {
  const { tokens } = library;
  const keys = keysOf(snippet);
  // a comma at the end stands for the end of the item: the last one may have none
  const isItem = keys.at(-1) === ',';
  const wanted = isItem ? keys.slice(0, -1) : keys;
  return positionsOf(library, wanted)
    .map((first) => ({ first, after: first + wanted.length }))
    .filter(({ after }) => !isItem || endsItem(tokens[after]))
    .map(({ first, after }) => {
      const { key, end, commaEnd } = tokens[after] ?? {};
      const comma = isItem && (key === ',' ? end : commaEnd);
      const { source, start } = tokens[first];
      return { source, first, after, start, end: comma || tokens[after - 1].end };
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
  const library = scan(sources);
  const candidates = placesOf(library, snippet);
  const places = candidates
    .filter((place) => within === undefined || isIn(place, within))
    .filter((place) => beside === undefined || isBeside(library, place, beside));
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
