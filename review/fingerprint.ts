import { createHash } from 'node:crypto';
import type { Finding } from '../kube/finding';
import { groupOf } from '../kube/kinds';

/**
 * What makes a finding the same finding in the next run: its rule, object, field and container. Lines, files, constructs
 * and numbers may change.
 */
export function fingerprint({ rule, object, field = '', container = '', construct = '', message }: Finding): string {
  const said = construct === '' ? message : message.replaceAll(construct, '');
  const named = object ? [groupOf(object.apiVersion), object.kind, object.namespace ?? '', object.name] : [];
  const parts = [rule, ...named, withoutIndexes(field), container, said.replace(/\d+/g, '')];
  return createHash('sha256').update(parts.join('\0')).digest('hex').slice(0, 32);
}

/** The fingerprints of findings; equal ones are numbered, so that each finding has its own. */
export function fingerprints(findings: readonly Finding[]): string[] {
  const seen = new Map<string, number>();
  return findings.map((finding) => {
    const print = fingerprint(finding);
    const nth = (seen.get(print) ?? 0) + 1;
    seen.set(print, nth);
    return `${print}:${nth}`;
  });
}

/** A container that is added moves those behind it. */
function withoutIndexes(field: string): string {
  return field.replace(/\[\d+\]/g, '[]');
}
