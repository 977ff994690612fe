import type { ExposeWay } from './way';

/**
 * Inside the cluster only: the client Service alone, called by declared connections. The other ways begin with this one
 * and say in what they differ.
 */
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
