/**
 * The Gateway API of Kubernetes: definitions of custom resources, which are no part of a cluster. Controllers do without what
 * is newer than they know; from v1.6 on the standard channel has every kind of route.
 *
 * @see https://kubernetes-sigs.github.io/aws-load-balancer-controller/latest/guide/gateway/gateway/
 */
export const GATEWAY_API = {
  name: 'Gateway API',
  group: 'gateway.networking.k8s.io',
  // of 2026-07-16
  manifest: 'https://github.com/kubernetes-sigs/gateway-api/releases/download/v1.6.1/standard-install.yaml',
} as const;

/** The API group of what configures the load balancers of Gateways, and the beginning of the names of their controllers. */
export const AWS_GATEWAY_GROUP = 'gateway.k8s.aws';
