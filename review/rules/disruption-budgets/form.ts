import type { Rule } from '../../rule';

/** A budget with both limits, or with one that is neither a count nor a percentage. */
export const rule: Rule = {
  id: 'disruption-budgets/form',
  title: 'a PodDisruptionBudget has minAvailable or maxUnavailable, as a count or a percentage',
  severity: 'error',
  why: 'The API server refuses a budget with both limits, or with a text that is not a percentage.',
  refusedBy: 'api-server',
  source: 'https://kubernetes.io/docs/tasks/run-application/configure-pdb/#specifying-a-poddisruptionbudget',
  bad: `
apiVersion: policy/v1
kind: PodDisruptionBudget
metadata: { name: web }
spec:
  minAvailable: 1
  maxUnavailable: 1
  selector: { matchLabels: { app: web } }
`,
  good: `
apiVersion: policy/v1
kind: PodDisruptionBudget
metadata: { name: web }
spec:
  maxUnavailable: 1
  selector: { matchLabels: { app: web } }
`,
  check: ({ inventory }, report) => {
    for (const object of inventory.ofKind('PodDisruptionBudget', 'policy')) {
      const spec = object.manifest.spec ?? {};
      if (spec.minAvailable === undefined && isCount(spec.maxUnavailable)) {
        continue;
      }
      const limits = ['minAvailable', 'maxUnavailable'].filter((name) => spec[name] !== undefined);
      if (limits.length > 1) {
        report(object, {
          message: 'minAvailable and maxUnavailable cannot be set both',
          fix: 'delete one of them',
          field: 'spec.minAvailable',
        });
      }
      for (const name of limits) {
        const value = spec[name] as number | string;
        const fits = typeof value === 'number' ? Number.isInteger(value) && value >= 0 : /^\d+%$/.test(value);
        if (!fits || Number.parseInt(String(value), 10) > (typeof value === 'string' ? 100 : 2 ** 31 - 1)) {
          report(object, {
            message: `${name} must be a count or a percentage from '0%' to '100%', but is ${JSON.stringify(value)}`,
            fix: `write ${name}: 1, or '50%'`,
            field: `spec.${name}`,
          });
        }
      }
    }
  },
};

/** Whether a limit is a small number, as most are. */
const isCount = (value: unknown): boolean => value === 0 || value === 1;
