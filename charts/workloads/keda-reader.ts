import type { IConstruct } from 'constructs';
import { CONTROLLERS } from '../../eks/controllers';
import { AppSlot } from '../core/app-state';
import { targetsOf } from '../network/derived/reached';
import type { LateRules } from '../network/policy';
import { namespaceNamed, policyPorts } from '../network/targets';

type Metadata = Readonly<Record<string, string>>;

const read = new AppSlot<Metadata[]>('read-by-keda', () => []);

/** Notes what KEDA's operator connects to for a trigger. */
export function readByKeda(construct: IConstruct, metadata: Metadata): void {
  read.of(construct).push(metadata);
}

/** Lets KEDA's operator in where a trigger names the workload by its host, on the port that it names, or else on all ports of clients. */
export const kedaIngress: LateRules = ({ construct, name, namespace }) => {
  const triggers = read.of(construct);
  if (triggers.length === 0) {
    return undefined;
  }
  const services = new Set([name, `${name}-headless`]);
  for (const child of construct.node.children) {
    // a Service for some of its pods
    services.add(`${name}-${child.node.id}`);
  }
  const asked = triggers.flatMap((metadata) =>
    Object.values(metadata).flatMap((text) =>
      [...text.matchAll(/(?<![\w-])([a-z0-9-]+)\.([a-z0-9-]+)\.svc(?:\.cluster\.local)?(?::(\d+))?/g)].flatMap(
        ([, service, itsNamespace, port]) =>
          services.has(service!) && itsNamespace === namespace ? [Number(port ?? metadata.port)] : [],
      ),
    ),
  );
  const { clientPorts } = targetsOf(construct).get(construct)!;
  const ports = clientPorts.filter(({ port }) => asked.some((number) => Number.isNaN(number) || number === port));
  if (ports.length === 0) {
    return undefined;
  }
  const podSelector = { matchLabels: { 'app.kubernetes.io/name': 'keda-operator' } };
  return {
    peers: [{ namespaceSelector: namespaceNamed(CONTROLLERS.keda.namespace), podSelector }],
    ports: policyPorts(ports),
  };
};
