// Writes kube/stored/generated.ts, the types in which the API server keeps objects and merges an apply, from its Go modules:
//   node scripts/import-stored-types.mjs
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { header } from './lib/typescript.mjs';

const RELEASE = 'v0.37.2';
const TARGET = new URL('../kube/stored/generated.ts', import.meta.url);

const moduleFolder = (name) =>
  JSON.parse(execFileSync('go', ['mod', 'download', '-json', `${name}@${RELEASE}`], { encoding: 'utf8' })).Dir;
const api = moduleFolder('k8s.io/api');

/** Where the types of a group are, by the name of their package. */
const PACKAGES = {
  meta: join(moduleFolder('k8s.io/apimachinery'), 'pkg/apis/meta/v1'),
  core: join(api, 'core/v1'),
  admissionregistration: join(api, 'admissionregistration/v1'),
  apiextensions: join(moduleFolder('k8s.io/apiextensions-apiserver'), 'pkg/apis/apiextensions/v1'),
  apiregistration: join(moduleFolder('k8s.io/kube-aggregator'), 'pkg/apis/apiregistration/v1'),
  apps: join(api, 'apps/v1'),
  autoscaling: join(api, 'autoscaling/v2'),
  batch: join(api, 'batch/v1'),
  coordination: join(api, 'coordination/v1'),
  discovery: join(api, 'discovery/v1'),
  flowcontrol: join(api, 'flowcontrol/v1'),
  networking: join(api, 'networking/v1'),
  node: join(api, 'node/v1'),
  policy: join(api, 'policy/v1'),
  rbac: join(api, 'rbac/v1'),
  resource: join(api, 'resource/v1'),
  scheduling: join(api, 'scheduling/v1'),
  storage: join(api, 'storage/v1'),
};

/** What kubectl applies, by package. */
const KINDS = {
  core: 'ConfigMap Endpoints LimitRange Namespace Node PersistentVolume PersistentVolumeClaim Pod PodTemplate ReplicationController ResourceQuota Secret Service ServiceAccount',
  admissionregistration:
    'MutatingAdmissionPolicy MutatingAdmissionPolicyBinding MutatingWebhookConfiguration ValidatingAdmissionPolicy ValidatingAdmissionPolicyBinding ValidatingWebhookConfiguration',
  apiextensions: 'CustomResourceDefinition',
  apiregistration: 'APIService',
  apps: 'ControllerRevision DaemonSet Deployment ReplicaSet StatefulSet',
  autoscaling: 'HorizontalPodAutoscaler',
  batch: 'CronJob Job',
  coordination: 'Lease',
  discovery: 'EndpointSlice',
  flowcontrol: 'FlowSchema PriorityLevelConfiguration',
  networking: 'IPAddress Ingress IngressClass NetworkPolicy ServiceCIDR',
  node: 'RuntimeClass',
  policy: 'PodDisruptionBudget',
  rbac: 'ClusterRole ClusterRoleBinding Role RoleBinding',
  resource: 'DeviceClass ResourceClaim ResourceClaimTemplate ResourceSlice',
  scheduling: 'PriorityClass',
  storage: 'CSIDriver CSINode CSIStorageCapacity StorageClass VolumeAttachment VolumeAttributesClass',
};

/** Types that are written otherwise than their fields say. */
const WRITTEN = {
  'intstr.IntOrString': 'x',
  'resource.Quantity': 'q',
  'runtime.RawExtension': 'u',
  'types.UID': 's',
  'apiextensions.JSON': 'u',
  'apiextensions.JSONSchemaProps': 'u',
  'meta.Time': 't',
  'meta.MicroTime': 't',
};
const SCALARS = { string: 's', bool: 'b', int: 'n', int32: 'n', int64: 'n', float64: 'n' };
const IMPORTED = {
  v1: 'core',
  apiv1: 'core',
  corev1: 'core',
  metav1: 'meta',
  autoscalingv2: 'autoscaling',
  resourceapi: 'resource',
};
/** What only the server writes into metadata. */
const OF_SERVER = new Set([
  'creationTimestamp',
  'deletionGracePeriodSeconds',
  'deletionTimestamp',
  'generation',
  'managedFields',
  'resourceVersion',
  'selfLink',
  'uid',
]);

/** 'core.PodSpec' and what stands behind `type PodSpec`: the lines of a struct, or another type. */
const declarations = new Map();
for (const [name, folder] of Object.entries(PACKAGES)) {
  const files = name === 'apiextensions' ? ['types.go', 'types_jsonschema.go'] : ['types.go'];
  for (const file of files) {
    const text = readFileSync(join(folder, file), 'utf8');
    for (const [, type, body = ''] of text.matchAll(/^type (\w+) struct ?\{(?:\n([\s\S]*?)^)?\}$/gm)) {
      declarations.set(`${name}.${type}`, body.split('\n'));
    }
    for (const [, type, other] of text.matchAll(/^type (\w+) ((?!struct|interface)[^\n/]+)/gm)) {
      declarations.set(`${name}.${type}`, other.trim());
    }
  }
}

const structs = new Map();

