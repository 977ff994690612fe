/**
 * The rules that are stricter than eksctl on purpose, with what would happen otherwise. eksctl fails late, with a partly
 * created cluster, or never, and the file has another effect than intended.
 */
export const STRICTER: Readonly<Record<string, string>> = {
  // the file
  L1b: 'eksctl silently ignores the key',
  L1c: 'eksctl ignores a second document and tags',
  L3b: 'eksctl reads null as an empty string or object, which is rarely intended',

  // CloudFormation, which eksctl asks once it has begun
  C1: 'no template of a VPC has another gateway',
  C4: 'eksctl finds no subnet in the zone, after the cluster exists',
  C9: 'EKS takes subnets in two zones at least',
  C10: 'eksctl refuses it after it has asked AWS for the subnets',
  C20: 'the autoscaling group is refused, after the cluster exists',
  C21: 'eksctl refuses it as it makes the group, after the cluster exists',
  C22a: 'eksctl finds no subnet in the zone, after the cluster exists',
  C22b: 'eksctl finds no subnet in the zone, after the cluster exists',
  C22c: 'EC2 has no such zone there',
  C23: 'eksctl refuses it as it makes the group, after the cluster exists',
  C24: 'eksctl refuses it as it makes the group, after the cluster exists',
  C25a: 'eksctl refuses it as it makes the group, after the cluster exists',
  C25b: 'eksctl refuses it as it makes the group, after the cluster exists',
  C25c: 'eksctl refuses it as it makes the group, after the cluster exists',
  C25d: 'eksctl refuses it as it makes the group, after the cluster exists',
  C26: 'EKS has no managed groups in local zones',
  C29: 'eksctl finds no subnet for the group, after the cluster exists',

  // the cluster
  X1: 'EKS refuses the name',
  X2: 'EKS does not offer the version; eksctl asks it before anything else',
  X3: 'CloudFormation refuses the name of the stack',
  X113: 'IAM refuses the name of the policy, after the cluster exists',
  X4: 'EC2 has no such zone in the region',
  X5: 'CloudFormation makes one subnet where two are counted on',
  X6: 'EC2 refuses the id',
  X7: 'IAM and EKS refuse the ARN',
  X40: 'EKS refuses Auto Mode without access entries',
  X42: 'EKS takes only a key of KMS in its region',
  X44: 'EKS refuses the mode',
  X45: 'EKS takes subnets in two zones at least',
  X46: 'EKS refuses the range',
  X47: 'EKS refuses the strategy',
  X48: 'EKS refuses the duration',

  // add-ons, permissions, access
  X10: 'eksctl makes one of the two',
  X15: 'eksctl does not read the second document',
  X20: 'EKS refuses the second association, after the cluster exists',
  X22: 'IAM refuses anything but an ARN',
  X23: 'EKS refuses the mode',
  X26: 'EKS refuses the name',
  X27: 'EKS refuses the principal',
  X51: 'EKS refuses the name, after the cluster exists',
  X52: 'EKS refuses the profile, after the cluster exists',
  X54: 'EKS refuses the second capability of a name',
  X55: 'EKS refuses the type',
  X56: 'eksctl refuses the capability after the cluster is there',

  // addresses
  X30: 'EKS refuses the range',
  X31: 'EKS refuses the range',

  // ways out
  X37: 'the nodes do not join, and the stack of the group fails after 25 minutes',

  // node groups
  X70: 'EC2 refuses the pair',
  X71: 'EC2 refuses credits for other types',
  X72: 'the image has one architecture, and nodes of the other never start',
  X73: 'EC2 has no such type',
  X74: 'there is no such image',
  X75: 'EKS refuses the number',
  X76: 'EKS and EC2 refuse the number',
  X77: 'EKS refuses the pair',
  X78: 'EKS refuses the percentage',
  X79: 'EKS refuses more',
  X80: 'EKS refuses the label',
  X82: 'IAM refuses anything but an ARN',
  X84: 'EC2 Auto Scaling has no such strategy',
  X90: 'EC2 has no such type',
  X91: 'EC2 boots from no such volume',
  X92: 'EC2 refuses the size',
  X93: 'EC2 refuses the ratio',
  X94: 'EC2 refuses the ratio',
  X96: 'EC2 needs the name of the device',
  X97: 'EC2 refuses two volumes on one device',
  X98: 'EC2 refuses a key for a volume that is not encrypted',
  X101: 'CloudFormation refuses the name of the stack',
  X102: 'the node refuses the label, and does not join',
  X103: 'EC2 refuses the number',
  X104: 'the nodes do not join, or their pods get no images or addresses',
  X106: 'no pod but those of every node has room',
  X107: 'EC2 refuses the launch template',
  X108: 'EKS refuses the type, or its nodes do not join',
  X111: 'EC2 refuses the volume',
};
