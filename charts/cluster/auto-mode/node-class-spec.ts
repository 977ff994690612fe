import { partitionOf, roleNameOf } from '../../../eks/arn';
import type { NodeClassSpec } from '../../../imports/eks-auto-mode';
import { sortedEntries } from '../../../kube/canonical';
import { describe } from '../../../kube/describe';
import type { Check } from '../../core/check';
import type { ClusterFacts } from '../../core/requirements';
import type { NodeClassProps, NodeStorage, ReservationTerm, SecurityGroupTerm, SelectorTerm } from './node-class-props';

/** Tags that Karpenter and EKS keep for themselves. */
const TAKEN =
  /^(?:kubernetes\.io\/cluster|karpenter\.sh\/(?:provisioner-name|nodepool|nodeclaim|managed-by)$|eks\.amazonaws\.com\/nodeclass$|aws:)/;
const SIZE = /^(?:[1-9]\d{0,3}|[1-4]\d{4}|5[0-8]\d{3}|59000)Gi$/;

/** In the spelling of EKS; what is not said is left to its defaults. */
export function nodeClassSpec(check: Check, props: NodeClassProps, cluster: ClusterFacts): NodeClassSpec {
  const role = roleName(check, props.role, cluster);
  flags(check, props);
  if ((props.podSubnets === undefined) !== (props.podSecurityGroups === undefined)) {
    check.fail("'podSubnets' and 'podSecurityGroups' belong together", 'write both, or none');
  }
  const { podSubnets, podSecurityGroups, capacityReservations, fips, tags } = props;
  const networking = advancedNetworking(check, props);
  return {
    ...(props.instanceProfile === undefined
      ? { role }
      : { instanceProfile: check.text('instanceProfile', props.instanceProfile) }),
    subnetSelectorTerms: terms(check, 'subnets', props.subnets ?? ownSubnets(check, cluster), 'subnet-'),
    securityGroupSelectorTerms: terms(
      check,
      'securityGroups',
      props.securityGroups ?? [{ tags: { 'aws:eks:cluster-name': cluster.name } }],
      'sg-',
    ),
    ...(podSubnets ? { podSubnetSelectorTerms: terms(check, 'podSubnets', podSubnets, 'subnet-') } : {}),
    ...(podSecurityGroups
      ? { podSecurityGroupSelectorTerms: terms(check, 'podSecurityGroups', podSecurityGroups, 'sg-') }
      : {}),
    ...(capacityReservations
      ? { capacityReservationSelectorTerms: terms(check, 'capacityReservations', capacityReservations, 'cr-') }
      : {}),
    ...(props.storage ? { ephemeralStorage: storage(check, props.storage) } : {}),
    ...(props.networkPolicy ? { networkPolicy: props.networkPolicy } : {}),
    ...(props.networkPolicyLogs === undefined
      ? {}
      : { networkPolicyEventLogs: props.networkPolicyLogs ? 'Enabled' : 'Disabled' }),
    ...(props.snatPolicy ? { snatPolicy: props.snatPolicy } : {}),
    ...(networking ? { advancedNetworking: networking } : {}),
    ...(fips === undefined ? {} : { advancedSecurity: { fips } }),
    ...(props.certificates ? { certificateBundles: certificates(check, props.certificates) } : {}),
    ...(tags ? { tags: ownTags(check, tags) } : {}),
  };
}

/** EKS wants the name alone; the access entry is for the whole ARN. */
function roleName(check: Check, role: unknown, { region }: ClusterFacts): string {
  const partition = partitionOf(region);
  const name = roleNameOf(role, partition);
  if (name === undefined) {
    check.fail(
      `role ${describe(role)} is no ARN of a role in the partition of ${region}`,
      `write 'arn:${partition}:iam::111122223333:role/nodes'`,
    );
  }
  return name;
}

function flags(check: Check, props: NodeClassProps): void {
  for (const [what, allowed] of [
    ['networkPolicy', ['DefaultAllow', 'DefaultDeny']],
    ['snatPolicy', ['Random', 'Disabled']],
    ['ipv4PrefixSize', ['Auto', '32']],
  ] as const) {
    if (props[what] !== undefined) {
      check.oneOf(what, props[what], allowed);
    }
  }
  for (const what of ['networkPolicyLogs', 'publicIp', 'fips'] as const) {
    if (props[what] !== undefined && typeof props[what] !== 'boolean') {
      check.fail(`${what} is ${describe(props[what])}`, 'write true or false');
    }
  }
}

/** eksctl tags what it makes, and the subnets for internal load balancers are the private ones. */
function ownSubnets(check: Check, { name, made }: ClusterFacts): readonly SelectorTerm[] {
  if (!made) {
    check.fail(
      'nobody knows the subnets of a cluster that exists',
      "say them by 'subnets', such as [{ tags: { 'kubernetes.io/role/internal-elb': '1' } }]",
    );
  }
  return [{ tags: { 'alpha.eksctl.io/cluster-name': name, 'kubernetes.io/role/internal-elb': '1' } }];
}

type Term = SelectorTerm | SecurityGroupTerm | ReservationTerm;

