import type { Container, Probe } from '../../imports/kubernetes';
import { entryOf, remembered } from '../collections';
import type { InventoryObject, PodObject } from '../inventory';
import { groupOf } from '../kinds';
import { type PodContainer, podContainers } from '../pod-containers';
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

/** Kinds of Kubernetes have no free text but annotations, variables and arguments; descriptions of CRDs are long. */
const TYPED = /^(|apps|batch|policy|autoscaling|[a-z.]+\.k8s\.io)$/;
/** More levels than a resource has. */
const DEEPEST = 40;

/** Longer texts are no names and flags, which stand in thousands of objects. */
const LONGEST_KNOWN = 200;

const HARMLESS = '';

/** What names and texts are as secrets, found out once for a set. */
export class KnownTexts {
  /** By name, and by text. */
  private readonly kinds = new Map<string, Map<string, string>>();

  /** What a text is, by itself or by its name; undefined for harmless, and for what is no text. */
  kindOf(name: string, text: unknown): string | undefined {
    if (typeof text !== 'string' || text === '') {
      return undefined;
    }
    if (text.length > LONGEST_KNOWN) {
      return this.found(name, text);
    }
    const ofName = entryOf(this.kinds, name, newMap);
    let kind = ofName.get(text);
    if (kind === undefined) {
      kind = this.found(name, text) ?? HARMLESS;
      ofName.set(text, kind);
    }
    return kind === HARMLESS ? undefined : kind;
  }

  private found(name: string, text: string): string | undefined {
    return secretIn(text) ?? (isSecretNamed(name, text) ? 'a secret (by its name)' : undefined);
  }
}

const newMap = () => new Map<string, string>();

/**
 * Every secret that stands in an object as text: in variables, arguments, annotations, ConfigMaps, Secrets, and strings
 * of custom resources.
 */
export function secretsIn(
  { manifest }: InventoryObject,
  pods: readonly PodObject[],
  known: KnownTexts,
): readonly ReadableSecret[] {
  const { apiVersion, kind, metadata } = manifest;
  const isMap = apiVersion === 'v1' && (kind === 'ConfigMap' || kind === 'Secret');
  const isTree = !isTyped(apiVersion) || kind === 'SecretProviderClass';
  // Services, policies and most others of Kubernetes have annotations at most
  if (metadata.annotations === undefined && pods.length === 0 && !isMap && !isTree) {
    return NONE;
  }
  const look = new Look(known);
  look.inMap('metadata.annotations', metadata.annotations);
  for (const pod of pods) {
    look.inPod(pod);
  }
  if (pods.length === 0 && isMap) {
    const { data, stringData } = manifest as { readonly data?: Values; readonly stringData?: Values };
    look.inMap('stringData', stringData);
    look.inMap('data', kind === 'Secret' ? decoded(data) : data);
  } else if (pods.length === 0 && isTree) {
    const { apiVersion: _, kind: __, metadata: ___, ...rest } = manifest;
    look.inTree(rest, []);
  }
  return look.found;
}

type Values = Readonly<Record<string, unknown>>;

const NONE: readonly ReadableSecret[] = [];
const isTyped = remembered((apiVersion) => TYPED.test(groupOf(apiVersion)));

/** Collects what is found. Nearly no text is a secret, so that fields are written when one is. */
class Look {
  readonly found: ReadableSecret[] = [];

  constructor(private readonly known: KnownTexts) {}

  inPod(pod: PodObject): void {
    // those of a Pod are the object's own
    if (pod.at !== '') {
      this.inMap(`${pod.at}.metadata.annotations`, pod.annotations);
    }
    for (const at of podContainers(pod)) {
      const { env, command, args, livenessProbe, readinessProbe, startupProbe, lifecycle } = at.container;
      if (env !== undefined) {
        this.inVariables(at, env);
      }
      this.inWords(at, 'command', command);
      this.inWords(at, 'args', args);
      this.inWords(at, 'livenessProbe.exec.command', livenessProbe?.exec?.command);
      this.inWords(at, 'readinessProbe.exec.command', readinessProbe?.exec?.command);
      this.inWords(at, 'startupProbe.exec.command', startupProbe?.exec?.command);
      this.inWords(at, 'lifecycle.postStart.exec.command', lifecycle?.postStart?.exec?.command);
      this.inWords(at, 'lifecycle.preStop.exec.command', lifecycle?.preStop?.exec?.command);
      this.inHeaders(at, 'livenessProbe', livenessProbe);
      this.inHeaders(at, 'readinessProbe', readinessProbe);
      this.inHeaders(at, 'startupProbe', startupProbe);
    }
  }

  inMap(field: string, values: Values | undefined): void {
    for (const key in values) {
      const kind = this.known.kindOf(key, values[key]);
      if (kind !== undefined) {
        this.add(kind, keyPath(field, key));
      }
    }
  }

  /** Strings of a custom resource. Their keys are names of fields, which say nothing: `secret: db`. */
  inTree(value: unknown, parts: (string | number)[]): void {
    if (typeof value === 'string') {
      const kind = this.known.kindOf('', value);
      if (kind !== undefined) {
        this.add(kind, pathOf('', parts));
      }
    } else if (Array.isArray(value) && parts.length < DEEPEST) {
      value.forEach((item, i) => {
        this.inPart(i, item, parts);
      });
    } else if (typeof value === 'object' && value !== null && parts.length < DEEPEST) {
      for (const [key, inner] of Object.entries(value)) {
        this.inPart(key, inner, parts);
      }
    }
  }

  private inPart(at: string | number, value: unknown, parts: (string | number)[]): void {
    parts.push(at);
    this.inTree(value, parts);
    parts.pop();
  }

  private inVariables({ container, field }: PodContainer, env: NonNullable<Container['env']>): void {
    env.forEach(({ name, value }, i) => {
      const kind = this.known.kindOf(name ?? '', value);
      if (kind !== undefined) {
        this.add(kind, `${field}.env[${i}].value`, container.name, `variable '${name}'`);
      }
    });
  }

  private inWords({ container, field }: PodContainer, key: string, words: readonly string[] | undefined): void {
    words?.forEach((word, i) => {
      // a flag and its value may be two words
      const flag = words[i - 1] ?? '';
      const kind = this.known.kindOf(flag.startsWith('-') && !flag.includes('=') ? flag : '', word);
      if (kind !== undefined) {
        this.add(kind, indexPath(`${field}.${key}`, i), container.name);
      }
    });
  }

  private inHeaders({ container, field }: PodContainer, key: string, probe: Probe | undefined): void {
    probe?.httpGet?.httpHeaders?.forEach(({ name, value }, i) => {
      const kind = this.known.kindOf(name ?? '', value);
      if (kind !== undefined) {
        this.add(kind, `${field}.${key}.httpGet.httpHeaders[${i}].value`, container.name);
      }
    });
  }

  private add(kind: string, field: string, container?: string, where = field): void {
    this.found.push({ field, where, kind, ...(container === undefined ? {} : { container }) });
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
