import { addCheck } from '../core/checks';
import { clusterOf } from '../core/cluster-context';
import { Requirements } from '../core/requirements';
import type { Connections } from '../network/connections';
import { vpcPeers } from '../network/targets';
import type { Placement } from '../pods/placement';
import { AGENT_PORTS, checkInstrumentation, instrumentationRequirement } from './instrumentation';
import type { WorkloadContext } from './shape';

/** What injected libraries need: their operator, and the way to where they send. */
export function instrument({ check, construct, props, tenant }: WorkloadContext, connections: Connections): void {
  const { instrumentation } = props;
  if (instrumentation === undefined) {
    return;
  }
  const { computeType } = (props.placement ?? {}) as Placement;
  checkInstrumentation(check, instrumentation, { isolated: tenant?.isolated ?? false, computeType });
  const { given } = instrumentation;
  if (given.by === 'application-signals') {
    // the agent has the address of its node
    connections.toLate(() => {
      const peers = vpcPeers(clusterOf(construct));
      return peers === undefined ? [] : [{ peers, ports: [...AGENT_PORTS] }];
    });
    addCheck(construct, (report) => {
      const cluster = clusterOf(construct);
      if (tenant?.isolated && cluster && vpcPeers(cluster) === undefined) {
        report({
          rule: 'network/node-range',
          severity: 'warning',
          field: 'instrumentation',
          message: `the nodes of cluster '${cluster.facts.name}' have addresses of a range that is not known, so no egress rule names the agent of CloudWatch: only the VPC CNI lets a pod call its own node without one`,
          fix: "set a range of your own on the cluster: config: { vpc: { ipv6Cidr: '2001:db8:1234::/56', ipv6Pool: '...' } }",
        });
      }
    });
  } else if (given.props.exportsTo !== undefined) {
    connections.to([given.props.exportsTo], () => 'instrumentation.exportsTo');
  }
  Requirements.add(construct, instrumentationRequirement(instrumentation, construct.node.path));
}
