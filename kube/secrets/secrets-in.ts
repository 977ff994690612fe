import type { InventoryObject, PodObject } from '../inventory';
import { groupOf } from '../kinds';
import { podContainers } from '../pod-containers';
import { indexPath, keyPath } from '../text';
import { podTemplate, podTemplateField } from '../workload-kinds';
import { isSecretNamed, secretIn } from './secret-text';

/** A secret in an object, as text that everyone who reads the manifest can read. */
export interface ReadableSecret {
  /** 'data.DB_PASSWORD'. */
  readonly field: string;
  readonly container?: string;
  /** "variable 'DB_PASSWORD'", or the field. */
  readonly where: string;
  /** What it is: 'a GitHub token'. */
  readonly kind: string;
}

type Found = (field: string, name: string, text: unknown, container?: string, where?: string) => void;
/** Kinds of Kubernetes have no free text but annotations, variables and arguments; descriptions of CRDs are long. */
const TYPED = /^(|apps|batch|policy|autoscaling|[a-z.]+\.k8s\.io)$/;
/** More levels than a resource has. */
const DEEPEST = 40;

/** Every secret that stands in an object as text: in variables, arguments, annotations, ConfigMaps, Secrets, and strings of custom resources. */
export function secretsIn(object: InventoryObject, pod: PodObject | undefined): readonly ReadableSecret[] {
  const found: ReadableSecret[] = [];
  const look: Found = (field, name, text, container, where = field) => {
    if (typeof text === 'string' && text !== '') {
      const kind = secretIn(text) ?? (isSecretNamed(name, text) ? 'a secret (by its name)' : undefined);
      if (kind !== undefined) {
        found.push({ field, where, kind, ...(container === undefined ? {} : { container }) });
      }
    }
  };
  const { apiVersion, kind, metadata, ...rest } = object.manifest as InventoryObject['manifest'] & {
    readonly data?: Record<string, unknown>;
    readonly stringData?: Record<string, unknown>;
  };
  mapValues('metadata.annotations', metadata.annotations, look);
  if (pod) {
    inPod(pod, look);
  } else if (apiVersion === 'v1' && (kind === 'ConfigMap' || kind === 'Secret')) {
    mapValues('stringData', rest.stringData, look);
    mapValues('data', kind === 'Secret' ? decoded(rest.data) : rest.data, look);
  } else if (!TYPED.test(groupOf(apiVersion)) || kind === 'SecretProviderClass') {
    inTree(rest, '', look, 0);
  }
  return found;
}

function inPod(pod: PodObject, look: Found): void {
  const { manifest } = pod;
  if (manifest.kind !== 'Pod') {
    const at = keyPath(podTemplateField(manifest), 'metadata');
    mapValues(keyPath(at, 'annotations'), podTemplate(manifest)?.metadata?.annotations, look);
  }
  for (const { container, field } of podContainers(pod)) {
    const { name, env = [], livenessProbe, readinessProbe, startupProbe, lifecycle } = container;
    for (const [i, variable] of env.entries()) {
      look(`${field}.env[${i}].value`, variable.name ?? '', variable.value, name, `variable '${variable.name}'`);
    }
    const commands: readonly (readonly [string, readonly string[] | undefined])[] = [
      ['command', container.command],
      ['args', container.args],
      ['livenessProbe.exec.command', livenessProbe?.exec?.command],
      ['readinessProbe.exec.command', readinessProbe?.exec?.command],
      ['startupProbe.exec.command', startupProbe?.exec?.command],
      ['lifecycle.postStart.exec.command', lifecycle?.postStart?.exec?.command],
      ['lifecycle.preStop.exec.command', lifecycle?.preStop?.exec?.command],
    ];
    for (const [key, words = []] of commands) {
      words.forEach((word, i) => {
        // a flag and its value may be two words
        const flag = words[i - 1] ?? '';
        look(indexPath(`${field}.${key}`, i), flag.startsWith('-') && !flag.includes('=') ? flag : '', word, name);
      });
    }
    for (const [key, probe] of Object.entries({ livenessProbe, readinessProbe, startupProbe })) {
      (probe?.httpGet?.httpHeaders ?? []).forEach((header, i) => {
        look(`${field}.${key}.httpGet.httpHeaders[${i}].value`, header.name ?? '', header.value, name);
      });
    }
  }
}

function mapValues(field: string, values: Readonly<Record<string, unknown>> | undefined, look: Found): void {
  for (const [key, value] of Object.entries(values ?? {})) {
    look(keyPath(field, key), key, value);
  }
}

/** Values of a Secret in Base64 that hold text. */
function decoded(data: Readonly<Record<string, unknown>> | undefined): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(data ?? {}).map(([key, value]) => [
      key,
      typeof value === 'string' ? Buffer.from(value, 'base64').toString('utf8') : value,
    ]),
  );
}

/** Strings of a custom resource. Their keys are names of fields, which say nothing: `secret: db`. */
function inTree(value: unknown, field: string, look: Found, depth: number): void {
  if (typeof value === 'string') {
    look(field, '', value);
  } else if (Array.isArray(value) && depth < DEEPEST) {
    value.forEach((item, i) => {
      inTree(item, indexPath(field, i), look, depth + 1);
    });
  } else if (typeof value === 'object' && value !== null && depth < DEEPEST) {
    for (const [key, inner] of Object.entries(value)) {
      inTree(inner, keyPath(field, key), look, depth + 1);
    }
  }
}
