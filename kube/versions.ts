/** Whether a version such as '1.35' is the other one or newer; false where one of them cannot be read. */
export function isAtLeast(version: string, other: string): boolean {
  const [major = Number.NaN, minor = Number.NaN] = version.split('.').map(Number);
  const [otherMajor = Number.NaN, otherMinor = Number.NaN] = other.split('.').map(Number);
  return major > otherMajor || (major === otherMajor && minor >= otherMinor);
}
