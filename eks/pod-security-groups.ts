/**
 * Security groups of single pods.
 *
 * @see https://docs.aws.amazon.com/eks/latest/userguide/security-groups-pods-deployment.html
 * @see https://docs.aws.amazon.com/eks/latest/userguide/auto-sgp.html
 */
export const POD_SECURITY_GROUPS = {
  group: 'vpcresources.k8s.aws',
  kind: 'SecurityGroupPolicy',
  /** What a pod with such groups asks of its node: a branch network interface. */
  resource: 'vpc.amazonaws.com/pod-eni',
  /** The environment variable of the network plugin that switches them on, on node groups. */
  switch: 'ENABLE_POD_ENI',
  /** The variable for how they are held: network policies and NodeLocal DNSCache need the mode 'standard'. */
  mode: 'POD_SECURITY_GROUP_ENFORCING_MODE',
  /** The security groups that a pod can have, unless a quota of the account was raised. */
  most: 5,
  /** The Kubernetes version from which on Auto Mode has them. */
  inAutoMode: '1.36',
} as const;
