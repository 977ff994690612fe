// Writes what a module takes from files that are loaded late as `late$0().name`, which loads such a file when it is first used.
// Sources import as ever: which files are late is said once, in late-files.mjs.
import { dirname, join } from 'node:path';
import ts from 'typescript';

const { factory: f, SyntaxKind } = ts;

/** How a rewritten module names a late file; the bundle puts its path there. */
export const LATE_PREFIX = 'late:';

/** `fileOf(path)` is the late file of a module, by its path without ending; undefined for all other modules. */
export const lateImports = (fileOf) => (checker) => (context) => (source) => {
  const folder = dirname(source.fileName);
  const lateOf = ({ moduleSpecifier }) =>
    moduleSpecifier?.text.startsWith('.') ? fileOf(join(folder, moduleSpecifier.text)) : undefined;

  /** Whether a name comes from a late file by way of another module, which does not have it any more. */
  const isOfLate = (symbol) => {
    const target = symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol;
    const from = target.flags & ts.SymbolFlags.Value ? target.declarations?.[0].getSourceFile().fileName : undefined;
    return from !== undefined && fileOf(from.replace(/\.ts$/, '')) !== undefined;
  };

  /** The names that are taken from late files: by the symbol of the import, the file and the name there. */
  const taken = new Map();
  for (const { importClause, moduleSpecifier } of source.statements.filter(ts.isImportDeclaration)) {
    const file = lateOf({ moduleSpecifier });
    if (!importClause || importClause.isTypeOnly) {
      continue;
    }
    if (file !== undefined && !(importClause.namedBindings && ts.isNamedImports(importClause.namedBindings))) {
      throw new Error(`${source.fileName}: take names from ${moduleSpecifier.text}, which is loaded late`);
    }
    for (const { name, propertyName } of importClause.namedBindings?.elements ?? []) {
      const symbol = checker.getSymbolAtLocation(name);
      if (file !== undefined) {
        taken.set(symbol, { file, name: (propertyName ?? name).text });
      } else if (isOfLate(symbol)) {
        throw new Error(`${source.fileName}: take ${name.text} from its own module, which is loaded late`);
      }
    }
  }

  const loaders = new Map();
  const loaderOf = (file) => {
    if (!loaders.has(file)) {
      loaders.set(file, f.createIdentifier(`late$${loaders.size}`));
    }
    return loaders.get(file);
  };
  const lateValue = (identifier, symbol) => {
    const { file, name } = taken.get(symbol);
    const loaded = f.createCallExpression(loaderOf(file), undefined, []);
    return ts.setOriginalNode(f.createPropertyAccessExpression(loaded, name), identifier);
  };
  const late = (node, within) => {
    const symbol = ts.isIdentifier(node) ? checker.getSymbolAtLocation(node) : undefined;
    if (!taken.has(symbol)) {
      return undefined;
    }
    if (!within) {
      throw new Error(`${source.fileName} uses ${node.text} as it is loaded, from a file that is loaded late`);
    }
    return lateValue(node, symbol);
  };

  const visitor = (within) => {
    const visit = (node) => {
      if (ts.isTypeNode(node) && !ts.isExpressionWithTypeArguments(node)) {
        return node;
      }
      if (ts.isInterfaceDeclaration(node) || ts.isTypeAliasDeclaration(node)) {
        return node;
      }
      if (ts.isHeritageClause(node) && node.token === SyntaxKind.ImplementsKeyword) {
        return node;
      }
      if (ts.isShorthandPropertyAssignment(node)) {
        const symbol = checker.getShorthandAssignmentValueSymbol(node);
        return taken.has(symbol) ? f.createPropertyAssignment(node.name.text, lateValue(node.name, symbol)) : node;
      }
      // not as a method of what is loaded
      if (ts.isCallExpression(node)) {
        const value = late(node.expression, within);
        if (value) {
          const callee = f.createParenthesizedExpression(f.createComma(f.createNumericLiteral(0), value));
          const args = ts.visitNodes(node.arguments, visit);
          return f.updateCallExpression(node, callee, node.typeArguments, args);
        }
      }
      const runsLater = ts.isFunctionLike(node) || (ts.isPropertyDeclaration(node) && !ts.hasStaticModifier(node));
      return late(node, within) ?? ts.visitEachChild(node, runsLater ? visitor(true) : visit, context);
    };
    return visit;
  };

  const statements = source.statements.flatMap((statement) => {
    const isLate = (ts.isImportDeclaration(statement) || ts.isExportDeclaration(statement)) && lateOf(statement);
    return isLate ? [] : [ts.visitNode(statement, visitor(false))];
  });
  const load = [...loaders].flatMap(([file, loader], i) => {
    const loaded = f.createIdentifier(`loaded$${i}`);
    const required = f.createCallExpression(f.createIdentifier('require'), undefined, [
      f.createStringLiteral(`${LATE_PREFIX}${file}`),
    ]);
    const once = f.createBinaryExpression(loaded, SyntaxKind.QuestionQuestionEqualsToken, required);
    return [
      f.createVariableStatement(
        undefined,
        f.createVariableDeclarationList([f.createVariableDeclaration(loaded)], ts.NodeFlags.Let),
      ),
      f.createFunctionDeclaration(
        undefined,
        undefined,
        loader,
        undefined,
        [],
        undefined,
        f.createBlock([f.createReturnStatement(once)]),
      ),
    ];
  });
  return f.updateSourceFile(source, [...load, ...statements]);
};
