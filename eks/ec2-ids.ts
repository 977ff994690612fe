/** Kinds of things in EC2 whose ids a ClusterConfig has, by the beginning of the id. */
export type Ec2Kind = 'vpc' | 'subnet' | 'sg' | 'ami' | 'lt' | 'cr' | 'snap' | 'tgw' | 'vgw';

const NAMES: Readonly<Record<Ec2Kind, string>> = {
  vpc: 'a VPC',
  subnet: 'a subnet',
  sg: 'a security group',
  ami: 'an image',
  lt: 'a launch template',
  cr: 'a capacity reservation',
  snap: 'a snapshot',
  tgw: 'a transit gateway',
  vgw: 'a virtual private gateway',
};

/** 'a security group', for messages. */
export const nameOfKind = (kind: Ec2Kind): string => NAMES[kind];

/** Whether a text has the form of an id of EC2: 8 hexadecimal digits, 17 since 2018. */
export function isEc2Id(text: string, ...kinds: readonly Ec2Kind[]): boolean {
  const [, kind] = /^([a-z]+)-[0-9a-f]{8,17}$/.exec(text) ?? [];
  return kind !== undefined && (kinds as readonly string[]).includes(kind);
}
