import { defaultZones, isRegion } from '../../eks/regions';
import { MAX_ZONES } from '../../eks/subnets';
import type { Region } from '../../eks/values';
import { VERSIONS, versionState } from '../../eks/versions';
import { describe } from '../../kube/describe';
import type { Check } from '../core/check';
import type { Problem } from '../core/checks';
import { ruleOf } from './rule-of';

export function checkRegion(check: Check, region: unknown): void {
  if (!isRegion(region)) {
    check.fail(
      ruleOf(region),
      'region',
      `region must be an AWS region, but is ${describe(region)}`,
      "write for example 'us-west-2'",
    );
  }
}

/** Refuses a version that EKS does not offer; one that the library does not know yet is a warning. */
export function resolveVersion(check: Check, version: unknown): Problem[] {
  const newest = VERSIONS[VERSIONS.length - 1];
  switch (versionState(version)) {
    case 'malformed':
      return check.fail(
        ruleOf(version),
        'version',
        `version must be a Kubernetes version as a string, but is ${describe(version)}`,
        `write for example '${newest}', in quotes`,
      );
    case 'older':
      return check.fail(
        'unsupported',
        'version',
        `EKS no longer offers Kubernetes ${version}`,
        `use one of ${VERSIONS.map((v) => `'${v}'`).join(', ')}`,
      );
    case 'newer':
      return [
        {
          rule: 'cluster/version-unknown',
          severity: 'warning',
          field: 'version',
          message: `Kubernetes ${version} is newer than the versions that this library was tested with (up to ${newest})`,
          fix: 'update the library, or review its output with care',
        },
      ];
    case 'listed':
      return [];
  }
}

export function resolveZones(check: Check, region: Region, given: readonly string[] | undefined): string[] {
  const field = 'availabilityZones';
  if (given !== undefined && !Array.isArray(given)) {
    check.fail('type', field, `${field} must be a list, but is ${describe(given)}`, `write for example ['${region}a']`);
  }
  const zones = given === undefined ? defaultZones(region) : [...given];
  if (given === undefined && zones.length === 0) {
    check.fail(
      'required',
      field,
      `${field} is required in ${region}: which two zones an account has there differs`,
      `use those of \`aws ec2 describe-availability-zones --region ${region}\``,
    );
  }
  const foreign = zones.findIndex(
    (zone) => typeof zone !== 'string' || !zone.startsWith(region) || !/^[a-z]$/.test(zone.slice(region.length)),
  );
  if (foreign >= 0) {
    check.fail(
      ruleOf(zones[foreign]),
      `${field}[${foreign}]`,
      `${field}[${foreign}] must be an availability zone of ${region}, but is ${describe(zones[foreign])}`,
      `write for example '${region}a'`,
    );
  }
  if (new Set(zones).size !== zones.length) {
    check.fail('duplicate', field, `${field} must be unique, but is ${describe(zones)}`, 'list each zone once');
  }
  if (zones.length < 2 || zones.length > MAX_ZONES) {
    check.fail(
      'invalid',
      field,
      `${field} must have 2 to ${MAX_ZONES} zones, but is ${describe(zones)}`,
      'add or remove zones',
    );
  }
  return zones;
}
