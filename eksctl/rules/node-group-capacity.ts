import { addonSpec, eksctlAddonNames } from '../../eks/addons';
import { isWindows } from '../../eks/ami-families';
import { INSTANCE_DATA_DATE } from '../../eks/instance-data';
import {
  type KnownInstanceSpec,
  knownInstanceSpec,
  podsByAddresses,
  podsByPrefixes,
  typesOfFamily,
} from '../../eks/instance-specs';
import { architectureOf, familyOf, isBurstable, isInstanceType } from '../../eks/instance-types';
import { listed, nearest } from '../../kube/text';
import { DEFAULT_INSTANCE_TYPE } from '../node-group-defaults';
import { podAddresses } from '../pod-addresses';
import { isAutoMode, isIPv6, present } from './accessors';
import { groupRule, hasSelector, namedTypes, type Subject, typePath } from './group-rule';
import type { NodeGroupRule } from './rule';
import { isNonEmptyString, isSet, type UnvalidatedConfig } from './unvalidated';

/** The types of a group, with eksctl's default; undefined if something else decides, or one is not known. */
function typesOf(subject: Subject): readonly KnownInstanceSpec[] | undefined {
  const { group } = subject;
  const named = namedTypes(subject);
  if (hasSelector(group) || (isSet(group.launchTemplate) && named.length === 0)) {
    return undefined;
  }
  const specs = (named.length === 0 ? [DEFAULT_INSTANCE_TYPE] : named).map(knownInstanceSpec);
  return specs.includes(undefined) ? undefined : (specs as KnownInstanceSpec[]);
}

/** The type that allows the fewest pods, and their number. */
function fewestPods(
  { config, family }: Subject,
  types: readonly KnownInstanceSpec[],
): { name: string; pods: number } | undefined {
  const addresses = podAddresses(config);
  // Windows counts in another way, and runs other agents
  if (addresses === 'unlimited' || isWindows(family)) {
    return undefined;
  }
  const podsOf = (type: KnownInstanceSpec) =>
    addresses === 'prefixes' && type.nitro ? podsByPrefixes(type) : podsByAddresses(type);
  return types.map((type) => ({ name: type.name, pods: podsOf(type) })).reduce((a, b) => (b.pods < a.pods ? b : a));
}

/** Add-ons with a pod on each node. */
function daemonsOf(config: UnvalidatedConfig): string[] {
  const byEksctl =
    config.addonsConfig?.disableDefaultAddons === true
      ? []
      : eksctlAddonNames(isAutoMode(config), config.metadata?.region ?? '');
  const written = present(config.addons, 'addons').map(([{ name }]) => name);
  const names = [...new Set([...byEksctl, ...written.filter(isNonEmptyString)])];
  return names.filter((name) => addonSpec(name)?.pods?.some(({ replicas }) => replicas === undefined));
}

/** Below this, a node is good for little: CoreDNS and metrics-server have two pods each. */
const FEW_PODS = 4;

/** Types that EC2 does not put into cluster placement groups. */
const isUnplaced = (type: string): boolean => isBurstable(type) || /^[a-z]\d+[a-z]*-flex\./.test(type);

