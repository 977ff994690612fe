import { ALB_CONTROLLER } from '../../../eks/compute-modes';
import { title } from '../../../kube/inventory';
import { isSubdomain } from '../../../kube/names';
import type { Rule } from '../../rule';

/** The controller of an IngressClass. */
export const rule: Rule = {
  id: 'ingress/controller',
  title: 'an IngressClass names its controller by a domain and a path',
  severity: 'error',
  why: 'The API server refuses an IngressClass whose controller is not a domain, a slash and a path, or whose parameters of a namespace do not name it.',
  source: 'https://kubernetes.io/docs/concepts/services-networking/ingress/#ingress-class',
  refusedBy: 'api-server',
  bad: ingressClass('alb'),
  good: ingressClass(ALB_CONTROLLER['node-groups']),
  check: ({ inventory }, report) => {
    for (const object of inventory.ofKind('IngressClass', 'networking.k8s.io')) {
      const { controller = '', parameters } = (object.manifest.spec ?? {}) as {
        readonly controller?: string;
        readonly parameters?: { readonly scope?: string; readonly namespace?: string };
      };
      const slash = controller.indexOf('/');
      if (slash < 1 || slash === controller.length - 1 || !isSubdomain(controller.slice(0, slash))) {
        report(object, {
          message: `the controller of ${title(object)} must be a domain, a slash and a path, but is '${controller}'`,
          fix: `write '${ALB_CONTROLLER['node-groups']}', or '${ALB_CONTROLLER.auto}' in EKS Auto Mode`,
          field: 'spec.controller',
        });
      }
      if (parameters && (parameters.scope === 'Namespace') !== (parameters.namespace !== undefined)) {
        report(object, {
          message: `parameters of ${title(object)} must have a namespace with the scope Namespace only`,
          fix:
            parameters.namespace === undefined
              ? 'write the namespace'
              : 'delete the namespace, or write scope: Namespace',
          field: 'spec.parameters.namespace',
        });
      }
    }
  },
};

function ingressClass(controller: string): string {
  return `
apiVersion: networking.k8s.io/v1
kind: IngressClass
metadata: { name: alb }
spec: { controller: ${controller} }
`;
}
