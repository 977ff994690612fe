import { parseJson } from '../eks/annotation-values';
import { ALB_PREFIX } from '../eks/load-balancer-annotations';
import type { InventoryObject } from '../kube/inventory';
import { asObject } from '../kube/loose';
import type { Reference } from '../kube/references';

/** The Secret with which a load balancer logs in at a provider of OpenID Connect, by the annotations of an Ingress or a Service. */
export function authenticationSecrets({ manifest: { kind, metadata } }: InventoryObject): readonly Reference[] {
  const { annotations = {} } = metadata;
  const provider = annotations[`${ALB_PREFIX}auth-idp-oidc`];
  if (!(kind === 'Ingress' || kind === 'Service') || annotations[`${ALB_PREFIX}auth-type`] !== 'oidc' || !provider) {
    return [];
  }
  const { secretName } = asObject(parseJson(provider));
  return typeof secretName === 'string' && secretName !== '' ? [{ kind: 'Secret', name: secretName }] : [];
}
