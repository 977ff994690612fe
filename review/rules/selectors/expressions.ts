import { eachExpression, expressionProblem } from '../../../kube/match-expressions';
import { isKnownKind } from '../../../kube/shapes/shape';
import type { Rule } from '../../rule';

/** A requirement whose values do not fit its operator. */
export const rule: Rule = {
  id: 'selectors/expressions',
  title: 'the values of a matchExpressions item fit its operator',
  severity: 'error',
  why: 'The API server refuses the object: In and NotIn need values, Exists and DoesNotExist have none, Gt and Lt compare one integer.',
  refusedBy: 'api-server',
  source:
    'https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/#resources-that-support-set-based-requirements',
  bad: `
apiVersion: policy/v1
kind: PodDisruptionBudget
metadata: { name: web }
spec:
  maxUnavailable: 1
  selector:
    matchExpressions: [{ key: app, operator: In, values: [] }]
`,
  good: `
apiVersion: policy/v1
kind: PodDisruptionBudget
metadata: { name: web }
spec:
  maxUnavailable: 1
  selector:
    matchExpressions: [{ key: app, operator: In, values: [web] }]
`,
  check: ({ inventory }, report) => {
    for (const object of inventory.objects) {
      if (object.hasExpressions === false || object.expressionsFit === true) {
        continue;
      }
      const { apiVersion, kind, spec } = object.manifest;
      // a custom resource may use the name for something else
      if (!isKnownKind(apiVersion, kind)) {
        continue;
      }
      eachExpression(spec, 'spec', (expression, fieldOf) => {
        const problem = expressionProblem(expression);
        if (problem) {
          const field = fieldOf();
          report(object, {
            message: `${field}.values ${problem.startsWith('required') ? 'is ' : ''}${problem}`,
            fix: `write the values that '${expression.operator}' takes, or another operator`,
            field: `${field}.values`,
          });
        }
      });
    }
  },
};
