import { actionProblem, conditionsProblem } from '../../../eks/alb-actions';
import type { IngressBackend, IngressServiceBackend, IngressSpec } from '../../../imports/kubernetes';
import { title } from '../../../kube/inventory';
import { type AlbIngress, albField, albIngresses } from '../../ingresses';
import type { Rule } from '../../rule';

/** A backend that stands for an action needs that action. */
export const rule: Rule = {
  id: 'ingress/action',
  title: 'a backend with the port use-annotation has its action, and the conditions of backends are valid',
  severity: 'error',
  why: 'The controller reads such a backend from the annotation actions.<name>. Where it is missing requests get a 503, and where it is invalid the controller makes no load balancer.',
  source: 'https://kubernetes-sigs.github.io/aws-load-balancer-controller/latest/guide/ingress/annotations/#actions',
  bad: ingress('actions.redirect'),
  good: ingress('actions.to-docs'),
  check: ({ inventory }, report) => {
    for (const ingress of albIngresses(inventory)) {
      const { object, setting, hasConditions } = ingress;
      for (const name of namesOf(ingress, isAction)) {
        const action = setting(`actions.${name}`);
        const problem = action === undefined ? undefined : actionProblem(action);
        if (problem !== undefined) {
          report(object, {
            message: `the action '${name}' of ${title(object)} ${problem}`,
            fix: 'write it as the documentation of the controller has it',
            field: albField(`actions.${name}`),
          });
        }
        if (action === undefined) {
          report(object, {
            message: `${title(object)} has a backend '${name}' with the port use-annotation, and no annotation for it`,
            fix: `write alb.ingress.kubernetes.io/actions.${name}`,
            field: albField(`actions.${name}`),
          });
        }
      }
      for (const name of hasConditions ? namesOf(ingress, isNamed) : []) {
        const problem = conditionsProblem(setting(`conditions.${name}`) ?? '');
        if (problem !== undefined) {
          report(object, {
            message: `a condition of the backend '${name}' of ${title(object)} ${problem}`,
            fix: 'write it as the documentation of the controller has it',
            field: albField(`conditions.${name}`),
          });
        }
      }
    }
  },
};

const isAction = ({ port }: IngressServiceBackend): boolean => port?.name === 'use-annotation';
const isNamed = ({ name }: Partial<IngressServiceBackend>): boolean => name !== undefined;

/** The names of its backends that pass a test, each once. */
function namesOf({ object, rules }: AlbIngress, test: (service: IngressServiceBackend) => boolean): Iterable<string> {
  const { defaultBackend } = (object.manifest.spec ?? {}) as Partial<IngressSpec>;
  let found: Set<string> | undefined;
  const add = (backend: IngressBackend | undefined) => {
    if (backend?.service && test(backend.service)) {
      found ??= new Set();
      found.add(backend.service.name);
    }
  };
  add(defaultBackend);
  for (const { http } of rules) {
    for (const { backend } of http?.paths ?? []) {
      add(backend);
    }
  }
  return found ?? [];
}

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
