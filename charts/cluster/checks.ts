import { AUTO_MODE_ADDONS } from '../../eks/addons';
import { isKmsKeyArn, isRoleOrUserArn, partitionOf } from '../../eks/arn';
import { defaultZones, isRegion } from '../../eks/regions';
import { apiServerHost, defaultServiceRange, dnsHost, SERVICES_IPV6 } from '../../eks/service-range';
import { DEFAULT_VPC_CIDR, MAX_ZONES, type SubnetLayout, VPC_BITS } from '../../eks/subnets';
import type { Arn, Region } from '../../eks/values';
import { VERSIONS, versionState } from '../../eks/versions';
import { type AddressRange, formatRange, overlap, PRIVATE_BLOCKS, parseRange, within } from '../../kube/cidr';
import { describe } from '../../kube/describe';
import { firstUnfit } from '../../kube/plain-data';
import type { Cidr, KeyTable } from '../../kube/values';
import type { Check } from '../core/check';
import type { Problem } from '../core/checks';
import type { ClusterContext } from '../core/cluster-context';
import type { Addon, ClusterFacts } from '../core/requirements';
import type { ClusterFactsProps } from './props';

const ADDON_KEYS: KeyTable<Addon> = { name: true, version: true, configuration: true };

/** What is known of every cluster, checked. */
export interface PlannedFacts {
  readonly vpc: AddressRange;
  readonly vpcCidr: Cidr;
  /** Of IPv4. */
  readonly serviceRange: Cidr;
  readonly dns: Cidr;
  readonly apiServer: Cidr;
  readonly subnets: SubnetLayout | undefined;
  readonly problems: readonly Problem[];
}

export type IpFamily = ClusterContext['ipFamily'];

export function planFacts(check: Check, props: ClusterFactsProps, made: boolean, family: IpFamily): PlannedFacts {
  if (!isRegion(props.region)) {
    check.fail(`region is ${describe(props.region)}`, "write an AWS region such as 'us-west-2'");
  }
  const vpc = planRange(check, 'vpcCidr', props.vpcCidr ?? DEFAULT_VPC_CIDR);
  const widest = made ? VPC_BITS : { min: 16, max: 28 };
  if (vpc.bits < widest.min || vpc.bits > widest.max) {
    check.fail(`vpcCidr is ${formatRange(vpc)}`, `write a range from /${widest.min} to /${widest.max}`);
  }
  const services = planServiceRange(check, props.serviceIPv4CIDR ?? defaultServiceRange(vpc), vpc);
  return {
    vpc,
    vpcCidr: formatRange(vpc),
    serviceRange: formatRange(services),
    dns: family === 'IPv6' ? SERVICES_IPV6 : dnsHost(services),
    apiServer: family === 'IPv6' ? SERVICES_IPV6 : apiServerHost(services),
    subnets: planSubnets(check, props.loadBalancerSubnets, family),
    problems: planVersion(check, props.version),
  };
}

