import type { IConstruct } from 'constructs';

/** The source of a value. C and S are Config and Secret, which import this file. */
export type ValueSource<C = IConstruct, S = IConstruct> =
  | { readonly kind: 'field'; readonly fieldPath: string }
  | { readonly kind: 'config'; readonly config: C; readonly key: string; readonly as: 'variable' | 'file' }
  | { readonly kind: 'secret'; readonly secret: S; readonly key: string; readonly as: 'variable' | 'file' }
  | { readonly kind: 'unsafe'; readonly value: string };

/** The value of an environment variable that Kubernetes sets at run time. Created by `Env`, `Config` and `Secret`. */
export class EnvValue {
  /** @internal */
  static from(source: ValueSource): EnvValue {
    return new EnvValue(source);
  }

  private constructor(
    /** @internal */
    readonly source: ValueSource,
  ) {}
}

/** Environment variables from fields of the pod. @see https://kubernetes.io/docs/concepts/workloads/pods/downward-api/ */
export class Env {
  private constructor() {}

  /** The pod's name. */
  static podName(): EnvValue {
    return Env.field('metadata.name');
  }
  /** The pod's IP address. */
  static podIp(): EnvValue {
    return Env.field('status.podIP');
  }
  /** The name of the pod's node. */
  static nodeName(): EnvValue {
    return Env.field('spec.nodeName');
  }
  /** The pod's namespace. */
  static namespace(): EnvValue {
    return Env.field('metadata.namespace');
  }
  /** Another field of the pod: "metadata.labels['tier']", 'status.hostIP'. */
  static field(fieldPath: string): EnvValue {
    return EnvValue.from({ kind: 'field', fieldPath });
  }
}
