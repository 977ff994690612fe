import { title } from '../../../kube/inventory';
import type { Manifest } from '../../../kube/objects';
import type { Rule } from '../../rule';

const ANYWHERE = ['0.0.0.0/0', '::/0'];
const INBOUND = 'alb.ingress.kubernetes.io/inbound-cidrs';

/** A load balancer inside the VPC whose security group lets every address in. */
export const rule: Rule = {
  id: 'security/open-internal',
  title: 'an internal load balancer lets only the ranges in that call it',
  severity: 'advice',
  why: "0.0.0.0/0 on an internal load balancer lets in every network that is peered with the VPC, connected by a VPN or a transit gateway, and everyone once the scheme becomes 'internet-facing'.",
  source:
    'https://kubernetes-sigs.github.io/aws-load-balancer-controller/latest/guide/ingress/annotations/#inbound-cidrs',
  bad: `
apiVersion: v1
kind: Service
metadata: { name: web, namespace: shop, annotations: { service.beta.kubernetes.io/aws-load-balancer-scheme: internal } }
spec: { type: LoadBalancer, selector: { app: web }, ports: [{ port: 80 }], loadBalancerSourceRanges: [0.0.0.0/0] }
`,
  good: `
apiVersion: v1
kind: Service
metadata: { name: web, namespace: shop, annotations: { service.beta.kubernetes.io/aws-load-balancer-scheme: internal } }
spec: { type: LoadBalancer, selector: { app: web }, ports: [{ port: 80 }], loadBalancerSourceRanges: [10.0.0.0/16] }
`,
  check: ({ inventory }, report) => {
    for (const object of [...inventory.ofKind('Service', ''), ...inventory.ofKind('Ingress', 'networking.k8s.io')]) {
      const open = openRange(object.manifest);
      if (open) {
        report(object, {
          field: open.field,
          message: `${title(object)} is internal, but lets ${open.range} in`,
          fix: 'write the ranges of the callers',
        });
      }
    }
  },
};

function openRange({ kind, metadata, spec }: Manifest): { readonly field: string; readonly range: string } | undefined {
  const { annotations } = metadata;
  // nothing is internal by default but an Ingress, which has its ranges in annotations
  if (annotations === undefined) {
    return undefined;
  }
  if (kind === 'Ingress') {
    const scheme = annotations['alb.ingress.kubernetes.io/scheme'] ?? 'internal';
    const range = annotations[INBOUND]?.split(',').find((text) => ANYWHERE.includes(text.trim()));
    return scheme === 'internal' && range ? { field: `metadata.annotations['${INBOUND}']`, range } : undefined;
  }
  const scheme =
    annotations['service.beta.kubernetes.io/aws-load-balancer-scheme'] ??
    (annotations['service.beta.kubernetes.io/aws-load-balancer-internal'] === 'true' ? 'internal' : undefined);
  const ranges = (spec as { readonly loadBalancerSourceRanges?: readonly string[] } | undefined)
    ?.loadBalancerSourceRanges;
  const i = ranges?.findIndex((text) => ANYWHERE.includes(text)) ?? -1;
  return scheme === 'internal' && i >= 0
    ? { field: `spec.loadBalancerSourceRanges[${i}]`, range: ranges![i]! }
    : undefined;
}
