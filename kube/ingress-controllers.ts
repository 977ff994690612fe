/**
 * Controllers of IngressClasses that run in the cluster, and the namespace in which their documentation installs them.
 *
 * @see https://kubernetes.github.io/ingress-nginx/deploy/
 * @see https://doc.traefik.io/traefik/getting-started/install-traefik/
 * @see https://developer.konghq.com/kubernetes-ingress-controller/install/
 */
export const INGRESS_CONTROLLERS: Readonly<Record<string, string>> = {
  'k8s.io/ingress-nginx': 'ingress-nginx',
  'traefik.io/ingress-controller': 'traefik',
  'ingress-controllers.konghq.com/kong': 'kong',
};
