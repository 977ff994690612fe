/**
 * Reads a Kubernetes API from the Go module k8s.io/kubernetes: the OpenAPI v2 document of the API server, with the
 * allowed values of its fields added, and selects parts of it. Shared by import-kubernetes.mjs and import-schemas.mjs.
 */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The patch release that stands for each minor version. */
export const PATCH_RELEASES = { 1.34: 'v1.34.4', 1.35: 'v1.35.4', 1.36: 'v1.36.3' };

const OBJECT_META = 'io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta';

/** Kinds of the selected API groups that nobody writes into a manifest. */
const NOT_IN_MANIFESTS = /^(Binding|ComponentStatus|Eviction|Scale|TokenRequest|.*Review|.*List)$/;

/** Allowed values that the generated Go code does not carry, or carries with values that the API server refuses. */
const ALLOWED_VALUES = {
  'autoscaling.v2.HPAScalingPolicy.type': ['Percent', 'Pods'],
  'autoscaling.v2.HPAScalingRules.selectPolicy': ['Disabled', 'Max', 'Min'],
  'autoscaling.v2.MetricSpec.type': ['ContainerResource', 'External', 'Object', 'Pods', 'Resource'],
  'autoscaling.v2.MetricTarget.type': ['AverageValue', 'Utilization', 'Value'],
  'apps.v1.StatefulSetPersistentVolumeClaimRetentionPolicy.whenDeleted': ['Delete', 'Retain'],
  'apps.v1.StatefulSetPersistentVolumeClaimRetentionPolicy.whenScaled': ['Delete', 'Retain'],
  'batch.v1.PodFailurePolicyOnPodConditionsPattern.status': ['False', 'True', 'Unknown'],
  'core.v1.Container.restartPolicy': ['Always', 'Never', 'OnFailure'],
  'core.v1.ContainerResizePolicy.restartPolicy': ['NotRequired', 'RestartContainer'],
  'core.v1.ContainerRestartRule.action': ['Restart', 'RestartAllContainers'],
  'core.v1.ContainerRestartRuleOnExitCodes.operator': ['In', 'NotIn'],
  'core.v1.EmptyDirVolumeSource.medium': [
    '',
    'HugePages',
    'HugePages-1Gi',
    'HugePages-2Mi',
    'HugePages-32Mi',
    'HugePages-64Ki',
    'Memory',
  ],
  'core.v1.EphemeralContainer.restartPolicy': ['Always', 'Never', 'OnFailure'],
  'core.v1.LimitRangeItem.type': ['Container', 'PersistentVolumeClaim', 'Pod'],
  'core.v1.PodOS.name': ['linux', 'windows'],
  'core.v1.PodSecurityContext.seLinuxChangePolicy': ['MountOption', 'Recursive'],
  'core.v1.ServiceSpec.ipFamilies': ['IPv4', 'IPv6'],
  'core.v1.ServiceSpec.trafficDistribution': ['PreferClose', 'PreferSameNode', 'PreferSameZone'],
  'core.v1.VolumeMount.recursiveReadOnly': ['Disabled', 'Enabled', 'IfPossible'],
  'rbac.v1.RoleRef.kind': ['ClusterRole', 'Role'],
  'rbac.v1.Subject.kind': ['Group', 'ServiceAccount', 'User'],
  'storage.v1.CSIDriverSpec.fsGroupPolicy': ['File', 'None', 'ReadWriteOnceWithFSType'],
  'storage.v1.CSIDriverSpec.volumeLifecycleModes': ['Ephemeral', 'Persistent'],
  'storage.v1.StorageClass.reclaimPolicy': ['Delete', 'Retain'],
  'meta.v1.LabelSelectorRequirement.operator': ['DoesNotExist', 'Exists', 'In', 'NotIn'],
  'apiextensions.v1.CustomResourceConversion.strategy': ['None', 'Webhook'],
  'apiextensions.v1.CustomResourceDefinitionSpec.scope': ['Cluster', 'Namespaced'],
};

/** Downloads (or finds in the module cache) a minor version; returns `{ release, definitions, groups }`. */
export function loadApi(minor) {
  const release = PATCH_RELEASES[minor];
  if (!release) {
    throw new Error(`no patch release is known for Kubernetes ${minor}; known: ${Object.keys(PATCH_RELEASES)}`);
  }
  const module = JSON.parse(
    execFileSync('go', ['mod', 'download', '-json', `k8s.io/kubernetes@${release}`], { encoding: 'utf8' }),
  );
  const read = (...path) => readFileSync(join(module.Dir, ...path), 'utf8');
  const { definitions } = JSON.parse(read('api', 'openapi-spec', 'swagger.json'));
  const fromGo = allowedValuesOfGoSource(read('pkg', 'generated', 'openapi', 'zz_generated.openapi.go'));
  addAllowedValues(definitions, { ...fromGo, ...ALLOWED_VALUES });
  const groups = Object.values(definitions).flatMap((definition) => versionsOf(definition).map(({ group }) => group));
  return { release, definitions, groups: [...new Set(groups)].sort() };
}