function planVersion(check: Check, version: unknown): Problem[] {
  const newest = VERSIONS[VERSIONS.length - 1];
  switch (versionState(version)) {
    case 'malformed':
      return check.fail(`version is ${describe(version)}`, `write it as a text: '${newest}'`);
    case 'older':
      return check.fail(
        `EKS no longer offers Kubernetes ${version}`,
        `write one of ${VERSIONS.map((v) => `'${v}'`).join(', ')}`,
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

function planRange(check: Check, what: string, cidr: Cidr): AddressRange {
  const range = parseRange(cidr);
  if (!range) {
    check.fail(`${what} ${describe(cidr)} is no range of IPv4 addresses`, "write for example '10.42.0.0/16'");
  }
  if (formatRange(range) !== cidr) {
    check.fail(`${what} '${cidr}' does not begin where its range does`, `write '${formatRange(range)}'`);
  }
  return range;
}

function planServiceRange(check: Check, cidr: Cidr, vpc: AddressRange): AddressRange {
  const range = planRange(check, 'serviceIPv4CIDR', cidr);
  if (range.bits < 12 || range.bits > 24 || !within(cidr, PRIVATE_BLOCKS)) {
    check.fail(
      `serviceIPv4CIDR '${cidr}' is refused by EKS`,
      'write a private range from /12 to /24, such as 10.100.0.0/16',
    );
  }
  if (overlap(range, vpc)) {
    check.fail(`serviceIPv4CIDR '${cidr}' overlaps the VPC ${formatRange(vpc)}`, 'write a range outside of the VPC');
  }
  return range;
}

function planSubnets(
  check: Check,
  given: ClusterFactsProps['loadBalancerSubnets'],
  family: IpFamily,
): SubnetLayout | undefined {
  if (given === undefined) {
    return undefined;
  }
  check.keys('loadBalancerSubnets', given, { public: true, private: true });
  if (given.public === undefined && given.private === undefined) {
    check.fail('loadBalancerSubnets names none', "write for example { public: ['10.0.0.0/20', '10.0.16.0/20'] }");
  }
  return {
    public: planCidrs(check, 'public loadBalancerSubnets', given.public, family) ?? [],
    private: planCidrs(check, 'private loadBalancerSubnets', given.private, family) ?? [],
  };
}

/** Ranges, each where it begins; an empty list says nothing and is refused. */
export function planCidrs(
  check: Check,
  what: string,
  cidrs: readonly Cidr[] | undefined,
  family: IpFamily = 'IPv4',
): Cidr[] | undefined {
  if (cidrs === undefined) {
    return undefined;
  }
  if (!Array.isArray(cidrs) || cidrs.length === 0) {
    check.fail(`${what} is ${describe(cidrs)}`, "write a list such as ['203.0.113.0/24'], or leave the key out");
  }
  if (family === 'IPv6') {
    return cidrs.map((cidr: Cidr) => {
      const range = check.cidr(`a range of ${what}`, cidr);
      return range.includes(':')
        ? range
        : check.fail(
            `a range of ${what} is '${cidr}', but pods have IPv6 addresses`,
            "write for example '2001:db8::/64'",
          );
    });
  }
  return cidrs.map((cidr: Cidr) => formatRange(planRange(check, `a range of ${what}`, cidr)));
}

export function planZones(check: Check, region: Region, given: readonly string[] | undefined): string[] {
  const zones = given === undefined ? defaultZones(region) : [...given];
  if (given === undefined && zones.length === 0) {
    check.fail(
      `which two zones an account has in ${region} differs`,
      `write availabilityZones with those of \`aws ec2 describe-availability-zones --region ${region}\``,
    );
  }
  const foreign = zones.find(
    (zone) => typeof zone !== 'string' || !zone.startsWith(region) || !/^[a-z]$/.test(zone.slice(region.length)),
  );
  if (foreign !== undefined) {
    check.fail(`${describe(foreign)} is no availability zone of ${region}`, `write zones such as '${region}a'`);
  }
  if (zones.length < 2 || zones.length > MAX_ZONES || new Set(zones).size !== zones.length) {
    check.fail(`availabilityZones are ${describe(zones)}`, `write 2 to ${MAX_ZONES} zones, each once`);
  }
  return zones;
}

export function planAddons(check: Check, addons: unknown, compute: ClusterFacts['compute']): Addon[] {
  if (addons !== undefined && !Array.isArray(addons)) {
    check.fail(`addons is ${describe(addons)}`, "write a list such as [{ name: 'snapshot-controller' }]");
  }
  const seen = new Set<string>();
  return (addons ?? []).map((addon: Addon, i: number) => {
    check.keys<Addon>(`addons[${i}]`, addon ?? null, ADDON_KEYS);
    const name = check.text(`the name of addons[${i}]`, addon.name);
    if (!/^[a-z0-9][a-z0-9-]*$/.test(name)) {
      check.fail(`addons[${i}] is named '${name}'`, "write the name of an EKS add-on, such as 'aws-efs-csi-driver'");
    }
    if (seen.has(name)) {
      check.fail(`add-on '${name}' is named twice`, 'name it once');
    }
    if (compute === 'auto' && AUTO_MODE_ADDONS.has(name)) {
      check.fail(`add-on '${name}' is part of Auto Mode`, 'leave it out');
    }
    if (addon.version !== undefined) {
      check.text(`the version of add-on '${name}'`, addon.version);
    }
    const unfit = firstUnfit(addon.configuration, undefined, `addons[${i}].configuration`);
    if (unfit) {
      check.fail(unfit.problem, unfit.fix);
    }
    seen.add(name);
    return { ...addon };
  });
}

export function planAdmins(check: Check, admins: unknown, region: Region): Arn[] {
  if (admins === undefined) {
    return [];
  }
  const partition = partitionOf(region);
  if (!Array.isArray(admins) || admins.length === 0) {
    check.fail(
      `admins is ${describe(admins)}: nobody would get in`,
      `write for example ['arn:${partition}:iam::111122223333:role/admin']`,
    );
  }
  for (const arn of admins) {
    if (!isRoleOrUserArn(arn, partition)) {
      const session = /:assumed-role\//.test(String(arn)) ? ' (of the role, not of a session)' : '';
      check.fail(
        `${describe(arn)} is no IAM role or user in the partition of ${region}`,
        `write its ARN${session}: 'arn:${partition}:iam::111122223333:role/admin'`,
      );
    }
  }
  if (new Set(admins).size !== admins.length) {
    check.fail(`admins are ${describe(admins)}`, 'name each once');
  }
  return [...admins];
}

export function planSecretsKey(check: Check, key: Arn | undefined, region: Region): Arn | undefined {
  const start = `arn:${partitionOf(region)}:kms:${region}:`;
  if (key !== undefined && !isKmsKeyArn(key, region)) {
    check.fail(
      `secretsKey ${describe(key)} is no KMS key of ${region}`,
      `write its ARN: '${start}111122223333:key/...'`,
    );
  }
  return key;
}

export function planTags(
  check: Check,
  tags: Readonly<Record<string, string>> | undefined,
): Record<string, string> | undefined {
  if (tags === undefined) {
    return undefined;
  }
  const entries = Object.entries(tags);
  if (entries.length > 50) {
    check.fail(`there are ${entries.length} tags`, 'AWS takes at most 50');
  }
  for (const [key, value] of entries) {
    if (key === '' || key.length > 128 || key.toLowerCase().startsWith('aws:')) {
      check.fail(
        `tag '${key}' is refused by AWS`,
        "write a key of 1 to 128 characters that does not begin with 'aws:'",
      );
    }
    if (typeof value !== 'string' || value.length > 256) {
      check.fail(`tag '${key}' has the value ${describe(value)}`, 'write a text of at most 256 characters');
    }
  }
  return { ...tags };
}
