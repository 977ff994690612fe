import { isEbsDriver } from '../../../eks/compute-modes';
import { EBS_ATTRIBUTE_PREFIXES, EBS_ATTRIBUTES } from '../../../eks/ebs-attributes';
import { EBS_VOLUME_TYPES } from '../../../eks/ebs-volumes';
import { describe } from '../../../kube/describe';
import { title } from '../../../kube/inventory';
import { asObject, type Loose } from '../../../kube/loose';
import { keyPath, listed, nearest } from '../../../kube/text';
import type { Rule } from '../../rule';

/** Says what is wrong with a parameter. */
type Say = (key: string, problem: string, fix: string, severity?: 'warning') => void;

/** What the driver of EBS or EC2 refuses of a VolumeAttributesClass, whose parameters cannot be changed. */
export const rule: Rule = {
  id: 'storage/attributes',
  title: 'classes of attributes of EBS volumes have parameters and amounts that EBS takes',
  severity: 'error',
  why: 'The class is accepted, and the driver or EC2 refuses to change the volumes of claims that name it. They stay as they are, and only events of the claim say so.',
  source: 'https://github.com/kubernetes-sigs/aws-ebs-csi-driver/blob/master/docs/modify-volume.md',
  refusedBy: 'controller',
  bad: attributesClass("{ type: gp3, iops: '100' }"),
  good: attributesClass("{ type: gp3, iops: '6000' }"),
  check: ({ inventory }, report) => {
    for (const object of inventory.ofKind('VolumeAttributesClass', 'storage.k8s.io')) {
      const { driverName, parameters } = object.manifest as unknown as Loose;
      if (isEbsDriver(typeof driverName === 'string' ? driverName : undefined)) {
        checkParameters(asObject(parameters), (key, problem, fix, severity) =>
          report(object, {
            ...(severity ? { severity } : {}),
            message: `${key} of ${title(object)} ${problem}`,
            fix,
            field: keyPath('parameters', key),
          }),
        );
      }
    }
  },
};

function checkParameters(parameters: Loose, say: Say): void {
  for (const key of Object.keys(parameters)) {
    if (!EBS_ATTRIBUTES.includes(key) && !EBS_ATTRIBUTE_PREFIXES.some((prefix) => key.startsWith(prefix))) {
      const guess = nearest(key, EBS_ATTRIBUTES);
      // a newer driver may know more
      const problem = 'is not a parameter that the driver changes';
      say(key, problem, guess === undefined ? 'delete it' : `write ${guess}`, 'warning');
    }
  }
  const { type } = parameters;
  const spec = typeof type === 'string' ? EBS_VOLUME_TYPES.get(type) : undefined;
  if (type !== undefined && !spec) {
    const types = [...EBS_VOLUME_TYPES.keys()];
    const guess = typeof type === 'string' ? nearest(type, types) : undefined;
    say(
      'type',
      `must be one of ${listed(types)}, but is ${describe(type)}`,
      `write type: '${guess ?? 'gp3'}'`,
      'warning',
    );
  }
  for (const key of ['iops', 'throughput'] as const) {
    const value = parameters[key];
    if (value === undefined) {
      continue;
    }
    if (typeof value !== 'string' || !/^\d+$/.test(value)) {
      say(key, `must be an integer, but is ${describe(value)}`, `write for example ${key}: '3000'`);
    } else if (spec && !spec[key]) {
      say(key, `is not supported by type '${String(type)}'`, "delete it, or write type: 'gp3'");
    } else if (spec) {
      const [least, most] = spec[key]!;
      if (Number(value) < least || Number(value) > most) {
        const range = `${least} to ${most}`;
        say(key, `must be ${range} for type '${String(type)}', but is ${value}`, `write a value of ${range}`);
      }
    }
  }
}

function attributesClass(parameters: string): string {
  return `
apiVersion: storage.k8s.io/v1
kind: VolumeAttributesClass
metadata: { name: fast }
driverName: ebs.csi.aws.com
parameters: ${parameters}
`;
}
