import type { IConstruct } from 'constructs';
import { CONTROLLERS } from '../../eks/controllers';
import { AppSlot } from '../core/app-state';
import type { PortModel } from '../core/ports';
import type { PodSelf } from '../core/workload-info';
import type { PolicyRule } from '../network/policy';
import { namespaceNamed, policyPorts } from '../network/targets';

type Metadata = Readonly<Record<string, string>>;

const read = new AppSlot<Metadata[]>('read-by-keda', () => []);

/** Notes what KEDA's operator connects to for a trigger. */
export function readByKeda(construct: IConstruct, metadata: Metadata): void {
  read.of(construct).push(metadata);
}

/** Lets KEDA's operator in where a trigger names the workload by its host, on the port that it names, or else on all ports of clients. */
export function kedaIngress(workload: IConstruct & PodSelf, clientPorts: readonly PortModel[]): PolicyRule | undefined {
  const readers = read.of(workload);
  if (readers.length === 0) {
    return undefined;
  }
  const services = new Set([workload.name, `${workload.name}-headless`]);
  for (const child of workload.node.children) {
    // a Service for some of its pods
    services.add(`${workload.name}-${child.node.id}`);
  }
  const asked = readers.flatMap((metadata) =>
    Object.values(metadata).flatMap((text) =>
      [...text.matchAll(/(?<![\w-])([a-z0-9-]+)\.([a-z0-9-]+)\.svc(?:\.cluster\.local)?(?::(\d+))?/g)].flatMap(
        ([, service, namespace, port]) =>
          services.has(service!) && namespace === workload.namespace ? [Number(port ?? metadata.port)] : [],
      ),
    ),
  );
  const ports = clientPorts.filter(({ port }) => asked.some((number) => Number.isNaN(number) || number === port));
  if (ports.length === 0) {
    return undefined;
  }
  const podSelector = { matchLabels: { 'app.kubernetes.io/name': 'keda-operator' } };
  return {
    peers: [{ namespaceSelector: namespaceNamed(CONTROLLERS.keda.namespace), podSelector }],
    ports: policyPorts(ports),
  };
}
