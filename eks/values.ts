/** An ARN in any partition: 'arn:aws:iam::111122223333:role/admin'. */
export type Arn = string;
/** An AWS region: 'us-west-2'. */
export type Region = string;
/** A Kubernetes minor version offered by EKS, as text: '1.35'. */
export type KubernetesVersion = '1.31' | '1.32' | '1.33' | '1.34' | '1.35' | '1.36' | (string & {});
/** A processor architecture, as in the label `kubernetes.io/arch`. */
export type Architecture = 'amd64' | 'arm64';
