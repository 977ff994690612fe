import type { ExposeWay } from './way';

/** Only from inside the cluster, by declared connections to the client Service. The other ways override parts of this one. */
export function clusterIp(): ExposeWay {
  return {
    traffic: 'service',
    readinessGate: false,
    clientService: { type: 'ClusterIP' },
    check: () => {},
    portName: () => undefined,
    checkPort: () => {},
    objects: () => ({}),
    ingressPeers: () => undefined,
    needs: () => [],
    checkApp: () => {},
  };
}
