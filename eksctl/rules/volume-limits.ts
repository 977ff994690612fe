import { isBottlerocket } from '../../eks/ami-families';
import { describe } from '../../kube/describe';
import { DEFAULT_VOLUME_SIZE } from '../node-group-defaults';
import { groupRule, type Subject } from './group-rule';
import type { NodeGroupRule } from './rule';
import { isNonEmptyString, isSet, type UnvalidatedGroup } from './unvalidated';

/** Limits of EBS (https://docs.aws.amazon.com/ebs/latest/userguide/ebs-volume-types.html, as of 2026-08). */
interface Limits {
  /** GiB. */
  readonly size: readonly [number, number];
  readonly iops?: readonly [number, number];
  /** IOPS per GiB. */
  readonly ratio?: number;
}
const LIMITS: Readonly<Record<string, Limits>> = {
  gp3: { size: [1, 65536], iops: [3000, 80000], ratio: 500 },
  gp2: { size: [1, 16384] },
  io1: { size: [4, 16384], iops: [100, 64000], ratio: 50 },
  io2: { size: [4, 65536], iops: [100, 256000], ratio: 1000 },
  st1: { size: [125, 16384] },
  sc1: { size: [125, 16384] },
  standard: { size: [1, 1024] },
};

/** MiB/s per IOPS of a gp3 volume. */
const THROUGHPUT_RATIO = 0.25;

interface Volume {
  /** Prefix of its fields: '' or 'additionalVolumes[0].'. */
  readonly path: string;
  readonly own: Omit<NonNullable<NonNullable<UnvalidatedGroup['additionalVolumes']>[number]>, 'snapshotID'>;
  readonly type: string;
  readonly size: number;
}

/** The volumes of a node; none with a launch template, which defines them. */
function volumesOf({ group }: Subject): readonly Volume[] {
  const volume = (path: string, own: Volume['own']): Volume => ({
    path,
    own,
    type: own.volumeType ?? 'gp3',
    size: own.volumeSize ?? DEFAULT_VOLUME_SIZE,
  });
  if (isSet(group.launchTemplate)) {
    return [];
  }
  const more = (group.additionalVolumes ?? []).map((own, i) => own && volume(`additionalVolumes[${i}].`, own));
  return [volume('', group), ...more.filter(isSet)];
}

const inside = (value: number, [min, max]: readonly [number, number]): boolean => value >= min && value <= max;

/** IOPS as eksctl fills them in. */
const iopsOf = ({ own, type }: Volume): number => own.volumeIOPS ?? (type === 'gp3' ? 3000 : 100);

