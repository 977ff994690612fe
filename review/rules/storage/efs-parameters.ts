import { EFS_FILE_SYSTEM, EFS_MODES, EFS_PARAMETERS } from '../../../eks/efs-parameters';
import type { StorageClass } from '../../../imports/kubernetes';
import { describe } from '../../../kube/describe';
import { title } from '../../../kube/inventory';
import { keyPath, listed, nearest } from '../../../kube/text';
import type { Rule } from '../../rule';

const ID = /^fs-(?:[0-9a-f]{8}|[0-9a-f]{17})$/;
const NUMBERS = ['uid', 'gid', 'gidRangeStart', 'gidRangeEnd'];
/** Of Kubernetes itself, and of clients in other accounts. */
const OTHERS = /^(?:csi\.storage\.k8s\.io\/|mounttarget|crossaccount|awsRoleArn|externalId)/;

/** What the driver of EFS refuses or ignores. A class without parameters is for volumes that are there already. */
export const rule: Rule = {
  id: 'storage/efs-parameters',
  title: 'classes of EFS have the parameters that the driver asks for',
  severity: 'error',
  why: 'The StorageClass is accepted, but the driver refuses every volume of it, and its claims stay pending. A key that the driver does not know is ignored.',
  source: 'https://github.com/kubernetes-sigs/aws-efs-csi-driver/blob/master/docs/README.md',
  refusedBy: 'controller',
  bad: storageClass("{ fileSystemId: fs-0123456789abcdef0, directoryPerms: '700' }"),
  good: storageClass("{ provisioningMode: efs-ap, fileSystemId: fs-0123456789abcdef0, directoryPerms: '700' }"),
  check: ({ inventory }, report) => {
    for (const object of inventory.ofKind('StorageClass', 'storage.k8s.io')) {
      const { provisioner, parameters = {} } = object.manifest as unknown as StorageClass;
      const keys = Object.keys(parameters);
      if (provisioner === 'efs.csi.aws.com' && keys.length > 0) {
        for (const { key, problem, fix, severity } of problemsOf(parameters)) {
          report(object, {
            ...(severity ? { severity } : {}),
            message: `${key} of ${title(object)} ${problem}`,
            fix,
            field: keyPath('parameters', key),
          });
        }
      }
    }
  },
};

interface ParameterProblem {
  readonly key: string;
  readonly problem: string;
  readonly fix: string;
  readonly severity?: 'warning';
}

function problemsOf(parameters: Readonly<Record<string, string>>): ParameterProblem[] {
  const found: ParameterProblem[] = [];
  const { provisioningMode: mode, fileSystemId: id, directoryPerms, gidRangeStart, gidRangeEnd } = parameters;
  if (mode === undefined) {
    found.push({ key: 'provisioningMode', problem: 'is required', fix: 'write provisioningMode: efs-ap' });
  } else if (!EFS_MODES.includes(mode)) {
    const problem = `must be one of ${listed(EFS_MODES)}, but is ${describe(mode)}`;
    found.push({ key: 'provisioningMode', problem, fix: 'write provisioningMode: efs-ap', severity: 'warning' });
  }
  if (!EFS_FILE_SYSTEM.some((key) => parameters[key] !== undefined)) {
    const fix = 'write the id of the file system, such as fs-0123456789abcdef0';
    found.push({ key: 'fileSystemId', problem: 'is required', fix });
  } else if (id !== undefined && !ID.test(id) && mode === 'efs-ap') {
    const problem = `must be the id of a file system, but is ${describe(id)}`;
    found.push({ key: 'fileSystemId', problem, fix: 'write for example fs-0123456789abcdef0', severity: 'warning' });
  }
  for (const key of NUMBERS) {
    const value = parameters[key];
    if (value !== undefined && !/^\d+$/.test(value)) {
      found.push({
        key,
        problem: `must be an integer, but is ${describe(value)}`,
        fix: `write for example ${key}: '1000'`,
      });
    }
  }
  if ((gidRangeStart === undefined) !== (gidRangeEnd === undefined)) {
    const key = gidRangeStart === undefined ? 'gidRangeStart' : 'gidRangeEnd';
    found.push({ key, problem: 'is required beside the other end of the range', fix: 'write both, or none' });
  } else if (Number(gidRangeEnd) <= Number(gidRangeStart)) {
    const problem = `must be above gidRangeStart, ${gidRangeStart}, but is ${gidRangeEnd}`;
    found.push({ key: 'gidRangeEnd', problem, fix: `write more than ${gidRangeStart}` });
  }
  if (directoryPerms !== undefined && !/^[0-7]{3,4}$/.test(directoryPerms)) {
    const problem = `must be three or four octal digits, but is ${describe(directoryPerms)}`;
    found.push({ key: 'directoryPerms', problem, fix: "write for example directoryPerms: '700'" });
  }
  for (const key of Object.keys(parameters)) {
    const guess = EFS_PARAMETERS.includes(key) || OTHERS.test(key) ? undefined : nearest(key, EFS_PARAMETERS);
    if (guess !== undefined && parameters[guess] === undefined) {
      found.push({ key, problem: 'is ignored by the driver', fix: `write ${guess}`, severity: 'warning' });
    }
  }
  return found;
}

function storageClass(parameters: string): string {
  return `
apiVersion: storage.k8s.io/v1
kind: StorageClass
metadata: { name: files }
provisioner: efs.csi.aws.com
parameters: ${parameters}
`;
}
