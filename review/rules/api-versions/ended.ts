import { ENDED_SERVICES, type EndedService } from '../../../eks/ended-services';
import { asksFor } from '../../../kube/injectors';
import { type InventoryObject, title } from '../../../kube/inventory';
import { groupOf } from '../../../kube/kinds';
import { keyPath } from '../../../kube/text';
import { kindsIn } from '../../kinds';
import type { ReportFinding, Rule } from '../../rule';

/** Objects of services that AWS has closed. */
export const rule: Rule = {
  id: 'api-versions/ended',
  title: 'no object is for a service of AWS that has ended',
  severity: 'error',
  why: 'A cluster that still has the definitions accepts the object, and its controller can make nothing of it: the service has no API any more.',
  source: 'https://docs.aws.amazon.com/app-mesh/latest/userguide/what-is-app-mesh.html',
  bad: `
apiVersion: appmesh.k8s.aws/v1beta2
kind: VirtualNode
metadata: { name: web, namespace: shop }
spec: { podSelector: { matchLabels: { app: web } } }
`,
  good: `
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: web, namespace: shop }
spec: { hosts: [web], http: [{ route: [{ destination: { host: web } }] }] }
`,
  check: ({ inventory }, report) => {
    for (const { apiVersion, objects } of kindsIn(inventory)) {
      const service = ENDED_SERVICES.get(groupOf(apiVersion));
      for (const object of service ? objects : []) {
        say(report, object, service!, `${title(object)} is for ${service!.name}`, 'apiVersion');
      }
    }
    for (const object of inventory.ofKind('Namespace', '')) {
      for (const service of ENDED_SERVICES.values()) {
        const asked = asksFor(service.asked, object.manifest.metadata.labels);
        if (asked !== undefined) {
          const what = `'${asked}' of ${title(object)} asks for ${service.name}`;
          say(report, object, service, what, keyPath('metadata.labels', asked));
        }
      }
    }
  },
};

function say(report: ReportFinding, object: InventoryObject, service: EndedService, what: string, field: string): void {
  report(object, { message: `${what}, which ended on ${service.ended}`, fix: service.instead, field });
}
