import type { IConstruct } from 'constructs';
import { describe } from '../../kube/describe';
import { isResourceField, RESOURCE_FIELDS } from '../../kube/downward-api';
import { isEnvName } from '../../kube/names';
import { keyPath, listed } from '../../kube/text';
import { Check } from '../core/check';

/** An amount of the container: the request or the limit of a resource. */
export type ResourceField = `${'limits' | 'requests'}.${'cpu' | 'memory' | 'ephemeral-storage'}`;
/** The unit of an amount of CPU, and those of memory and storage. */
export type ResourceUnit =
  | '1'
  | '1m'
  | `1${'k' | 'M' | 'G' | 'T' | 'P' | 'E' | 'Ki' | 'Mi' | 'Gi' | 'Ti' | 'Pi' | 'Ei'}`;

/** The source of a value. C and S are Config and Secret, which import this file. */
export type ValueSource<C = IConstruct, S = IConstruct> =
  | { readonly kind: 'field'; readonly fieldPath: string }
  | { readonly kind: 'resource'; readonly resource: ResourceField; readonly divisor: string | undefined }
  | { readonly kind: 'config'; readonly config: C; readonly key: string; readonly as: 'variable' | 'file' }
  | { readonly kind: 'secret'; readonly secret: S; readonly key: string; readonly as: 'variable' | 'file' }
  | { readonly kind: 'unsafe'; readonly value: string };

const CPU_UNITS: readonly string[] = ['1', '1m'];
const UNITS: readonly string[] = '1 1k 1M 1G 1T 1P 1E 1Ki 1Mi 1Gi 1Ti 1Pi 1Ei'.split(' ');

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
  /** The IP address of the pod's node, where an agent of the node listens. */
  static nodeIp(): EnvValue {
    return Env.field('status.hostIP');
  }
  /** The same as `nodeIp`, by the name that Kubernetes has for it. */
  static hostIp(): EnvValue {
    return Env.nodeIp();
  }
  /** The number of a member of a StatefulService, from 0: '2' of 'store-2'. An error in other workloads, whose pods have none. */
  static ordinal(): EnvValue {
    return Env.field("metadata.labels['apps.kubernetes.io/pod-index']");
  }
  /** The index of a pod of a BatchJob, ScheduledJob or ScaledJob with `completions`, from 0. An error in other workloads, whose pods have none. */
  static jobIndex(): EnvValue {
    return Env.field("metadata.labels['batch.kubernetes.io/job-completion-index']");
  }
  /**
   * The availability zone of the pod's node, as a rack: 'us-west-2a'. An error for a cluster before Kubernetes 1.35, whose
   * pods do not have it.
   *
   * @see https://kubernetes.io/docs/reference/labels-annotations-taints/#topologykubernetesiozone
   */
  static zone(): EnvValue {
    return Env.field("metadata.labels['topology.kubernetes.io/zone']");
  }
  /**
   * A request or limit of the container itself, as a number: Env.resource('limits.memory', '1Mi') of '512Mi' is '512'. It is
   * rounded up. A limit that is not set is the allocatable amount of the node.
   *
   * @param unit '1' (cores or bytes), '1m' for CPU, '1Mi' and the like for memory and storage; default '1'
   */
  static resource(resource: ResourceField, unit?: ResourceUnit): EnvValue {
    const check = new Check('Env.resource');
    if (typeof resource !== 'string' || !isResourceField(resource)) {
      check.fail(
        'unsupported',
        'resource',
        `resource must be one of ${listed(RESOURCE_FIELDS)}, but is ${describe(resource)}`,
        'write the limit or the request that the program needs',
      );
    }
    const units = resource.endsWith('.cpu') ? CPU_UNITS : UNITS;
    if (unit !== undefined && !units.includes(unit)) {
      check.fail(
        'unsupported',
        'unit',
        `unit must be one of ${listed(units)} for ${resource}, but is ${describe(unit)}`,
        'write the unit in which the program reads it',
      );
    }
    return EnvValue.from({ kind: 'resource', resource, divisor: unit });
  }
  /** The pod's namespace. */
  static namespace(): EnvValue {
    return Env.field('metadata.namespace');
  }
  /** Another field of the pod: "metadata.labels['tier']", 'metadata.uid'. The review refuses one that the downward API does not have. */
  static field(fieldPath: string): EnvValue {
    new Check('Env.field').text('fieldPath', fieldPath);
    return EnvValue.from({ kind: 'field', fieldPath });
  }
}

/**
 * Refuses a name that a variable cannot have.
 *
 * @param field the prop whose keys are names
 */
export function checkEnvName(check: Check, field: 'data' | 'env', name: string, fix: string): void {
  if (!isEnvName(name)) {
    check.fail(
      'invalid',
      keyPath(field, name),
      `invalid key '${name}' in ${field}: the name of a variable must be letters, digits, '_', '-' and '.', and not begin with a digit`,
      fix,
    );
  }
}
