import { parseJson } from '../eks/annotation-values';
import { AWS_GATEWAY_GROUP } from '../eks/gateway-api';
import { ALB_PREFIX } from '../eks/load-balancer-annotations';
import type { InventoryObject } from '../kube/inventory';
import { groupOf } from '../kube/kinds';
import { asList, asObject } from '../kube/loose';
import type { IsAsked } from '../kube/objects-of-kind';
import type { Reference } from '../kube/references';

/** The Secrets with which a load balancer logs in at providers of OpenID Connect. */
export function authenticationSecrets(object: InventoryObject): readonly Reference[] {
  const { kind, apiVersion } = object.manifest;
  return kind === 'ListenerRuleConfiguration' && groupOf(apiVersion) === AWS_GATEWAY_GROUP
    ? ofRule(object)
    : ofAnnotations(object);
}

/** Whether objects of a kind may name such Secrets. */
export const mayLogIn: IsAsked = ({ kind }) =>
  kind === 'Ingress' || kind === 'Service' || kind === 'ListenerRuleConfiguration';

/** By the actions of the rules of a Gateway. */
function ofRule({ manifest }: InventoryObject): Reference[] {
  return asList(manifest.spec?.actions).flatMap(({ authenticateOIDCConfig }) => {
    const { name } = asObject(asObject(authenticateOIDCConfig).secret);
    return typeof name === 'string' && name !== '' ? [{ kind: 'Secret', name }] : [];
  });
}

const AUTH_TYPE = `${ALB_PREFIX}auth-type`;
const NONE: readonly Reference[] = [];

/** By the annotations of an Ingress or a Service. */
function ofAnnotations({ manifest: { kind, metadata } }: InventoryObject): readonly Reference[] {
  if (kind !== 'Ingress' && kind !== 'Service') {
    return NONE;
  }
  const { annotations } = metadata;
  if (annotations?.[AUTH_TYPE] !== 'oidc') {
    return NONE;
  }
  const provider = annotations[`${ALB_PREFIX}auth-idp-oidc`];
  if (!provider) {
    return NONE;
  }
  const { secretName } = asObject(parseJson(provider));
  return typeof secretName === 'string' && secretName !== '' ? [{ kind: 'Secret', name: secretName }] : NONE;
}
