import type { InventoryObject, PodObject } from '../inventory';
import { groupOf } from '../kinds';
import { podContainers } from '../pod-containers';
import { indexPath, keyPath, pathOf } from '../text';
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

/** Nearly no text is one, so that its field is written on demand. */
type Found = (fieldOf: () => string, name: string, text: unknown, container?: string, where?: () => string) => void;
/** Kinds of Kubernetes have no free text but annotations, variables and arguments; descriptions of CRDs are long. */
const TYPED = /^(|apps|batch|policy|autoscaling|[a-z.]+\.k8s\.io)$/;
/** More levels than a resource has. */
const DEEPEST = 40;

/** Longer texts are no names and flags, which stand in thousands of objects. */
const LONGEST_KNOWN = 200;

const HARMLESS = '';

/** What names and texts are as secrets, found out once for a set. */
export class KnownTexts {
  private readonly kinds = new Map<string, string>();

  /** What a text is, by itself or by its name; undefined for harmless. */
  kindOf(name: string, text: string): string | undefined {
    if (text.length > LONGEST_KNOWN) {
      return this.found(name, text);
    }
    const key = `${name}\n${text}`;
    let kind = this.kinds.get(key);
    if (kind === undefined) {
      kind = this.found(name, text) ?? HARMLESS;
      this.kinds.set(key, kind);
    }
    return kind === HARMLESS ? undefined : kind;
  }

  private found(name: string, text: string): string | undefined {
    return secretIn(text) ?? (isSecretNamed(name, text) ? 'a secret (by its name)' : undefined);
  }
}

/**
 * Every secret that stands in an object as text: in variables, arguments, annotations, ConfigMaps, Secrets, and strings
 * of custom resources.
 */
export function secretsIn(
  object: InventoryObject,
  pods: readonly PodObject[],
  known: KnownTexts,
): readonly ReadableSecret[] {
  if (!mayHoldText(object, pods)) {
    return NONE;
  }
  const found: ReadableSecret[] = [];
  const look: Found = (fieldOf, name, text, container, where = fieldOf) => {
    if (typeof text === 'string' && text !== '') {
      const kind = known.kindOf(name, text);
      if (kind !== undefined) {
        found.push({ field: fieldOf(), where: where(), kind, ...(container === undefined ? {} : { container }) });
      }
    }
  };
  const { apiVersion, kind, metadata, ...rest } = object.manifest as InventoryObject['manifest'] & {
    readonly data?: Record<string, unknown>;
    readonly stringData?: Record<string, unknown>;
  };
  mapValues('metadata.annotations', metadata.annotations, look);
  for (const pod of pods) {
    inPod(pod, look);
  }
  if (pods.length > 0) {
    return found;
  }
  if (apiVersion === 'v1' && (kind === 'ConfigMap' || kind === 'Secret')) {
    mapValues('stringData', rest.stringData, look);
    mapValues('data', kind === 'Secret' ? decoded(rest.data) : rest.data, look);
  } else if (!TYPED.test(groupOf(apiVersion)) || kind === 'SecretProviderClass') {
    inTree(rest, [], look);
  }
  return found;
}

const NONE: readonly ReadableSecret[] = [];

/** Whether an object has a text that is free: Services, policies and most others of Kubernetes have annotations at most. */
function mayHoldText({ manifest }: InventoryObject, pods: readonly PodObject[]): boolean {
  const { apiVersion, kind, metadata } = manifest;
  return (
    metadata.annotations !== undefined ||
    pods.length > 0 ||
    kind === 'ConfigMap' ||
    kind === 'Secret' ||
    kind === 'SecretProviderClass' ||
    !TYPED.test(groupOf(apiVersion))
  );
}

function inPod(pod: PodObject, look: Found): void {
  // those of a Pod are the object's own
  if (pod.at !== '') {
    mapValues(`${pod.at}.metadata.annotations`, pod.annotations, look);
  }
  for (const { container, field } of podContainers(pod)) {
    const { name, env = [], livenessProbe, readinessProbe, startupProbe, lifecycle } = container;
    for (const [i, variable] of env.entries()) {
      look(
        () => `${field}.env[${i}].value`,
        variable.name ?? '',
        variable.value,
        name,
        () => `variable '${variable.name}'`,
      );
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
        look(
          () => indexPath(`${field}.${key}`, i),
          flag.startsWith('-') && !flag.includes('=') ? flag : '',
          word,
          name,
        );
      });
    }
    for (const [key, probe] of Object.entries({ livenessProbe, readinessProbe, startupProbe })) {
      (probe?.httpGet?.httpHeaders ?? []).forEach((header, i) => {
        look(() => `${field}.${key}.httpGet.httpHeaders[${i}].value`, header.name ?? '', header.value, name);
      });
    }
  }
}

function mapValues(field: string, values: Readonly<Record<string, unknown>> | undefined, look: Found): void {
  for (const key in values) {
    look(() => keyPath(field, key), key, values[key]);
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
function inTree(value: unknown, parts: (string | number)[], look: Found): void {
  if (typeof value === 'string') {
    look(() => pathOf('', parts), '', value);
  } else if (Array.isArray(value) && parts.length < DEEPEST) {
    value.forEach((item, i) => {
      inPart(i, item, parts, look);
    });
  } else if (typeof value === 'object' && value !== null && parts.length < DEEPEST) {
    for (const [key, inner] of Object.entries(value)) {
      inPart(key, inner, parts, look);
    }
  }
}

function inPart(at: string | number, value: unknown, parts: (string | number)[], look: Found): void {
  parts.push(at);
  inTree(value, parts, look);
  parts.pop();
}
