import type { Defaults } from '../app/defaults';
import type { Check } from '../core/check';
import { acceptedRules } from '../network/accepted-peers';
import type { Connections } from '../network/connections';
import { exposeMetrics } from '../network/scraped';
import type { PodProps } from './pod-props';
import type { WorkloadShape } from './shape';

/** Lets in what `acceptsFrom` names, and who reads the metrics. */
export function acceptDeclared(
  check: Check,
  connections: Connections,
  { clientPorts, metrics, hostNetwork }: WorkloadShape,
  { acceptsFrom, scraper }: PodProps<never> & Defaults,
): void {
  for (const rule of acceptedRules(check, acceptsFrom ?? [], connections.owner.namespace, clientPorts)) {
    connections.accept(rule.peers, rule.ports);
  }
  if (metrics) {
    exposeMetrics(connections, metrics.port, hostNetwork === true, scraper);
  }
}
