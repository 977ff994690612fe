import { title } from '../../../kube/inventory';
import { indexPath } from '../../../kube/text';
import { albIngresses } from '../../ingresses';
import type { Rule } from '../../rule';

/** Wildcards belong to ImplementationSpecific paths; Prefix covers what lies below by itself. */
export const rule: Rule = {
  id: 'ingress/path-wildcard',
  title: 'Prefix and Exact paths of an Application Load Balancer have no wildcards',
  severity: 'error',
  why: "The AWS Load Balancer Controller refuses '*' and '?' in Prefix and Exact paths, and then makes no load balancer for any Ingress of the group.",
  source: 'https://kubernetes-sigs.github.io/aws-load-balancer-controller/latest/guide/ingress/spec/',
  bad: ingress('/*'),
  good: ingress('/'),
  check: ({ inventory }, report) => {
    for (const { object, rules } of albIngresses(inventory)) {
      rules.forEach(({ http }, i) => {
        http?.paths?.forEach(({ path = '', pathType }, j) => {
          if ((pathType === 'Prefix' || pathType === 'Exact') && /[*?]/.test(path)) {
            report(object, {
              message: `the ${pathType} path of ${title(object)} must not have a wildcard, but is '${path}'`,
              fix: fixOf(path, pathType),
              field: `${indexPath(`${indexPath('spec.rules', i)}.http.paths`, j)}.path`,
            });
          }
        });
      });
    }
  },
};

function fixOf(path: string, pathType: string): string {
  const covered = path.replace(/\/?\*$/, '') || '/';
  return pathType === 'Prefix' && !/[*?]/.test(covered)
    ? `write '${covered}', which covers what lies below`
    : "write pathType: 'ImplementationSpecific'";
}

function ingress(path: string): string {
  return `
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: { name: web, namespace: default }
spec:
  ingressClassName: alb
  rules:
    - http:
        paths: [{ path: '${path}', pathType: Prefix, backend: { service: { name: web, port: { number: 80 } } } }]
`;
}
