import { title } from '../../../kube/inventory';
import { albField, albIngresses } from '../../ingresses';
import type { Rule } from '../../rule';

/** A backend that stands for an action needs that action. */
export const rule: Rule = {
  id: 'ingress/action',
  title: 'a backend with the port use-annotation has its action',
  severity: 'error',
  why: 'The controller reads such a backend from the annotation actions.<name>, and makes no load balancer when it is missing.',
  source: 'https://kubernetes-sigs.github.io/aws-load-balancer-controller/latest/guide/ingress/annotations/#actions',
  bad: ingress('actions.redirect'),
  good: ingress('actions.to-docs'),
  check: ({ inventory }, report) => {
    for (const { object, rules, setting } of albIngresses(inventory)) {
      const backends = rules.flatMap(({ http }) => (http?.paths ?? []).map(({ backend }) => backend?.service));
      for (const name of new Set(backends.flatMap((s) => (s?.port?.name === 'use-annotation' ? [s.name] : [])))) {
        if (setting(`actions.${name}`) === undefined) {
          report(object, {
            message: `${title(object)} has a backend '${name}' with the port use-annotation, and no annotation for it`,
            fix: `write alb.ingress.kubernetes.io/actions.${name}`,
            field: albField(`actions.${name}`),
          });
        }
      }
    }
  },
};

function ingress(name: string): string {
  return `
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: web
  namespace: default
  annotations:
    alb.ingress.kubernetes.io/${name}: '{"type":"redirect","redirectConfig":{"host":"example.com","statusCode":"HTTP_301"}}'
spec:
  ingressClassName: alb
  rules:
    - http:
        paths: [{ path: /, pathType: Prefix, backend: { service: { name: to-docs, port: { name: use-annotation } } } }]
`;
}
