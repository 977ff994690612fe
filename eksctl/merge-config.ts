import { isObject, type Loose } from '../kube/loose';

/** Lists whose entries have an identity: an entry with the same identity is merged, others are added. */
const IDENTITY: Readonly<Record<string, (entry: Loose) => unknown>> = {
  accessEntries: (entry) => entry.principalARN,
  addons: (entry) => entry.name,
  capabilities: (entry) => entry.name,
  fargateProfiles: (entry) => entry.name,
  identityProviders: (entry) => entry.name,
  managedNodeGroups: (entry) => entry.name,
  nodeGroups: (entry) => entry.name,
  podIdentityAssociations: (entry) => `${entry.namespace}/${entry.serviceAccountName}`,
};

/** Mutually exclusive keys: one in the overlay replaces the others in the base. */
const EXCLUSIVE: readonly (readonly string[])[] = [
  ['instanceSelector', 'instanceType', 'instanceTypes'],
  ['maxUnavailable', 'maxUnavailablePercentage'],
  ['availabilityZones', 'subnets'],
];

/**
 * Merges an overlay into a config: maps are merged, lists of named entries by name, any other value is replaced. A key that
 * is `undefined` in the overlay removes the key. Neither argument is changed, and the result shares nothing with them.
 */
export function mergeConfig<T>(below: T, over: unknown): T {
  return merged(below, over, '') as T;
}

function merged(below: unknown, over: unknown, key: string): unknown {
  if (isObject(below) && isObject(over)) {
    const result: Record<string, unknown> = copied(below) as Record<string, unknown>;
    for (const name of EXCLUSIVE.filter((keys) => keys.some((one) => over[one] !== undefined)).flat()) {
      delete result[name];
    }
    for (const [name, value] of Object.entries(over)) {
      if (value === undefined) {
        delete result[name];
      } else {
        result[name] = merged(below[name], value, name);
      }
    }
    return result;
  }
  const identity = IDENTITY[key];
  if (identity && isEntries(below) && isEntries(over)) {
    const known = new Set(below.map(identity));
    return [
      ...below.map((entry) =>
        over.filter((o) => identity(o) === identity(entry)).reduce((a, b) => mergeConfig(a, b), copied(entry) as Loose),
      ),
      ...over.filter((entry) => !known.has(identity(entry))).map(copied),
    ];
  }
  return copied(over);
}

/** A deep copy without undefined keys. */
function copied(value: unknown): unknown {
  if (Array.isArray(value)) {
    return value.map(copied);
  }
  return isObject(value)
    ? Object.fromEntries(
        Object.entries(value).flatMap(([key, item]) => (item === undefined ? [] : [[key, copied(item)]])),
      )
    : value;
}

function isEntries(value: unknown): value is readonly Loose[] {
  return Array.isArray(value) && value.every(isObject);
}
