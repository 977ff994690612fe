import type { Defaults } from '../app/defaults';
import type { Check } from '../core/check';
import { acceptPeers } from '../network/accepted-peers';
import type { Connections } from '../network/connections';
import { acceptDerived } from '../network/derived/derive';
import { exposeMetrics } from '../network/scraped';
import type { Containers } from './containers/containers';
import type { PodProps } from './pod-props';
import type { WorkloadShape } from './shape';

/** Lets in what `acceptsFrom` names, who reads the metrics, and who calls by what objects of the app name. */
export function acceptDeclared(
  check: Check,
  connections: Connections,
  { ports, clientPorts, metrics, hostNetwork }: WorkloadShape,
  { acceptsFrom, scraper }: PodProps<never> & Defaults,
  labels: Readonly<Record<string, string>>,
): void {
  if (acceptsFrom !== undefined) {
    acceptPeers(check, acceptsFrom, connections, clientPorts);
  }
  if (metrics) {
    exposeMetrics(connections, metrics.port, hostNetwork === true, scraper);
  }
  acceptDerived(connections, { owner: connections.owner, labels, ports, clientPorts });
}

/** Opens the way to what `connectsTo` names, and to what init containers wait for. */
export function connectDeclared(
  connections: Connections,
  { connectsTo }: PodProps<never>,
  { waitsFor }: Containers,
): void {
  if (connectsTo !== undefined) {
    connections.to(connectsTo);
  }
  if (waitsFor.length > 0) {
    connections.to(
      waitsFor.map(({ target }) => target),
      (i) => waitsFor[i]!.field,
    );
  }
}