/** The notation of a Go type that is named in a package. */
function typeOf(go, at) {
  if (go.startsWith('*')) {
    return typeOf(go.slice(1), at);
  }
  if (go === '[]byte') {
    return 'y';
  }
  if (go.startsWith('[]')) {
    return `[${typeOf(go.slice(2), at)}`;
  }
  if (go.startsWith('map[')) {
    return `%${typeOf(go.slice(go.indexOf(']') + 1), at)}`;
  }
  if (SCALARS[go]) {
    return SCALARS[go];
  }
  // of a version that no server has on
  if (go.startsWith('schedulingv1alpha3.')) {
    return 'u';
  }
  const [prefix, short] = go.includes('.') ? go.split('.') : [at, go];
  const full = WRITTEN[go] ? go : `${IMPORTED[prefix] ?? prefix}.${short}`;
  if (WRITTEN[full]) {
    return WRITTEN[full];
  }
  const declared = declarations.get(full);
  if (declared === undefined) {
    throw new Error(`no type ${full}, named in ${at}`);
  }
  return typeof declared === 'string' ? typeOf(declared, full.split('.')[0]) : structOf(full, declared);
}

function structOf(full, lines) {
  if (!structs.has(full)) {
    structs.set(full, '');
    structs.set(full, `{${fieldsOf(lines, full).join(',')}}`);
  }
  return full;
}

function fieldsOf(lines, full) {
  const at = full.split('.')[0];
  const isObject = lines.some((line) => line.includes('ObjectMeta `'));
  return lines.flatMap((line) => {
    const [, , go, tags] = /^\t(?:(\w+)\s+)?([\w.*[\]]+)\s+`(.*)`/.exec(line) ?? [];
    const [, json] = /json:"([^"]*)"/.exec(tags ?? '') ?? [];
    if (json === undefined || json === '-') {
      return [];
    }
    const [name, ...options] = json.split(',');
    if (name === '') {
      const [prefix, short] = go.includes('.') ? go.split('.') : [at, go];
      const inlined = `${IMPORTED[prefix] ?? prefix}.${short}`;
      return inlined === 'meta.TypeMeta' ? [] : fieldsOf(declarations.get(inlined), inlined);
    }
    const isOfServer = full === 'meta.ObjectMeta' ? OF_SERVER.has(name) : name === 'status' && isObject;
    return isOfServer ? [] : [`${name}${flagsOf(go, options)}:${patchOf(tags)}${typeOf(go, at)}`];
  });
}

/** '*': kept though it is empty; '!': written though nothing was given. */
function flagsOf(go, options) {
  return go.startsWith('*') ? '*' : options.includes('omitempty') ? '' : '!';
}

/** '<name>': a list that is merged by a key; '<name+>': and of each item only the given fields stay. */
function patchOf(tags) {
  const [, strategy] = /patchStrategy:"([^"]*)"/.exec(tags) ?? [];
  const [, key = ''] = /patchMergeKey:"([^"]*)"/.exec(tags) ?? [];
  return { merge: `<${key}>`, 'merge,retainKeys': `<${key}+>`, retainKeys: '<+>', replace: '<->', undefined: '' }[
    strategy
  ];
}

/** 'apps/v1/Deployment'. */
function versionOf(name) {
  const folder = PACKAGES[name];
  const [, group] = /GroupName(?:\s*string)? = "(.*)"/.exec(readFileSync(join(folder, 'register.go'), 'utf8')) ?? [
    '',
    '',
  ];
  const known = { apiextensions: 'apiextensions.k8s.io', apiregistration: 'apiregistration.k8s.io' };
  const version = folder.slice(folder.lastIndexOf('/') + 1);
  const full = known[name] ?? group;
  return full === '' ? version : `${full}/${version}`;
}

const kinds = new Map();
for (const [name, list] of Object.entries(KINDS)) {
  for (const kind of list.split(' ')) {
    kinds.set(`${versionOf(name)}/${kind}`, typeOf(kind, name));
  }
}

/** A name without its package, where it is the only one. */
const shorts = new Map();
const names = [...structs.keys()];
for (const full of names) {
  const short = full.split('.')[1];
  shorts.set(full, names.some((other) => other !== full && other.endsWith(`.${short}`)) ? full : short);
}
const shortened = (text) => text.replace(/\b[a-z]+\.[A-Z]\w*/g, (full) => shorts.get(full) ?? full);
const key = (name) => (/^\w+$/.test(name) ? name : `'${name}'`);
const byName = ([a], [b]) => (a < b ? -1 : 1);
const lines = (entries) => entries.sort(byName).map(([name, text]) => `  ${key(name)}: '${text}',`);

writeFileSync(
  fileURLToPath(TARGET),
  `${header(
    'Generated by scripts/import-stored-types.mjs from the Go modules of Kubernetes. Do not edit.',
    's string, n number, b boolean, q quantity, x number or string, t time, y bytes, u anything, [ list of, % map of, {} struct, else a name below.',
    'After a field: * kept though empty, ! written though not given. Before a type: <key> merged by a key, + only given fields stay, - replaced.',
  )}
/** The type of each kind. */
export const STORED_KINDS: Readonly<Record<string, string>> = {
${lines([...kinds].map(([kind, type]) => [kind, shortened(type)])).join('\n')}
};

/** The fields of each struct. */
export const STORED_STRUCTS: Readonly<Record<string, string>> = {
${lines([...structs].map(([full, text]) => [shorts.get(full), shortened(text)])).join('\n')}
};
`,
);
