import type { IConstruct } from 'constructs';
import { CONTROLLERS } from '../../eks/controllers';
import { addTo } from '../../kube/collections';
import { AppSlot } from '../core/app-state';
import { targetsOf } from '../network/derived/reached';
import type { LateRules } from '../network/policy';
import { namespaceNamed, policyPorts } from '../network/targets';

/** The ports that triggers name by the host of a Service, by 'service.namespace'; NaN for a host without one. */
const asked = new AppSlot<Map<string, number[]>>('asked-by-keda', () => new Map());

const HOST = /(?<![\w-])([a-z0-9-]+\.[a-z0-9-]+)\.svc(?:\.cluster\.local)?(?::(\d+))?/g;

/** Notes what KEDA's operator connects to for a trigger. */
export function readByKeda(construct: IConstruct, metadata: Readonly<Record<string, string>>): void {
  for (const text of Object.values(metadata)) {
    for (const [, service, port] of text.matchAll(HOST)) {
      addTo(asked.of(construct), service!, Number(port ?? metadata.port));
    }
  }
}

/** Lets KEDA's operator in where a trigger names the workload by its host, on the port that it names, or else on all ports of clients. */
export const kedaIngress: LateRules = ({ construct, name, namespace }) => {
  const byService = asked.of(construct);
  if (byService.size === 0) {
    return undefined;
  }
  // those of the workload, and Services for some of its pods
  const services = [name, `${name}-headless`, ...construct.node.children.map(({ node }) => `${name}-${node.id}`)];
  const numbers = services.flatMap((service) => byService.get(`${service}.${namespace}`) ?? []);
  const { clientPorts } = targetsOf(construct).get(construct)!;
  const ports = clientPorts.filter(({ port }) => numbers.some((number) => Number.isNaN(number) || number === port));
  if (ports.length === 0) {
    return undefined;
  }
  const podSelector = { matchLabels: { 'app.kubernetes.io/name': 'keda-operator' } };
  return {
    peers: [{ namespaceSelector: namespaceNamed(CONTROLLERS.keda.namespace), podSelector }],
    ports: policyPorts(ports),
  };
};
