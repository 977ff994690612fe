import { createHash } from 'node:crypto';

const DNS_LABEL = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/;
const SERVICE_NAME = /^[a-z]([-a-z0-9]*[a-z0-9])?$/;
const PORT_NAME = /^(?=.*[a-z])(?!.*--)[a-z0-9]([-a-z0-9]{0,13}[a-z0-9])?$/;
const ENV_NAME = /^[A-Za-z_][A-Za-z0-9_.-]*$/;
const LABEL_VALUE = /^(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?$/;
const LABEL_NAME = /^[A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?$/;
const SUBDOMAIN = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/;

/** A name of most objects and of a namespace (RFC 1123 label). */
export const isDnsLabel = (name: string): boolean => name.length <= 63 && DNS_LABEL.test(name);
/** A name that is also a Service's, and so begins with a letter (RFC 1035 label). */
export const isServiceName = (name: string): boolean => name.length <= 63 && SERVICE_NAME.test(name);
/** A dotted name, as of a StorageClass or a host. */
export const isSubdomain = (name: string): boolean => name.length <= 253 && SUBDOMAIN.test(name);
/** A port name (IANA service name): at most 15 characters, with a letter. */
export const isPortName = (name: string): boolean => PORT_NAME.test(name);
/** A number of a port. */
export const isPortNumber = (port: unknown): boolean =>
  Number.isInteger(port) && Number(port) >= 1 && Number(port) <= 65535;
/** A name of an environment variable. */
export const isEnvName = (name: string): boolean => ENV_NAME.test(name);
/** A name of an environment variable that Kubernetes takes from 1.32 on: printable ASCII without '='. */
export const isPrintableEnvName = (name: string): boolean => /^[ -<>-~]+$/.test(name);
/** A value of a label. */
export const isLabelValue = (value: string): boolean => value.length <= 63 && LABEL_VALUE.test(value);

/** A key of a label or annotation: an optional DNS prefix and a name of at most 63 characters. */
export function isQualifiedName(key: string): boolean {
  const parts = key.split('/');
  const name = parts.pop()!;
  const prefix = parts.length === 0 || (parts.length === 1 && isSubdomain(parts[0]!));
  return prefix && name.length <= 63 && LABEL_NAME.test(name);
}

/** A short hash of content, in characters that a DNS name may end with. */
export function contentHash(content: string): string {
  return createHash('sha256').update(content).digest('hex').slice(0, 10);
}
