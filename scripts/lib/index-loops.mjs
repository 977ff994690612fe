// Writes loops over arrays, and patterns that take arrays apart, with indices. A synthesis is too short for an optimizing
// compiler, and without one the iterator of each loop and pattern costs a fifth of all memory and of the time of the rules.
// The body of a loop over the entries of an object must not change the entries that come later: their values are read late.
import ts from 'typescript';

const { factory: f, SyntaxKind } = ts;

/** Only what is an array or a tuple in every case: a Map or a Set may grow while it is gone through. */
function isArray(checker, type) {
  return type.isUnion()
    ? type.types.every((one) => isArray(checker, one))
    : checker.isArrayType(type) || checker.isTupleType(type);
}

export const indexLoops = (checker) => (context) => (source) => {
  let names = 0;
  const fresh = (letter) => f.createIdentifier(`$${letter}${names++}`);
  const isArrayAt = (node) => isArray(checker, checker.getTypeAtLocation(node));
  const takesArray = ({ name }) => ts.isArrayBindingPattern(name) && isArrayAt(name);
  const at = (array, index) => f.createElementAccessExpression(array, index);
  const or = (value, fallback) =>
    f.createParenthesizedExpression(
      f.createConditionalExpression(
        f.createBinaryExpression(value, SyntaxKind.EqualsEqualsEqualsToken, f.createVoidZero()),
        undefined,
        fallback,
        undefined,
        value,
      ),
    );

  /** The declarations of what a pattern names, from the array that it takes apart. */
  const parts = (pattern, array) =>
    pattern.elements.flatMap((element, i) => {
      if (ts.isOmittedExpression(element)) {
        return [];
      }
      if (element.dotDotDotToken) {
        const slice = f.createPropertyAccessExpression(array, 'slice');
        return declared(element.name, f.createCallExpression(slice, undefined, [f.createNumericLiteral(i)]));
      }
      const value = at(array, i);
      return declared(element.name, element.initializer ? or(value, visited(element.initializer)) : value);
    });
  const declared = (name, value) => {
    if (!takesArray({ name })) {
      return [f.createVariableDeclaration(visited(name), undefined, undefined, value)];
    }
    const array = fresh('t');
    return [f.createVariableDeclaration(array, undefined, undefined, value), ...parts(name, array)];
  };

  const loop = (node) => {
    const [index, array] = [fresh('i'), fresh('a')];
    const [{ name }] = node.initializer.declarations;
    const item = f.createVariableDeclarationList(declared(name, at(array, index)), node.initializer.flags);
    return f.createForStatement(
      f.createVariableDeclarationList(
        [
          f.createVariableDeclaration(index, undefined, undefined, f.createNumericLiteral(0)),
          f.createVariableDeclaration(array, undefined, undefined, visited(node.expression)),
        ],
        ts.NodeFlags.Let,
      ),
      f.createLessThan(index, f.createPropertyAccessExpression(array, 'length')),
      f.createPostfixIncrement(index),
      f.createBlock([f.createVariableStatement(undefined, item), visited(node.statement)], true),
    );
  };

  /** `[i, item]` of `list.entries()`, or `[key, value]` of `Object.entries(object)`, without an array for each. */
  const pairLoop = (node, { keys, value, declarations }) => {
    const index = fresh('i');
    const [{ name: pair }] = node.initializer.declarations;
    const [first, second] = pair.elements;
    const key = keys === undefined ? index : at(keys, index);
    const body = [
      ...(first && !ts.isOmittedExpression(first) ? declared(first.name, key) : []),
      ...(second ? declared(second.name, at(value, key)) : []),
    ];
    return f.createForStatement(
      f.createVariableDeclarationList(
        [
          f.createVariableDeclaration(index, undefined, undefined, f.createNumericLiteral(0)),
          ...declarations.map(([name, made]) => f.createVariableDeclaration(name, undefined, undefined, made)),
        ],
        ts.NodeFlags.Let,
      ),
      f.createLessThan(index, f.createPropertyAccessExpression(keys ?? value, 'length')),
      f.createPostfixIncrement(index),
      f.createBlock(
        [
          f.createVariableStatement(undefined, f.createVariableDeclarationList(body, node.initializer.flags)),
          visited(node.statement),
        ],
        true,
      ),
    );
  };

  /** What a loop over pairs goes through; undefined for any other loop. */
  const pairsOf = ({ initializer, expression }) => {
    const [{ name }] = initializer.declarations;
    const isPair =
      ts.isArrayBindingPattern(name) &&
      name.elements.length <= 2 &&
      name.elements.every((one) => ts.isOmittedExpression(one) || (!one.dotDotDotToken && !one.initializer));
    if (!isPair || !ts.isCallExpression(expression) || !ts.isPropertyAccessExpression(expression.expression)) {
      return undefined;
    }
    const { expression: owner, name: method } = expression.expression;
    if (method.text !== 'entries') {
      return undefined;
    }
    if (expression.arguments.length === 0 && isArrayAt(owner)) {
      const list = fresh('a');
      return { value: list, declarations: [[list, visited(owner)]] };
    }
    if (expression.arguments.length === 1 && ts.isIdentifier(owner) && owner.text === 'Object') {
      const [object, keys] = [fresh('o'), fresh('k')];
      const listed = f.createCallExpression(f.createPropertyAccessExpression(owner, 'keys'), undefined, [object]);
      const declarations = [
        [object, visited(expression.arguments[0])],
        [keys, listed],
      ];
      return { keys, value: object, declarations };
    }
    return undefined;
  };

  /** A function whose parameters are names, and the statements that take them apart. */
  const withNames = (node) => {
    const taken = [];
    const parameters = node.parameters.map((parameter) => {
      if (!takesArray(parameter)) {
        return visited(parameter);
      }
      const array = fresh('p');
      taken.push(...parts(parameter.name, array));
      const { modifiers, dotDotDotToken, questionToken, type, initializer } = parameter;
      return f.createParameterDeclaration(
        modifiers,
        dotDotDotToken,
        array,
        questionToken,
        type,
        initializer && visited(initializer),
      );
    });
    const first = f.createVariableStatement(undefined, f.createVariableDeclarationList(taken, ts.NodeFlags.Let));
    const body = ts.isBlock(node.body)
      ? [first, ...ts.visitNodes(node.body.statements, visit)]
      : [first, f.createReturnStatement(visited(node.body))];
    return [parameters, f.createBlock(taken.length === 0 ? body.slice(1) : body, true)];
  };

  const visit = (node) => {
    if (ts.isForOfStatement(node) && !node.awaitModifier && ts.isVariableDeclarationList(node.initializer)) {
      const pairs = pairsOf(node);
      if (pairs) {
        return pairLoop(node, pairs);
      }
      if (isArrayAt(node.expression)) {
        return loop(node);
      }
    }
    if (ts.isVariableDeclarationList(node) && node.declarations.some((one) => one.initializer && takesArray(one))) {
      const declarations = node.declarations.flatMap((one) =>
        one.initializer && takesArray(one) ? declared(one.name, visited(one.initializer)) : [visited(one)],
      );
      return f.createVariableDeclarationList(declarations, node.flags);
    }
    if (ts.isArrowFunction(node) && node.parameters.some(takesArray)) {
      const { modifiers, typeParameters, type, equalsGreaterThanToken } = node;
      const [parameters, body] = withNames(node);
      return f.createArrowFunction(modifiers, typeParameters, parameters, type, equalsGreaterThanToken, body);
    }
    if (ts.isFunctionDeclaration(node) && node.body && node.parameters.some(takesArray)) {
      const { modifiers, asteriskToken, name, typeParameters, type } = node;
      const [parameters, body] = withNames(node);
      return f.createFunctionDeclaration(modifiers, asteriskToken, name, typeParameters, parameters, type, body);
    }
    return ts.visitEachChild(node, visit, context);
  };
  const visited = (node) => ts.visitNode(node, visit);
  return visited(source);
};
