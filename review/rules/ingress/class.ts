import { type InventoryObject, title } from '../../../kube/inventory';
import { isSubdomain } from '../../../kube/names';
import { nearest } from '../../../kube/text';
import { classNameOf, DEFAULT_CLASS, USUAL_CLASS } from '../../ingresses';
import type { ReviewInput, Rule } from '../../rule';

/** An Ingress that no controller takes: it is accepted, and never gets an address. */
export const rule: Rule = {
  id: 'ingress/class',
  title: 'an Ingress names a class that exists',
  severity: 'warning',
  why: "A controller only takes the Ingresses of its class. The API server accepts any name, and none at all, and the Ingress never gets an address. The chart of the AWS Load Balancer Controller makes the class 'alb'; EKS Auto Mode makes no class.",
  source: 'https://kubernetes.io/docs/concepts/services-networking/ingress/#ingress-class',
  bad: ingress(''),
  good: ingress('ingressClassName: alb'),
  check: (input, report) => {
    const { inventory, existing } = input;
    if (!inventory.complete) {
      return;
    }
    const made = inventory.ofKind('IngressClass', 'networking.k8s.io').map(({ manifest }) => manifest);
    const names = new Set(made.map(({ metadata }) => metadata.name));
    for (const { kind, name } of existing) {
      if (kind === 'IngressClass') {
        names.add(name);
      }
    }
    const hasDefault = made.some(({ metadata }) => metadata.annotations?.[DEFAULT_CLASS] === 'true');
    const auto = input.cluster?.config.autoModeConfig?.enabled === true;
    for (const object of inventory.ofKind('Ingress', 'networking.k8s.io')) {
      const name = classNameOf(object);
      if (name === undefined) {
        if (!hasDefault) {
          report(object, {
            message: `${title(object)} names no class, and no IngressClass of the set is the default`,
            fix: `write ingressClassName: ${[...names][0] ?? USUAL_CLASS}`,
            field: 'spec.ingressClassName',
          });
        }
      } else if (!names.has(name) && !isUsual(object, name, auto) && !isRefused(object)) {
        const meant = nearest(name, [...names, ...(auto ? [] : [USUAL_CLASS])]);
        report(object, {
          severity: severityOf(input, object),
          message: `${title(object)} names the class '${name}', which ${auto && name === USUAL_CLASS ? 'EKS Auto Mode does not make' : 'nothing makes'}`,
          fix: meant
            ? `did you mean '${meant}'?`
            : `add an IngressClass '${name}', or declare that it exists: existing: [{ kind: 'IngressClass', namespace: '', name: '${name}' }]`,
          field: fieldOf(object),
        });
      }
    }
  },
};

const ANNOTATION = 'kubernetes.io/ingress.class';

/** Istio compares the annotation with a name of its own, and needs no IngressClass. */
const BY_ANNOTATION = 'istio';

function isUsual({ manifest }: InventoryObject, name: string, auto: boolean): boolean {
  const byAnnotation = manifest.metadata.annotations?.[ANNOTATION] !== undefined;
  return (name === USUAL_CLASS && !auto) || (name === BY_ANNOTATION && byAnnotation);
}

/** A controller may compare the annotation with a name that no IngressClass has, and another set may make the class. */
function severityOf({ cluster }: ReviewInput, { manifest, origin }: InventoryObject): 'error' | 'warning' {
  const byField = manifest.metadata.annotations?.[ANNOTATION] === undefined;
  return byField && cluster !== undefined && origin.construct !== undefined ? 'error' : 'warning';
}

/** The API server refuses two classes, and a class that is not a name. */
function isRefused({ manifest }: InventoryObject): boolean {
  const { ingressClassName } = (manifest.spec ?? {}) as { readonly ingressClassName?: string };
  const annotated = manifest.metadata.annotations?.[ANNOTATION];
  return (
    ingressClassName !== undefined &&
    (!isSubdomain(ingressClassName) || (annotated !== undefined && annotated !== ingressClassName))
  );
}

function fieldOf({ manifest }: InventoryObject): string {
  return manifest.metadata.annotations?.[ANNOTATION] === undefined
    ? 'spec.ingressClassName'
    : `metadata.annotations['${ANNOTATION}']`;
}

function ingress(named: string): string {
  return `
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: { name: web, namespace: shop }
spec:
  ${named}
  defaultBackend: { service: { name: web, port: { number: 80 } } }
`.replace('\n  \n', '\n');
}
