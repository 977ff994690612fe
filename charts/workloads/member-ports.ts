import { describe } from '../../kube/describe';
import type { Check } from '../core/check';
import type { PortModel } from '../core/ports';
import type { ServiceModel } from './service-parts';

/** The names of the ports of clients. Props of a declared type do not tell which ones are of members. */
export type ClientPort<P extends string, M extends string> = [P] extends [M] ? P : Exclude<P, M>;

/** The ports of a workload, by who calls them. */
export interface SplitPorts {
  readonly clientPorts: readonly [PortModel, ...PortModel[]];
  readonly memberPorts: readonly PortModel[];
}

const NO_PORTS: SplitPorts['memberPorts'] = [];

/** @param names `memberPorts` */
export function splitPorts(
  check: Check,
  names: readonly string[] | undefined,
  { ports, exposures }: Pick<ServiceModel, 'ports' | 'exposures'>,
): SplitPorts {
  if (names === undefined) {
    return { clientPorts: ports, memberPorts: NO_PORTS };
  }
  checkNames(check, names, ports);
  const exposed = exposures.flatMap(({ targets, field }) =>
    targets.map(({ name }) => ({ name, field: `${field}.port` })),
  );
  const ofMembers = exposed.find(({ name }) => names.includes(name));
  if (ofMembers) {
    check.fail(
      'forbidden',
      ofMembers.field,
      `${ofMembers.field} must be a port of clients, but '${ofMembers.name}' is one of memberPorts`,
      'expose another port, or take this one out of memberPorts',
    );
  }
  const [main, ...rest] = ports;
  return {
    clientPorts: [main, ...rest.filter((p) => !names.includes(p.name))],
    memberPorts: rest.filter((p) => names.includes(p.name)),
  };
}

function checkNames(check: Check, names: readonly string[], ports: ServiceModel['ports']): void {
  if (!Array.isArray(names)) {
    check.fail(
      'type',
      'memberPorts',
      `memberPorts must be a list of names of ports, but is ${describe(names)}`,
      "write memberPorts: ['gossip'], with its number in 'port'",
    );
  }
  for (const [i, name] of names.entries()) {
    if (!ports.some((p) => p.name === name)) {
      check.fail(
        'unsupported',
        `memberPorts[${i}]`,
        `memberPorts[${i}] must be the name of a port, but is ${describe(name)}`,
        `use one of ${ports.map((p) => `'${p.name}'`).join(', ')}`,
      );
    }
    if (name === ports[0].name) {
      check.fail(
        'forbidden',
        `memberPorts[${i}]`,
        `memberPorts[${i}] must not be '${name}', the first port, which is the main port of clients`,
        "move a port of clients to the first place in 'port'",
      );
    }
  }
}
