// Leaves out of rules what a synthesis does not read: why they exist, their sources, and the manifests of their documentation.
import ts from 'typescript';

const { factory: f } = ts;

const TEXTS = ['why', 'source', 'bad', 'good'];

/** Whether an object is a rule, by what is expected where it stands. */
const isRule = (checker, node) => {
  const type = checker.getContextualType(node);
  return type !== undefined && ['severity', 'title', ...TEXTS].every((name) => type.getProperty(name));
};

export const withoutRuleTexts = (checker) => (context) => (source) => {
  const visit = (node) => {
    if (ts.isObjectLiteralExpression(node) && isRule(checker, node)) {
      const kept = node.properties.filter(({ name }) => !(name && TEXTS.includes(name.text)));
      return ts.visitEachChild(f.updateObjectLiteralExpression(node, kept), visit, context);
    }
    return ts.visitEachChild(node, visit, context);
  };
  return ts.visitNode(source, visit);
};
