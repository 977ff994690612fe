/** Mutants of review rules, by syntax: every one of them in the text of the rule, and one at a time switched on. */
import ts from 'typescript';

const K = ts.SyntaxKind;
/** The operators that stand for another, which is off by one or says the opposite. */
const OPERATORS = new Map([
  [K.EqualsEqualsEqualsToken, K.ExclamationEqualsEqualsToken],
  [K.ExclamationEqualsEqualsToken, K.EqualsEqualsEqualsToken],
  [K.LessThanToken, K.LessThanEqualsToken],
  [K.LessThanEqualsToken, K.LessThanToken],
  [K.GreaterThanToken, K.GreaterThanEqualsToken],
  [K.GreaterThanEqualsToken, K.GreaterThanToken],
  [K.AmpersandAmpersandToken, K.BarBarToken],
  [K.BarBarToken, K.AmpersandAmpersandToken],
]);
const METHODS = new Map([
  ['some', 'every'],
  ['every', 'some'],
]);
/** The check of a rule that reports nothing, and of one that reports the first object. */
const SILENT = '() => undefined';
const LOUD = `(...a) => {
  const { objects } = a.flatMap((x) => [x?.inventory, x]).find((x) => Array.isArray(x?.objects));
  if (objects.length > 0) a.at(-1)(objects[0], { message: 'mutant', fix: 'mutant' });
}`;

/**
 * The text of a rule with all its mutants, of which `globalThis.mutant(id)` says which one is on, and what each does. Loops
 * keep their conditions: a mutant must end.
 */
export function withMutants(file, text, firstId) {
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.ES2022, true);
  const mutants = [];
  const { factory } = ts;
  const add = (node, what) => {
    const { line } = source.getLineAndCharacterOfPosition(node.getStart(source));
    mutants.push({ id: firstId + mutants.length, file, line: line + 1, what });
    return mutants.at(-1).id;
  };
  const isOn = (id) =>
    factory.createCallExpression(factory.createIdentifier('globalThis.mutant'), undefined, [
      factory.createNumericLiteral(id),
    ]);
  const either = (id, mutated, original) =>
    factory.createParenthesizedExpression(
      factory.createConditionalExpression(
        isOn(id),
        undefined,
        factory.createParenthesizedExpression(mutated),
        undefined,
        factory.createParenthesizedExpression(original),
      ),
    );

  const visitor = (context) => {
    const visit = (node) => {
      if (ts.isForStatement(node) || ts.isWhileStatement(node) || ts.isTypeNode(node)) {
        return ts.isTypeNode(node)
          ? node
          : ts.visitEachChild(
              node,
              (child) => (child === node.condition || child === node.expression ? child : visit(child)),
              context,
            );
      }
      const seen = ts.visitEachChild(node, visit, context);
      if (ts.isBinaryExpression(node) && OPERATORS.has(node.operatorToken.kind)) {
        const other = OPERATORS.get(node.operatorToken.kind);
        const id = add(
          node.operatorToken,
          `${node.operatorToken.getText(source)} is ${ts.tokenToString(other)} in '${short(node)}'`,
        );
        const { left, right } = seen;
        return either(
          id,
          factory.createBinaryExpression(paren(left), other, paren(right)),
          factory.createBinaryExpression(paren(left), node.operatorToken.kind, paren(right)),
        );
      }
      if (ts.isPrefixUnaryExpression(node) && node.operator === K.ExclamationToken) {
        const id = add(node, `'${short(node)}' without !`);
        return either(id, factory.createPrefixUnaryExpression(K.ExclamationToken, seen), seen);
      }
      if (
        ts.isCallExpression(node) &&
        ts.isPropertyAccessExpression(node.expression) &&
        METHODS.has(node.expression.name.text)
      ) {
        const other = METHODS.get(node.expression.name.text);
        const id = add(node.expression.name, `${node.expression.name.text} is ${other} in '${short(node)}'`);
        // one receiver and one list of arguments, whichever of the two is called
        const name = factory.createConditionalExpression(
          isOn(id),
          undefined,
          factory.createStringLiteral(other),
          undefined,
          factory.createStringLiteral(node.expression.name.text),
        );
        const { expression: receiver, questionDotToken } = seen.expression;
        return ts.isCallChain(node)
          ? factory.createCallChain(
              factory.createElementAccessChain(receiver, questionDotToken, name),
              undefined,
              undefined,
              seen.arguments,
            )
          : factory.createCallExpression(
              factory.createElementAccessExpression(receiver, name),
              undefined,
              seen.arguments,
            );
      }
      return isCheck(node) ? checkOf(node, seen) : seen;
    };
    return (root) => ts.visitNode(root, visit);
  };

  const paren = (node) => factory.createParenthesizedExpression(node);
  const short = (node) => node.getText(source).replace(/\s+/g, ' ').slice(0, 60);
  const isCheck = (node) =>
    (ts.isPropertyAssignment(node) || ts.isShorthandPropertyAssignment(node)) &&
    node.name.getText(source) === 'check' &&
    node.parent.parent?.parent?.kind !== K.PropertyAssignment;
  const checkOf = (node, seen) => {
    const own = ts.isPropertyAssignment(node) ? seen.initializer : factory.createIdentifier('check');
    const silent = add(node, 'reports nothing');
    const loud = add(node, 'reports what is good');
    const call = (text) => factory.createIdentifier(`(${text})`);
    const args = [factory.createSpreadElement(factory.createIdentifier('args'))];
    const chosen = either(silent, call(SILENT), either(loud, call(LOUD), own));
    const parameter = factory.createParameterDeclaration(
      undefined,
      factory.createToken(K.DotDotDotToken),
      'args',
      undefined,
      factory.createKeywordTypeNode(K.AnyKeyword),
    );
    const body = factory.createCallExpression(chosen, undefined, args);
    return factory.createPropertyAssignment(
      'check',
      factory.createArrowFunction(undefined, undefined, [parameter], undefined, undefined, body),
    );
  };

  const result = ts.transform(source, [visitor]);
  const printed = ts.createPrinter().printFile(result.transformed[0]);
  result.dispose();
  return { text: printed, mutants };
}
