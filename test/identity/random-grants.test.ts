import { Aws, type AwsGrant } from 'cdk8s-eks-patterns';
import { isOfShape, namedAction } from '../../eks/iam-actions';
import { pick, type Random, seeded } from '../review/damage';
import { findingsOf } from '../support/findings';

const REGIONS = ['us-west-2', 'eu-central-1', 'cn-north-1', 'us-gov-west-1', 'ap-southeast-7'] as const;
const LETTERS = 'abcdefghijklmnopqrstuvwxyz0123456789';
const word = (random: Random, min: number, max: number, letters = LETTERS): string =>
  Array.from({ length: min + Math.floor(random() * (max - min + 1)) }, () => pick(random, [...letters])).join('');

interface Drawn {
  readonly service: string;
  readonly prefix: string;
  readonly name: string;
  readonly make: (resource: string) => readonly AwsGrant[];
}

/** A resource with a random name, and all of its grants. */
function draw(random: Random): Drawn {
  const mixed = `${LETTERS}ABCXYZ-_`;
  return pick<() => Drawn>(random, [
    () => ({
      service: 'sqs',
      prefix: '',
      name: `${word(random, 1, 70, mixed)}${pick(random, ['', '.fifo'])}`,
      make: (r) => [Aws.sqs(r).send(), Aws.sqs(r).consume()],
    }),
    () => ({ service: 'sns', prefix: '', name: word(random, 1, 200, mixed), make: (r) => [Aws.sns(r).publish()] }),
    () => ({
      service: 'dynamodb',
      prefix: 'table/',
      name: word(random, 3, 200, `${mixed}.`),
      make: (r) => [
        Aws.dynamodb(r).read(),
        Aws.dynamodb(r).write(),
        Aws.dynamodb(r).readWrite(),
        Aws.dynamodb(r).readStream(),
      ],
    }),
    () => ({
      service: 'kinesis',
      prefix: 'stream/',
      name: word(random, 1, 128, `${mixed}.`),
      make: (r) => [Aws.kinesis(r).read(), Aws.kinesis(r).write()],
    }),
    () => ({
      service: 'firehose',
      prefix: 'deliverystream/',
      name: word(random, 1, 64, mixed),
      make: (r) => [Aws.firehose(r).put()],
    }),
    () => ({
      service: 'events',
      prefix: 'event-bus/',
      name: word(random, 1, 100, mixed),
      make: (r) => [Aws.eventBus(r).put()],
    }),
    () => ({
      service: 'kafka',
      prefix: 'cluster/',
      name: `${word(random, 1, 40)}/12345678-1234-1234-1234-123456789012-${word(random, 1, 2)}`,
      make: (r) => [Aws.msk(r).produce('c.d'), Aws.msk(r).consume('c', 'a'), Aws.msk(r).transact('c', 'b')],
    }),
    () => ({
      service: 'elasticache',
      prefix: '',
      name: `${pick(random, ['replicationgroup', 'serverlesscache'])}:a${word(random, 1, 39)}`,
      make: (r) => [Aws.elastiCache(r).connect('user-1')],
    }),
    () => ({
      service: 'ses',
      prefix: 'identity/',
      name: `${word(random, 1, 20)}.example.com`,
      make: (r) => [Aws.ses(r).send(), Aws.ses(r).send({ configurationSet: 'set_1' })],
    }),
    () => ({
      service: 'states',
      prefix: 'stateMachine:',
      name: word(random, 1, 80, mixed),
      make: (r) => [Aws.stateMachine(r).run(), Aws.stateMachine(r).startSync()],
    }),
    () => ({
      service: 'lambda',
      prefix: 'function:',
      name: word(random, 1, 64, mixed),
      make: (r) => [Aws.lambda(r).invoke()],
    }),
    () => ({
      service: 'ssm',
      prefix: 'parameter/',
      name: `${word(random, 1, 20)}/${word(random, 1, 20)}`,
      make: (r) => [Aws.parameter(r).read(), Aws.parameter(r).readBelow()],
    }),
    () => ({
      service: 'logs',
      prefix: 'log-group:',
      name: `/${word(random, 1, 20)}/${word(random, 1, 20)}`,
      make: (r) => [Aws.logGroup(r).write()],
    }),
  ])();
}

const PLACEHOLDERS = ['REGION', '<region>', '${AWS::Region}', '*', '', 'us-west', 'us-west-2a'];
const ACCOUNTS = ['ACCOUNT', '<account>', '${AWS::AccountId}', '*', '', '1111', '1111222233334', 'aws'];

test('500 random resources: the same by name and by ARN, on themselves alone, by actions that exist', () => {
  const random = seeded(17);
  for (let i = 0; i < 500; i++) {
    const { service, prefix, name, make } = draw(random);
    const region = pick(random, REGIONS);
    const account = word(random, 12, 12, '0123456789');
    const partition = region.startsWith('cn-') ? 'aws-cn' : region.startsWith('us-gov-') ? 'aws-us-gov' : 'aws';
    const arn = `arn:${partition}:${service}:${region}:${account}:${prefix}${name}`;
    const byName = make(name).map((grant) => grant.statements({ region, account }));
    const byArn = make(arn).map((grant) => grant.statements({ region: undefined, account: undefined }));
    expect(byName).toEqual(byArn);
    for (const { actions, resources } of byName.flat()) {
      // what stands before the name is the resource's own, but for what belongs to it under another kind, or is named with it
      const own = (one: string) =>
        one.replace(':execution:', ':stateMachine:').replace(/:(?:topic|group|transactional-id)\//, ':cluster/');
      const named = /:(?:user:user-1|configuration-set\/set_1)$/;
      expect(resources.filter((one) => !own(one).startsWith(arn) && !named.test(one))).toEqual([]);
      for (const action of actions) {
        const found = namedAction(action)!;
        expect([
          action,
          found.names.length,
          resources.some((one) => found.shapes.some((shape) => isOfShape(one, shape))),
        ]).toEqual([action, 1, true]);
      }
    }
  }
});

test('500 random ARNs with a placeholder or a part missing are refused at the resource', () => {
  const random = seeded(18);
  for (let i = 0; i < 500; i++) {
    const { service, prefix, name, make } = draw(random);
    const right = { partition: 'aws', service, region: 'us-west-2', account: '111122223333', prefix };
    const wrong = pick<() => Partial<typeof right>>(random, [
      () => ({ region: pick(random, PLACEHOLDERS) }),
      () => ({ account: pick(random, ACCOUNTS) }),
      () => ({ service: 'ec2' }),
      () => ({ prefix: 'other/thing/' }),
    ])();
    const parts = { ...right, ...wrong };
    const arn = `arn:${parts.partition}:${parts.service}:${parts.region}:${parts.account}:${parts.prefix}${name}`;
    const found = findingsOf(() => make(arn)).map(({ rule, field }) => [rule, field]);
    expect([arn, found]).toEqual([arn, [['props/invalid', 'resource']]]);
  }
});
