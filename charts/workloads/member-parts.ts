import { describe } from '../../kube/describe';
import type { KeyTable } from '../../kube/values';
import type { Check } from '../core/check';
import type { StatefulSetSpec } from '../core/k8s';
import type { Disruption } from '../scaling/availability';

/** What happens to the claims of members that are gone. 'Delete' leaves the volume if its class retains it, as 'gp3-retain' does. */
export interface ClaimRetention {
  /** When the StatefulSet is deleted. @default 'Retain' */
  readonly whenDeleted?: 'Retain' | 'Delete';
  /** When `replicas` is lowered. @default 'Retain' - the member finds its data when it comes back */
  readonly whenScaled?: 'Retain' | 'Delete';
}
/** A rolling update of some members only. */
export interface PartialUpdate {
  /** The number of members, from the first one on, that keep the old version: 0 to the number of members. */
  readonly partition: number;
}
/** Props of the members of a StatefulSet. */
export interface MemberParts {
  /**
   * Number of members, 1 or more. Fixed, since members know each other by name: no autoscaler.
   *
   * @default - 2; 3 with `quorum: true`
   */
  readonly replicas?: number;
  /**
   * Whether the members elect a leader by majority, as Kafka, etcd, ZooKeeper and OpenSearch do: true, or the number of
   * members. They start at once, a drain counts those that are not ready, and each of three zones gets a member. An even
   * number and a `disruption` that takes the majority are refused.
   *
   * @default - none
   * @see https://kubernetes.io/docs/tasks/run-application/configure-pdb/#think-about-how-your-application-reacts-to-disruptions
   */
  readonly quorum?: true | number;
  /**
   * How members start: 'OrderedReady' one by one, each when the one before is ready; 'Parallel' all at once. Several members
   * that replicate give a warning without it, since neither is right for all.
   *
   * @default - 'OrderedReady'; 'Parallel' with `quorum`
   */
  readonly order?: 'OrderedReady' | 'Parallel';
  /** The number of the first member, 0 or more, for programs whose ids begin with 1. A change replaces members. @default 0 */
  readonly firstOrdinal?: number;
  /**
   * How a new version reaches the members: 'RollingUpdate' one by one, from the last to the first; { partition: 2 } the same
   * but for the first two; 'OnDelete' when you delete a pod.
   *
   * @default 'RollingUpdate'
   * @see https://kubernetes.io/docs/concepts/workloads/controllers/statefulset/#update-strategies
   */
  readonly updateStrategy?: 'RollingUpdate' | 'OnDelete' | PartialUpdate;
  /** What happens to the claims of members that are gone. @default - all are kept */
  readonly persistentVolumeClaimRetentionPolicy?: ClaimRetention;
  /**
   * The PodDisruptionBudget: how many members a drain may evict at once.
   *
   * @default - { maxUnavailable: 1 }, which keeps the quorum of three or more members, with unready: 'protect' if there are
   * `memberPorts` or a `quorum`; none for one member
   * @see https://kubernetes.io/docs/concepts/workloads/pods/disruptions/
   */
  readonly disruption?: Disruption;
}

export const MEMBER_PARTS: KeyTable<MemberParts> = {
  replicas: true,
  quorum: true,
  order: true,
  firstOrdinal: true,
  updateStrategy: true,
  persistentVolumeClaimRetentionPolicy: 'object',
  disruption: true,
};
const RETENTION: KeyTable<ClaimRetention> = { whenDeleted: true, whenScaled: true };
const PARTIAL: KeyTable<PartialUpdate> = { partition: true };

/** The validated fields of the StatefulSet. */
export interface SetSpec {
  readonly order: 'OrderedReady' | 'Parallel';
  readonly firstOrdinal: number;
  readonly claims: Required<ClaimRetention>;
  readonly updateStrategy: NonNullable<StatefulSetSpec['updateStrategy']>;
}

export function resolveSet(check: Check, props: MemberParts, replicas: number): SetSpec {
  const {
    order,
    firstOrdinal = 0,
    updateStrategy = 'RollingUpdate',
    persistentVolumeClaimRetentionPolicy: claims = {},
  } = props;
  if (order !== undefined) {
    check.oneOf('order', order, ['OrderedReady', 'Parallel']);
  }
  return {
    order: order ?? (props.quorum === undefined ? 'OrderedReady' : 'Parallel'),
    firstOrdinal: check.integer('firstOrdinal', firstOrdinal, 0, 100_000),
    claims: resolveRetention(check, claims),
    updateStrategy: resolveUpdate(check, updateStrategy, replicas),
  };
}

function resolveRetention(check: Check, retention: ClaimRetention): SetSpec['claims'] {
  const field = 'persistentVolumeClaimRetentionPolicy';
  check.keys<ClaimRetention>(field, retention, RETENTION);
  for (const key of ['whenDeleted', 'whenScaled'] as const) {
    if (retention[key] !== undefined) {
      check.oneOf(`${field}.${key}`, retention[key], ['Retain', 'Delete']);
    }
  }
  return { whenDeleted: retention.whenDeleted ?? 'Retain', whenScaled: retention.whenScaled ?? 'Retain' };
}

function resolveUpdate(
  check: Check,
  update: NonNullable<MemberParts['updateStrategy']>,
  replicas: number,
): SetSpec['updateStrategy'] {
  if (typeof update === 'string') {
    check.oneOf('updateStrategy', update, ['RollingUpdate', 'OnDelete']);
    return { type: update };
  }
  if (typeof update !== 'object' || update === null) {
    check.fail(
      'type',
      'updateStrategy',
      `updateStrategy must be 'RollingUpdate', 'OnDelete' or { partition }, but is ${describe(update)}`,
      "write 'OnDelete', or { partition: 2 }",
    );
  }
  check.keys<PartialUpdate>('updateStrategy', update, PARTIAL);
  const partition = check.integer('updateStrategy.partition', update.partition, 0, replicas);
  return { type: 'RollingUpdate', rollingUpdate: { partition } };
}
