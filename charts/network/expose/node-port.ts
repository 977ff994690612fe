import { policyPorts, vpcPeers } from '../targets';
import { clusterIp, type ExposeWay } from './way';

/** By a port of every node, which the client Service opens. */
export function nodePort(port: number | undefined): ExposeWay {
  return {
    ...clusterIp(),
    kind: 'node-port',
    clientService: { type: 'NodePort', nodePort: port },
    check(check) {
      if (port !== undefined) {
        check.integer('expose.nodePort', port, 30000, 32767);
      }
    },
    // the node that receives the request calls the pod, from an address of the VPC
    ingressPeers({ cluster, ports }) {
      const peers = vpcPeers(cluster);
      return peers && { peers, ports: policyPorts(ports) };
    },
    checkApp({ cluster, tenant }, report) {
      if (cluster && vpcPeers(cluster) === undefined && tenant?.isolated) {
        report({
          rule: 'network/node-port-range',
          field: 'expose',
          message: `the nodes of cluster '${cluster.facts.name}' call the pods from an IPv6 range that is not known, so the network policy would drop the traffic of the node port`,
          fix: "set a range of your own on the cluster: config: { vpc: { ipv6Cidr: '2001:db8:1234::/56', ipv6Pool: '...' } }",
        });
      }
    },
  };
}
