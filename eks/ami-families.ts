/** Every family of node images that eksctl knows, in its own spelling. */
export const AMI_FAMILIES = [
  'AmazonLinux2023',
  'AmazonLinux2',
  'Bottlerocket',
  'BottlerocketFips',
  'Ubuntu2004',
  'UbuntuPro2004',
  'Ubuntu2204',
  'UbuntuPro2204',
  'Ubuntu2404',
  'UbuntuPro2404',
  'Ubuntu2604',
  'UbuntuPro2604',
  'WindowsServer2019CoreContainer',
  'WindowsServer2019FullContainer',
  'WindowsServer2022CoreContainer',
  'WindowsServer2022FullContainer',
  'WindowsServer2025CoreContainer',
  'WindowsServer2025FullContainer',
] as const;

const SPELLED: ReadonlyMap<string, string> = new Map(AMI_FAMILIES.map((family) => [family.toLowerCase(), family]));

/** The spelling that eksctl makes of a family's name: it takes any case; a name that it does not know stays as it is. */
export function spelledFamily(family: string): string {
  return SPELLED.get(family.toLowerCase()) ?? family;
}

const isOneOf = (family: string, prefix: string): boolean =>
  family.startsWith(prefix) && (AMI_FAMILIES as readonly string[]).includes(family);

// each takes a family as eksctl spells it
export const isAmazonLinux = (family: string): boolean => isOneOf(family, 'AmazonLinux');
export const isBottlerocket = (family: string): boolean => isOneOf(family, 'Bottlerocket');
export const isUbuntu = (family: string): boolean => isOneOf(family, 'Ubuntu');
export const isWindows = (family: string): boolean => isOneOf(family, 'Windows');

/**
 * GiB of the snapshot that a family's image is made of: EC2 refuses a smaller root volume. Amazon Linux as in
 * awslabs/amazon-eks-ami (v20260724; 2 as in its last release, v20251120), Windows by the EKS user guide, Ubuntu by its
 * cloud images.
 */
const SNAPSHOT_SIZES: readonly (readonly [isFamily: (family: string) => boolean, size: number])[] = [
  [(family) => family === 'AmazonLinux2', 4],
  [isAmazonLinux, 20],
  [isUbuntu, 8],
  [isWindows, 50],
  // of its second volume, which holds images and logs; the first has the system alone
  [isBottlerocket, 1],
];

/** GiB of a volume that the images of Bottlerocket come with: less soon fills up with container images. */
export const BOTTLEROCKET_DATA_SIZE = 20;

/** GiB of the smallest volume that EC2 makes of an image of the family; undefined for a family that is not known. */
export function smallestVolume(family: string): number | undefined {
  return SNAPSHOT_SIZES.find(([isFamily]) => isFamily(family))?.[1];
}
