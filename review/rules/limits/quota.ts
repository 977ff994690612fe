import { describe } from '../../../kube/describe';
import { ONE, quantityOf } from '../../../kube/quantity';
import { faultOfQuotaResource, fitsScope, isCountOfQuota, isQuotaResource } from '../../../kube/quota-resources';
import { keyPath } from '../../../kube/text';
import type { Rule } from '../../rule';

/** The API server refuses the object, and the namespace stays without limits. */
export const rule: Rule = {
  id: 'limits/quota',
  title: 'a ResourceQuota has totals and scopes that Kubernetes knows',
  severity: 'error',
  why: 'The API server refuses a ResourceQuota with another name, amount or scope, and the namespace has no limits.',
  source: 'https://kubernetes.io/docs/concepts/policy/resource-quotas/',
  refusedBy: 'api-server',
  bad: `
apiVersion: v1
kind: ResourceQuota
metadata: { name: quota, namespace: default }
spec: { hard: { request.cpu: '20' } }
`,
  good: `
apiVersion: v1
kind: ResourceQuota
metadata: { name: quota, namespace: default }
spec: { hard: { requests.cpu: '20', pods: 100, count/jobs.batch: 50, requests.nvidia.com/gpu: 2 } }
`,
  check: ({ inventory }, report) => {
    for (const object of inventory.ofKind('ResourceQuota', '')) {
      const { hard, scopes, scopeSelector } = (object.manifest.spec ?? {}) as Spec;
      for (const [name, value] of Object.entries(hard ?? {})) {
        const problem = problemOf(name, value);
        if (problem !== undefined) {
          report(object, { ...problem, field: keyPath('spec.hard', name) });
        }
      }
      const named = [
        ...(Array.isArray(scopes) ? scopes : []).map((scope) => ({ scope, field: 'spec.scopes' })),
        ...(scopeSelector?.matchExpressions ?? []).map((expression, i) => ({
          scope: expression?.scopeName,
          field: `spec.scopeSelector.matchExpressions[${i}].scopeName`,
        })),
      ];
      for (const { scope, field } of named) {
        const other = Object.keys(hard ?? {}).find((name) => isQuotaResource(name) && !fitsScope(String(scope), name));
        const opposite = named.find((one) => one.scope === OPPOSITES[String(scope)]);
        if (other !== undefined) {
          report(object, {
            message: `a quota with the scope '${scope}' cannot limit '${other}'`,
            fix: 'move it to a ResourceQuota without scopes',
            field,
          });
        } else if (opposite) {
          report(object, {
            message: `the scopes '${scope}' and '${opposite.scope}' exclude each other`,
            fix: 'write a ResourceQuota for each',
            field,
          });
        }
      }
    }
  },
};

interface Spec {
  readonly hard?: Readonly<Record<string, unknown>>;
  readonly scopes?: unknown;
  readonly scopeSelector?: { readonly matchExpressions?: readonly ({ readonly scopeName?: string } | null)[] };
}

const OPPOSITES: Readonly<Record<string, string>> = { NotBestEffort: 'BestEffort', NotTerminating: 'Terminating' };

function problemOf(name: string, value: unknown): { readonly message: string; readonly fix: string } | undefined {
  if (!isQuotaResource(name)) {
    return { message: `a quota cannot limit ${describe(name)}`, fix: faultOfQuotaResource(name)!.fix };
  }
  const amount = quantityOf(value);
  if (amount === undefined || amount < 0n) {
    return {
      message: `the total of '${name}' must be a Kubernetes quantity of zero or more, but is ${describe(value)}`,
      fix: "write digits and a suffix of Kubernetes, such as '500m', '2' or '1.5Gi'",
    };
  }
  return isCountOfQuota(name) && amount % ONE !== 0n
    ? {
        message: `the total of '${name}' must be a whole number, but is ${describe(value)}`,
        fix: 'write a whole number',
      }
    : undefined;
}
