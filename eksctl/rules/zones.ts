import { allGroups, clusterRule, count, hasSubnets, isOnOutposts, keys, repeated, strings, words } from './accessors';
import { isNonEmptyString, type UnvalidatedConfig } from './unvalidated';

const ZONES = 'availabilityZones';

/** The zones of the cluster, as far as they are known. */
function knownZones(config: UnvalidatedConfig): string[] {
  if (!hasSubnets(config)) {
    return strings(config.availabilityZones, ZONES).map(([zone]) => zone);
  }
  const { private: inner, public: outer } = config.vpc?.subnets ?? {};
  return [...Object.entries(inner ?? {}), ...Object.entries(outer ?? {})].map(([name, spec]) => spec?.az ?? name);
}

/** The zones of cluster and nodes. */
export const ZONE_RULES = [
  clusterRule(
    'A10',
    'eksctl',
    'availabilityZones is empty, or has at least two zones',
    ({ availabilityZones, metadata }, report) => {
      if (count(availabilityZones) === 1) {
        const region = metadata?.region ?? 'us-west-2';
        report.error(
          ZONES,
          `must have at least two zones, but has only ${words(availabilityZones ?? [])}`,
          `write for example ['${region}a', '${region}b', '${region}c']`,
        );
      }
    },
  ),
  clusterRule('C4', 'aws', 'the zones of a node group are zones of the cluster', (config, report) => {
    const known = knownZones(config);
    // the zones of subnets with other keys are known only to AWS
    const certain = known.length > 0 && known.every((zone) => zoneOf(config, zone) === 'zone');
    for (const [group, path] of certain ? allGroups(config) : []) {
      for (const [zone, place] of strings(group.availabilityZones, `${path}.${ZONES}`)) {
        if (!known.includes(zone) && !strings(config.localZones, '').some(([local]) => local === zone)) {
          report.error(
            place,
            `must be a zone of the cluster, but is '${zone}'`,
            `write one of ${words([...new Set(known)])}`,
          );
        }
      }
    }
  }),
  clusterRule('C9', 'aws', 'an existing VPC has at least two subnets of a kind, or none', (config, report) => {
    if (isOnOutposts(config)) {
      return;
    }
    const { id, subnets } = config.vpc ?? {};
    if (isNonEmptyString(id) && !hasSubnets(config)) {
      report.error(
        'vpc.subnets',
        `required with the existing VPC '${id}'`,
        "write for example { private: { 'us-west-2a': { id: 'subnet-00000abc' }, ... } }",
      );
    }
    for (const kind of ['private', 'public'] as const) {
      if (keys(subnets?.[kind]).length === 1) {
        report.error(
          `vpc.subnets.${kind}`,
          `must have at least two subnets, but has only ${words(keys(subnets?.[kind]))}`,
          'add a subnet in another zone',
        );
      }
    }
  }),
  clusterRule(
    'C10',
    'aws',
    'private self-managed groups in an existing VPC require two private subnets',
    (config, report) => {
      const few = keys(config.vpc?.subnets?.private).length < (isOnOutposts(config) ? 1 : 2);
      for (const [group, path] of allGroups(config).filter(([, path]) => path.startsWith('nodeGroups'))) {
        if (hasSubnets(config) && few && group.privateNetworking === true) {
          report.error(
            `${path}.privateNetworking`,
            'requires two private subnets',
            "add subnets to 'vpc.subnets.private'",
          );
        }
      }
    },
  ),
  clusterRule('X4', 'aws', 'zones are in the region', (config, report) => {
    for (const [zone, path] of strings(config.availabilityZones, ZONES)) {
      reportZone(config, zone, path, 'zone', report.error);
    }
    for (const [zone, path] of strings(config.localZones, 'localZones')) {
      reportZone(config, zone, path, 'local zone', report.error);
    }
  }),
  clusterRule('X5', 'aws', 'zones are unique', ({ availabilityZones: zones }, report) => {
    const distinct = new Set(zones ?? []).size;
    for (const [zone, path] of repeated(strings(zones, ZONES))) {
      if (distinct < 2) {
        report.error(path, `duplicate zone '${zone}': at least two zones are required`, 'write another zone');
      } else {
        report.warning(path, `duplicate zone '${zone}'`, 'delete it, or write another zone');
      }
    }
  }),
];

type ZoneKind = 'zone' | 'local zone' | 'zone id' | 'other region';

/** 'us-west-2a', 'us-west-2-lax-1a', 'usw2-az1', or a zone of another region. */
function zoneOf({ metadata }: UnvalidatedConfig, zone: string): ZoneKind {
  const region = metadata?.region;
  if (!isNonEmptyString(region) || /-az\d+$/.test(zone)) {
    return isNonEmptyString(region) ? 'zone id' : 'zone';
  }
  const rest = zone.startsWith(region) ? zone.slice(region.length) : undefined;
  return rest === undefined
    ? 'other region'
    : /^[a-z]$/.test(rest)
      ? 'zone'
      : /^-.+[a-z]$/.test(rest)
        ? 'local zone'
        : 'other region';
}

function reportZone(
  config: UnvalidatedConfig,
  zone: string,
  path: string,
  wanted: 'zone' | 'local zone',
  report: (path: string, problem: string, fix: string) => void,
): void {
  const region = config.metadata?.region ?? '';
  const kind = zoneOf(config, zone);
  if (kind === wanted || (kind === 'zone' && region === '')) {
    return;
  }
  const example = wanted === 'zone' ? `${region}a` : `${region}-lax-1a`;
  switch (kind) {
    case 'other region':
      report(path, `must be a ${wanted} of ${region}, but is '${zone}'`, `write for example '${example}'`);
      break;
    case 'zone id':
      report(path, `must be a zone name, but is the zone id '${zone}'`, `write for example '${example}'`);
      break;
    case 'local zone':
      report(path, `must not be a local zone, but is '${zone}'`, "move it to 'localZones'");
      break;
    case 'zone':
      report(path, `must be a local zone, but is '${zone}'`, "move it to 'availabilityZones'");
  }
}
