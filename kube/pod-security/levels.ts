import { listed } from '../text';

/** A level of the Pod Security Standards. @see https://kubernetes.io/docs/concepts/security/pod-security-standards/ */
export type PodSecurityLevel = 'restricted' | 'baseline' | 'privileged';

/** All levels, the strictest first. */
export const POD_SECURITY_LEVELS: readonly PodSecurityLevel[] = ['restricted', 'baseline', 'privileged'];

/** Whether one level refuses pods that the other admits. */
export const isStricter = (level: PodSecurityLevel, than: PodSecurityLevel): boolean =>
  POD_SECURITY_LEVELS.indexOf(level) < POD_SECURITY_LEVELS.indexOf(than);

/** The labels of a namespace that the admission of the API server reads begin with it. */
export const POD_SECURITY_LABEL = 'pod-security.kubernetes.io';

/** What happens with a pod that is against the level: it is refused, or its creator is warned, or it is logged. */
export const POD_SECURITY_MODES = ['enforce', 'warn', 'audit'] as const;
export type PodSecurityMode = (typeof POD_SECURITY_MODES)[number];

/** A level of a namespace, and the version of Kubernetes whose standards it means. */
export interface NamespaceLevel {
  readonly level: PodSecurityLevel;
  /** A minor of Kubernetes: 35. */
  readonly version: number;
  /** As the messages of the API server name it: 'restricted:latest'. */
  readonly text: string;
}

type Labels = Readonly<Record<string, string>>;

const LATEST = 'latest';
const modeLabel = (mode: PodSecurityMode): string => `${POD_SECURITY_LABEL}/${mode}`;
const versionLabel = (mode: PodSecurityMode): string => `${modeLabel(mode)}-version`;

/**
 * The level that a namespace has in a mode; undefined where it has none, or where a label is invalid.
 *
 * @param kubernetesVersion of the API server, which knows no newer standards than its own: '1.35'
 */
export function levelOf(labels: Labels, mode: PodSecurityMode, kubernetesVersion: string): NamespaceLevel | undefined {
  const level = labels[modeLabel(mode)];
  const version = labels[versionLabel(mode)] ?? LATEST;
  const minor = version === LATEST ? Number.POSITIVE_INFINITY : minorOf(version);
  return isLevel(level) && minor !== undefined
    ? { level, version: Math.min(minor, serverMinor(kubernetesVersion)), text: `${level}:${version}` }
    : undefined;
}

/** A label that the API server refuses, or that it never reads. */
export interface InvalidLabel {
  readonly key: string;
  readonly value: string;
  /** What its value may be; undefined where no key is spelt so. */
  readonly allowed: string | undefined;
}

export function invalidLabels(labels: Labels): readonly InvalidLabel[] {
  return Object.entries(labels).flatMap(([key, value]): InvalidLabel[] => {
    if (!key.startsWith(`${POD_SECURITY_LABEL}/`)) {
      return [];
    }
    if (POD_SECURITY_MODES.some((mode) => key === modeLabel(mode))) {
      return isLevel(value) ? [] : [{ key, value, allowed: `one of ${listed(POD_SECURITY_LEVELS)}` }];
    }
    if (POD_SECURITY_MODES.some((mode) => key === versionLabel(mode))) {
      const isValid = value === LATEST || minorOf(value) !== undefined;
      return isValid ? [] : [{ key, value, allowed: "'latest' or a version such as 'v1.35'" }];
    }
    return [{ key, value, allowed: undefined }];
  });
}

const isLevel = (text: string | undefined): text is PodSecurityLevel =>
  (POD_SECURITY_LEVELS as readonly (string | undefined)[]).includes(text);

function minorOf(version: string): number | undefined {
  const minor = /^v1\.(0|[1-9]\d*)$/.exec(version)?.[1];
  return minor === undefined ? undefined : Number(minor);
}

/** Of what is no version, the newest there can be. */
function serverMinor(kubernetesVersion: string): number {
  return minorOf(`v${/^1\.\d+/.exec(kubernetesVersion)?.[0] ?? ''}`) ?? Number.POSITIVE_INFINITY;
}
