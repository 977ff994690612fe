import { ipBlock, PRIVATE_RANGES, policyPorts } from '../targets';
import { clusterIp } from './cluster-ip';
import type { ExposeWay } from './way';

/** On every node: the client Service opens a port there. */
export function nodePort(port: number | undefined): ExposeWay {
  return {
    ...clusterIp(),
    clientService: { type: 'NodePort', nodePort: port },
    check(check) {
      if (port !== undefined) {
        check.integer('expose: the node port', port, 30000, 32767);
      }
    },
    // the node that took the request calls the pod, from an address of the VPC
    ingressPeers({ cluster, ports }) {
      const cidr = cluster?.vpcCidr;
      return { peers: (cidr ? [cidr] : PRIVATE_RANGES).map((range) => ipBlock(range)), ports: policyPorts(ports) };
    },
    checkApp({ cluster, tenant }, report) {
      if (cluster && cluster.vpcCidr === undefined && tenant?.isolated) {
        report({
          rule: 'network/node-port-range',
          field: 'expose',
          message: `the nodes of cluster '${cluster.facts.name}' call its pods from an IPv6 range that is not known, so the network policy would drop the traffic of its node port`,
          fix: "give the cluster a range of your own: config: { vpc: { ipv6Cidr: '2001:db8:1234::/56', ipv6Pool: '...' } }",
        });
      }
    },
  };
}
