import { remembered } from '../../kube/collections';
import type { KeyTable } from '../../kube/values';
import type { Check } from '../core/check';
import type { PodDNSConfig } from '../core/k8s';

/**
 * How names are looked up in the pod.
 *
 * @see https://docs.aws.amazon.com/eks/latest/best-practices/scale-cluster-services.html
 * @see https://kubernetes.io/docs/concepts/services-networking/dns-pod-service/
 */
export interface Dns {
  /**
   * A name with fewer dots than this is first tried with each search domain of the cluster, 0-15.
   *
   * @default 2 - Kubernetes has 5, which asks CoreDNS up to eight times for 'api.example.com'. 'catalog' and 'catalog.shop'
   * still resolve; write 'catalog.shop.svc.cluster.local' instead of 'catalog.shop.svc', which musl (Alpine) finds only
   * with 3 or more
   */
  readonly ndots?: number;
}

const DNS: KeyTable<Dns> = { ndots: true };
const NDOTS = 2;
/** The resolvers of glibc and musl read a larger number as this one. */
const MAX_NDOTS = 15;

export function checkDns(check: Check, dns: Dns, field = 'dns'): void {
  check.keys<Dns>(field, dns, DNS);
  if (dns.ndots !== undefined) {
    check.integer(`${field}.ndots`, dns.ndots, 0, MAX_NDOTS);
  }
}

/** By number of dots, of which there are sixteen. */
const configOf = remembered((ndots): PodDNSConfig => ({ options: [{ name: 'ndots', value: ndots }] }));

/** The same object in all pods. */
export function dnsConfig(dns?: Dns): PodDNSConfig {
  return configOf(String(dns?.ndots ?? NDOTS));
}
