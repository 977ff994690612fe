import type { Manifest } from '../../support/app';
import type { Said } from './kubectl';

/** What kubectl answered about an object: what it did, or why that was refused. */
export interface Answer {
  readonly manifest: Manifest;
  readonly did: 'created' | 'configured' | 'unchanged' | 'refused';
  /** Why it was refused; else empty. */
  readonly why: string;
}

/**
 * What kubectl says names no namespace, but it goes through the objects in their order: one without a line of its own was
 * refused, and the reasons are in the same order.
 */
export function answers(said: Said, manifests: readonly Manifest[]): Answer[] {
  const lines = said.stdout.split('\n').filter((line) => line !== '');
  const reasons = said.stderr.split(/^(?=The \w+ "|Error from server)/m).filter((text) => text.trim() !== '');
  const found = manifests.map((manifest): Answer => {
    const { kind, metadata } = manifest;
    const [, did] = new RegExp(`^${kind.toLowerCase()}[^/]*/${metadata.name} (\\w+)$`).exec(lines[0] ?? '') ?? [];
    if (did === 'created' || did === 'configured' || did === 'unchanged') {
      lines.shift();
      return { manifest, did, why: '' };
    }
    const why = /(?:The |: )(\w+)\S* "([^"]*)" is invalid: (.*)/s.exec(reasons.shift() ?? '');
    if (why?.[1] !== kind || why[2] !== metadata.name) {
      throw new Error(`what became of ${kind} ${metadata.namespace}/${metadata.name}? ${lines[0]} ${said.stderr}`);
    }
    return { manifest, did: 'refused', why: why[3]! };
  });
  if (lines.length > 0 || reasons.length > 0) {
    throw new Error(`kubectl said more:\n${lines.join('\n')}\n${reasons.join('')}`);
  }
  return found;
}
