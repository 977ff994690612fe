import { describe } from '../../kube/describe';
import { isOnOutposts } from './accessors';
import { groupRule, type Subject } from './group-rule';
import type { NodeGroupRule } from './rule';
import { isNonEmptyString, isSet } from './unvalidated';

/** IOPS that eksctl allows per volume type. */
const IOPS: Readonly<Record<string, readonly [number, number]>> = {
  io1: [100, 64000],
  io2: [100, 256000],
  gp3: [3000, 16000],
};
const THROUGHPUT = [125, 1000] as const;

/** The volume type, with eksctl's default. */
const typeOf = ({ group }: Subject): string => group.volumeType ?? 'gp3';

/** eksctl sets the volume size of a managed group before validation, but not with a launch template. */
function needsSize(field: 'volumeName' | 'volumeEncrypted' | 'volumeKmsKeyID', letter: string): NodeGroupRule {
  const title = `${field} requires volumeSize, in a self-managed group or with a launch template`;
  return groupRule({ id: `B1${letter}`, enforcedBy: 'eksctl', title }, ({ kind, group, error }) => {
    const templated = kind === 'managed' && isSet(group.launchTemplate);
    const value = group[field];
    const set = value === true || (typeof value === 'string' && value !== '');
    if (!set || isSet(group.volumeSize) || !(templated || kind === 'self-managed')) {
      return;
    }
    error(
      field,
      `requires volumeSize, but is ${describe(value)} without it`,
      templated ? 'configure the volume in the launch template' : 'write for example volumeSize: 80',
    );
  });
}

function range(id: string, type: keyof typeof IOPS): NodeGroupRule {
  const [min, max] = IOPS[type]!;
  return groupRule({ id, enforcedBy: 'eksctl', title: `volumeIOPS of ${type} is ${min} to ${max}` }, (subject) => {
    const iops = subject.group.volumeIOPS;
    if (typeOf(subject) === type && isSet(iops) && (iops < min || iops > max)) {
      const near = Math.min(Math.max(iops, min), max);
      subject.error('volumeIOPS', `must be ${min} to ${max} for ${type}, but is ${iops}`, `write volumeIOPS: ${near}`);
    }
  });
}

/** eksctl's rules about the root volume of a node. */
export const VOLUME_RULES: readonly NodeGroupRule[] = [
  needsSize('volumeName', 'a'),
  needsSize('volumeEncrypted', 'b'),
  needsSize('volumeKmsKeyID', 'c'),
  groupRule(
    { id: 'B2', enforcedBy: 'eksctl', title: 'volumeKmsKeyID requires volumeEncrypted' },
    ({ group, error }) => {
      if (isNonEmptyString(group.volumeKmsKeyID) && group.volumeEncrypted !== true) {
        error(
          'volumeKmsKeyID',
          `requires volumeEncrypted: true, but volumeEncrypted is ${describe(group.volumeEncrypted ?? undefined)}`,
          'write `volumeEncrypted: true`',
        );
      }
    },
  ),
  groupRule({ id: 'B3', enforcedBy: 'eksctl', title: 'volumeIOPS requires volumeType io1, io2 or gp3' }, (subject) => {
    const type = typeOf(subject);
    if (isSet(subject.group.volumeIOPS) && !Object.hasOwn(IOPS, type)) {
      subject.error(
        'volumeIOPS',
        `not supported by volumeType ${describe(type)}, but is ${subject.group.volumeIOPS}`,
        "write volumeType: 'gp3', or remove volumeIOPS",
      );
    }
  }),
  range('B3a', 'io1'),
  range('B3b', 'io2'),
  range('B3c', 'gp3'),
  groupRule({ id: 'B4', enforcedBy: 'eksctl', title: 'volumeThroughput requires volumeType gp3' }, (subject) => {
    if (isSet(subject.group.volumeThroughput) && typeOf(subject) !== 'gp3') {
      subject.error(
        'volumeThroughput',
        `not supported by volumeType ${describe(typeOf(subject))}, but is ${subject.group.volumeThroughput}`,
        "write volumeType: 'gp3', or remove volumeThroughput",
      );
    }
  }),
  groupRule({ id: 'B4a', enforcedBy: 'eksctl', title: 'volumeThroughput is 125 to 1000 MiB/s' }, (subject) => {
    const throughput = subject.group.volumeThroughput;
    const [min, max] = THROUGHPUT;
    if (typeOf(subject) === 'gp3' && isSet(throughput) && (throughput < min || throughput > max)) {
      subject.error(
        'volumeThroughput',
        `must be ${min} to ${max} MiB/s, but is ${throughput}`,
        `write volumeThroughput: ${Math.min(Math.max(throughput, min), max)}`,
      );
    }
  }),
  groupRule({ id: 'B19', enforcedBy: 'eksctl', title: 'additionalVolumes contains no null' }, ({ group, error }) => {
    for (const [i, volume] of (group.additionalVolumes ?? []).entries()) {
      if (!isSet(volume)) {
        error(`additionalVolumes[${i}]`, 'must not be null', 'delete the entry');
      }
    }
  }),
  groupRule(
    { id: 'N23e', enforcedBy: 'eksctl', only: 'self-managed', title: 'volumeType is gp2 on Outposts' },
    ({ group, config, error }) => {
      if (isOnOutposts(config) && isSet(group.volumeType) && group.volumeType !== 'gp2') {
        error(
          'volumeType',
          `must be 'gp2' on Outposts, but is ${describe(group.volumeType)}`,
          "write volumeType: 'gp2'",
        );
      }
    },
  ),
];
