import { isObject, type Loose } from '../../../../kube/loose';
import type { Manifest } from '../../../../kube/objects';
import { isEmpty, isSame, itemsOf } from '../values';

const NODE_TYPES: ReadonlySet<unknown> = new Set(['NodePort', 'LoadBalancer']);
const isName = (spec: Loose): boolean => spec.type === 'ExternalName';

/** One family of addresses, unless a Service has neither an address nor pods. */
export function familyPolicy(spec: Loose): string {
  return spec.clusterIP === 'None' && isEmpty(spec.selector) ? 'RequireDualStack' : 'SingleStack';
}

/** What a Service has of the cluster, such as its address, stays while it is of use, and goes with its type. */
export function serviceUpdate(live: Manifest, next: Manifest): Manifest {
  const [before, after] = [live.spec, next.spec];
  return isObject(before) && isObject(after)
    ? { ...next, spec: allocated(before, dropped(before, { ...after })) }
    : next;
}

/** What the new type has no use for goes, unless the manifest changes it too. */
function dropped(before: Loose, after: Record<string, unknown>): Record<string, unknown> {
  const drop = (key: string, when: boolean) => {
    if (when && isSame(before[key], after[key])) {
      delete after[key];
    }
  };
  const wasBalancer = before.type === 'LoadBalancer' && after.type !== 'LoadBalancer';
  drop('allocateLoadBalancerNodePorts', wasBalancer);
  drop('loadBalancerClass', wasBalancer);
  drop('externalTrafficPolicy', isOutside(before) && !isOutside(after));
  drop('healthCheckNodePort', isChecked(before) && !isChecked(after));
  if (!isName(before) && isName(after)) {
    for (const key of ['clusterIP', 'clusterIPs', 'ipFamilies', 'ipFamilyPolicy']) {
      drop(key, true);
    }
  }
  if (NODE_TYPES.has(before.type) && !NODE_TYPES.has(after.type)) {
    const used = new Set(itemsOf(before.ports).map(({ nodePort }) => nodePort));
    if (itemsOf(after.ports).every(({ nodePort }) => nodePort === undefined || used.has(nodePort))) {
      after.ports = given(itemsOf(after.ports).map(({ nodePort: _, ...port }) => port));
    }
  }
  return after;
}

const given = (list: readonly Loose[]): readonly Loose[] | undefined => (list.length === 0 ? undefined : list);

const isChecked = (spec: Loose): boolean => spec.type === 'LoadBalancer' && spec.externalTrafficPolicy === 'Local';

function isOutside(spec: Loose): boolean {
  return NODE_TYPES.has(spec.type) || (spec.type === 'ClusterIP' && !isEmpty(spec.externalIPs));
}

/** What the manifest no longer names stays as it was given. */
function allocated(before: Loose, after: Record<string, unknown>): Record<string, unknown> {
  const keep = (key: string) => {
    after[key] ??= before[key];
  };
  if (!isName(before) && !isName(after)) {
    for (const key of ['clusterIP', 'clusterIPs', 'ipFamilies', 'ipFamilyPolicy']) {
      keep(key);
    }
  }
  if (!isName(after)) {
    after.ipFamilyPolicy ??= familyPolicy(after);
  }
  if (isChecked(before) && isChecked(after)) {
    keep('healthCheckNodePort');
  }
  if (NODE_TYPES.has(before.type) && NODE_TYPES.has(after.type)) {
    after.ports = given(nodePorts(before, after));
  }
  return Object.fromEntries(Object.entries(after).filter(([, value]) => value !== undefined));
}

/** A port without a number of the node keeps that of the port of its name. */
function nodePorts(before: Loose, after: Loose): Loose[] {
  const [old, ports] = [itemsOf(before.ports), itemsOf(after.ports)];
  const taken = new Set(ports.map(({ nodePort }) => nodePort));
  const byName = new Map(old.map(({ name, nodePort }) => [name, nodePort]));
  return ports.map((port) => {
    const known = byName.get(port.name);
    return port.nodePort === undefined && known !== undefined && !taken.has(known)
      ? { ...port, nodePort: known }
      : port;
  });
}
