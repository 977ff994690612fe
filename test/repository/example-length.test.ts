import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as ts from 'typescript';
import { PATTERN_NAMES } from '../support/app';

const REPOSITORY = join(__dirname, '../..');
const MOST = 15;

/** The programs in examples/, and the TypeScript of the pages. */
function sources(): string[] {
  const examples = join(REPOSITORY, 'examples');
  const programs = readdirSync(examples)
    .flatMap((name) => readdirSync(join(examples, name)).map((file) => join(examples, name, file)))
    .filter((file) => file.endsWith('.ts'))
    .map((file) => readFileSync(file, 'utf8'));
  const docs = join(REPOSITORY, 'docs');
  const pages = readdirSync(docs)
    .filter((file) => file.endsWith('.md'))
    .flatMap((file) => [...readFileSync(join(docs, file), 'utf8').matchAll(/```ts\n([\s\S]*?)```/g)])
    .map(([, code]) => code!);
  return [...programs, ...pages];
}

/** The lines of each `new WebService(...)`, and of the other patterns. */
function lengths(source: string): number[] {
  const file = ts.createSourceFile('example.ts', source, ts.ScriptTarget.Latest, true);
  const found: number[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isNewExpression(node) && (PATTERN_NAMES as readonly string[]).includes(node.expression.getText())) {
      found.push(node.getText().split('\n').length);
    }
    ts.forEachChild(node, visit);
  };
  visit(file);
  return found;
}

test('half of the workloads in the examples and pages take few lines', () => {
  const all = sources()
    .flatMap(lengths)
    .sort((a, b) => a - b);
  expect(all.length).toBeGreaterThan(100);
  expect(all[Math.floor(all.length / 2)]).toBeLessThanOrEqual(MOST);
});
