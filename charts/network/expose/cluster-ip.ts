import type { ExposeWay } from './way';

/** Only from inside the cluster, by declared connections to the client Service. The other ways override parts of this one. */
export function clusterIp(): ExposeWay {
  return {
    kind: 'cluster-ip',
    traffic: 'service',
    readinessGate: false,
    clientService: { type: 'ClusterIP' },
    check: () => {},
    portNames: () => [],
    checkPort: () => {},
    objects: () => ({}),
    ingressPeers: () => undefined,
    needs: () => [],
    checkApp: () => {},
  };
}
