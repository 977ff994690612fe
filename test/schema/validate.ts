import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv, type ErrorObject, type ValidateFunction } from 'ajv';

export type KubernetesVersion = '1.34' | '1.35' | '1.36';

/** What scripts/import-schemas.mjs writes. */
interface Bundle {
  version: string;
  /** Every API group of the API server, whether or not a kind of it is in the bundle. */
  groups: string[];
  /** `apiVersion/kind` and the name of its definition. */
  kinds: Record<string, string>;
  definitions: Record<string, object>;
}

interface Validators {
  bundle: Bundle;
  ajv: Ajv;
  byKind: Map<string, ValidateFunction>;
}

const loaded = new Map<KubernetesVersion, Validators>();

function validatorsOf(version: KubernetesVersion): Validators {
  let validators = loaded.get(version);
  if (!validators) {
    const bundle = JSON.parse(readFileSync(join(__dirname, `kubernetes-${version}.json`), 'utf8')) as Bundle;
    const ajv = new Ajv({ strict: false, allErrors: true });
    ajv.addSchema({ $id: 'kubernetes', definitions: bundle.definitions });
    validators = { bundle, ajv, byKind: new Map() };
    loaded.set(version, validators);
  }
  return validators;
}

function describe({ instancePath, keyword, message, params }: ErrorObject): string {
  const where = instancePath === '' ? '/' : instancePath;
  switch (keyword) {
    case 'additionalProperties':
      return `${where}: unknown field '${params.additionalProperty}'`;
    case 'required':
      return `${where}: required field '${params.missingProperty}' is missing`;
    case 'enum':
      return `${where}: must be one of ${params.allowedValues.join(', ')}`;
    default:
      return `${where}: ${message}`;
  }
}

/**
 * What a Kubernetes version would refuse in a manifest: unknown fields, wrong types, missing required fields. Empty
 * for a valid manifest, and for a kind of a group that is not Kubernetes' own.
 */
export function schemaErrors(manifest: unknown, version: KubernetesVersion): string[] {
  const { apiVersion, kind } = (manifest ?? {}) as { apiVersion?: unknown; kind?: unknown };
  if (typeof apiVersion !== 'string' || typeof kind !== 'string') {
    return ['the manifest has no apiVersion and kind'];
  }
  const { bundle, ajv, byKind } = validatorsOf(version);
  const key = `${apiVersion}/${kind}`;
  const definition = bundle.kinds[key];
  if (definition === undefined) {
    const group = apiVersion.includes('/') ? apiVersion.slice(0, apiVersion.indexOf('/')) : '';
    return bundle.groups.includes(group) ? [`${key}: not in the schemas of Kubernetes ${version}`] : [];
  }
  let validate = byKind.get(key);
  if (!validate) {
    validate = ajv.compile({ $ref: `kubernetes#/definitions/${definition}` });
    byKind.set(key, validate);
  }
  return validate(manifest) ? [] : (validate.errors ?? []).map((error) => `${key}: ${describe(error)}`);
}
