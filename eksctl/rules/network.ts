import { DEFAULT_VPC_CIDR } from '../../eks/subnets';
import { collide, PRIVATE_BLOCKS, parseCidr, within } from '../../kube/cidr';
import { describe } from '../../kube/describe';
import { clusterRule, count, hasOidc, isAutoMode, isIPv6, present, strings, versionOf } from './accessors';
import { isNonEmptyString, type UnvalidatedConfig } from './unvalidated';
import { isBefore, parseKubernetesVersion, parseVersion } from './version-order';

const FAMILY = 'kubernetesNetworkConfig.ipFamily';
const SERVICES = 'kubernetesNetworkConfig.serviceIPv4CIDR';

const lists = (config: UnvalidatedConfig, name: string): boolean =>
  present(config.addons, 'addons').some(([addon]) => addon.name?.toLowerCase() === name);

/** The add-on as eksctl finds it: the first of exactly this name. */
const vpcCni = (config: UnvalidatedConfig) => present(config.addons, 'addons').find(([{ name }]) => name === 'vpc-cni');

/** IP addresses of Services and pods. */
export const NETWORK_RULES = [
  clusterRule('A5a', 'eksctl', 'ipFamily is IPv4 or IPv6', ({ kubernetesNetworkConfig: network }, report) => {
    const family = network?.ipFamily;
    if (isNonEmptyString(family) && !['ipv4', 'ipv6'].includes(family.toLowerCase())) {
      report.error(FAMILY, `must be 'IPv4' or 'IPv6', but is ${describe(family)}`, "write 'IPv4' or 'IPv6'");
    }
  }),
  clusterRule('A5b', 'eksctl', 'serviceIPv4CIDR is a CIDR block, and only set in an IPv4 cluster', (config, report) => {
    const cidr = config.kubernetesNetworkConfig?.serviceIPv4CIDR;
    if (isNonEmptyString(cidr) && isIPv6(config)) {
      report.error(SERVICES, `not allowed in an IPv6 cluster, but is '${cidr}'`, "delete 'serviceIPv4CIDR'");
    } else if (isNonEmptyString(cidr) && parseCidr(cidr) === undefined) {
      report.error(SERVICES, `invalid CIDR block '${cidr}'`, "write for example '10.100.0.0/16'");
    }
  }),
  clusterRule('A5c', 'eksctl', 'an IPv6 cluster lists coredns, unless in Auto Mode', (config, report) => {
    if (isIPv6(config) && !isAutoMode(config) && !lists(config, 'coredns')) {
      report.error('addons', "'coredns' is required in an IPv6 cluster", "add { name: 'coredns' } to 'addons'");
    }
  }),
  clusterRule(
    'A5d',
    'eksctl',
    'the vpc-cni of an IPv6 cluster gets permissions from pod identity or OIDC',
    (config, report) => {
      const cni = vpcCni(config);
      if (!isIPv6(config) || isAutoMode(config) || cni === undefined) {
        return;
      }
      const [addon, path] = cni;
      if (!lists(config, 'eks-pod-identity-agent')) {
        if (!hasOidc(config)) {
          report.error(
            path,
            'in an IPv6 cluster, the vpc-cni requires pod identity or OIDC for its permissions',
            "add { name: 'eks-pod-identity-agent' } to 'addons'",
          );
        }
        return;
      }
      const own = addon.useDefaultPodIdentityAssociations === true || count(addon.podIdentityAssociations) > 0;
      if (config.addonsConfig?.autoApplyPodIdentityAssociations !== true && !own) {
        report.error(
          path,
          'in an IPv6 cluster with the pod identity agent, the vpc-cni requires an association',
          'write `useDefaultPodIdentityAssociations: true` on the add-on',
        );
      }
    },
  ),
  clusterRule('A5e', 'eksctl', 'the vpc-cni of an IPv6 cluster is 1.10.0 or newer', (config, report) => {
    const [addon, path] = vpcCni(config) ?? [];
    const text = addon?.version;
    if (!isIPv6(config) || !isNonEmptyString(text) || text === 'latest') {
      return;
    }
    const version = parseVersion(text);
    if (version === undefined || isBefore(version, '1.10.0')) {
      report.error(
        `${path}.version`,
        `must be 1.10.0 or newer in an IPv6 cluster, but is '${text}'`,
        "delete 'version', or write 'latest'",
      );
    }
  }),
  clusterRule('A5f', 'eksctl', 'an IPv6 cluster has Kubernetes 1.21 or newer', (config, report) => {
    const version = parseKubernetesVersion(versionOf(config));
    if (isIPv6(config) && (version === undefined || isBefore(version, '1.21'))) {
      report.error(
        'metadata.version',
        `must be 1.21 or newer in an IPv6 cluster, but is '${versionOf(config)}'`,
        "write for example '1.35'",
      );
    }
  }),
  clusterRule('X30', 'aws', 'serviceIPv4CIDR is a private block of /12 to /24 outside the VPC', (config, report) => {
    const cidr = config.kubernetesNetworkConfig?.serviceIPv4CIDR;
    const range = parseCidr(cidr);
    if (range === undefined || isIPv6(config)) {
      return;
    }
    if (range.family === 6 || range.bits < 12 || range.bits > 24 || !within(cidr, PRIVATE_BLOCKS)) {
      report.error(
        SERVICES,
        `must be a private CIDR block of /12 to /24, but is '${cidr}'`,
        "write for example '10.100.0.0/16'",
      );
    }
    for (const other of vpcRanges(config)) {
      if (collide(cidr, other)) {
        report.error(
          SERVICES,
          `must not overlap '${other}' of the VPC, but is '${cidr}'`,
          `write a block outside '${other}'`,
        );
      }
    }
  }),
];

/** The CIDR blocks of the VPC as far as they are known; the default block only for a new VPC. */
function vpcRanges({ vpc }: UnvalidatedConfig): string[] {
  const cidr = isNonEmptyString(vpc?.cidr)
    ? [vpc.cidr]
    : isNonEmptyString(vpc?.id) || vpc?.subnets
      ? []
      : [DEFAULT_VPC_CIDR];
  return [...cidr, ...strings(vpc?.extraCIDRs, '').map(([text]) => text)];
}
