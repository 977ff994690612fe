import * as fs from 'node:fs';
import * as path from 'node:path';
import * as ts from 'typescript';
import { entryOf } from '../../kube/collections';
import { REPOSITORY } from '../app/support';

/** The top folders of the library, as the build has them. */
export const ROOMS: readonly string[] = JSON.parse(
  fs.readFileSync(path.join(REPOSITORY, 'tsconfig.build.json'), 'utf8'),
).include;

/** One import, export or require of a source. */
export interface Import {
  /** The importing file, relative to the repository. */
  readonly from: string;
  /** As written. */
  readonly specifier: string;
  /** The imported file, relative to the repository, without its ending; undefined for a package. */
  readonly file: string | undefined;
  /** Whether nothing of it is left at run time. */
  readonly typeOnly: boolean;
  /** By a call: `require('x')` or `import('x')`. */
  readonly byCall: boolean;
}

/** The .ts files below a folder of the repository, relative to the repository. */
export function sourcesIn(folder: string): string[] {
  return fs
    .readdirSync(path.join(REPOSITORY, folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts'))
    .map((file) => `${folder}/${file.split(path.sep).join('/')}`)
    .sort();
}

const parsed = new Map<string, ts.SourceFile>();

/** A source of the repository, parsed once for all tests. */
export function parse(file: string): ts.SourceFile {
  return entryOf(parsed, file, () => {
    const text = fs.readFileSync(path.join(REPOSITORY, file), 'utf8');
    return ts.createSourceFile(file, text, ts.ScriptTarget.ES2022, true);
  });
}

/** Everything that a source takes from another one, type queries such as `import('x').Y` included. */
export function importsOf(file: string, source: ts.SourceFile = parse(file)): Import[] {
  const found: Import[] = [];
  const add = (specifier: ts.Node | undefined, typeOnly: boolean, byCall = false): void => {
    if (specifier && ts.isStringLiteralLike(specifier)) {
      const { text } = specifier;
      const target = text.startsWith('.') ? path.posix.join(path.posix.dirname(file), text) : undefined;
      found.push({ from: file, specifier: text, file: target, typeOnly, byCall });
    }
  };
  const visit = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node)) {
      add(node.moduleSpecifier, onlyTypes(node.importClause));
    } else if (ts.isExportDeclaration(node)) {
      const named = node.exportClause && ts.isNamedExports(node.exportClause) ? node.exportClause.elements : undefined;
      add(node.moduleSpecifier, node.isTypeOnly || (named?.every((element) => element.isTypeOnly) ?? false));
    } else if (ts.isImportEqualsDeclaration(node) && ts.isExternalModuleReference(node.moduleReference)) {
      add(node.moduleReference.expression, node.isTypeOnly);
    } else if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument)) {
      add(node.argument.literal, true);
    } else if (ts.isCallExpression(node)) {
      const { expression } = node;
      const requires = ts.isIdentifier(expression) && expression.text === 'require';
      if (requires || expression.kind === ts.SyntaxKind.ImportKeyword) {
        add(node.arguments[0], false, true);
      }
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

function onlyTypes(clause: ts.ImportClause | undefined): boolean {
  if (!clause) {
    return false;
  }
  const { namedBindings } = clause;
  const named = namedBindings && ts.isNamedImports(namedBindings) ? namedBindings.elements : undefined;
  return clause.isTypeOnly || (!clause.name && (named?.every((element) => element.isTypeOnly) ?? false));
}
