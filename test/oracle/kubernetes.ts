import { answers, type Program } from './program';

const KUBERNETES: Program = { name: 'kubernetes-oracle', variable: 'KUBERNETES_ORACLE' };

/** What apimachinery reads in a text: unscaled / 10^scale. */
export interface GoQuantity {
  readonly ok: boolean;
  readonly error?: string;
  readonly unscaled?: string;
  readonly scale: number;
  /** The form in which Kubernetes writes amounts that it computes. */
  readonly canonical?: string;
}

export function readQuantities(texts: readonly string[]): GoQuantity[] {
  return answers(KUBERNETES, 'quantity', texts);
}

/** What sigs.k8s.io/yaml, and so kubectl, reads in a document. */
export interface GoDocument {
  readonly ok: boolean;
  readonly error?: string;
  readonly json?: unknown;
}

export function readDocuments(documents: readonly string[]): GoDocument[] {
  return answers(KUBERNETES, 'yaml', documents);
}
