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
