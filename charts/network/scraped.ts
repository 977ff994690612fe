import type { IConstruct } from 'constructs';
import { distinct } from '../../kube/collections';
import { AppSlot } from '../core/app-state';
import type { NetworkPolicyPeer } from '../core/k8s';
import type { Accepting, PolicyRule } from './policy';
import { type Endpoint, ipBlock, namespaceNamed, PRIVATE_RANGES, podsOf } from './targets';

/** A workload with a port for metrics. */
interface Scraped {
  readonly owner: Endpoint;
  readonly port: number;
  /** Its pods have the addresses of nodes, which no label selects. */
  readonly onHost: boolean;
}
/** A workload that scrapes all others below a construct. */
interface OwnScraper {
  readonly owner: Endpoint;
  readonly scope: IConstruct;
}

const all = new AppSlot<{ readonly scraped: Scraped[]; readonly scrapers: OwnScraper[] }>('metrics', () => ({
  scraped: [],
  scrapers: [],
}));
/** Pods of a namespace, all of them without labels. */
interface OutsideScraper {
  readonly namespace: string;
  readonly podLabels?: Readonly<Record<string, string>>;
}

/** Who reads metrics unless defaults say it. */
export const DEFAULT_SCRAPER: OutsideScraper = { namespace: 'monitoring' };

/** Lets the scraper of the defaults in, and every workload that names `Peer.metrics`. */
export function exposeMetrics(
  connections: Accepting,
  port: number,
  onHost: boolean,
  { namespace, podLabels }: OutsideScraper = DEFAULT_SCRAPER,
): void {
  const { owner } = connections;
  all.of(owner.construct).scraped.push({ owner, port, onHost });
  const podSelector = podLabels ? { podSelector: { matchLabels: { ...podLabels } } } : {};
  const peer = { namespaceSelector: namespaceNamed(namespace), ...podSelector };
  const ports = [{ port, protocol: 'TCP' }] as const;
  connections.accept([peer], [...ports]);
  connections.acceptLate(() => {
    const scrapers = all.of(owner.construct).scrapers.filter((one) => isBelow(owner.construct, one));
    return scrapers.length === 0
      ? undefined
      : { peers: scrapers.map((one) => podsOf(one.owner, owner.namespace)), ports: [...ports] };
  });
}

/** Declares that a workload scrapes all workloads with metrics below a construct; its rules, when the app is complete. */
export function scrapes(owner: Endpoint, scope: IConstruct): () => readonly PolicyRule[] {
  const own = { owner, scope };
  const { scraped, scrapers } = all.of(owner.construct);
  scrapers.push(own);
  return () => {
    const byPort = new Map<number, NetworkPolicyPeer[]>();
    for (const target of scraped.filter((one) => isBelow(one.owner.construct, own))) {
      const peers = target.onHost
        ? PRIVATE_RANGES.map((range) => ipBlock(range))
        : [podsOf(target.owner, owner.namespace)];
      byPort.set(target.port, [...(byPort.get(target.port) ?? []), ...peers]);
    }
    return [...byPort].map(([port, peers]) => ({ peers: distinct(peers), ports: [{ port, protocol: 'TCP' }] }));
  };
}

/** Whether a workload is scraped: it is below the construct, and not the scraper itself. */
function isBelow(construct: IConstruct, { owner, scope }: OwnScraper): boolean {
  return construct !== owner.construct && construct.node.scopes.includes(scope);
}
