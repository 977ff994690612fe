import { addTo } from '../../../kube/collections';
import { referenceTo } from '../../../kube/inventory';
import { asList } from '../../../kube/loose';
import { type ServiceObject, services as servicesIn } from '../../services';
import type { Effect, EffectsOf, PlanInput } from '../model';
import { fieldsBelow, isSame, isUpdate, movesOf, movesOfKind, named, type Update } from './moves';

/** Addresses and ports of Services that clients call, and the pods that they send to. */
export const services: EffectsOf = (input) => [
  ...movesOfKind(input, 'Service').flatMap((move) => (isUpdate(move) ? ofUpdate(move) : [])),
  ...shared(input),
];

function ofUpdate({ before, after, change }: Update): readonly Effect[] {
  const [was, is] = [before, after].map(({ manifest }) => manifest.spec ?? {});
  const object = referenceTo(after);
  const found: Effect[] = [];
  const tell = (risk: Effect['risk'], field: string, text: string) =>
    found.push({ kind: 'connection', risk, object, text, because: fieldsBelow(change, field) });
  const [old, now] = [was, is].map((spec) => asList(spec!.ports).map(portText));
  const [gone, come] = [old!.filter((port) => !now!.includes(port)), now!.filter((port) => !old!.includes(port))];
  if (gone.length > 0) {
    const instead = come.length > 0 ? `, and answers on ${come.join(', ')}` : '';
    tell(
      'danger',
      'spec.ports',
      `${named(after)} no longer answers on ${gone.join(', ')}${instead}: clients with the old number fail`,
    );
  } else if (come.length > 0) {
    tell('notice', 'spec.ports', `${named(after)} also answers on ${come.join(', ')}`);
  }
  if (!isSame(was!.selector, is!.selector)) {
    tell('danger', 'spec.selector', `${named(after)} sends to other pods`);
  }
  const wasHeadless = was!.clusterIP === 'None';
  if (is!.clusterIP !== undefined && wasHeadless !== (is!.clusterIP === 'None')) {
    tell(
      'danger',
      'spec.clusterIP',
      wasHeadless
        ? `the name of ${named(after)} stands for one address instead of those of its pods`
        : `the name of ${named(after)} stands for the addresses of its pods instead of one`,
    );
  }
  const [oldPorts, newPorts] = [was, is].map((spec) =>
    asList(spec!.ports).flatMap(({ nodePort }) => (typeof nodePort === 'number' ? [nodePort] : [])),
  );
  const lost = oldPorts!.filter((port) => !newPorts!.includes(port));
  if (lost.length > 0 && newPorts!.length > 0) {
    tell('danger', 'spec.ports', `${named(after)} no longer listens on port ${lost.join(', ')} of the nodes`);
  }
  return found;
}

/** 'TCP 8080'. */
function portText({ port, protocol = 'TCP' }: Readonly<Record<string, unknown>>): string {
  return `${protocol} ${port}`;
}

/** A Service that comes to send to the pods of several workloads, of which one is new. */
function shared(input: PlanInput): readonly Effect[] {
  const created = movesOf(input).filter((move) => !isUpdate(move) && move.after.manifest.spec?.template !== undefined);
  if (created.length === 0) {
    return [];
  }
  const fresh = new Set(created.map(({ after }) => workloadName(after)));
  const namespaces = new Set(created.map(({ after }) => after.namespace));
  return [...namespaces].flatMap((namespace) =>
    servicesIn(input.after)
      .in(namespace)
      .flatMap((service) => sharedBy(input, service, fresh)),
  );
}

function sharedBy(input: PlanInput, service: ServiceObject, fresh: ReadonlySet<string>): readonly Effect[] {
  const owners = new Map<string, boolean[]>();
  for (const pod of service.pods) {
    // a Job and its successor are never called
    if (!pod.workload?.job) {
      addTo(owners, named(pod), fresh.has(workloadName(pod)));
    }
  }
  const names = [...owners.keys()];
  const isNew = [...owners.values()].flat();
  if (names.length < 2 || !isNew.includes(true) || !isNew.includes(false)) {
    return [];
  }
  const inNewSet = new Set(input.new.inNamespace(service.namespace).map(named));
  const meant = names.every((name) => inNewSet.has(name));
  return [
    {
      kind: 'connection',
      risk: meant ? 'notice' : 'danger',
      object: referenceTo(service),
      text: `${named(service)} sends to the pods of ${names.join(' and ')}`,
    },
  ];
}

const workloadName = ({
  manifest,
  namespace,
}: {
  readonly manifest: ServiceObject['manifest'];
  readonly namespace: string;
}) => `${manifest.kind} ${namespace}/${manifest.metadata.name}`;
