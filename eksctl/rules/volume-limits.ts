import { isBottlerocket } from '../../eks/ami-families';
import { describe } from '../../kube/describe';
import { DEFAULT_VOLUME_SIZE } from '../node-group-defaults';
import { groupRule, type Subject } from './group-rule';
import type { NodeGroupRule } from './rule';
import { isNonEmptyString, isSet, type UnvalidatedGroup } from './unvalidated';

/** What EBS takes (https://docs.aws.amazon.com/ebs/latest/userguide/ebs-volume-types.html, as of 2026-08). */
interface Limits {
  /** GiB. */
  readonly size: readonly [number, number];
  readonly iops?: readonly [number, number];
  /** IOPS for each GiB. */
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

/** MiB/s that a gp3 volume gives for each of its IOPS. */
const THROUGHPUT_RATIO = 0.25;

interface Volume {
  /** Of its fields: '' or 'additionalVolumes[0].'. */
  readonly path: string;
  readonly own: Omit<NonNullable<NonNullable<UnvalidatedGroup['additionalVolumes']>[number]>, 'snapshotID'>;
  readonly type: string;
  readonly size: number;
}

/** The volumes of a node that eksctl describes: none of its own beside a launch template. */
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

/** What EC2 asks of volumes, and eksctl does not. */
export const VOLUME_LIMIT_RULES: readonly NodeGroupRule[] = [
  groupRule({ id: 'X90', enforcedBy: 'aws', title: 'volumeType is one of EBS' }, (subject) => {
    for (const { path, type } of volumesOf(subject)) {
      if (!Object.hasOwn(LIMITS, type)) {
        subject.error(`${path}volumeType`, `EBS has no type ${describe(type)}`, "write volumeType: 'gp3'");
      }
    }
  }),
  groupRule({ id: 'X91', enforcedBy: 'aws', title: 'no node starts from st1 or sc1' }, (subject) => {
    const { volumeType, volumeName } = subject.group;
    const boots =
      !isNonEmptyString(volumeName) && !isBottlerocket(subject.family) && !isSet(subject.group.launchTemplate);
    if (boots && (volumeType === 'st1' || volumeType === 'sc1')) {
      subject.error('volumeType', `EC2 cannot boot from '${volumeType}'`, "write volumeType: 'gp3'");
    }
  }),
  groupRule({ id: 'X92', enforcedBy: 'aws', title: 'volumeSize is one that the type has' }, (subject) => {
    for (const { path, own, type } of volumesOf(subject)) {
      const limits = LIMITS[type]?.size ?? [1, 65536];
      if (isSet(own.volumeSize) && !inside(own.volumeSize, limits)) {
        const near = Math.min(Math.max(own.volumeSize, limits[0]), limits[1]);
        subject.error(
          `${path}volumeSize`,
          `volumeSize is ${own.volumeSize}; ${type} has ${limits[0]} to ${limits[1]} GiB`,
          `write volumeSize: ${path === '' ? Math.max(near, 20) : near}`,
        );
      }
    }
  }),
  groupRule({ id: 'X93', enforcedBy: 'aws', title: 'volumeIOPS is in proportion to volumeSize' }, (subject) => {
    for (const volume of volumesOf(subject)) {
      const { iops: range, ratio, size: sizes } = LIMITS[volume.type] ?? {};
      const iops = iopsOf(volume);
      // every gp3 volume has its 3000
      const most = Math.max(volume.size * (ratio ?? 0), volume.type === 'gp3' ? 3000 : 0);
      if (range && sizes && inside(iops, range) && inside(volume.size, sizes) && iops > most) {
        subject.error(
          `${volume.path}volumeIOPS`,
          `volumeIOPS is ${iops}; ${volume.size} GiB of ${volume.type} take at most ${most}`,
          `write volumeIOPS: ${most}, or volumeSize: ${Math.ceil(iops / ratio!)}`,
        );
      }
    }
  }),
  groupRule({ id: 'X94', enforcedBy: 'aws', title: 'volumeThroughput is in proportion to volumeIOPS' }, (subject) => {
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
          `volumeThroughput is ${throughput} MiB/s; ${iopsOf(volume)} IOPS give at most ${most}`,
          `write volumeIOPS: ${Math.ceil(throughput / THROUGHPUT_RATIO)} beside it`,
        );
      }
    }
  }),
  groupRule({ id: 'X95', enforcedBy: 'aws', title: 'io1 and io2 say their IOPS' }, (subject) => {
    for (const { path, own, type } of volumesOf(subject)) {
      if ((type === 'io1' || type === 'io2') && !isSet(own.volumeIOPS)) {
        subject.warning(
          `${path}volumeIOPS`,
          `volumeIOPS is missing, and eksctl writes 100 for ${type}: a thirtieth of what any gp3 volume has`,
          "write volumeIOPS: 4000, or volumeType: 'gp3'",
        );
      }
    }
  }),
  groupRule({ id: 'X96', enforcedBy: 'aws', title: 'an additional volume needs volumeName' }, (subject) => {
    for (const { path, own } of volumesOf(subject)) {
      if (path !== '' && !isNonEmptyString(own.volumeName)) {
        subject.error(
          `${path}volumeName`,
          'without a name eksctl drops the volume, and says nothing',
          "write volumeName: '/dev/xvdc'",
        );
      }
    }
  }),
  groupRule({ id: 'X97', enforcedBy: 'aws', title: 'each volume has its own volumeName' }, (subject) => {
    const names = volumesOf(subject).map(({ own }) => own.volumeName);
    for (const [i, { path }] of volumesOf(subject).entries()) {
      if (isNonEmptyString(names[i]) && names.indexOf(names[i]) !== i) {
        subject.error(`${path}volumeName`, `'${names[i]}' is another volume already`, "write for example '/dev/xvdd'");
      }
    }
  }),
  groupRule(
    { id: 'X98', enforcedBy: 'aws', title: 'the key of an additional volume needs volumeEncrypted' },
    (subject) => {
      for (const { path, own } of volumesOf(subject)) {
        if (path !== '' && isNonEmptyString(own.volumeKmsKeyID) && own.volumeEncrypted !== true) {
          subject.error(
            `${path}volumeKmsKeyID`,
            `there is a key, but volumeEncrypted is ${describe(own.volumeEncrypted ?? undefined)}`,
            'write volumeEncrypted: true beside it',
          );
        }
      }
    },
  ),
  groupRule(
    { id: 'X103', enforcedBy: 'aws', title: "an additional volume's IOPS and throughput are of its type" },
    (subject) => {
      for (const { path, own, type } of volumesOf(subject).filter((volume) => volume.path !== '')) {
        const { iops } = LIMITS[type] ?? {};
        if (isSet(own.volumeIOPS) && !(iops && inside(own.volumeIOPS, iops))) {
          subject.error(
            `${path}volumeIOPS`,
            `volumeIOPS is ${own.volumeIOPS}; ${describe(type)} takes ${iops ? `${iops[0]} to ${iops[1]}` : 'none'}`,
            "write volumeType: 'gp3' with volumeIOPS: 3000",
          );
        }
        const throughput = own.volumeThroughput;
        if (isSet(throughput) && !(type === 'gp3' && inside(throughput, [125, 2000]))) {
          subject.error(
            `${path}volumeThroughput`,
            `volumeThroughput is ${throughput}; only gp3 takes one, of 125 to 2000 MiB/s`,
            "write volumeType: 'gp3' with volumeThroughput: 125",
          );
        }
      }
    },
  ),
];
