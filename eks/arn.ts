import type { Arn, Region } from './values';

/** The parts of an ARN, as the AWS SDK takes it apart. */
export interface ArnParts {
  readonly partition: string;
  readonly service: string;
  readonly region: string;
  readonly account: string;
  /** All that follows, colons included. */
  readonly resource: string;
}

/** The parts of 'arn:partition:service:region:account:resource', or nothing where the text is no ARN. */
export function parseArn(text: unknown): ArnParts | undefined {
  if (typeof text !== 'string' || !text.startsWith('arn:')) {
    return undefined;
  }
  const [, partition, service, region, account, ...rest] = text.split(':');
  return rest.length === 0
    ? undefined
    : {
        partition: partition!,
        service: service!,
        region: region!,
        account: account!,
        resource: rest.join(':'),
      };
}

/** Whether eksctl takes the value for a given ARN: a text that parses, with a partition. */
export function isArn(text: unknown): text is string {
  return !!parseArn(text)?.partition;
}

/** Partitions by the beginning of their regions; 'aws' has all others. */
const PARTITIONS: readonly (readonly [prefix: string, partition: string])[] = [
  ['cn-', 'aws-cn'],
  ['us-gov-', 'aws-us-gov'],
  ['us-iso-', 'aws-iso'],
  ['us-isob-', 'aws-iso-b'],
  ['us-isof-', 'aws-iso-f'],
  ['eu-isoe-', 'aws-iso-e'],
  ['eusc-', 'aws-eusc'],
];

/** The partition of a region, the second part of every ARN in it. */
export function partitionOf(region: Region): string {
  return PARTITIONS.find(([prefix]) => region.startsWith(prefix))?.[1] ?? 'aws';
}

/** A managed policy of IAM, by its name. */
export const managedPolicyArn = (region: Region, name: string): Arn =>
  `arn:${partitionOf(region)}:iam::aws:policy/${name}`;

/** An access policy of EKS, by its name. */
export const accessPolicyArn = (region: Region, name: string): Arn =>
  `arn:${partitionOf(region)}:eks::aws:cluster-access-policy/${name}`;

const ACCOUNT = /^\d{12}$/;

/** Parts of an ARN of IAM, in one partition or in any. */
function iamParts(arn: unknown, partition: string | undefined): ArnParts | undefined {
  const parts = parseArn(arn);
  const right = partition === undefined ? /^[a-z-]+$/.test(parts?.partition ?? '') : parts?.partition === partition;
  return right && parts?.service === 'iam' && parts.region === '' ? parts : undefined;
}

/** Whether a text is the ARN of something in IAM: a policy of AWS, a role. */
export const isIamArn = (arn: unknown): boolean => iamParts(arn, undefined) !== undefined;

/** The name of a role, without its path; undefined where the text is not the ARN of a role. */
export function roleNameOf(arn: unknown, partition?: string): string | undefined {
  const { account = '', resource = '' } = iamParts(arn, partition) ?? {};
  return ACCOUNT.test(account) ? /^role\/(?:\S+\/)?([^/\s]{1,64})$/.exec(resource)?.[1] : undefined;
}

/** Whether a text is the ARN of one role or user of IAM: a pattern is none. */
export function isRoleOrUserArn(arn: unknown, partition?: string): boolean {
  const { account = '', resource = '' } = iamParts(arn, partition) ?? {};
  return ACCOUNT.test(account) && /^(role|user)\/[^\s*?]*[^\s*?/]$/.test(resource);
}

/** Whether a text is the ARN of a KMS key, or of an alias of one, in a region. */
export function isKmsKeyArn(arn: unknown, region: Region): boolean {
  const parts = parseArn(arn);
  return (
    parts?.service === 'kms' &&
    parts.partition === partitionOf(region) &&
    parts.region === region &&
    ACCOUNT.test(parts.account) &&
    /^(key|alias)\/\S+$/.test(parts.resource)
  );
}

/** Whether a text is the ARN of an EKS cluster. */
export function isClusterArn(arn: unknown): boolean {
  const parts = parseArn(arn);
  return parts?.service === 'eks' && ACCOUNT.test(parts.account) && /^cluster\/[\w-]+$/.test(parts.resource);
}

/** Whether a text is the ARN of a certificate that a load balancer takes: of ACM in any region, or of IAM. */
export function isCertificateArn(arn: unknown): boolean {
  const { partition = '', service, region, account = '', resource = '' } = parseArn(arn) ?? {};
  const right = /^[a-z-]+$/.test(partition) && ACCOUNT.test(account);
  return (
    right &&
    ((service === 'acm' && region !== '' && /^certificate\/\S+$/.test(resource)) ||
      (service === 'iam' && region === '' && /^server-certificate\/\S+$/.test(resource)))
  );
}

/** Whether a text is the ARN of a target group. */
export function isTargetGroupArn(arn: unknown): boolean {
  const { partition = '', service, region, account = '', resource = '' } = parseArn(arn) ?? {};
  const right = /^[a-z-]+$/.test(partition) && ACCOUNT.test(account) && region !== '';
  return (
    right && service === 'elasticloadbalancing' && /^targetgroup\/[a-zA-Z0-9-]{1,32}\/[0-9a-f]{16}$/.test(resource)
  );
}

/** What a load balancer of a region does not take in the ARN of a certificate: 'must be ...'. */
export function certificateProblem(arn: string, region: string | undefined): string | undefined {
  if (!isCertificateArn(arn)) {
    return `must be an ARN of ACM or IAM, but is '${arn}'`;
  }
  const parts = parseArn(arn)!;
  if (region === undefined) {
    return undefined;
  }
  if (parts.service === 'acm' && parts.region !== region) {
    return `must be of the region of the cluster, ${region}, but is '${arn}'`;
  }
  const partition = partitionOf(region as Region);
  return parts.partition === partition ? undefined : `must be of the partition ${partition}, but is '${arn}'`;
}
