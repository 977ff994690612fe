import * as fs from 'node:fs';
import * as path from 'node:path';
import { Ajv, type ValidateFunction } from 'ajv';
import { parseAllDocuments } from 'yaml';
import { REPOSITORY } from '../app/support';
import type { Manifest } from './programs';

/**
 * The definitions are large and of other projects, so they are no part of the repository. Where the folder is absent, tests
 * do without them, and their names say so.
 */
export const CRDS = process.env.CUSTOM_RESOURCE_DEFINITIONS ?? path.join(REPOSITORY, '..', 'shared', 'data', 'crds');
export const CRDS_PRESENT = fs.existsSync(CRDS);

/** Kinds of other projects that the library writes. */
export const CUSTOM_KINDS: ReadonlySet<string> = new Set([
  'AnalysisTemplate',
  'AppProject',
  'ApplicationSet',
  'Application',
  'AuthorizationPolicy',
  'BackupStorageLocation',
  'ApplicationNetworkPolicy',
  'ClusterNetworkPolicy',
  'ClusterSecretStore',
  'EC2NodeClass',
  'ECRAuthorizationToken',
  'ExternalSecret',
  'GRPCRoute',
  'GitRepository',
  'Gateway',
  'GatewayClass',
  'HTTPRoute',
  'IngressClassParams',
  'Kustomization',
  'ListenerRuleConfiguration',
  'LoadBalancerConfiguration',
  'NodeClass',
  'NodePool',
  'Password',
  'PeerAuthentication',
  'PodMonitor',
  'PrometheusRule',
  'PushSecret',
  'ReferenceGrant',
  'Rollout',
  'ScaledJob',
  'ScaledObject',
  'Schedule',
  'SealedSecret',
  'SecretProviderClass',
  'SecretStore',
  'SecurityGroupPolicy',
  'ServiceMonitor',
  'TCPRoute',
  'TLSRoute',
  'TargetGroupBinding',
  'TargetGroupConfiguration',
  'TriggerAuthentication',
  'UDPRoute',
  'VerticalPodAutoscaler',
  'VolumeSnapshotClass',
  'VolumeSnapshotLocation',
]);

/** The validator of each `apiVersion/kind`. */
export type Definitions = ReadonlyMap<string, ValidateFunction>;

/** Reads the CustomResourceDefinitions of a folder, or of some of its files. */
export function definitionsIn(folder: string, files: readonly string[] = fs.readdirSync(folder)): Definitions {
  const ajv = new Ajv({ strict: false, allErrors: true, validateFormats: false });
  const found = new Map<string, ValidateFunction>();
  for (const file of files.filter((name) => name.endsWith('.yaml'))) {
    const text = fs.readFileSync(path.join(folder, file), 'utf8');
    // most files are large and of other kinds
    if (![...CUSTOM_KINDS].some((kind) => text.includes(`kind: ${kind}`))) {
      continue;
    }
    for (const document of parseAllDocuments(text)) {
      const crd: Manifest = document.toJSON();
      if (crd?.kind !== 'CustomResourceDefinition' || !CUSTOM_KINDS.has(crd.spec.names.kind)) {
        continue;
      }
      for (const { name, schema } of crd.spec.versions) {
        const key = `${crd.spec.group}/${name}/${crd.spec.names.kind}`;
        const strict = withoutUnknown(schema.openAPIV3Schema);
        // every object has these, and some definitions do not say so
        const own = { apiVersion: { type: 'string' }, kind: { type: 'string' }, metadata: { type: 'object' } };
        found.set(key, ajv.compile({ ...strict, properties: { ...strict.properties, ...own } }));
      }
    }
  }
  return found;
}

/** An API server prunes fields that a definition does not name; here they are errors. */
function withoutUnknown(schema: Manifest): Manifest {
  if (Array.isArray(schema)) {
    return schema.map(withoutUnknown);
  }
  if (typeof schema !== 'object' || schema === null) {
    return schema;
  }
  const copy: Manifest = Object.fromEntries(Object.entries(schema).map(([key, value]) => [key, withoutUnknown(value)]));
  const open = schema.additionalProperties !== undefined || schema['x-kubernetes-preserve-unknown-fields'];
  if (schema.type === 'object' && schema.properties && !open) {
    copy.additionalProperties = false;
  }
  if (schema['x-kubernetes-int-or-string']) {
    delete copy.type;
  }
  if (typeof schema.pattern === 'string' && schema.pattern.includes('(?i)')) {
    // a flag of Go that JavaScript does not read
    delete copy.pattern;
  }
  return copy;
}

/** What the definition of a custom resource would refuse. */
export function customResourceErrors(definitions: Definitions, manifest: Manifest): string[] {
  const validate = definitions.get(`${manifest.apiVersion}/${manifest.kind}`);
  if (!validate) {
    return [`no definition of ${manifest.apiVersion}/${manifest.kind}`];
  }
  if (validate(manifest)) {
    return [];
  }
  return (validate.errors ?? []).map(({ instancePath, message, params }) =>
    `${instancePath}: ${message} ${params.additionalProperty ? `'${params.additionalProperty}'` : ''}`.trim(),
  );
}
