/**
 * The annotations by which an object asks ExternalDNS for a name.
 *
 * @see https://kubernetes-sigs.github.io/external-dns/latest/docs/annotations/annotations/
 */
export const HOSTNAME_ANNOTATION = 'external-dns.alpha.kubernetes.io/hostname';
export const INTERNAL_HOSTNAME_ANNOTATION = 'external-dns.alpha.kubernetes.io/internal-hostname';

/**
 * The pods with which cert-manager answers HTTP-01 challenges, beside the Certificate.
 *
 * @see https://cert-manager.io/docs/installation/best-practice/#network-requirements-and-network-policy
 */
export const ACME_SOLVER = {
  label: 'acme.cert-manager.io/http01-solver',
  port: 8089,
} as const;

/** The annotations of an Ingress or a Gateway that ask for a certificate, by the kind of issuer that they name. */
export const ISSUER_ANNOTATIONS: Readonly<Record<string, 'Issuer' | 'ClusterIssuer'>> = {
  'cert-manager.io/issuer': 'Issuer',
  'cert-manager.io/cluster-issuer': 'ClusterIssuer',
};
