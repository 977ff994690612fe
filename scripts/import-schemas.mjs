/**
 * Writes test/schema/kubernetes-<version>.json: JSON Schemas that accept a manifest only if every field in it exists
 * in that Kubernetes version, for tests without a cluster or a network.
 *
 *   node scripts/import-schemas.mjs [version...]
 */
import { writeFileSync } from 'node:fs';
import { loadApi, PATCH_RELEASES, reachable, rootKinds, shortNames, targetOf } from './lib/kubernetes-api.mjs';

const KINDS = {
  v1: [
    'ConfigMap',
    'LimitRange',
    'Namespace',
    'PersistentVolume',
    'PersistentVolumeClaim',
    'Pod',
    'ResourceQuota',
    'Secret',
    'Service',
    'ServiceAccount',
  ],
  'admissionregistration.k8s.io/v1': [
    'MutatingWebhookConfiguration',
    'ValidatingAdmissionPolicy',
    'ValidatingAdmissionPolicyBinding',
    'ValidatingWebhookConfiguration',
  ],
  'apps/v1': ['DaemonSet', 'Deployment', 'StatefulSet'],
  'autoscaling/v2': ['HorizontalPodAutoscaler'],
  'batch/v1': ['CronJob', 'Job'],
  'networking.k8s.io/v1': ['Ingress', 'IngressClass', 'NetworkPolicy'],
  'node.k8s.io/v1': ['RuntimeClass'],
  'policy/v1': ['PodDisruptionBudget'],
  'rbac.authorization.k8s.io/v1': ['ClusterRole', 'ClusterRoleBinding', 'Role', 'RoleBinding'],
  'scheduling.k8s.io/v1': ['PriorityClass'],
  'storage.k8s.io/v1': ['StorageClass'],
};

const BASE64 = '^[A-Za-z0-9+/\\r\\n]*={0,2}[\\r\\n]*$';
const NUMBER = '([0-9]+(\\.[0-9]*)?|\\.[0-9]+)';
const QUANTITY = `^[+-]?${NUMBER}([KMGTPE]i|[numkMGTPE]|[eE][+-]?[0-9]+)?$`;

/** Definitions that are no objects with fields. */
const SPECIAL = {
  IntOrString: { anyOf: [{ type: 'integer' }, { type: 'string' }] },
  MicroTime: { type: 'string' },
  Quantity: { anyOf: [{ type: 'number' }, { type: 'string', pattern: QUANTITY }] },
  Time: { type: 'string' },
};

function schemaOf(schema, nameOf) {
  if (schema.$ref) {
    return { $ref: `#/definitions/${nameOf(targetOf(schema))}` };
  }
  if (schema.properties) {
    const fields = Object.entries(schema.properties).map(([field, value]) => [field, schemaOf(value, nameOf)]);
    return {
      type: 'object',
      properties: Object.fromEntries(fields),
      ...(schema.required ? { required: schema.required } : {}),
      additionalProperties: false,
    };
  }
  return {
    ...(schema.type ? { type: schema.type } : {}),
    ...(schema.enum ? { enum: schema.enum } : {}),
    ...(schema.format === 'byte' ? { pattern: BASE64 } : {}),
    ...(schema.items ? { items: schemaOf(schema.items, nameOf) } : {}),
    ...(schema.additionalProperties ? { additionalProperties: schemaOf(schema.additionalProperties, nameOf) } : {}),
  };
}

function bundle(version) {
  const { definitions: all, groups } = loadApi(version);
  const roots = rootKinds(all, Object.keys(KINDS)).filter(({ apiVersion, kind }) => KINDS[apiVersion].includes(kind));
  const selected = reachable(all, roots);
  const names = shortNames(selected.keys());
  const nameOf = (name) => names.get(name);

  const definitions = {
    NamedMeta: { allOf: [{ $ref: '#/definitions/ObjectMeta' }, { required: ['name'] }] },
  };
  for (const [name, definition] of selected) {
    definitions[nameOf(name)] = SPECIAL[nameOf(name)] ?? schemaOf(definition, nameOf);
  }
  const kinds = {};
  for (const { name, apiVersion, kind } of roots) {
    kinds[`${apiVersion}/${kind}`] = nameOf(name);
    Object.assign(definitions[nameOf(name)].properties, {
      apiVersion: { const: apiVersion },
      kind: { const: kind },
      metadata: { $ref: '#/definitions/NamedMeta' },
    });
  }
  const expected = Object.values(KINDS).flat().length;
  if (roots.length !== expected) {
    throw new Error(`Kubernetes ${version} has ${roots.length} of the ${expected} kinds`);
  }
  return { version, groups, kinds: sorted(kinds), definitions: sorted(definitions) };
}

function sorted(object) {
  return Object.fromEntries(Object.entries(object).sort(([a], [b]) => (a < b ? -1 : 1)));
}

const versions = process.argv.length > 2 ? process.argv.slice(2) : Object.keys(PATCH_RELEASES);
for (const version of versions) {
  const file = new URL(`../test/schema/kubernetes-${version}.json`, import.meta.url);
  writeFileSync(file, `${JSON.stringify(bundle(version))}\n`);
}