/** The document kept in the repository has no `enum`s, but the Go code that it is generated from has them. */
function allowedValuesOfGoSource(source) {
  const found = {};
  let type;
  let field;
  for (const line of source.split('\n')) {
    const func = /^func schema_(?:k8sio_api|pkg_apis)_([a-z0-9]+)_(v[a-z0-9]+)_(\w+)\(/.exec(line);
    const property = /^\t+"([\w$-]+)": \{$/.exec(line);
    const values = /^\t+Enum:\s+\[\]interface\{\}\{(".*")\},$/.exec(line);
    if (line.startsWith('func ')) {
      type = func?.slice(1).join('.');
    } else if (property) {
      field = property[1];
    } else if (values && type) {
      found[`${type}.${field}`] = JSON.parse(`[${values[1]}]`);
    }
  }
  return found;
}

function addAllowedValues(definitions, allowed) {
  for (const [name, definition] of Object.entries(definitions)) {
    const type = name.split('.').slice(-3).join('.');
    for (const [field, schema] of Object.entries(definition.properties ?? {})) {
      const values = allowed[`${type}.${field}`];
      const target = schema.type === 'array' ? schema.items : schema;
      if (values && target.type === 'string') {
        target.enum = values;
      }
    }
  }
}

function versionsOf(definition) {
  return definition['x-kubernetes-group-version-kind'] ?? [];
}

/** Every kind of the given API versions that is written into manifests: `[{ name, apiVersion, kind }]`. */
export function rootKinds(definitions, apiVersions) {
  const roots = [];
  for (const [name, definition] of Object.entries(definitions)) {
    const versions = versionsOf(definition);
    const hasMetadata = definition.properties?.metadata?.$ref === `#/definitions/${OBJECT_META}`;
    if (versions.length !== 1 || !hasMetadata) {
      continue;
    }
    const [{ group, version, kind }] = versions;
    const apiVersion = group ? `${group}/${version}` : version;
    if (apiVersions.includes(apiVersion) && !NOT_IN_MANIFESTS.test(kind)) {
      roots.push({ name, apiVersion, kind });
    }
  }
  return roots;
}

/** The definition of a root kind without its status, and with the fields that a manifest must have. */
export function rootDefinition(definition, { kind }) {
  const { status: _, ...properties } = definition.properties;
  const required = new Set(definition.required);
  required.add('metadata');
  if (properties.spec && kind !== 'Namespace') {
    required.add('spec');
  }
  return { ...definition, properties, required: [...required].sort() };
}

/** The definitions reachable from the root kinds, which lose their status: a map in the order of the names. */
export function reachable(definitions, roots) {
  const selected = new Map();
  const pending = roots.map((root) => [root.name, rootDefinition(definitions[root.name], root)]);
  for (let next = pending.pop(); next; next = pending.pop()) {
    const [name, definition] = next;
    if (selected.has(name)) {
      continue;
    }
    selected.set(name, definition);
    for (const target of referencesIn(definition)) {
      const root = roots.find((candidate) => candidate.name === target);
      pending.push([target, root ? rootDefinition(definitions[target], root) : definitions[target]]);
    }
  }
  return new Map([...selected].sort(([a], [b]) => (a < b ? -1 : 1)));
}

function referencesIn(definition) {
  return Object.values(definition.properties ?? {}).flatMap(function references(schema) {
    return [
      ...(schema.$ref ? [targetOf(schema)] : []),
      ...(schema.items ? references(schema.items) : []),
      ...(schema.additionalProperties ? references(schema.additionalProperties) : []),
    ];
  });
}

/** The definition name that a `$ref` points to. */
export function targetOf(schema) {
  return schema.$ref.slice('#/definitions/'.length);
}

/**
 * Short names: the last segment of the definition's name. Where two definitions share it, the one of the core group
 * (or of the API machinery) keeps it and every other one is prefixed with its group.
 */
export function shortNames(definitionNames) {
  const names = [...definitionNames];
  const lastOf = (name) => name.split('.').at(-1);
  return new Map(
    names.map((name) => {
      const last = lastOf(name);
      const unique = names.filter((other) => lastOf(other) === last).length === 1;
      const group = name.split('.').at(-3);
      const plain = unique || group === 'core' || group === 'meta';
      return [name, plain ? last : `${group[0].toUpperCase()}${group.slice(1)}${last}`];
    }),
  );
}
