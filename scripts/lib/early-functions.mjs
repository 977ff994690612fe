// Has functions compiled as their file is read. V8 reads a function twice: once to find where it ends, and once more, to compile
// it, when it is first called. A function in parentheses is compiled the first time, which saves a tenth of the CPU time of a
// small program where it is done for what such a program calls, and costs time for all else.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';

const placeOf = (start, end) => `${start} ${end}`;

/** Where the functions are that ran, by the path of their file: what Node wrote to the folder NODE_V8_COVERAGE names. */
export function functionsRun(folder) {
  const found = new Map();
  for (const file of readdirSync(folder)) {
    for (const { url, functions } of JSON.parse(readFileSync(join(folder, file), 'utf8')).result) {
      if (url.startsWith('file:')) {
        const path = fileURLToPath(url);
        const places = found.get(path) ?? new Set();
        for (const { ranges } of functions.filter(({ ranges: [whole] }) => whole.count > 0)) {
          places.add(placeOf(ranges[0].startOffset, ranges[0].endOffset));
        }
        found.set(path, places);
      }
    }
  }
  return found;
}

const refersToThis = (node) =>
  node.kind === ts.SyntaxKind.ThisKeyword ||
  (ts.isIdentifier(node) && node.text === 'arguments') ||
  ts.forEachChild(node, refersToThis) === true;

/**
 * A script whose functions at these places are in parentheses: declared functions, which become variables before all else, since
 * what stands above a declaration may call it, and arrow functions with statements. Methods cannot be.
 */
export function withEarlyFunctions(script, places) {
  const source = ts.createSourceFile('script.js', script, ts.ScriptTarget.ES2022, true);
  const declared = [];
  const edits = [];
  const textOf = (node) => script.slice(node.getStart(), node.end);
  const visit = (node) => {
    if (!ts.isFunctionLike(node)) {
      ts.forEachChild(node, visit);
    } else if (places.has(placeOf(node.getStart(), node.end))) {
      if (ts.isFunctionDeclaration(node) && node.parent === source) {
        declared.push(`var ${node.name.text} = (${textOf(node)});\n`);
        edits.push([node, '']);
      } else if (ts.isArrowFunction(node) && ts.isBlock(node.body) && !refersToThis(node)) {
        const head = [...(node.modifiers ?? []).map(textOf), 'function'].join(' ');
        edits.push([node, `(${head} (${node.parameters.map(textOf).join(', ')}) ${textOf(node.body)})`]);
      }
    }
  };
  visit(source);
  const parts = [];
  let end = 0;
  for (const [node, text] of edits) {
    parts.push(script.slice(end, node.getStart()), text);
    end = node.end;
  }
  return [...declared, ...parts, script.slice(end)].join('');
}
