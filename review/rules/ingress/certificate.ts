import { listItems } from '../../../eks/annotation-values';
import { certificateProblem } from '../../../eks/arn';
import { title } from '../../../kube/inventory';
import { type AlbIngress, albField, albGroups, isSecure } from '../../ingresses';
import type { Rule } from '../../rule';

/** An HTTPS listener takes a certificate of its region. */
export const rule: Rule = {
  id: 'ingress/certificate',
  title: 'HTTPS listeners have a certificate of their region',
  severity: 'error',
  why: 'A listener for HTTPS is only made with a certificate of ACM in the region of the cluster: by its ARN, or found by a host of the Ingress.',
  source: 'https://kubernetes-sigs.github.io/aws-load-balancer-controller/latest/guide/ingress/cert_discovery/',
  bad: ingress('alb.ingress.kubernetes.io/listen-ports: \'[{"HTTPS":443}]\''),
  good: ingress(
    'alb.ingress.kubernetes.io/certificate-arn: arn:aws:acm:us-west-2:111122223333:certificate/7b1d1b4e-0000-4000-8000-000000000000',
  ),
  check: ({ inventory, cluster }, report) => {
    const region = cluster?.config.metadata?.region;
    for (const group of albGroups(inventory)) {
      for (const member of group) {
        const given = member.setting('certificate-arn');
        for (const arn of given === undefined ? [] : listItems(given)) {
          const problem = certificateProblem(arn, region);
          if (problem) {
            report(member.object, {
              message: `a certificate of ${title(member.object)} ${problem}`,
              fix: "write 'arn:aws:acm:REGION:ACCOUNT:certificate/ID' of the region of the cluster",
              field: albField('certificate-arn'),
            });
          }
        }
      }
      const secure = group.find(isSecure);
      if (secure && inventory.complete && !group.some(hasCertificate)) {
        report(secure.object, {
          message: `${title(secure.object)} listens for HTTPS, and has neither a certificate nor a host to find one by`,
          fix: 'write alb.ingress.kubernetes.io/certificate-arn, or a host',
          field: albField('listen-ports'),
        });
      }
    }
  },
};

function hasCertificate({ setting, overruled, rules, object }: AlbIngress): boolean {
  const { tls = [] } = (object.manifest.spec ?? {}) as { tls?: readonly { hosts?: readonly string[] }[] };
  return (
    setting('certificate-arn') !== undefined ||
    setting('create-acm-cert') !== undefined ||
    overruled('certificate-arn') ||
    rules.some(({ host }) => host) ||
    tls.some(({ hosts = [] }) => hosts.length > 0)
  );
}

function ingress(annotation: string): string {
  return `
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: web
  namespace: default
  annotations:
    ${annotation}
spec:
  ingressClassName: alb
  defaultBackend: { service: { name: web, port: { number: 80 } } }
`;
}
