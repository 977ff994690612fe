import { asObject, type Loose } from '../../../../kube/loose';
import type { Refusal } from '../../model';
import { at, isSame, itemsOf, listOf } from '../values';
import type { Rule, Ruling, Update } from './refusal';

const GIVEN_ADDRESS = 'the cluster has to have given the Service this very address, since it cannot change';
const GIVEN_PORT = 'the cluster has to have given the Service this very port for health checks, since it cannot change';

/** The address of a Service stays, and so does who makes its load balancer. */
function service({ live, next }: Update): Ruling {
  const [before, after] = [live, next].map((of) => asObject(at(of, 'spec'))) as [Loose, Loose];
  const rulings = [
    address(before, after),
    families(before, after),
    balancer(before, after),
    health(before, after),
    { refusals: ports(after) },
  ];
  const refusals = rulings.flatMap((ruling) => ruling.refusals);
  const condition = rulings.find((ruling) => ruling.condition !== undefined)?.condition;
  return { refusals, ...(condition === undefined ? {} : { condition }) };
}

const NOTHING: Ruling = { refusals: [] };
const refused = (field: string, reason: string): Ruling => ({ refusals: [{ field, reason }] });
const isName = (spec: Loose): boolean => spec.type === 'ExternalName';
const NODE_TYPES: ReadonlySet<unknown> = new Set(['NodePort', 'LoadBalancer']);
const isHeadless = (spec: Loose): boolean => spec.clusterIP === 'None';

function address(before: Loose, after: Loose): Ruling {
  if (isHeadless(after) && NODE_TYPES.has(after.type)) {
    return refused('spec.clusterIPs[0]', 'a Service without an address keeps having none, and its type needs one');
  }
  if (isName(before) || isName(after) || after.clusterIP === undefined || after.clusterIP === before.clusterIP) {
    return NOTHING;
  }
  return before.clusterIP === undefined && !isHeadless(after)
    ? { refusals: [], condition: GIVEN_ADDRESS }
    : refused('spec.clusterIPs[0]', 'the address of a Service cannot change, nor can it get or lose one');
}

function families(before: Loose, after: Loose): Ruling {
  const [from, to] = [before, after].map((spec) => listOf(spec.ipFamilies)) as [readonly unknown[], readonly unknown[]];
  const canChange = isName(before) || isName(after) || isHeadless(before) || isHeadless(after);
  return canChange || from.length === 0 || to.length === 0 || from[0] === to[0]
    ? NOTHING
    : refused('spec.ipFamilies[0]', 'the first family of addresses cannot change');
}

function balancer(before: Loose, after: Loose): Ruling {
  const both = before.type === 'LoadBalancer' && after.type === 'LoadBalancer';
  return both && before.loadBalancerClass !== after.loadBalancerClass
    ? refused('spec.loadBalancerClass', 'who makes the load balancer of a Service cannot change')
    : NOTHING;
}

function health(before: Loose, after: Loose): Ruling {
  const isChecked = (spec: Loose) => spec.type === 'LoadBalancer' && spec.externalTrafficPolicy === 'Local';
  const [from, to] = [before.healthCheckNodePort, after.healthCheckNodePort];
  if (!isChecked(before) || !isChecked(after) || to === undefined || from === to) {
    return NOTHING;
  }
  return from === undefined
    ? { refusals: [], condition: GIVEN_PORT }
    : refused('spec.healthCheckNodePort', 'the port for health checks cannot change');
}

/** Ports are merged by their number alone: two of one number, for TCP and UDP, can end up as the same one. */
function ports(after: Loose): Refusal[] {
  const all = itemsOf(after.ports);
  const repeated = (keys: readonly string[]) =>
    all.flatMap((port, index) =>
      all.slice(0, index).some((other) => keys.every((key) => isSame(port[key], other[key]))) ? [index] : [],
    );
  const names = repeated(['name']).map((index) => `spec.ports[${index}].name`);
  const numbers = repeated(['port', 'protocol']).map((index) => `spec.ports[${index}]`);
  if (all.length === 0 && !isName(after) && !isHeadless(after)) {
    return [{ field: 'spec.ports', reason: 'kubectl merges ports by their number, and none is left' }];
  }
  return [...(all.length > 1 ? names : []), ...numbers].map((field) => ({
    field,
    reason: 'kubectl merges ports by their number, and two of the same number become the same port',
  }));
}

export const SERVICE_RULES: Readonly<Record<string, Rule>> = { 'v1/Service': service };