/** Rules of EC2 that eksctl does not check. */
export const VOLUME_LIMIT_RULES: readonly NodeGroupRule[] = [
  groupRule({ id: 'X90', enforcedBy: 'aws', title: 'volumeType is known' }, (subject) => {
    for (const { path, type } of volumesOf(subject)) {
      if (!Object.hasOwn(LIMITS, type)) {
        subject.error(`${path}volumeType`, `unknown volume type ${describe(type)}`, "write volumeType: 'gp3'");
      }
    }
  }),
  groupRule({ id: 'X91', enforcedBy: 'aws', title: 'the root volume is not st1 or sc1' }, (subject) => {
    const { volumeType, volumeName } = subject.group;
    const boots =
      !isNonEmptyString(volumeName) && !isBottlerocket(subject.family) && !isSet(subject.group.launchTemplate);
    if (boots && (volumeType === 'st1' || volumeType === 'sc1')) {
      subject.error('volumeType', `must not be '${volumeType}': EC2 cannot boot from it`, "write volumeType: 'gp3'");
    }
  }),
  groupRule({ id: 'X92', enforcedBy: 'aws', title: 'volumeSize is in the range of the volume type' }, (subject) => {
    for (const { path, own, type } of volumesOf(subject)) {
      const limits = LIMITS[type]?.size ?? [1, 65536];
      if (isSet(own.volumeSize) && !inside(own.volumeSize, limits)) {
        const near = Math.min(Math.max(own.volumeSize, limits[0]), limits[1]);
        subject.error(
          `${path}volumeSize`,
          `must be ${limits[0]} to ${limits[1]} GiB for ${type}, but is ${own.volumeSize}`,
          `write volumeSize: ${path === '' ? Math.max(near, 20) : near}`,
        );
      }
    }
  }),
  groupRule({ id: 'X93', enforcedBy: 'aws', title: 'volumeIOPS is at most what volumeSize allows' }, (subject) => {
    for (const volume of volumesOf(subject)) {
      const { iops: range, ratio, size: sizes } = LIMITS[volume.type] ?? {};
      const iops = iopsOf(volume);
      // every gp3 volume has 3000 IOPS
      const most = Math.max(volume.size * (ratio ?? 0), volume.type === 'gp3' ? 3000 : 0);
      if (range && sizes && inside(iops, range) && inside(volume.size, sizes) && iops > most) {
        subject.error(
          `${volume.path}volumeIOPS`,
          `must be at most ${most} for ${volume.size} GiB of ${volume.type}, but is ${iops}`,
          `write volumeIOPS: ${most}, or volumeSize: ${Math.ceil(iops / ratio!)}`,
        );
      }
    }
  }),
  groupRule(
    { id: 'X94', enforcedBy: 'aws', title: 'volumeThroughput is at most what volumeIOPS allows' },
    (subject) => {
      for (const volume of volumesOf(subject)) {
        const throughput = volume.own.volumeThroughput;
        const most = iopsOf(volume) * THROUGHPUT_RATIO;
        if (
          volume.type === 'gp3' &&
          isSet(throughput) &&
          throughput <= 2000 &&
          iopsOf(volume) >= 3000 &&
          throughput > most
        ) {
          subject.error(
            `${volume.path}volumeThroughput`,
            `must be at most ${most} MiB/s with ${iopsOf(volume)} IOPS, but is ${throughput}`,
            `write volumeIOPS: ${Math.ceil(throughput / THROUGHPUT_RATIO)}, too`,
          );
        }
      }
    },
  ),
  groupRule({ id: 'X95', enforcedBy: 'aws', title: 'volumeIOPS is set with io1 and io2' }, (subject) => {
    for (const { path, own, type } of volumesOf(subject)) {
      if ((type === 'io1' || type === 'io2') && !isSet(own.volumeIOPS)) {
        subject.warning(
          `${path}volumeIOPS`,
          `should be set with ${type}: eksctl's default is 100, while gp3 has 3000`,
          "write volumeIOPS: 4000, or volumeType: 'gp3'",
        );
      }
    }
  }),
  groupRule({ id: 'X96', enforcedBy: 'aws', title: 'an additional volume has a volumeName' }, (subject) => {
    for (const { path, own } of volumesOf(subject)) {
      if (path !== '' && !isNonEmptyString(own.volumeName)) {
        subject.error(
          `${path}volumeName`,
          'required: eksctl silently ignores a volume without it',
          "write volumeName: '/dev/xvdc'",
        );
      }
    }
  }),
  groupRule({ id: 'X97', enforcedBy: 'aws', title: 'volumeName is unique in a group' }, (subject) => {
    const names = volumesOf(subject).map(({ own }) => own.volumeName);
    for (const [i, { path }] of volumesOf(subject).entries()) {
      if (isNonEmptyString(names[i]) && names.indexOf(names[i]) !== i) {
        subject.error(`${path}volumeName`, `duplicate volumeName '${names[i]}'`, "write for example '/dev/xvdd'");
      }
    }
  }),
  groupRule(
    { id: 'X98', enforcedBy: 'aws', title: 'volumeKmsKeyID of an additional volume requires volumeEncrypted' },
    (subject) => {
      for (const { path, own } of volumesOf(subject)) {
        if (path !== '' && isNonEmptyString(own.volumeKmsKeyID) && own.volumeEncrypted !== true) {
          subject.error(
            `${path}volumeKmsKeyID`,
            `requires volumeEncrypted: true, but volumeEncrypted is ${describe(own.volumeEncrypted ?? undefined)}`,
            'write `volumeEncrypted: true`',
          );
        }
      }
    },
  ),
  groupRule(
    {
      id: 'X103',
      enforcedBy: 'aws',
      title: 'IOPS and throughput of an additional volume are in the range of its type',
    },
    (subject) => {
      for (const { path, own, type } of volumesOf(subject).filter((volume) => volume.path !== '')) {
        const { iops } = LIMITS[type] ?? {};
        if (isSet(own.volumeIOPS) && !(iops && inside(own.volumeIOPS, iops))) {
          subject.error(
            `${path}volumeIOPS`,
            iops
              ? `must be ${iops[0]} to ${iops[1]} for ${describe(type)}, but is ${own.volumeIOPS}`
              : `not supported by volumeType ${describe(type)}, but is ${own.volumeIOPS}`,
            "write volumeType: 'gp3' with volumeIOPS: 3000",
          );
        }
        const throughput = own.volumeThroughput;
        if (isSet(throughput) && !(type === 'gp3' && inside(throughput, [125, 2000]))) {
          subject.error(
            `${path}volumeThroughput`,
            `must be 125 to 2000 MiB/s with gp3, and not set otherwise, but is ${throughput}`,
            "write volumeType: 'gp3' with volumeThroughput: 125",
          );
        }
      }
    },
  ),
];
