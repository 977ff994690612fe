import type { ExposeWay } from './way';

/** Inside the cluster only: the client Service alone, called by declared connections. */
export function clusterIp(): ExposeWay {
  return {
    traffic: 'service',
    readinessGate: false,
    clientService: { type: 'ClusterIP' },
    check: () => {},
    portName: () => undefined,
    checkPort: () => {},
    serviceNames: () => [],
    objects: () => ({}),
    ingressPeers: () => undefined,
    needs: () => [],
    checkApp: () => {},
  };
}
