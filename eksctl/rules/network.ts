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

/** The add-on as eksctl finds it: the first of this very name. */
const vpcCni = (config: UnvalidatedConfig) => present(config.addons, 'addons').find(([{ name }]) => name === 'vpc-cni');

/** The addresses of Services and pods. */
export const NETWORK_RULES = [
  clusterRule('A5a', 'eksctl', 'ipFamily is IPv4 or IPv6', ({ kubernetesNetworkConfig: network }, report) => {
    const family = network?.ipFamily;
    if (isNonEmptyString(family) && !['ipv4', 'ipv6'].includes(family.toLowerCase())) {
      report.error(FAMILY, `${describe(family)} is no family of addresses`, "write 'IPv4' or 'IPv6'");
    }
  }),
  clusterRule('A5b', 'eksctl', 'serviceIPv4CIDR is a range, and of an IPv4 cluster only', (config, report) => {
    const cidr = config.kubernetesNetworkConfig?.serviceIPv4CIDR;
    if (isNonEmptyString(cidr) && isIPv6(config)) {
      report.error(SERVICES, `the cluster is IPv6, and '${cidr}' is IPv4`, `delete 'serviceIPv4CIDR'`);
    } else if (isNonEmptyString(cidr) && parseCidr(cidr) === undefined) {
      report.error(SERVICES, `'${cidr}' is no range of addresses`, "write for example '10.100.0.0/16'");
    }
  }),
  clusterRule('A5c', 'eksctl', 'an IPv6 cluster lists coredns, unless in Auto Mode', (config, report) => {
    if (isIPv6(config) && !isAutoMode(config) && !lists(config, 'coredns')) {
      report.error('addons', 'an IPv6 cluster needs its add-ons written down', "add { name: 'coredns' } to 'addons'");
    }
  }),
  clusterRule('A5d', 'eksctl', 'the vpc-cni of an IPv6 cluster has a way to its permissions', (config, report) => {
    const cni = vpcCni(config);
    if (!isIPv6(config) || isAutoMode(config) || cni === undefined) {
      return;
    }
    const [addon, path] = cni;
    if (!lists(config, 'eks-pod-identity-agent')) {
      if (!hasOidc(config)) {
        report.error(
          path,
          'the vpc-cni of an IPv6 cluster has neither pod identity nor OIDC for its permissions',
          "add { name: 'eks-pod-identity-agent' } to 'addons'",
        );
      }
      return;
    }
    const own = addon.useDefaultPodIdentityAssociations === true || count(addon.podIdentityAssociations) > 0;
    if (config.addonsConfig?.autoApplyPodIdentityAssociations !== true && !own) {
      report.error(
        path,
        'the vpc-cni of an IPv6 cluster has no association with the pod identity agent',
        "write 'useDefaultPodIdentityAssociations: true' on the add-on",
      );
    }
  }),
  clusterRule('A5e', 'eksctl', 'the vpc-cni of an IPv6 cluster is 1.10.0 or newer', (config, report) => {
    const [addon, path] = vpcCni(config) ?? [];
    const text = addon?.version;
    if (!isIPv6(config) || !isNonEmptyString(text) || text === 'latest') {
      return;
    }
    const version = parseVersion(text);
    if (version === undefined || isBefore(version, '1.10.0')) {
      report.error(`${path}.version`, `'${text}' is no version from 1.10.0 on`, "delete 'version', or write 'latest'");
    }
  }),
  clusterRule('A5f', 'eksctl', 'an IPv6 cluster has Kubernetes 1.21 or newer', (config, report) => {
    const version = parseKubernetesVersion(versionOf(config));
    if (isIPv6(config) && (version === undefined || isBefore(version, '1.21'))) {
      report.error(
        'metadata.version',
        `IPv6 needs Kubernetes 1.21, not '${versionOf(config)}'`,
        "write for example '1.35'",
      );
    }
  }),
  clusterRule('X30', 'aws', 'serviceIPv4CIDR is private, /12 to /24, and outside of the VPC', (config, report) => {
    const cidr = config.kubernetesNetworkConfig?.serviceIPv4CIDR;
    const range = parseCidr(cidr);
    if (range === undefined || isIPv6(config)) {
      return;
    }
    if (range.family === 6 || range.bits < 12 || range.bits > 24 || !within(cidr, PRIVATE_BLOCKS)) {
      report.error(SERVICES, `EKS refuses '${cidr}'`, "write a private range from /12 to /24, such as '10.100.0.0/16'");
    }
    for (const other of vpcRanges(config)) {
      if (collide(cidr, other)) {
        report.error(SERVICES, `'${cidr}' overlaps '${other}' of the VPC`, `write a range outside of '${other}'`);
      }
    }
  }),
];

/** The ranges of the VPC as far as the file says; of a VPC that exists only what is written. */
function vpcRanges({ vpc }: UnvalidatedConfig): string[] {
  const cidr = isNonEmptyString(vpc?.cidr)
    ? [vpc.cidr]
    : isNonEmptyString(vpc?.id) || vpc?.subnets
      ? []
      : [DEFAULT_VPC_CIDR];
  return [...cidr, ...strings(vpc?.extraCIDRs, '').map(([text]) => text)];
}