/** What the types of a group can and cannot do. */
export const CAPACITY_RULES: readonly NodeGroupRule[] = [
  // https://docs.aws.amazon.com/eks/latest/userguide/choosing-instance-type.html
  groupRule(
    { id: 'X105', enforcedBy: 'aws', title: 'maxPodsPerNode is at most the pods that the types have addresses for' },
    (subject) => {
      const { maxPodsPerNode: most, ami, launchTemplate } = subject.group;
      // M11 and M16 report it beside a template and an image
      if (isSet(launchTemplate) || (subject.kind === 'managed' && isNonEmptyString(ami))) {
        return;
      }
      const types = typesOf(subject);
      const fewest = types && fewestPods(subject, types);
      if (isSet(most) && fewest && most > fewest.pods) {
        const prefixes = podAddresses(subject.config) === 'prefixes';
        subject.warning(
          'maxPodsPerNode',
          `must be at most ${fewest.pods}, for which '${fewest.name}' has addresses, but is ${most}: other pods never start`,
          `write maxPodsPerNode: ${fewest.pods}${prefixes ? '' : `, or the add-on vpc-cni with configurationValues: '{"env":{"ENABLE_PREFIX_DELEGATION":"true"}}'`}`,
        );
      }
    },
  ),
  groupRule(
    { id: 'X106', enforcedBy: 'aws', title: 'a node has room for pods beside those of every node' },
    (subject) => {
      const types = typesOf(subject);
      const fewest = types && fewestPods(subject, types);
      if (!fewest) {
        return;
      }
      const configured = subject.group.maxPodsPerNode;
      const pods = isSet(configured) && configured > 0 ? Math.min(configured, fewest.pods) : fewest.pods;
      const daemons = daemonsOf(subject.config);
      const room = pods - daemons.length;
      if (room >= FEW_PODS) {
        return;
      }
      const report = room <= 0 ? subject.error : subject.warning;
      const larger = architectureOf(fewest.name) === 'arm64' ? 't4g.medium' : 't3.medium';
      const fix = `write a larger type, such as '${larger}' with 17 pods per node`;
      report(
        typePath(subject, fewest.name),
        `a node of '${fewest.name}' runs at most ${pods} pods, of which ${daemons.length} are those of ${listed(daemons)}: ${room <= 0 ? 'there is no room for any other pod' : `${room} are left per node, while CoreDNS and metrics-server need 4 in all`}`,
        pods < fewest.pods ? 'write a larger maxPodsPerNode' : fix,
      );
    },
  ),
  groupRule(
    { id: 'X107', enforcedBy: 'aws', title: 'efaEnabled requires types with Elastic Fabric Adapters' },
    (subject) => {
      const without = (typesOf(subject) ?? []).filter(({ efas }) => efas === 0);
      if (subject.group.efaEnabled === true && without.length > 0) {
        subject.error(
          'efaEnabled',
          `requires types with an Elastic Fabric Adapter, but ${listed(without.map(({ name }) => name))} ${without.length === 1 ? 'has' : 'have'} none`,
          'remove efaEnabled, or write for example c5n.18xlarge',
        );
      }
    },
  ),
  groupRule(
    { id: 'X108', enforcedBy: 'aws', title: 'the nodes of an IPv6 cluster are of the Nitro system' },
    (subject) => {
      for (const { name } of (isIPv6(subject.config) && typesOf(subject)) || []) {
        if (knownInstanceSpec(name)?.nitro === false) {
          subject.error(
            typePath(subject, name),
            `'${name}' is not of the Nitro system, which IPv6 addresses of pods require`,
            "write a newer type, such as 'm6i.large'",
          );
        }
      }
    },
  ),
  // https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/placement-groups.html
  groupRule({ id: 'X109', enforcedBy: 'aws', title: 'the types of a placement group are allowed in it' }, (subject) => {
    const types = isNonEmptyString(subject.group.placement?.groupName) ? (typesOf(subject) ?? []) : [];
    for (const { name } of types.filter((type) => isUnplaced(type.name))) {
      subject.warning(
        typePath(subject, name),
        `'${name}' is not allowed in a placement group of the strategy 'cluster'`,
        "write another type, such as 'm6i.large', or ignore this warning if the group is of another strategy",
      );
    }
  }),
  groupRule(
    { id: 'X110', enforcedBy: 'aws', title: 'the size of an instance type is one that its family has' },
    (subject) => {
      for (const type of namedTypes(subject).filter((name) => isInstanceType(name) && !knownInstanceSpec(name))) {
        const known = typesOfFamily(familyOf(type));
        if (known.length > 0) {
          subject.warning(
            typePath(subject, type),
            `unknown instance type '${type}': as of ${INSTANCE_DATA_DATE}, the family has ${listed(known.map((name) => name.slice(familyOf(type).length + 1)))}`,
            `write for example '${nearest(type, known) ?? known[0]}'`,
          );
        }
      }
    },
  ),
];
