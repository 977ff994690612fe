/**
 * The pages of docs/workshop: their programs, and what a change on a page makes of the program above it. A block of
 * TypeScript that makes an EksApp is a program. Any other changes what was made above it: a statement whose constant or construct
 * the program has takes the place of it, imports go to the top, others before what follows them.
 */
import * as fs from 'node:fs';
import * as path from 'node:path';
import * as ts from 'typescript';
import { REPOSITORY } from '../app/support';

export const FOLDER = path.join(REPOSITORY, 'docs', 'workshop');

export interface Block {
  readonly lang: string;
  readonly text: string;
  /** Of the page, from 1. */
  readonly line: number;
  /** The program that the page has made until here; of a block of TypeScript, what it makes. */
  readonly program: string | undefined;
}

export interface Page {
  readonly name: string;
  readonly text: string;
  readonly blocks: readonly Block[];
}

export const PAGES: readonly Page[] = fs
  .readdirSync(FOLDER)
  .filter((file) => /^\d\d-.*\.md$/.test(file))
  .sort()
  .map((name) => {
    const text = fs.readFileSync(path.join(FOLDER, name), 'utf8');
    return { name, text, blocks: blocksOf(text) };
  });

/** Every program, those that the changes make included, by page and line. */
export const PROGRAMS: readonly { readonly id: string; readonly program: string }[] = PAGES.flatMap(
  ({ name, blocks }) =>
    blocks
      .filter(({ lang }) => lang === 'ts')
      .map(({ line, program }) => ({ id: `${name.slice(0, -'.md'.length)}-${line}`, program: program! })),
);

function blocksOf(text: string): Block[] {
  let program: string | undefined;
  return [...text.matchAll(/^```(\w+)\n([\s\S]*?)^```$/gm)].map((match) => {
    const [, lang, body] = match;
    if (lang === 'ts') {
      program = body!.includes('new EksApp(') ? body! : changed(program!, body!);
    }
    return { lang: lang!, text: body!, line: text.slice(0, match.index).split('\n').length, program };
  });
}

/** What a statement is about: its constant, or the id of its construct. */
function keyOf(statement: ts.Statement): string | undefined {
  const [declaration] = ts.isVariableStatement(statement) ? statement.declarationList.declarations : [];
  const made = ts.isExpressionStatement(statement) ? statement.expression : declaration?.initializer;
  const id = made && ts.isNewExpression(made) ? made.arguments?.[1] : undefined;
  return id && ts.isStringLiteral(id) ? `id ${id.text}` : declaration && `const ${declaration.name.getText()}`;
}

function statementsOf(text: string): readonly ts.Statement[] {
  return ts.createSourceFile('main.ts', text, ts.ScriptTarget.Latest, true).statements;
}

/** A program with the statements of a change. */
export function changed(program: string, change: string): string {
  let result = program;
  let before = 'app.synth();';
  for (const statement of [...statementsOf(change)].reverse()) {
    const key = keyOf(statement);
    const text = change.slice(statement.getStart(), statement.end);
    const old = key === undefined ? undefined : statementsOf(result).find((one) => keyOf(one) === key);
    if (ts.isImportDeclaration(statement)) {
      result = `${text}\n${result}`;
    } else if (old) {
      result = result.slice(0, old.getStart()) + text + result.slice(old.end);
      before = text;
    } else {
      const at = result.indexOf(before);
      result = `${result.slice(0, at)}${text}\n${result.slice(at)}`;
      before = text;
    }
  }
  return result;
}
