import { installedDriver, isEbsDriver } from '../../../eks/compute-modes';
import { EBS_MODIFICATIONS, EBS_TAG_MODIFICATIONS, EBS_VOLUME_TYPES } from '../../../eks/ebs-volumes';
import type { VolumeAttributesClass } from '../../../imports/kubernetes';
import { describe } from '../../../kube/describe';
import { title } from '../../../kube/inventory';
import { keyPath, listed, nearest } from '../../../kube/text';
import { claimingObjects } from '../../claims';
import { classOf, volumeIndex } from '../../cluster/volumes';
import { Places } from '../../places';
import type { Rule } from '../../rule';

interface ParameterProblem {
  readonly key: string;
  readonly problem: string;
  readonly fix: string;
  readonly severity?: 'warning';
}

/** What claims name, and what the driver of EBS can change of a volume. */
export const rule: Rule = {
  id: 'storage/attributes-class',
  title:
    'a VolumeAttributesClass that a claim names is there, is of the driver of its volume, and has parameters of it',
  severity: 'error',
  why: 'A claim of a class that does not exist, or whose amounts EC2 refuses, keeps its volume as it is; a new one stays pending. A parameter that the driver does not know is ignored.',
  source: 'https://kubernetes.io/docs/concepts/storage/volume-attributes-classes/',
  refusedBy: 'controller',
  bad: attributesClass("{ type: gp3, throughput: '5000' }"),
  good: attributesClass("{ type: gp3, iops: '4000', throughput: '500' }"),
  check: ({ inventory, existing }, report) => {
    const objects = inventory.ofKind('VolumeAttributesClass', 'storage.k8s.io');
    const drivers = new Map<string, string>();
    for (const object of objects) {
      const { driverName, parameters = {} } = object.manifest as unknown as Partial<VolumeAttributesClass>;
      drivers.set(object.manifest.metadata.name, driverName ?? '');
      for (const { key, problem, fix, severity } of isEbsDriver(driverName) ? problemsOf(parameters) : []) {
        report(object, {
          ...(severity ? { severity } : {}),
          message: `${key} of ${title(object)} ${problem}`,
          fix,
          field: keyPath('parameters', key),
        });
      }
    }
    const declared = existing.filter(({ kind }) => kind === 'VolumeAttributesClass').map(({ name }) => name);
    const index = volumeIndex(inventory);
    for (const { object, claims } of claimingObjects(inventory)) {
      const found = new Places(report, object);
      for (const { field, spec } of claims) {
        const name = spec.volumeAttributesClassName;
        if (typeof name !== 'string' || name === '' || declared.includes(name)) {
          continue;
        }
        const at = `${field}.volumeAttributesClassName`;
        const driver = drivers.get(name);
        const provisioner = classOf(spec.storageClassName, index)?.provisioner;
        if (driver === undefined && inventory.complete) {
          const guess = nearest(name, [...drivers.keys()]);
          found.add(name, {
            severity: 'warning',
            message: `a claim of ${title(object)} has the VolumeAttributesClass '${name}', which is not in the set`,
            fix: `${guess === undefined ? 'add it' : `write '${guess}'`}, or declare that it exists: existing: [{ kind: 'VolumeAttributesClass', namespace: '', name: '${name}' }]`,
            field: at,
          });
        } else if (driver && provisioner && installedDriver(driver) !== installedDriver(provisioner)) {
          found.add(name, {
            message: `a claim of ${title(object)} has the VolumeAttributesClass '${name}' of the driver ${driver}, but its volume is of ${provisioner}`,
            fix: `take a VolumeAttributesClass of ${provisioner}`,
            field: at,
          });
        }
      }
      found.finish();
    }
  },
};

function problemsOf(parameters: Readonly<Record<string, string>>): ParameterProblem[] {
  const found: ParameterProblem[] = [];
  const names = Object.keys(EBS_MODIFICATIONS);
  const type = parameters.type ?? parameters.volumeType;
  const spec = type === undefined ? undefined : EBS_VOLUME_TYPES.get(type);
  if (type !== undefined && spec === undefined) {
    const types = [...EBS_VOLUME_TYPES.keys()];
    const key = parameters.type === undefined ? 'volumeType' : 'type';
    const guess = nearest(type, types);
    const problem = `must be one of ${listed(types)}, but is ${describe(type)}`;
    found.push({ key, problem, fix: `write ${key}: ${guess ?? 'gp3'}` });
  }
  for (const [key, value] of Object.entries(parameters)) {
    if (!Object.hasOwn(EBS_MODIFICATIONS, key)) {
      if (!EBS_TAG_MODIFICATIONS.some((prefix) => key.startsWith(prefix))) {
        const guess = nearest(key, names);
        found.push({
          key,
          problem: 'is ignored by the driver, which changes type, iops and throughput alone',
          fix: guess === undefined ? 'delete it' : `write ${guess}`,
          severity: 'warning',
        });
      }
      continue;
    }
    if (EBS_MODIFICATIONS[key] !== 'integer') {
      continue;
    }
    const range = spec?.[key as 'iops' | 'throughput'];
    if (!/^\d+$/.test(value)) {
      found.push({
        key,
        problem: `must be an integer, but is ${describe(value)}`,
        fix: `write for example ${key}: '3000'`,
      });
    } else if (spec && !range) {
      found.push({ key, problem: `is not supported by type '${type}'`, fix: 'delete it, or write type: gp3' });
    } else if (range && (Number(value) < range[0] || Number(value) > range[1])) {
      const problem = `must be ${range[0]} to ${range[1]} for type '${type}', but is ${value}`;
      found.push({ key, problem, fix: `write a value of ${range[0]} to ${range[1]}` });
    }
  }
  return found;
}

function attributesClass(parameters: string): string {
  return `
apiVersion: storage.k8s.io/v1
kind: VolumeAttributesClass
metadata: { name: faster }
driverName: ebs.csi.aws.com
parameters: ${parameters}
`;
}
