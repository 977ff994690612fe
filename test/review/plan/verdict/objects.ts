import type { Manifest } from '../../../../kube/objects';
import { applied, created } from '../../../../review/plan/verdict';

export const VERSION = '1.36';

/** An object as a test writes it. */
export function object(apiVersion: string, kind: string, rest: object = {}): Manifest {
  return { apiVersion, kind, metadata: { name: 'web' }, ...rest };
}

export const withSpec = (apiVersion: string, kind: string, spec: object): Manifest =>
  object(apiVersion, kind, { spec });

/** What the server holds of the spec. */
export function createdSpec(
  apiVersion: string,
  kind: string,
  spec: object,
  version = VERSION,
): Record<string, unknown> {
  return created(withSpec(apiVersion, kind, spec), version).spec!;
}

/** Deployment with a pod. */
export function deployment(pod: object, more: object = {}): Manifest {
  const template = {
    metadata: { labels: { app: 'web' } },
    spec: { containers: [{ name: 'app', image: 'web:1' }], ...pod },
  };
  return withSpec('apps/v1', 'Deployment', { selector: { matchLabels: { app: 'web' } }, template, ...more });
}

/** What the server holds of the pods of a Deployment. */
// biome-ignore lint/suspicious/noExplicitAny: tests look into what they wrote
export function createdPod(pod: object, version = VERSION): any {
  const { template } = created(deployment(pod), version).spec as { template: { spec: unknown } };
  return template.spec;
}

/** The verdict, and 'field: reason' of each refusal. */
export function verdictOf(old: Manifest, next: Manifest, version = VERSION) {
  const { verdict, refusals, fields, condition } = applied(old, next, version);
  return {
    verdict,
    refused: refusals.map(({ field }) => field),
    fields: fields.map(({ field }) => field),
    ...(condition === undefined ? {} : { condition }),
  };
}
