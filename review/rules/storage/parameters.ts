import { isEbsDriver, OLD_EBS_DRIVER } from '../../../eks/compute-modes';
import {
  EBS_DEFAULT_TYPE,
  EBS_FILE_SYSTEMS,
  EBS_PARAMETER_PREFIXES,
  EBS_PARAMETERS,
  EBS_VOLUME_TYPES,
  GP3_IOPS_PER_MIB,
  OLD_EBS_PARAMETERS,
} from '../../../eks/ebs-volumes';
import type { StorageClass } from '../../../imports/kubernetes';
import { describe } from '../../../kube/describe';
import { title } from '../../../kube/inventory';
import { keyPath, listed, nearest } from '../../../kube/text';
import type { Rule } from '../../rule';

const FS_TYPE = 'csi.storage.k8s.io/fstype';

/** Says what is wrong with a parameter. */
type Say = (key: string, problem: string, fix: string, severity?: 'warning') => void;

/** What the driver of EBS or EC2 refuses, and what the driver reads otherwise than it looks. */
export const rule: Rule = {
  id: 'storage/parameters',
  title: 'classes of EBS volumes have parameters and amounts that EBS takes',
  severity: 'error',
  why: 'The StorageClass is accepted, but the driver or EC2 refuses every volume of it, and its claims stay pending. The parameters of a class cannot be changed later.',
  source: 'https://github.com/kubernetes-sigs/aws-ebs-csi-driver/blob/master/docs/parameters.md',
  refusedBy: 'controller',
  bad: storageClass("{ type: io2, encrypted: 'true' }"),
  good: storageClass("{ type: io2, iops: '5000', encrypted: 'true' }"),
  check: ({ inventory }, report) => {
    for (const object of inventory.ofKind('StorageClass', 'storage.k8s.io')) {
      const { provisioner, parameters = {} } = object.manifest as unknown as StorageClass;
      if (isEbsDriver(provisioner)) {
        const say: Say = (key, problem, fix, severity) =>
          report(object, {
            ...(severity ? { severity } : {}),
            message: `${key} of ${title(object)} ${problem}`,
            fix,
            field: keyPath('parameters', key),
          });
        const known = knownParameters(provisioner, parameters, say);
        checkAmounts(known, say);
      }
    }
  },
};

/** A parameter as it is written, and its value. */
type Known = ReadonlyMap<string, readonly [written: string, value: string]>;

/** The parameters by their name in small letters. */
function knownParameters(driver: string, parameters: Readonly<Record<string, string>>, say: Say): Known {
  const names = new Map(Object.keys(EBS_PARAMETERS).map((name) => [name.toLowerCase(), name]));
  const found = new Map<string, readonly [string, string]>();
  for (const [key, value] of Object.entries(parameters)) {
    const name = key === FS_TYPE ? 'fsType' : names.get(key.toLowerCase());
    if (name === undefined) {
      checkOther(driver, key, [...names.values()], say);
      continue;
    }
    found.set(name, [key, value]);
    const form = EBS_PARAMETERS[name];
    if (form === 'integer' && !/^\d+$/.test(value)) {
      say(key, `must be an integer, but is ${describe(value)}`, `write for example ${key}: '3000'`);
    } else if (form === 'flag' && value !== 'true' && value !== 'false') {
      say(key, `must be 'true' or 'false', but is ${describe(value)}`, `write ${key}: 'true'`, 'warning');
    }
  }
  return found;
}

function checkOther(driver: string, key: string, names: readonly string[], say: Say): void {
  if (key.toLowerCase() === FS_TYPE && key !== FS_TYPE) {
    say(key, 'is not known to Kubernetes, which minds its capitals', `write ${FS_TYPE}`);
  } else if (
    !EBS_PARAMETER_PREFIXES.some((prefix) => key.startsWith(prefix)) &&
    !(driver === OLD_EBS_DRIVER && OLD_EBS_PARAMETERS.includes(key.toLowerCase()))
  ) {
    const guess = nearest(key, names);
    // a newer driver may know more
    say(key, 'is not a parameter of the driver', guess === undefined ? 'delete it' : `write ${guess}`, 'warning');
  }
}

function checkAmounts(known: Known, say: Say): void {
  const [typeKey, type] = known.get('type') ?? ['type', EBS_DEFAULT_TYPE];
  const spec = EBS_VOLUME_TYPES.get(type);
  const [fsKey, fsType] = known.get('fsType') ?? ['fsType', 'ext4'];
  if (!EBS_FILE_SYSTEMS.includes(fsType.toLowerCase())) {
    say(fsKey, `must be one of ${listed(EBS_FILE_SYSTEMS)}, but is ${describe(fsType)}`, `write ${fsKey}: 'ext4'`);
  }
  if (spec === undefined) {
    const types = [...EBS_VOLUME_TYPES.keys()];
    const fix = `write ${typeKey}: '${nearest(type, types) ?? EBS_DEFAULT_TYPE}'`;
    say(typeKey, `must be one of ${listed(types)}, but is ${describe(type)}`, fix, 'warning');
    return;
  }
  const amount = (name: string) => {
    const [key, value] = known.get(name) ?? [name, ''];
    return { key, value: /^\d+$/.test(value) ? Number(value) : undefined, given: value !== '' };
  };
  const iops = amount('iops');
  const perGb = amount('iopsPerGB');
  const throughput = amount('throughput');
  if (iops.given && perGb.given) {
    say(perGb.key, `stands beside ${iops.key}`, 'write one of them');
  }
  for (const { key, given } of spec.iops ? [] : [iops, perGb]) {
    if (given) {
      say(key, `is not supported by type '${type}'`, "delete it, or write type: 'gp3'");
    }
  }
  if (spec.needsIops && !iops.given && !perGb.given) {
    say('iops', `is required for type '${type}'`, "write for example iops: '3000'");
  }
  if (spec.iops && iops.value !== undefined) {
    const [least, most] = spec.iops;
    const raised = known.get('allowAutoIOPSPerGBIncrease')?.[1] === 'true';
    if (iops.value < least && !raised) {
      say(
        iops.key,
        `must be ${least} or more for type '${type}', but is ${iops.value}`,
        `write ${iops.key}: '${least}'`,
      );
    } else if (iops.value > most) {
      const problem = `is ${iops.value}, of which volumes of type '${type}' get ${most}`;
      say(iops.key, problem, `write ${iops.key}: '${most}' or less`, 'warning');
    }
  }
  if (throughput.given && !spec.throughput) {
    say(throughput.key, `is not supported by type '${type}'`, "delete it, or write type: 'gp3'");
  } else if (spec.throughput && throughput.value !== undefined) {
    const [least, most] = spec.throughput;
    const needed = throughput.value * GP3_IOPS_PER_MIB;
    if (throughput.value < least || throughput.value > most) {
      const range = `${least} to ${most}`;
      say(throughput.key, `must be ${range} MiB a second, but is ${throughput.value}`, `write a value of ${range}`);
    } else if (!perGb.given && needed > (iops.value ?? spec.iops![0])) {
      const problem = `is ${throughput.value} MiB a second, which takes ${needed} iops, but volumes have ${iops.value ?? spec.iops![0]}`;
      say(throughput.key, problem, `write iops: '${needed}', or less throughput`);
    }
  }
}

function storageClass(parameters: string): string {
  return `
apiVersion: storage.k8s.io/v1
kind: StorageClass
metadata: { name: fast }
provisioner: ebs.csi.aws.com
parameters: ${parameters}
volumeBindingMode: WaitForFirstConsumer
allowVolumeExpansion: true
`;
}
