/**
 * Rules that see more than the objects, so that only programs are checked by them, with what holds when they are kept. In
 * the list are those that levels and waivers may name: what checks of props, requirements and files refuse cannot be
 * written.
 */
export const CHECK_RULES: Readonly<Record<string, string>> = {
  'cluster-config/edited': 'edits of the ClusterConfig keep what the workloads need',
  'cluster/version-unknown': 'the Kubernetes version is one that the library was tested with',
  'gateway/auto-mode': 'Gateways are in a cluster whose controller reads their configuration',
  'gateway/same-match': 'two routes of a Gateway take different requests',
  'jobs/keep-for': 'a BatchJob is kept after it has finished, so that it does not run again at the next apply',
  'load-balancer/group-order': 'the members of a group have different orders',
  'load-balancer/readiness-gate': 'the namespace of a workload behind a load balancer has readiness gates',
  'load-balancer/target-group-region': 'a target group is in the region of the cluster',
  'load-balancer/weight-without-pods': 'a workload that gets a part of the requests has pods',
  'network/control-plane-range': 'the range from which the control plane calls is known, where a workload accepts it',
  'network/load-balancer-subnets': 'the ranges of the subnets of load balancers are known',
  'network/node-port-range': 'the range from which nodes call node ports is known',
  'network/node-range': 'the range of the nodes is known, where agents are called by the address of their node',
  'network/own-workload': 'a Peer of a workload is of another app',
  'placement/compute-type': 'the cluster has Fargate profiles or hybrid nodes for the workloads that ask for them',
  'placement/operating-system': 'the cluster has addresses for pods on Windows',
  'requirements/unknown': 'it is known whether the cluster meets what the workloads require',
  'stateful/member-ports': 'a StatefulService with several members says by which ports they call each other',
  'stateful/order': 'a StatefulService with several members says whether they start one after the other',
  'stateful/restored-members': 'the members of a StatefulService are not filled from one snapshot',
  'tenant/access-without-cluster': 'access of a tenant has a Cluster that gives it',
  'tenant/admission-without-cluster': 'admission of a tenant has a Cluster that writes its policies',
  'tenant/quota-unknown': 'the number of nodes of node agents is known, so that a quota counts their pods',
};
