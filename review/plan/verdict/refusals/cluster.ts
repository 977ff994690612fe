import type { Refusal } from '../../model';
import { at, isSame, itemsOf, listOf } from '../values';
import { changed, fixed, type Rule, type Ruling, type Update } from './refusal';

const FROZEN = 'cannot change, since the object is immutable';

/** A ConfigMap or Secret that says it is immutable stays as it is. */
function frozen(update: Update, ...parts: readonly string[]): Refusal[] {
  if (at(update.live, 'immutable') !== true) {
    return [];
  }
  const thawed = at(update.next, 'immutable') === true ? [] : ['immutable'];
  return [...thawed, ...parts.filter((part) => changed(update, part))].map((field) => ({ field, reason: FROZEN }));
}

/** The order of scopes means nothing. */
function quota({ live, next }: Update): Ruling {
  const [before, after] = [live, next].map((of) => [...new Set(listOf(at(of, 'spec', 'scopes')))].sort());
  const refusals = isSame(before, after)
    ? []
    : [{ field: 'spec.scopes', reason: 'cannot change once the object exists' }];
  return { refusals };
}

const BUNDLE = ['spec', 'conversion', 'webhook', 'clientConfig', 'caBundle'] as const;

/** A definition may be created with certificates that cannot be read, until a controller writes others; it cannot get them later. */
function bundle({ live, next }: Update): Refusal[] {
  const isBroken = (given: unknown) =>
    typeof given === 'string' && !Buffer.from(given, 'base64').toString().includes('-----BEGIN CERTIFICATE-----');
  return isBroken(at(next, ...BUNDLE)) && !isBroken(at(live, ...BUNDLE))
    ? [{ field: 'spec.conversion.webhookClientConfig.caBundle', reason: 'holds no certificate' }]
    : [];
}

/** A version in which objects are stored cannot go before they are stored in another one. */
function definition(update: Update): Ruling {
  const fixedNames = fixed('spec.group', 'spec.scope', 'spec.names.kind', 'spec.names.plural')(update).refusals;
  const [before, after] = [update.live, update.next].map((of) => itemsOf(at(of, 'spec', 'versions')));
  const kept = new Set(after!.map(({ name }) => name));
  const gone = before!.filter(({ name }) => !kept.has(name));
  const stored = gone
    .filter(({ storage }) => storage === true)
    .map(({ name }) => ({ field: 'status.storedVersions[0]', reason: `objects are stored in ${name}` }));
  const refusals = [...fixedNames, ...stored, ...bundle(update)];
  return refusals.length > 0 || gone.length === 0
    ? { refusals }
    : {
        refusals,
        condition: `no object may be stored in ${gone.map(({ name }) => name).join(', ')} (status.storedVersions)`,
      };
}

export const CLUSTER_RULES: Readonly<Record<string, Rule>> = {
  'apiextensions.k8s.io/v1/CustomResourceDefinition': definition,
  'discovery.k8s.io/v1/EndpointSlice': fixed('addressType'),
  'networking.k8s.io/v1/IPAddress': fixed('spec.parentRef'),
  'networking.k8s.io/v1/IngressClass': fixed('spec.controller'),
  'node.k8s.io/v1/RuntimeClass': fixed('handler'),
  'rbac.authorization.k8s.io/v1/ClusterRoleBinding': fixed('roleRef'),
  'rbac.authorization.k8s.io/v1/RoleBinding': fixed('roleRef'),
  'resource.k8s.io/v1/ResourceClaim': fixed('spec'),
  'resource.k8s.io/v1/ResourceClaimTemplate': fixed('spec'),
  'scheduling.k8s.io/v1/PriorityClass': fixed('value', 'preemptionPolicy'),
  'v1/ConfigMap': (update) => ({ refusals: frozen(update, 'data', 'binaryData') }),
  'v1/ResourceQuota': quota,
  'v1/Secret': (update) => ({ refusals: [...fixed('type')(update).refusals, ...frozen(update, 'data')] }),
};
