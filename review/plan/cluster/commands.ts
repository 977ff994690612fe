/** How a plan names the cluster in commands. */
export interface Target {
  readonly cluster: string;
  readonly region: string;
  /** The file of the new ClusterConfig, as commands read it. */
  readonly file: string;
}

/** Words that mean the same with and without quotes, in any shell. */
const PLAIN = /^[\w@%+=:,./-]+$/;

/** A word of a command, in single quotes where a shell would read more into it. */
export function quoted(word: string): string {
  return PLAIN.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}

/** A command line of eksctl; what is undefined is left out. */
export function eksctl(...words: readonly (string | undefined)[]): string {
  return ['eksctl', ...words.filter((word) => word !== undefined).map(quoted)].join(' ');
}

/** The options by which most commands of eksctl find a cluster without a file. */
export const ofCluster = ({ cluster, region }: Target): string[] => ['--cluster', cluster, '--region', region];

/** A command of eksctl that reads a part of a ClusterConfig from its input, where one for the whole file would do more. */
export function eksctlWith(target: Target, part: object, ...words: readonly string[]): string {
  const config = {
    apiVersion: 'eksctl.io/v1alpha5',
    kind: 'ClusterConfig',
    metadata: { name: target.cluster, region: target.region },
    ...part,
  };
  return `echo ${quoted(JSON.stringify(config))} | ${eksctl(...words, '-f', '-')}`;
}

/** A command line of the AWS CLI: 'eks update-cluster-config', then its options; objects are written as JSON. */
export function aws(
  { region }: Pick<Target, 'region'>,
  service: string,
  action: string,
  options: Readonly<Record<string, unknown>>,
): string {
  const words = Object.entries(options).flatMap(([name, value]) =>
    value === undefined ? [] : [`--${name}`, worded(value)],
  );
  return ['aws', service, action, '--region', quoted(region), ...words].join(' ');
}

/** What another command prints, as a word of a command. */
export class Output {
  constructor(readonly command: string) {}
}

function worded(value: unknown): string {
  if (value instanceof Output) {
    return `"$(${value.command})"`;
  }
  if (Array.isArray(value) && value.every((word) => typeof word === 'string')) {
    return value.map(quoted).join(' ');
  }
  return quoted(typeof value === 'string' || typeof value === 'number' ? String(value) : JSON.stringify(value));
}

/** The ARN of something of EKS, as the command that describes it prints it. */
export function arnOf(target: Target, kind: keyof typeof DESCRIBED, name?: string): Output {
  const { action, option, query } = DESCRIBED[kind];
  const options = kind === 'cluster' ? { name: target.cluster } : { 'cluster-name': target.cluster, [option]: name };
  return new Output(`${aws(target, 'eks', action, { ...options, query })} --output text`);
}

const DESCRIBED = {
  cluster: { action: 'describe-cluster', option: 'name', query: 'cluster.arn' },
  nodegroup: { action: 'describe-nodegroup', option: 'nodegroup-name', query: 'nodegroup.nodegroupArn' },
  addon: { action: 'describe-addon', option: 'addon-name', query: 'addon.addonArn' },
  fargateProfile: {
    action: 'describe-fargate-profile',
    option: 'fargate-profile-name',
    query: 'fargateProfile.fargateProfileArn',
  },
  capability: { action: 'describe-capability', option: 'capability-name', query: 'capability.arn' },
} as const;

/** The commands that make the tags of something equal to the new ones; AWS has one to set and one to remove. */
export function retag(
  target: Target,
  resource: Output,
  old: Readonly<Record<string, string>>,
  next: Readonly<Record<string, string>>,
): string[] {
  const set = Object.entries(next).filter(([key, value]) => old[key] !== value);
  const gone = Object.keys(old).filter((key) => !Object.hasOwn(next, key));
  return [
    ...(set.length > 0
      ? [aws(target, 'eks', 'tag-resource', { 'resource-arn': resource, tags: Object.fromEntries(set) })]
      : []),
    ...(gone.length > 0 ? [aws(target, 'eks', 'untag-resource', { 'resource-arn': resource, 'tag-keys': gone })] : []),
  ];
}
