/**
 * Addresses of VPC Lattice, as of 2026-11: names of services resolve to them, and targets are called from them. They are the
 * managed prefix lists `com.amazonaws.<region>.vpc-lattice` and `com.amazonaws.<region>.ipv6.vpc-lattice`.
 *
 * @see https://docs.aws.amazon.com/vpc-lattice/latest/ug/security-groups.html
 */
export const LATTICE_RANGES = { IPv4: '169.254.171.0/24', IPv6: 'fd00:ec2:80::/64' } as const;

/**
 * The label of a namespace whose pods are ready only when VPC Lattice finds them healthy. Pods that no route leads to get no
 * gate.
 *
 * @see https://www.gateway-api-controller.eks.aws.dev/latest/guides/pod-readiness-gates/
 */
export const LATTICE_GATE = {
  label: 'application-networking.k8s.aws/pod-readiness-gate-inject',
  value: 'enabled',
} as const;
