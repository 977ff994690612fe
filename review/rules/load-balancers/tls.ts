import { listItems } from '../../../eks/annotation-values';
import { certificateProblem } from '../../../eks/arn';
import { NLB_PREFIX } from '../../../eks/load-balancer-annotations';
import { title } from '../../../kube/inventory';
import type { Rule } from '../../rule';
import { type ServiceObject, services } from '../../services';

/** A Network Load Balancer that decrypts TLS. */
export const rule: Rule = {
  id: 'load-balancers/tls',
  title: 'TLS listeners of a Service have a certificate of their region, and ports that the Service has',
  severity: 'error',
  why: 'AWS refuses a listener whose certificate is not an ARN of its region, and the controller refuses ssl-ports that the Service does not have. Without a certificate the listeners are plain TCP, whatever the other annotations say.',
  source: 'https://kubernetes-sigs.github.io/aws-load-balancer-controller/latest/guide/service/annotations/#tls',
  bad: service('8443'),
  good: service('443'),
  check: ({ inventory, cluster }, report) => {
    const region = cluster?.config.metadata?.region;
    for (const object of services(inventory).everywhere()) {
      const { annotations } = object.manifest.metadata;
      if (annotations === undefined) {
        continue;
      }
      const setting = (name: string) => annotations[`${NLB_PREFIX}${name}`];
      const certificates = listItems(setting('ssl-cert') ?? '');
      for (const arn of certificates) {
        const problem = certificateProblem(arn, region);
        if (problem) {
          report(object, {
            message: `a certificate of ${title(object)} ${problem}`,
            fix: "write 'arn:aws:acm:REGION:ACCOUNT:certificate/ID' of the region of the cluster",
            field: fieldOf('ssl-cert'),
          });
        }
      }
      const unused = certificates.length === 0 ? ONLY_WITH_TLS.filter((name) => setting(name) !== undefined) : [];
      if (unused.length > 0) {
        report(object, {
          severity: 'warning',
          message: `${title(object)} has ${unused.join(', ')}, but no ssl-cert, so its listeners do not use TLS`,
          fix: `write ${NLB_PREFIX}ssl-cert with the ARN of a certificate, or delete ${unused.length === 1 ? 'it' : 'them'}`,
          field: fieldOf(unused[0]!),
        });
      }
      const ports = new Set(object.ports.flatMap(({ name, port }) => [name, `${port}`]));
      const missing = listItems(setting('ssl-ports') ?? '').filter((port) => !ports.has(port));
      if (missing.length > 0 && !isOfOldController(object)) {
        report(object, {
          message: `ssl-ports of ${title(object)} must be ports of the Service by name or number, but has ${missing.map((port) => `'${port}'`).join(', ')}`,
          fix: missing.includes('*')
            ? 'delete it: without it every port of TCP has TLS'
            : `write one of ${[...ports].filter(Boolean).join(', ')}`,
          field: fieldOf('ssl-ports'),
        });
      }
    }
  },
};

/** Annotations that only say more about TLS listeners. */
const ONLY_WITH_TLS = ['ssl-ports', 'ssl-negotiation-policy', 'alpn-policy'];

/** Whether the controller that was part of Kubernetes may take a Service: its ssl-ports may be '*'. */
function isOfOldController({ manifest }: ServiceObject): boolean {
  const type = manifest.metadata.annotations?.[`${NLB_PREFIX}type`];
  return manifest.spec?.loadBalancerClass === undefined && type !== 'external' && type !== 'nlb-ip';
}

const fieldOf = (name: string): string => `metadata.annotations['${NLB_PREFIX}${name}']`;

function service(ports: string): string {
  return `
apiVersion: v1
kind: Service
metadata:
  name: web
  namespace: default
  annotations:
    service.beta.kubernetes.io/aws-load-balancer-ssl-cert: arn:aws:acm:us-west-2:111122223333:certificate/7b1d1b4e
    service.beta.kubernetes.io/aws-load-balancer-ssl-ports: '${ports}'
spec: { type: LoadBalancer, loadBalancerClass: service.k8s.aws/nlb, ports: [{ name: https, port: 443 }] }
`;
}
