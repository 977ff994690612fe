import { type Inventory, type PodObject, title } from '../../kube/inventory';
import { placeOf, readersOf, whereOf } from '../pod-texts';
import { replicasOf } from '../replicas';
import type { Problem } from '../rule';
import { type Call, portOf, type ServiceCall } from './calls';
import { allowed } from './passes';

type OwnCall = Call & ServiceCall;

const NONE: readonly Problem[] = [];

/** Calls of a pod to its own Service that no other pod behind it gets: one problem a Service and port. */
export function ownCallProblems(
  inventory: Inventory,
  pod: PodObject,
  calls: readonly (Call & ServiceCall)[],
): readonly Problem[] {
  if (calls.length === 0) {
    return NONE;
  }
  const found = new Map<string, Problem>();
  for (const call of calls) {
    const key = `${call.service.manifest.metadata.name}:${call.address.port ?? ''}`;
    if (!found.has(key) && meansOthers(call) && isClosed(inventory, call)) {
      found.set(key, problemOf(inventory, pod, call));
    }
  }
  return [...found.values()];
}

/** Whether the address is to call other pods: the own name of a Service without a port may stand for anything. */
function meansOthers({ published, member, address, service }: OwnCall): boolean {
  const headless = service.manifest.spec?.clusterIP === 'None';
  return !published && (member || headless || address.port !== undefined);
}

function isClosed(inventory: Inventory, call: OwnCall): boolean {
  const { pod, pods, protocol } = call;
  const others = pods.filter((to) => to !== pod || hasOthers(inventory, pod));
  return (
    others.length > 0 &&
    others.every((to) => {
      const port = portOf(call, to);
      return !(['egress', 'ingress'] as const).every((way) => allowed(inventory, pod, to, port, protocol, way));
    })
  );
}

/** Whether an object makes several pods at one time. */
function hasOthers(inventory: Inventory, pod: PodObject): boolean {
  const kind = pod.workload;
  return (
    kind?.perNode === true ||
    (kind?.job === true && kind.replicas(pod.of) * pod.times > 1) ||
    (replicasOf(inventory, pod)?.max ?? 1) > 1
  );
}

function problemOf(inventory: Inventory, pod: PodObject, call: OwnCall): Problem {
  const { from, address, member } = call;
  const port = portOf(call, pod);
  const on = port === undefined ? '' : ` on port ${port}`;
  const shared = from.configMap !== undefined && readersOf(inventory, from.configMap) > 1;
  return {
    // the address of a Service may be that under which others know the pod
    severity: member && !shared ? 'error' : 'warning',
    ...placeOf(from),
    message: `${whereOf(from)} contains '${address.text}', which leads to the pods of ${title(pod)} themselves, but the network policies that select them do not allow connections between them${on}`,
    fix: `add a NetworkPolicy for pods with the labels ${JSON.stringify(pod.labels)}, with ingress from and egress to pods with these labels${on}; for a StatefulService, declare the port in ports and memberPorts`,
  };
}
