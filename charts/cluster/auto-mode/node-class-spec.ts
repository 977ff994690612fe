import { partitionOf, roleNameOf } from '../../../eks/arn';
import type { NodeClassSpec } from '../../../imports/eks-auto-mode';
import { sortedEntries } from '../../../kube/canonical';
import { describe } from '../../../kube/describe';
import type { Check } from '../../core/check';
import type { ClusterFacts } from '../../core/requirements';
import { ruleOf } from '../rule-of';
import type { NodeClassProps, NodeStorage, ReservationTerm, SecurityGroupTerm, SelectorTerm } from './node-class-props';

/** Tags that Karpenter and EKS reserve. */
const RESERVED =
  /^(?:kubernetes\.io\/cluster|karpenter\.sh\/(?:provisioner-name|nodepool|nodeclaim|managed-by)$|eks\.amazonaws\.com\/nodeclass$|aws:)/;
const SIZE = /^(?:[1-9]\d{0,3}|[1-4]\d{4}|5[0-8]\d{3}|59000)Gi$/;

/** The spec in the spelling of EKS, which fills in defaults. */
export function nodeClassSpec(check: Check, props: NodeClassProps, cluster: ClusterFacts): NodeClassSpec {
  const role = roleName(check, props.role, cluster);
  flags(check, props);
  if ((props.podSubnets === undefined) !== (props.podSecurityGroups === undefined)) {
    const [missing, present] =
      props.podSubnets === undefined ? ['podSubnets', 'podSecurityGroups'] : ['podSecurityGroups', 'podSubnets'];
    check.fail('required', missing!, `${missing} is required with ${present}`, 'set both, or neither');
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
    ...(props.storage ? { ephemeralStorage: nodeStorage(check, props.storage) } : {}),
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

/** A NodeClass has the name of the role, and the access entry its ARN. */
function roleName(check: Check, role: unknown, { region }: ClusterFacts): string {
  const partition = partitionOf(region);
  const name = roleNameOf(role, partition);
  if (name === undefined) {
    check.fail(
      ruleOf(role),
      'role',
      `role must be the ARN of an IAM role in partition '${partition}', but is ${describe(role)}`,
      `write for example 'arn:${partition}:iam::111122223333:role/nodes'`,
    );
  }
  return name;
}

function flags(check: Check, props: NodeClassProps): void {
  for (const [field, allowed] of [
    ['networkPolicy', ['DefaultAllow', 'DefaultDeny']],
    ['snatPolicy', ['Random', 'Disabled']],
    ['ipv4PrefixSize', ['Auto', '32']],
  ] as const) {
    if (props[field] !== undefined) {
      check.oneOf(field, props[field], allowed);
    }
  }
}

/** The private subnets that eksctl creates: those that it tags for internal load balancers. */
export function ownSubnets(check: Check, { name, made }: ClusterFacts): readonly SelectorTerm[] {
  if (!made) {
    check.fail(
      'required',
      'subnets',
      'subnets is required, since those of an existing cluster are unknown',
      "write for example [{ tags: { 'kubernetes.io/role/internal-elb': '1' } }]",
    );
  }
  return [{ tags: { 'alpha.eksctl.io/cluster-name': name, 'kubernetes.io/role/internal-elb': '1' } }];
}

type Term = SelectorTerm | SecurityGroupTerm | ReservationTerm;

export function terms<T extends Term>(check: Check, field: string, given: readonly T[], prefix: string) {
  if (!Array.isArray(given) || given.length === 0 || given.length > 30) {
    check.fail(
      ruleOf(given, 'list'),
      field,
      `${field} must be a list of 1 to 30 terms, but is ${describe(given)}`,
      `write for example [{ id: '${prefix}0123456789abcdef0' }]`,
    );
  }
  return given.map((term: T, i) => {
    const place = `${field}[${i}]`;
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
        ways === 0 ? 'required' : 'forbidden',
        place,
        `${place} must select in exactly one way, but is ${describe(term)}`,
        `write for example { id: '${prefix}0123456789abcdef0' } or { tags: { tier: 'private' } }`,
      );
    }
    if (id !== undefined && (typeof id !== 'string' || !new RegExp(`^${prefix}[0-9a-z]+$`).test(id))) {
      check.fail(
        ruleOf(id),
        `${place}.id`,
        `${place}.id must begin with '${prefix}', but is ${describe(id)}`,
        `write for example '${prefix}0123456789abcdef0'`,
      );
    }
    const pairs = Object.entries(tags ?? {});
    if (
      tags !== undefined &&
      (pairs.length === 0 || pairs.length > 20 || pairs.some(([k, v]) => k === '' || v === ''))
    ) {
      check.fail(
        'invalid',
        `${place}.tags`,
        `${place}.tags must have 1 to 20 entries with neither an empty key nor an empty value, but is ${describe(tags)}`,
        "write '*' to match any value",
      );
    }
    return {
      ...(id === undefined ? {} : { id }),
      ...(name === undefined ? {} : { name: check.text(`${place}.name`, name) }),
      ...(owner === undefined ? {} : { owner: check.text(`${place}.owner`, owner) }),
      ...(tags === undefined ? {} : { tags: { ...tags } }),
    };
  });
}

export function nodeStorage(check: Check, given: NodeStorage): NonNullable<NodeClassSpec['ephemeralStorage']> {
  check.keys<NodeStorage>('storage', given, { size: 'text', iops: true, throughput: true, kmsKey: 'text' });
  const { size, iops, throughput, kmsKey } = given;
  if (size !== undefined && !SIZE.test(size)) {
    check.fail(
      ruleOf(size),
      'storage.size',
      `storage.size must be in whole GiB from '1Gi' to '59000Gi', but is ${describe(size)}`,
      "write for example '160Gi'",
    );
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
      'invalid',
      'proxy.https',
      `proxy.https must be a URL of at most 255 characters, but is ${describe(proxy.https)}`,
      "write for example 'http://192.0.2.4:3128'",
    );
  }
  if ((proxy?.bypass?.length ?? 0) > 50) {
    check.fail(
      'invalid',
      'proxy.bypass',
      `proxy.bypass must have at most 50 entries, but has ${proxy?.bypass?.length}`,
      'remove some entries',
    );
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
      check.fail(
        ruleOf(pem),
        `certificates['${name}']`,
        `certificates['${name}'] must be a certificate in PEM`,
        "write its text, which begins with '-----BEGIN CERTIFICATE-----'",
      );
    }
    if (pem.includes('PRIVATE KEY')) {
      check.fail(
        'forbidden',
        `certificates['${name}']`,
        `certificates['${name}'] must not have a private key, which would be readable in the manifest`,
        'remove the private key',
      );
    }
    return { name, data: Buffer.from(pem).toString('base64') };
  });
}

export function ownTags(check: Check, tags: Readonly<Record<string, string>>): Record<string, string> {
  const reserved = Object.keys(tags).find((key) => key === '' || RESERVED.test(key));
  if (reserved !== undefined) {
    check.fail(
      'forbidden',
      `tags['${reserved}']`,
      `tag '${reserved}' is reserved by EKS`,
      "use a key of your own, for example 'team'",
    );
  }
  const odd = Object.entries(tags).find(([, value]) => typeof value !== 'string');
  if (odd) {
    check.fail(
      'type',
      `tags['${odd[0]}']`,
      `tags['${odd[0]}'] must be a string, but is ${describe(odd[1])}`,
      'put the value in quotes',
    );
  }
  return { ...tags };
}
