import type { AnyObject, PodSpec } from '../core/k8s';
import type { ClaimModel, RequestModel } from './device-claims';

/** A ResourceClaimTemplate, as far as it is written here. */
export interface ClaimTemplate extends AnyObject {
  apiVersion: 'resource.k8s.io/v1';
  kind: 'ResourceClaimTemplate';
  spec: { spec: { devices: { requests: object[]; constraints?: { matchAttribute: string }[] } } };
}

/** The spec of a template. */
export function claimSpec(
  requests: readonly RequestModel[],
  matchAttributes: readonly string[],
): ClaimTemplate['spec'] {
  return {
    spec: {
      devices: {
        requests: requests.map(({ name, deviceClass, count, selectors = [] }) => ({
          name,
          exactly: {
            deviceClassName: deviceClass,
            ...(count === 'all' ? { allocationMode: 'All' } : count === undefined ? {} : { count }),
            ...(selectors.length > 0 ? { selectors: selectors.map((expression) => ({ cel: { expression } })) } : {}),
          },
        })),
        ...(matchAttributes.length > 0
          ? { constraints: matchAttributes.map((matchAttribute) => ({ matchAttribute })) }
          : {}),
      },
    },
  };
}

/** Lets a container see the devices of its claims. */
export function withClaims<T extends { name: string; resources?: object }>(
  container: T,
  claims: readonly ClaimModel[],
): T {
  if (claims.length === 0) {
    return container;
  }
  const own = claims.filter(({ containers }) => containers.includes(container.name)).map(({ name }) => ({ name }));
  return own.length > 0 ? { ...container, resources: { ...container.resources, claims: own } } : container;
}

/** The claims of the pod. @param templates names of objects by the names of the claims */
export function podClaims(
  claims: readonly ClaimModel[],
  templates: Readonly<Record<string, string>>,
): NonNullable<PodSpec['resourceClaims']> {
  return claims.map(({ name, source }) =>
    'requests' in source ? { name, resourceClaimTemplateName: templates[name]! } : { name, ...source },
  );
}
