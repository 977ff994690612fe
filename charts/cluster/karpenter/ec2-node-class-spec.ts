import { partitionOf, roleNameOf } from '../../../eks/arn';
import { describe } from '../../../kube/describe';
import { indexPath } from '../../../kube/text';
import type { KeyTable } from '../../../kube/values';
import { checkLiteral } from '../../config/secret-looking';
import type { Check } from '../../core/check';
import type { ClusterFacts } from '../../core/requirements';
import type { SelectorTerm } from '../auto-mode/node-class-props';
import { nodeStorage, ownSubnets, ownTags, terms } from '../auto-mode/node-class-spec';
import { checkItems, ruleOf } from '../rule-of';
import type { AmiTerm, Ec2NodeClassProps, NodeKubelet, NodeReserved, OwnAmi } from './ec2-node-class-props';
import { type Ec2NodeClassManifest, nodeRole } from './objects';

/** Families of images: their operating system, and the device of the disk that pods write to. */
const FAMILIES = {
  AL2023: { system: 'linux', device: '/dev/xvda' },
  Bottlerocket: { system: 'linux', device: '/dev/xvdb' },
  Windows2019: { system: 'windows', device: '/dev/sda1' },
  Windows2022: { system: 'windows', device: '/dev/sda1' },
  Windows2025: { system: 'windows', device: '/dev/sda1' },
  Custom: { system: 'linux', device: '/dev/xvda' },
} as const;
type Family = keyof typeof FAMILIES;

const AMI: KeyTable<OwnAmi> = { family: true, terms: 'list' };
const TERM: KeyTable<AmiTerm> = { id: 'text', name: 'text', owner: 'text', tags: 'map', ssmParameter: 'text' };
const KUBELET: KeyTable<NodeKubelet> = {
  maxPods: true,
  podsPerCore: true,
  systemReserved: 'object',
  kubeReserved: 'object',
};
const RESERVED: KeyTable<NodeReserved> = { cpu: 'text', memory: 'text', ephemeralStorage: 'text' };
const MOST_USER_DATA = 16 * 1024;

/** The image of a class. */
interface AmiModel {
  readonly family: Family;
  readonly spec: Pick<Ec2NodeClassManifest['spec'], 'amiFamily' | 'amiSelectorTerms'>;
}

/** The spec, and the operating system of its nodes. */
export function ec2NodeClassSpec(
  check: Check,
  props: Ec2NodeClassProps,
  cluster: ClusterFacts,
  subnetIds: readonly string[] | undefined,
): { readonly spec: Ec2NodeClassManifest['spec']; readonly system: 'linux' | 'windows' } {
  const ami = resolveAmi(check, props.ami ?? 'al2023@latest');
  const { system, device } = FAMILIES[ami.family];
  if (props.instanceStorePolicy !== undefined) {
    check.oneOf('instanceStorePolicy', props.instanceStorePolicy, ['RAID0']);
  }
  const { size = '80Gi', iops, throughput, kmsKeyID } = nodeStorage(check, props.storage ?? {});
  const subnets: readonly SelectorTerm[] =
    props.subnets ?? subnetIds?.map((id) => ({ id })) ?? ownSubnets(check, cluster);
  const groups = props.securityGroups ?? [{ tags: { 'aws:eks:cluster-name': cluster.name } }];
  const hops = props.metadataHopLimit ?? 1;
  const spec: Ec2NodeClassManifest['spec'] = {
    role: roleOf(check, props, cluster, system),
    ...ami.spec,
    subnetSelectorTerms: terms(check, 'subnets', subnets, 'subnet-') as never,
    securityGroupSelectorTerms: terms(check, 'securityGroups', groups, 'sg-') as never,
    metadataOptions: {
      httpEndpoint: 'enabled',
      httpTokens: 'required',
      httpPutResponseHopLimit: check.integer('metadataHopLimit', hops, 1, 64),
    },
    blockDeviceMappings: [
      {
        deviceName: device,
        ebs: {
          volumeSize: size,
          volumeType: 'gp3',
          encrypted: true,
          ...(iops === undefined ? {} : { iops }),
          ...(throughput === undefined ? {} : { throughput }),
          ...(kmsKeyID === undefined ? {} : { kmsKeyID }),
        },
      },
    ],
    ...(props.kubelet ? { kubelet: kubelet(check, props.kubelet) } : {}),
    ...(props.userData === undefined ? {} : { userData: userData(check, props.userData) }),
    ...(props.instanceStorePolicy ? { instanceStorePolicy: props.instanceStorePolicy } : {}),
    ...(props.publicIp === undefined ? {} : { associatePublicIPAddress: props.publicIp }),
    ...(props.detailedMonitoring === undefined ? {} : { detailedMonitoring: props.detailedMonitoring }),
    ...(props.tags ? { tags: ownTags(check, props.tags) } : {}),
  };
  return { spec, system };
}

