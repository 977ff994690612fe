import { AUTO_MODE_ADDONS } from '../../eks/addons';
import { isKmsKeyArn, isRoleOrUserArn, partitionOf } from '../../eks/arn';
import type { Arn, Region } from '../../eks/values';
import { describe } from '../../kube/describe';
import { firstUnfit } from '../../kube/plain-data';
import type { KeyTable } from '../../kube/values';
import type { Check } from '../core/check';
import type { Addon, ClusterFacts } from '../core/requirements';
import { InstanceType } from './instance-type';
import type { ClusterProps } from './props';
import { checkItems, ruleOf } from './rule-of';

const ADDON_KEYS: KeyTable<Addon> = { name: 'text', version: 'text', configuration: 'map' };

export function resolveAddons(check: Check, addons: unknown, compute: ClusterFacts['compute']): Addon[] {
  if (addons !== undefined && !Array.isArray(addons)) {
    check.fail(
      'type',
      'addons',
      `addons must be a list, but is ${describe(addons)}`,
      "write for example [{ name: 'snapshot-controller' }]",
    );
  }
  const seen = new Set<string>();
  return (addons ?? []).map((addon: Addon, i: number) => {
    const place = `addons[${i}]`;
    check.keys<Addon>(place, addon ?? null, ADDON_KEYS);
    const field = `${place}.name`;
    const name = check.text(field, addon.name);
    if (!/^[a-z0-9][a-z0-9-]*$/.test(name)) {
      check.fail(
        'invalid',
        field,
        `${field} must be the name of an EKS add-on, but is '${name}'`,
        "write for example 'aws-efs-csi-driver'",
      );
    }
    if (seen.has(name)) {
      check.fail('duplicate', field, `duplicate add-on '${name}' in addons`, 'list each add-on once');
    }
    if (compute === 'auto' && AUTO_MODE_ADDONS.has(name)) {
      check.fail('forbidden', field, `add-on '${name}' is built into Auto Mode`, 'remove it from addons');
    }
    if (addon.version !== undefined) {
      check.text(`${place}.version`, addon.version);
    }
    const unfit = firstUnfit(addon.configuration, undefined, `${place}.configuration`);
    if (unfit) {
      check.fail('invalid', unfit.field, unfit.problem, unfit.fix);
    }
    seen.add(name);
    return { ...addon };
  });
}

export function resolveAdmins(check: Check, admins: unknown, region: Region): Arn[] {
  if (admins === undefined) {
    return [];
  }
  const partition = partitionOf(region);
  const example = `arn:${partition}:iam::111122223333:role/admin`;
  checkItems(check, 'admins', admins, 'IAM role or user, or no one has access', `write for example ['${example}']`);
  for (const [i, arn] of admins.entries()) {
    if (!isRoleOrUserArn(arn, partition)) {
      const session = /:assumed-role\//.test(String(arn)) ? ' of the role, not of a session' : '';
      check.fail(
        ruleOf(arn),
        `admins[${i}]`,
        `admins[${i}] must be the ARN of an IAM role or user in partition '${partition}', but is ${describe(arn)}`,
        `write the ARN${session}: '${example}'`,
      );
    }
  }
  if (new Set(admins).size !== admins.length) {
    check.fail('duplicate', 'admins', `admins must be unique, but is ${describe(admins)}`, 'list each once');
  }
  return [...admins];
}

export function resolveSecretsKey(check: Check, key: Arn | undefined, region: Region): Arn | undefined {
  if (key !== undefined && !isKmsKeyArn(key, region)) {
    check.fail(
      ruleOf(key),
      'secretsKey',
      `secretsKey must be the ARN of a KMS key in ${region}, but is ${describe(key)}`,
      `write for example 'arn:${partitionOf(region)}:kms:${region}:111122223333:key/...'`,
    );
  }
  return key;
}

export function resolveTags(check: Check, tags: ClusterProps['tags']): Record<string, string> | undefined {
  if (tags === undefined) {
    return undefined;
  }
  const entries = Object.entries(tags);
  if (entries.length > 50) {
    check.fail('invalid', 'tags', `tags must have at most 50 entries, but has ${entries.length}`, 'remove some tags');
  }
  for (const [key, value] of entries) {
    const field = `tags['${key}']`;
    if (key === '' || key.length > 128 || key.toLowerCase().startsWith('aws:')) {
      check.fail(
        'invalid',
        field,
        `invalid key '${key}' in tags: a key has 1 to 128 characters and does not begin with 'aws:'`,
        'correct the key',
      );
    }
    if (typeof value !== 'string' || value.length > 256) {
      check.fail(
        ruleOf(value),
        field,
        `${field} must be a string of at most 256 characters, but is ${describe(value)}`,
        'write a shorter string',
      );
    }
  }
  return { ...tags };
}

/** What instance types have and system pods request, beyond the tables of the library. */
export type Sizes = Pick<ClusterProps, 'instanceTypes' | 'systemPods'>;

/** InstanceType has validated what a type has. */
export function resolveSizes(check: Check, { instanceTypes, systemPods }: Sizes): Sizes {
  for (const [i, type] of (instanceTypes ?? []).entries()) {
    if (!(type instanceof InstanceType)) {
      check.fail(
        'type',
        `instanceTypes[${i}]`,
        `instanceTypes[${i}] must be an InstanceType, but is ${describe(type)}`,
        "write InstanceType.custom({ name: 'm9i.large', ... })",
      );
    }
  }
  return { ...(instanceTypes ? { instanceTypes } : {}), ...(systemPods ? { systemPods } : {}) };
}
