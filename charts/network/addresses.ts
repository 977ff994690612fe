import type { IConstruct } from 'constructs';
import { AppSlot } from '../core/app-state';
import { addCheck } from '../core/checks';
import type { Connections } from './connections';

/** A workload whose strings can contain addresses of other workloads. */
export interface Addressed {
  readonly construct: IConstruct;
  readonly namespace: string;
  /** The names of its Services. */
  readonly services: readonly string[];
  readonly connections: Connections;
  /** Whether its tenant denies undeclared traffic. */
  readonly isolated: boolean;
  /** Variables, files and arguments, each with its place. */
  readonly texts: () => Iterable<readonly [where: string, text: string]>;
}

const ADDRESS = /(?<![a-z0-9-])([a-z0-9-]+)\.([a-z0-9-]+)\.svc(?:\.cluster\.local)?(?::(\d+))?/g;
const addressed = new AppSlot<Map<string, Addressed>>('addresses', () => new Map());

/**
 * Reports addresses of workloads without a declared connection: the default-deny policy drops their packets, and the
 * program only sees time-outs.
 */
export function checkAddresses(workload: Addressed): void {
  const services = addressed.of(workload.construct);
  for (const service of workload.services) {
    services.set(`${service}.${workload.namespace}`, workload);
  }
  addCheck(workload.construct, (report) => {
    const reported = new Set<string>();
    for (const [where, text] of workload.texts()) {
      if (!text.includes('.svc')) {
        continue;
      }
      for (const [address, service, namespace, digits] of text.matchAll(ADDRESS)) {
        const target = services.get(`${service}.${namespace}`);
        const port = digits === undefined ? undefined : Number(digits);
        if (!target || target === workload || !(workload.isolated || target.isolated) || reported.has(address)) {
          continue;
        }
        if (!workload.connections.reaches(target.construct, port)) {
          reported.add(address);
          const name = target.construct.node.id;
          const known = workload.connections.reaches(target.construct, undefined);
          report({
            rule: 'network/undeclared-connection',
            field: 'connectsTo',
            message: known
              ? `${where} contains '${address}', but the connection to '${target.construct.node.path}' does not include port ${port}`
              : `${where} contains '${address}', but no connection to '${target.construct.node.path}' is declared, so the network policies would drop it`,
            fix: known ? `connect to that port too: connectsTo: [${name}.on(...)]` : `write connectsTo: [${name}]`,
          });
        }
      }
    }
  });
}