function resolveAmi(check: Check, ami: string | OwnAmi): AmiModel {
  if (typeof ami === 'string') {
    const [, name = '', version = ''] = /^([a-z0-9]+)@(\S+)$/.exec(ami) ?? [];
    const family = (Object.keys(FAMILIES) as Family[]).find((one) => one !== 'Custom' && one.toLowerCase() === name);
    // images of Windows have no versions
    if (
      family === undefined ||
      !(version === 'latest' || (/^v\d/.test(version) && FAMILIES[family].system === 'linux'))
    ) {
      check.fail(
        'invalid',
        'ami',
        `ami must be the alias of an image with its version, but is '${ami}'`,
        "write for example 'al2023@latest', 'bottlerocket@v1.49.0' or 'windows2022@latest'",
      );
    }
    return { family, spec: { amiSelectorTerms: [{ alias: ami }] } };
  }
  check.keys<OwnAmi>('ami', ami ?? null, AMI);
  check.oneOf('ami.family', ami.family, Object.keys(FAMILIES));
  checkItems(check, 'ami.terms', ami.terms, 'term', "write for example [{ id: 'ami-0123456789abcdef0' }]");
  return {
    family: ami.family,
    spec: {
      amiFamily: ami.family,
      amiSelectorTerms: ami.terms.map((term, i) => amiTerm(check, term, `ami.terms[${i}]`)),
    },
  };
}

function amiTerm(check: Check, term: AmiTerm, place: string) {
  check.keys<AmiTerm>(place, term ?? null, TERM);
  const { id, name, owner, tags, ssmParameter } = term;
  const isAlone = [id, ssmParameter].some((way) => way !== undefined);
  const others = [name, tags, owner].filter((way) => way !== undefined).length;
  const ways = [id, ssmParameter].filter((way) => way !== undefined).length;
  if (ways > 1 || (isAlone && others > 0) || (!isAlone && name === undefined && tags === undefined)) {
    check.fail(
      'forbidden',
      place,
      `${place} must have an id, an ssmParameter, or name and tags, but is ${describe(term)}`,
      "write for example { id: 'ami-0123456789abcdef0' } or { name: 'nodes-*', owner: 'self' }",
    );
  }
  if (id !== undefined && !/^ami-[0-9a-z]+$/.test(id)) {
    check.fail(
      ruleOf(id),
      `${place}.id`,
      `${place}.id must begin with 'ami-', but is ${describe(id)}`,
      "write for example 'ami-0123456789abcdef0'",
    );
  }
  return Object.fromEntries(
    Object.entries({ id, name, owner, ssmParameter, tags: tags && { ...tags } }).filter(
      ([, value]) => value !== undefined,
    ),
  ) as Record<string, string | Record<string, string>>;
}

/** Of the step that installs Karpenter, or of the user. */
function roleOf(
  check: Check,
  { role }: Ec2NodeClassProps,
  { name, region, made }: ClusterFacts,
  system: string,
): string {
  if (role === undefined) {
    if (!made || system === 'windows') {
      check.fail(
        'required',
        'role',
        `role is required ${made ? 'with Windows, whose nodes join the cluster by another kind of access entry' : 'for a cluster that exists'}`,
        `write the ARN of the role of the nodes: 'arn:${partitionOf(region)}:iam::111122223333:role/nodes'`,
      );
    }
    return nodeRole(name);
  }
  const found = roleNameOf(role, partitionOf(region));
  if (found === undefined) {
    check.fail(
      ruleOf(role),
      'role',
      `role must be the ARN of an IAM role in partition '${partitionOf(region)}', but is ${describe(role)}`,
      `write for example 'arn:${partitionOf(region)}:iam::111122223333:role/nodes'`,
    );
  }
  return found;
}

function kubelet(check: Check, given: NodeKubelet): NonNullable<Ec2NodeClassManifest['spec']['kubelet']> {
  check.keys<NodeKubelet>('kubelet', given, KUBELET);
  const counts = (['maxPods', 'podsPerCore'] as const).flatMap((key) =>
    given[key] === undefined ? [] : [[key, check.integer(`kubelet.${key}`, given[key], 1)] as const],
  );
  const reserved = (['systemReserved', 'kubeReserved'] as const).flatMap((key) => {
    const own = given[key];
    if (own === undefined) {
      return [];
    }
    const field = `kubelet.${key}`;
    check.keys<NodeReserved>(field, own, RESERVED);
    const amounts = Object.entries(own).filter(([, amount]) => amount !== undefined);
    for (const [resource, amount] of amounts) {
      check.quantity(`${field}.${resource}`, amount, resource === 'cpu' ? '100m' : '200Mi');
    }
    const named = amounts.map(([resource, amount]) => [
      resource === 'ephemeralStorage' ? 'ephemeral-storage' : resource,
      String(amount),
    ]);
    return [[key, Object.fromEntries(named) as Record<string, string>] as const];
  });
  return Object.fromEntries([...counts, ...reserved]);
}

function userData(check: Check, given: unknown): string {
  const text = check.text('userData', given);
  if (Buffer.byteLength(text) > MOST_USER_DATA) {
    check.fail(
      'invalid',
      'userData',
      `userData must be at most 16 KiB, but is ${Math.ceil(Buffer.byteLength(text) / 1024)} KiB`,
      'fetch what is larger when the node starts, or build an image of your own',
    );
  }
  for (const [i, line] of text.split('\n').entries()) {
    checkLiteral(check, indexPath('userData', i), '', line);
  }
  return text;
}
