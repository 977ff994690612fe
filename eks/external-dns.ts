/**
 * The annotations by which an object asks ExternalDNS for a name.
 *
 * @see https://kubernetes-sigs.github.io/external-dns/latest/docs/annotations/annotations/
 */
export const HOSTNAME_ANNOTATION = 'external-dns.alpha.kubernetes.io/hostname';
export const INTERNAL_HOSTNAME_ANNOTATION = 'external-dns.alpha.kubernetes.io/internal-hostname';