function terms<T extends Term>(check: Check, what: string, given: readonly T[], prefix: string) {
  if (!Array.isArray(given) || given.length === 0 || given.length > 30) {
    check.fail(`${what} is ${describe(given)}`, `write 1 to 30 terms, such as [{ id: '${prefix}0123456789abcdef0' }]`);
  }
  return given.map((term: T, i) => {
    const place = `${what}[${i}]`;
    check.keys<{ id: 1; tags: 1; name: 1; owner: 1 }>(place, term ?? null, {
      id: true,
      tags: true,
      name: true,
      owner: true,
    });
    const { id, tags } = term;
    const name = 'name' in term ? term.name : undefined;
    const owner = 'owner' in term ? term.owner : undefined;
    const ways = [id, tags, name].filter((way) => way !== undefined).length;
    if (ways !== 1 || (owner !== undefined && tags === undefined)) {
      check.fail(
        `${place} is ${describe(term)}`,
        `choose in one way: { id: '${prefix}0123456789abcdef0' } or { tags: { tier: 'private' } }`,
      );
    }
    if (id !== undefined && (typeof id !== 'string' || !new RegExp(`^${prefix}[0-9a-z]+$`).test(id))) {
      check.fail(`the id of ${place} is ${describe(id)}`, `write for example '${prefix}0123456789abcdef0'`);
    }
    const pairs = Object.entries(tags ?? {});
    if (
      tags !== undefined &&
      (pairs.length === 0 || pairs.length > 20 || pairs.some(([k, v]) => k === '' || v === ''))
    ) {
      check.fail(
        `the tags of ${place} are ${describe(tags)}`,
        "write 1 to 20, with neither key nor value empty; '*' takes any value",
      );
    }
    return {
      ...(id === undefined ? {} : { id }),
      ...(name === undefined ? {} : { name: check.text(`the name of ${place}`, name) }),
      ...(owner === undefined ? {} : { owner: check.text(`the owner of ${place}`, owner) }),
      ...(tags === undefined ? {} : { tags: { ...tags } }),
    };
  });
}

function storage(check: Check, given: NodeStorage): NonNullable<NodeClassSpec['ephemeralStorage']> {
  check.keys<NodeStorage>('storage', given, { size: true, iops: true, throughput: true, kmsKey: true });
  const { size, iops, throughput, kmsKey } = given;
  if (size !== undefined && !SIZE.test(size)) {
    check.fail(`storage.size is ${describe(size)}`, "write whole GiB from '1Gi' to '59000Gi', such as '160Gi'");
  }
  return {
    ...(size === undefined ? {} : { size }),
    ...(iops === undefined ? {} : { iops: check.integer('storage.iops', iops, 3000, 16000) }),
    ...(throughput === undefined ? {} : { throughput: check.integer('storage.throughput', throughput, 125, 1000) }),
    ...(kmsKey === undefined ? {} : { kmsKeyID: check.text('storage.kmsKey', kmsKey) }),
  };
}

function advancedNetworking(check: Check, { publicIp, ipv4PrefixSize, proxy }: NodeClassProps) {
  if (publicIp === undefined && ipv4PrefixSize === undefined && proxy === undefined) {
    return undefined;
  }
  check.keys('proxy', proxy, { https: true, bypass: true });
  if (proxy && (!/^https?:\/\/\S+$/.test(check.text('proxy.https', proxy.https)) || proxy.https.length > 255)) {
    check.fail(
      `proxy.https is ${describe(proxy.https)}`,
      "write a URL of at most 255 characters, such as 'http://192.0.2.4:3128'",
    );
  }
  if ((proxy?.bypass?.length ?? 0) > 50) {
    check.fail(`proxy.bypass has ${proxy?.bypass?.length} entries`, 'write at most 50');
  }
  return {
    ...(publicIp === undefined ? {} : { associatePublicIPAddress: publicIp }),
    ...(ipv4PrefixSize === undefined ? {} : { ipv4PrefixSize }),
    ...(proxy ? { httpsProxy: proxy.https, ...(proxy.bypass ? { noProxy: [...proxy.bypass] } : {}) } : {}),
  };
}

function certificates(check: Check, given: Readonly<Record<string, string>>): { name: string; data: string }[] {
  return sortedEntries(given).map(([name, pem]) => {
    if (typeof pem !== 'string' || !pem.includes('-----BEGIN CERTIFICATE-----')) {
      check.fail(`certificate '${name}' is no PEM`, "write its text, beginning with '-----BEGIN CERTIFICATE-----'");
    }
    if (pem.includes('PRIVATE KEY')) {
      check.fail(
        `certificate '${name}' holds a private key, which would be readable in the manifest`,
        'write the certificates alone',
      );
    }
    return { name, data: Buffer.from(pem).toString('base64') };
  });
}

function ownTags(check: Check, tags: Readonly<Record<string, string>>): Record<string, string> {
  const taken = Object.keys(tags).find((key) => key === '' || TAKEN.test(key));
  if (taken !== undefined) {
    check.fail(`tag '${taken}' is refused by EKS`, "write a key of your own, such as 'team'");
  }
  const odd = Object.entries(tags).find(([, value]) => typeof value !== 'string');
  if (odd) {
    check.fail(`tag '${odd[0]}' has the value ${describe(odd[1])}`, 'write a text');
  }
  return { ...tags };
}
