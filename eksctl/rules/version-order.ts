/** A version: its numbers, and whether it is a pre-release ('1.2.0-rc.1'), which comes before its release. */
export interface Version {
  readonly numbers: readonly number[];
  readonly pre: boolean;
}

/** Numbers, a pre-release after '-' or a letter, and build metadata; unambiguous, so that matching is linear. */
const VERSION =
  /^v?(\d+(?:\.\d+)*)([A-Za-z~-][0-9A-Za-z~-]*(?:\.[0-9A-Za-z~-]+)*)?(?:\+[0-9A-Za-z~-]+(?:\.[0-9A-Za-z~-]+)*)?$/;

/** Reads a version of an add-on or a chart, with or without 'v', of any number of parts. */
export function parseVersion(text: unknown): Version | undefined {
  const match = typeof text === 'string' ? VERSION.exec(text) : null;
  return match ? { numbers: match[1]!.split('.').map(Number), pre: match[2] !== undefined } : undefined;
}

/** Whether a version comes before a release. */
export function isBefore(version: Version, release: string): boolean {
  const other = release.split('.').map(Number);
  for (let i = 0; i < Math.max(other.length, version.numbers.length); i++) {
    const difference = (version.numbers[i] ?? 0) - (other[i] ?? 0);
    if (difference !== 0) {
      return difference < 0;
    }
  }
  return version.pre;
}

/** The Kubernetes version of a cluster, as eksctl reads it: up to three numbers. */
export function parseKubernetesVersion(text: string): Version | undefined {
  const match = /^v?(\d+)(?:\.(\d+)(?:\.(\d+)([-+].+)?)?)?$/.exec(text.trim());
  return match
    ? {
        numbers: [match[1], match[2], match[3]].map((part) => Number(part ?? 0)),
        pre: match[4]?.startsWith('-') ?? false,
      }
    : undefined;
}
