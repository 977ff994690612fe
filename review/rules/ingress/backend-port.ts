import type { Service } from '../../../imports/kubernetes';
import { title } from '../../../kube/inventory';
import { ingressBackends } from '../../../kube/references';
import type { Rule } from '../../rule';

/** A backend that names a port its Service does not have gets no target group. */
export const rule: Rule = {
  id: 'ingress/backend-port',
  title: 'a backend of an Ingress names a port of its Service',
  severity: 'error',
  check: ({ inventory }, report) => {
    const services = new Map(
      inventory
        .ofKind('Service')
        .map(({ manifest, namespace }) => [
          `${namespace}/${manifest.metadata.name}`,
          manifest as unknown as Partial<Service>,
        ]),
    );
    for (const object of inventory.ofKind('Ingress')) {
      for (const { name, port } of ingressBackends(object.manifest)) {
        const service = services.get(`${object.namespace}/${name}`);
        const found = service?.spec?.ports?.some((p) => (port?.name ? p.name === port.name : p.port === port?.number));
        if (service && !found) {
          report(object, {
            message: `${title(object)} sends traffic to port '${port?.name ?? port?.number}' of Service '${name}', which has no such port`,
            fix: 'name one of its ports',
          });
        }
      }
    }
  },
};
