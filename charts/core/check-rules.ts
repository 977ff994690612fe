/**
 * The ids of checks that see more than the objects, so that levels and waivers may name them. Left out are those of
 * props, requirements and files: what they refuse cannot be written.
 */
export const CHECK_RULES = [
  'cluster-config/edited',
  'cluster/version-unknown',
  'load-balancer/group-in-auto-mode',
  'load-balancer/readiness-gate',
  'network/load-balancer-subnets',
  'network/node-port-range',
  'network/undeclared-connection',
  'requirements/unknown',
  'secrets/literal',
  'stateful/member-ports',
  'tenant/access-without-cluster',
  'tenant/quota-unknown',
] as const;
