import { listItems } from '../../../eks/annotation-values';
import type { ServiceSpec } from '../../../imports/kubernetes';
import { isIP } from '../../../kube/cidr';
import { title } from '../../../kube/inventory';
import { blockProblem, STRICT_SINCE } from '../../../kube/ip-block';
import { isQualifiedName } from '../../../kube/names';
import { indexPath } from '../../../kube/text';
import { isAtLeast } from '../../../kube/versions';
import { Places } from '../../places';
import type { Rule } from '../../rule';

const ANNOTATION = 'service.beta.kubernetes.io/load-balancer-source-ranges';
/** Loopback, link-local, multicast and unspecified addresses. */
const OWN = /^(127\.|169\.254\.|22[4-9]\.|23\d\.|0\.0\.0\.0$|::1?$|fe[89ab]|ff)/i;

/** Addresses of Services. */
export const rule: Rule = {
  id: 'objects/service-addresses',
  title: 'source ranges, external addresses and load balancer classes of a Service are valid',
  severity: 'error',
  why: 'The API server refuses a Service whose loadBalancerSourceRanges are not ranges of addresses, whose externalIPs are not addresses that may be routed, or whose loadBalancerClass is not the key of a label.',
  source: 'https://kubernetes.io/docs/concepts/services-networking/service/#loadbalancer',
  refusedBy: 'api-server',
  bad: service('203.0.113.7'),
  good: service('203.0.113.7/32'),
  check: ({ inventory, kubernetesVersion }, report) => {
    const strict = isAtLeast(kubernetesVersion, STRICT_SINCE);
    for (const object of inventory.ofKind('Service', '')) {
      const {
        loadBalancerSourceRanges: ranges = [],
        externalIPs = [],
        type,
        loadBalancerClass = '',
      } = (object.manifest.spec ?? {}) as Partial<ServiceSpec>;
      const annotated = object.manifest.metadata.annotations?.[ANNOTATION];
      if (ranges.length === 0 && externalIPs.length === 0 && annotated === undefined && loadBalancerClass === '') {
        continue;
      }
      const places = new Places(report, object);
      const field = `metadata.annotations['${ANNOTATION}']`;
      const all = [
        ...ranges.map((range, i) => [range.trim(), indexPath('spec.loadBalancerSourceRanges', i)] as const),
        // the field stands above the annotation
        ...(ranges.length > 0 ? [] : listItems(annotated ?? '')).map((range) => [range, field] as const),
      ];
      for (const [range, at] of all) {
        const found = blockProblem(range);
        if (found) {
          places.add(`range ${range}`, {
            message: `a source range of ${title(object)} ${found.problem}`,
            fix: found.fix,
            field: at,
            ...(found.strict && !strict ? { severity: 'warning' } : {}),
          });
        }
      }
      if (annotated !== undefined && type !== 'LoadBalancer') {
        places.add('annotation', {
          message: `the annotation ${ANNOTATION} is not for ${title(object)} of type ${type ?? 'ClusterIP'}`,
          fix: "delete it, or write type: 'LoadBalancer'",
          field,
        });
      }
      externalIPs.forEach((address, i) => {
        if (!isIP(address) || OWN.test(address)) {
          places.add(`address ${address}`, {
            message: `externalIPs of ${title(object)} must be addresses that may be routed, but has '${address}'`,
            fix: 'write the address of a node, or leave it out',
            field: indexPath('spec.externalIPs', i),
          });
        }
      });
      if (loadBalancerClass !== '' && !isQualifiedName(loadBalancerClass)) {
        places.add('class', {
          message: `loadBalancerClass of ${title(object)} must be the key of a label, but is '${loadBalancerClass}'`,
          fix: "write 'service.k8s.aws/nlb', or 'eks.amazonaws.com/nlb' in EKS Auto Mode",
          field: 'spec.loadBalancerClass',
        });
      }
      places.finish();
    }
  },
};

function service(range: string): string {
  return `
apiVersion: v1
kind: Service
metadata: { name: web, namespace: default }
spec:
  type: LoadBalancer
  loadBalancerClass: service.k8s.aws/nlb
  loadBalancerSourceRanges: [${range}]
  ports: [{ port: 443 }]
`;
}
