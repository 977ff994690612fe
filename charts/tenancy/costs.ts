import type { Check } from '../core/check';
import type { Requirement } from '../core/requirements';

/** Labels by which the costs of pods are split. */
export type Costs = Readonly<Record<string, string>>;

/** Of the user and of AWS, which says the rest of a pod's place. */
const TAGS = ['aws:eks:cluster-name', 'aws:eks:namespace', 'aws:eks:workload-name'];

export function checkCosts(check: Check, costs: Costs | undefined): void {
  check.labels('costs', costs);
  const own = Object.keys(costs ?? {}).find((key) => /^(app\.kubernetes\.io\/|owner$)/.test(key));
  if (own !== undefined) {
    check.fail(
      'forbidden',
      `costs['${own}']`,
      `costs must not have '${own}', which the library sets`,
      own === 'owner' ? "use 'team', whose label costs can be split by too" : 'use a label of your own',
    );
  }
}

/** Billing reads the labels of pods only where it is told to. */
export function costRequirements(costs: Costs): Requirement[] {
  const keys = [...Object.keys(costs), 'owner'].sort();
  const statuses = [...keys, ...TAGS].map((key) => `TagKey=${key},Status=Active`).join(' ');
  return [
    {
      id: `costs/${keys.join(',')}`,
      because: 'costs are split by labels',
      check: () => ({
        status: 'provided',
        addition: {
          kind: 'step',
          step: {
            title: 'Split the costs',
            text:
              'Once for the account that pays: opt in to split cost allocation data for EKS in the preferences of Billing and Cost Management. ' +
              `Labels of pods become cost allocation tags about a day after pods have them; then activate \`${keys.join('`, `')}\`.`,
            commands: [`aws ce update-cost-allocation-tags-status --cost-allocation-tags-status ${statuses}`],
          },
        },
      }),
    },
  ];
}
