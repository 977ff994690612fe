import { describe } from '../../kube/describe';
import { isOnOutposts } from './accessors';
import { groupRule, type Subject } from './group-rule';
import type { NodeGroupRule } from './rule';
import { isNonEmptyString, isSet } from './unvalidated';

/** IOPS that eksctl takes for a type of volume. */
const IOPS: Readonly<Record<string, readonly [number, number]>> = {
  io1: [100, 64000],
  io2: [100, 256000],
  gp3: [3000, 16000],
};
const THROUGHPUT = [125, 1000] as const;

/** eksctl's type of a volume that names none. */
const typeOf = ({ group }: Subject): string => group.volumeType ?? 'gp3';

/** eksctl fills in the size of a managed group's volume before it looks, but not beside a launch template. */
function needsSize(field: 'volumeName' | 'volumeEncrypted' | 'volumeKmsKeyID', letter: string): NodeGroupRule {
  const title = `${field} needs volumeSize, in a self-managed group and beside a launch template`;
  return groupRule({ id: `B1${letter}`, enforcedBy: 'eksctl', title }, ({ kind, group, error }) => {
    const templated = kind === 'managed' && isSet(group.launchTemplate);
    const value = group[field];
    const set = value === true || (typeof value === 'string' && value !== '');
    if (!set || isSet(group.volumeSize) || !(templated || kind === 'self-managed')) {
      return;
    }
    error(
      field,
      `${field} is ${describe(value)}, but there is no volumeSize`,
      templated ? 'describe the volume in the launch template' : 'write volumeSize: 80 beside it',
    );
  });
}

function range(id: string, type: keyof typeof IOPS): NodeGroupRule {
  const [min, max] = IOPS[type]!;
  return groupRule({ id, enforcedBy: 'eksctl', title: `volumeIOPS of ${type} is from ${min} to ${max}` }, (subject) => {
    const iops = subject.group.volumeIOPS;
    if (typeOf(subject) === type && isSet(iops) && (iops < min || iops > max)) {
      const near = Math.min(Math.max(iops, min), max);
      subject.error('volumeIOPS', `volumeIOPS is ${iops}; ${type} takes ${min} to ${max}`, `write volumeIOPS: ${near}`);
    }
  });
}

/** The volume of a node: what eksctl asks of it. */
export const VOLUME_RULES: readonly NodeGroupRule[] = [
  needsSize('volumeName', 'a'),
  needsSize('volumeEncrypted', 'b'),
  needsSize('volumeKmsKeyID', 'c'),
  groupRule({ id: 'B2', enforcedBy: 'eksctl', title: 'volumeKmsKeyID needs volumeEncrypted' }, ({ group, error }) => {
    if (isNonEmptyString(group.volumeKmsKeyID) && group.volumeEncrypted !== true) {
      error(
        'volumeKmsKeyID',
        `there is a key, but volumeEncrypted is ${describe(group.volumeEncrypted ?? undefined)}`,
        'write volumeEncrypted: true beside it',
      );
    }
  }),
  groupRule({ id: 'B3', enforcedBy: 'eksctl', title: 'volumeIOPS only with io1, io2 and gp3' }, (subject) => {
    const type = typeOf(subject);
    if (isSet(subject.group.volumeIOPS) && !Object.hasOwn(IOPS, type)) {
      subject.error(
        'volumeIOPS',
        `volumeIOPS is ${subject.group.volumeIOPS}; the volume is ${describe(type)}, which takes none`,
        "write volumeType: 'gp3', or leave volumeIOPS out",
      );
    }
  }),
  range('B3a', 'io1'),
  range('B3b', 'io2'),
  range('B3c', 'gp3'),
  groupRule({ id: 'B4', enforcedBy: 'eksctl', title: 'volumeThroughput only with gp3' }, (subject) => {
    if (isSet(subject.group.volumeThroughput) && typeOf(subject) !== 'gp3') {
      subject.error(
        'volumeThroughput',
        `volumeThroughput is ${subject.group.volumeThroughput}; the volume is ${describe(typeOf(subject))}`,
        "write volumeType: 'gp3', or leave volumeThroughput out",
      );
    }
  }),
  groupRule({ id: 'B4a', enforcedBy: 'eksctl', title: 'volumeThroughput is from 125 to 1000 MiB/s' }, (subject) => {
    const throughput = subject.group.volumeThroughput;
    const [min, max] = THROUGHPUT;
    if (typeOf(subject) === 'gp3' && isSet(throughput) && (throughput < min || throughput > max)) {
      subject.error(
        'volumeThroughput',
        `volumeThroughput is ${throughput}; gp3 takes ${min} to ${max} MiB/s`,
        `write volumeThroughput: ${Math.min(Math.max(throughput, min), max)}`,
      );
    }
  }),
  groupRule({ id: 'B19', enforcedBy: 'eksctl', title: 'no null among additionalVolumes' }, ({ group, error }) => {
    for (const [i, volume] of (group.additionalVolumes ?? []).entries()) {
      if (!isSet(volume)) {
        error(`additionalVolumes[${i}]`, 'it is null, on which eksctl crashes', 'take the entry out');
      }
    }
  }),
  groupRule(
    { id: 'N23e', enforcedBy: 'eksctl', only: 'self-managed', title: 'on Outposts volumeType is gp2' },
    ({ group, config, error }) => {
      if (isOnOutposts(config) && isSet(group.volumeType) && group.volumeType !== 'gp2') {
        error(
          'volumeType',
          `volumeType is ${describe(group.volumeType)}; Outposts have gp2`,
          "write volumeType: 'gp2'",
        );
      }
    },
  ),
];
