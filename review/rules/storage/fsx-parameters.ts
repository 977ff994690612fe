import { isEc2Id } from '../../../eks/ec2-ids';
import {
  FSX_DRIVERS,
  LUSTRE,
  LUSTRE_THROUGHPUT,
  OPENZFS,
  OPENZFS_OF_DRIVER,
  type ParameterForm,
  type ParameterTable,
  TRIDENT,
  TRIDENT_BACKEND,
} from '../../../eks/fsx-parameters';
import type { StorageClass } from '../../../imports/kubernetes';
import { describe } from '../../../kube/describe';
import { title } from '../../../kube/inventory';
import { keyPath, listed, nearest } from '../../../kube/text';
import type { Rule } from '../../rule';

type Parameters = Readonly<Record<string, string>>;
/** Says what is wrong with a parameter. */
type Say = (key: string, problem: string, fix: string, severity?: 'warning') => void;

/** What the drivers of FSx, or FSx itself, refuse. A class without parameters is for volumes that are there already. */
export const rule: Rule = {
  id: 'storage/fsx-parameters',
  title: 'classes of FSx for Lustre, OpenZFS and NetApp ONTAP have the parameters that their drivers ask for',
  severity: 'error',
  why: 'The StorageClass is accepted, but the driver or FSx refuses every volume of it, and its claims stay pending. The parameters of a class cannot be changed later.',
  source: 'https://docs.aws.amazon.com/fsx/latest/APIReference/API_CreateFileSystem.html',
  refusedBy: 'controller',
  bad: storageClass('{ subnetId: subnet-0123456789abcdef0, deploymentType: PERSISTENT_1, storageType: HDD }'),
  good: storageClass(
    "{ subnetId: subnet-0123456789abcdef0, securityGroupIds: sg-0123456789abcdef0, deploymentType: PERSISTENT_1, storageType: HDD, driveCacheType: READ, perUnitStorageThroughput: '40' }",
  ),
  check: ({ inventory }, report) => {
    for (const object of inventory.ofKind('StorageClass', 'storage.k8s.io')) {
      const { provisioner, parameters = {} } = object.manifest as unknown as StorageClass;
      const own = Object.fromEntries(
        Object.entries(parameters).filter(([key]) => !key.startsWith('csi.storage.k8s.io/')),
      );
      if (Object.keys(own).length > 0) {
        CHECKS[provisioner]?.(own, (key, problem, fix, severity) =>
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

const CHECKS: Readonly<Record<string, (parameters: Parameters, say: Say) => void>> = {
  [FSX_DRIVERS.lustre]: checkLustre,
  [FSX_DRIVERS.openZfs]: checkOpenZfs,
  [FSX_DRIVERS.ontap]: checkTrident,
};

function checkLustre(parameters: Parameters, say: Say): void {
  checkTable(LUSTRE, parameters, say);
  const { deploymentType = 'SCRATCH_1', storageType = 'SSD', perUnitStorageThroughput: throughput } = parameters;
  const needs = (key: string, because: string, fix: string, severity?: 'warning') => {
    if (parameters[key] === undefined) {
      say(key, `is required ${because}`, fix, severity);
    }
  };
  if (storageType === 'HDD') {
    if (deploymentType !== 'PERSISTENT_1') {
      say(
        'storageType',
        `is HDD, which deploymentType ${deploymentType} does not have`,
        'write SSD, or deploymentType: PERSISTENT_1',
      );
    }
    needs('driveCacheType', 'beside storageType: HDD', 'write NONE or READ');
  }
  const speeds = LUSTRE_THROUGHPUT[`${deploymentType} ${storageType}`];
  if (speeds && throughput !== undefined && !speeds.includes(throughput)) {
    const problem = `must be one of ${listed(speeds)} for ${deploymentType} on ${storageType}, but is ${describe(throughput)}`;
    say('perUnitStorageThroughput', problem, `write '${speeds[0]}'`);
  } else if (throughput !== undefined && deploymentType.startsWith('SCRATCH')) {
    say('perUnitStorageThroughput', `is for the persistent types, not for ${deploymentType}`, 'delete it');
  } else if (speeds) {
    const fix = `write perUnitStorageThroughput: '${speeds[0]}', or more`;
    needs('perUnitStorageThroughput', `for deploymentType ${deploymentType}`, fix, 'warning');
  }
  if (parameters.metadataConfigurationMode === 'USER_PROVISIONED') {
    needs('metadataIops', 'beside metadataConfigurationMode: USER_PROVISIONED', "write for example '6000'");
  }
  for (const key of ['metadataConfigurationMode', 'efaEnabled']) {
    if (parameters[key] !== undefined && parameters[key] !== 'false' && deploymentType !== 'PERSISTENT_2') {
      say(key, `is for deploymentType PERSISTENT_2, not for ${deploymentType}`, 'delete it, or write PERSISTENT_2');
    }
  }
  for (const key of ['s3ImportPath', 's3ExportPath', 'autoImportPolicy']) {
    if (parameters[key] !== undefined && deploymentType === 'PERSISTENT_2') {
      say(key, 'is not for deploymentType PERSISTENT_2', 'delete it, and make a data repository association');
    } else if (key !== 's3ImportPath' && parameters[key] !== undefined) {
      needs('s3ImportPath', `beside ${key}`, 'write the path of the bucket, such as s3://example-data/input');
    }
  }
  const days = Number(parameters.automaticBackupRetentionDays ?? 0);
  if (days > 90) {
    say('automaticBackupRetentionDays', `must be at most 90, but is ${days}`, "write '90' or less");
  } else if (days > 0 && deploymentType.startsWith('SCRATCH')) {
    say(
      'automaticBackupRetentionDays',
      `is for the persistent types, not for ${deploymentType}`,
      "delete it, or write '0'",
    );
  }
}

function checkOpenZfs(parameters: Parameters, say: Say): void {
  const { ResourceType: type, ...others } = parameters;
  const table = type === undefined ? undefined : OPENZFS[type];
  if (!table) {
    const problem = type === undefined ? 'is required' : `must be 'filesystem' or 'volume', but is ${describe(type)}`;
    say('ResourceType', problem, "write 'filesystem', or 'volume' for volumes of a file system that is there");
    return;
  }
  const own = Object.fromEntries(Object.entries(others).filter(([key]) => !OPENZFS_OF_DRIVER.includes(key)));
  for (const key of Object.keys(others).filter((one) => OPENZFS_OF_DRIVER.includes(one))) {
    const capacity = key === 'StorageCapacity' ? ': it is what the claim asks for' : '';
    say(key, `is set by the driver, which refuses it in a class${capacity}`, 'delete it');
  }
  checkTable(table, own, say);
  if (own.DeploymentType?.includes('MULTI_AZ') && own.PreferredSubnetId === undefined) {
    say(
      'PreferredSubnetId',
      'is required for deployments in several zones',
      'write one of SubnetIds: \'"subnet-..."\'',
    );
  }
}

function checkTrident(parameters: Parameters, say: Say): void {
  checkTable(TRIDENT, parameters, say);
  const [given] = TRIDENT_BACKEND.filter((key) => parameters[key] !== undefined);
  for (const key of given === undefined ? [] : TRIDENT_BACKEND) {
    if (parameters[key] === undefined) {
      say(key, `is required beside ${given}`, `write ${listed([...TRIDENT_BACKEND])}, or none of them`);
    }
  }
}

function checkTable({ forms, required }: ParameterTable, parameters: Parameters, say: Say): void {
  const known = Object.keys(forms);
  for (const key of required.filter((one) => parameters[one] === undefined)) {
    const misspelt = Object.keys(parameters).find((one) => !known.includes(one) && nearest(one, known) === key);
    say(key, 'is required', misspelt === undefined ? `write ${key}` : `write ${key} instead of ${misspelt}`);
  }
  for (const [key, value] of Object.entries(parameters)) {
    const form = Object.hasOwn(forms, key) ? forms[key] : undefined;
    if (form !== undefined) {
      const wrong = problemOf(form, value);
      if (wrong) {
        // what FSx has may grow, and an id may be put in later
        const certain = form === 'integer' || form === 'boolean' || form === 'json';
        say(key, `${wrong.must}, but is ${describe(value)}`, wrong.fix, certain ? undefined : 'warning');
      }
    } else {
      const guess = nearest(key, known);
      if (guess !== undefined && parameters[guess] === undefined && !required.includes(guess)) {
        say(key, 'is not a parameter of the driver', `write ${guess}`, 'warning');
      }
    }
  }
}

const BOOLEANS = /^(?:1|t|T|TRUE|true|True|0|f|F|FALSE|false|False)$/;

function problemOf(form: ParameterForm, value: string): { readonly must: string; readonly fix: string } | undefined {
  if (typeof form !== 'string') {
    const guess = form.find((one) => one.toLowerCase() === value.toLowerCase()) ?? nearest(value, form) ?? form[0];
    return form.includes(value) ? undefined : { must: `must be one of ${listed(form)}`, fix: `write ${guess}` };
  }
  switch (form) {
    case 'integer':
      return /^\d+$/.test(value) ? undefined : { must: 'must be an integer', fix: "write digits alone, such as '200'" };
    case 'boolean':
      return BOOLEANS.test(value) ? undefined : { must: "must be 'true' or 'false'", fix: "write 'true' or 'false'" };
    case 'json':
      return isJson(value)
        ? undefined
        : { must: 'must be JSON', fix: 'write a text with its own quotes: \'"SINGLE_AZ_1"\'' };
    case 'subnet':
      return isEc2Id(value, 'subnet')
        ? undefined
        : { must: 'must be the id of a subnet', fix: 'write for example subnet-0123456789abcdef0' };
    case 'security groups':
      return value.split(',').every((id) => isEc2Id(id, 'sg'))
        ? undefined
        : {
            must: 'must be ids of security groups with commas between them',
            fix: 'write for example sg-0123456789abcdef0',
          };
    case 'file system':
      return /^fs-[0-9a-f]{8,17}$/.test(value)
        ? undefined
        : { must: 'must be the id of a file system', fix: 'write for example fs-0123456789abcdef0' };
    default:
      return undefined;
  }
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

function storageClass(parameters: string): string {
  return `
apiVersion: storage.k8s.io/v1
kind: StorageClass
metadata: { name: scratch }
provisioner: fsx.csi.aws.com
parameters: ${parameters}
`;
}
