import { partitionOf } from '../../../eks/arn';
import type { Region } from '../../../eks/values';
import { describe } from '../../../kube/describe';
import type { KeyTable } from '../../../kube/values';
import { Check } from '../../core/check';
import type { Permissions } from './permissions';
import { activationOf, SOURCE, type SourceTriggerProps, sourceTrigger, type TriggerModel } from './trigger';

/** How KEDA logs in to Kafka. */
export type KafkaSasl = 'plaintext' | 'scram_sha256' | 'scram_sha512' | 'aws_msk_iam';

/** The lag of a consumer group of Kafka. */
export interface KafkaTriggerProps extends SourceTriggerProps {
  /** Brokers: ['b-1.example.com:9092']. */
  readonly bootstrapServers: readonly string[];
  /** The group whose lag is read, as the consumers name it. */
  readonly consumerGroup: string;
  /** The topic that is read. @default - all topics of the consumer group */
  readonly topic?: string;
  /** Messages behind for each replica, 1 or more. @default - KEDA's: 10 */
  readonly lagThreshold?: number;
  /** Messages behind above which the first replica starts, with `min: 0`. @default 0 */
  readonly activationLagThreshold?: number;
  /** Where a consumer group without an offset begins, as in the consumer. @default - KEDA's: 'latest' */
  readonly offsetResetPolicy?: 'latest' | 'earliest';
  /** Whether there may be more replicas than partitions, which have nothing to read. @default false */
  readonly allowIdleConsumers?: boolean;
  /** Whether a partition whose offset does not move does not count. @default false */
  readonly excludePersistentLag?: boolean;
  /** Whether only partitions with messages count for the number of replicas. Needs `topic`; not with `allowIdleConsumers`. @default false */
  readonly limitToPartitionsWithLag?: boolean;
  /** Version of the brokers. @default - KEDA's: '1.0.0' */
  readonly version?: string;
  /**
   * How KEDA logs in: with `username` and `password` in `authentication.secrets`, or to MSK with the role of its operator
   * ('aws_msk_iam', which uses TLS).
   *
   * @default - no login
   */
  readonly sasl?: KafkaSasl;
  /** Whether the connection is encrypted. @default - true with 'aws_msk_iam', otherwise false */
  readonly tls?: boolean;
}

const PROPS: KeyTable<KafkaTriggerProps> = {
  ...SOURCE,
  bootstrapServers: 'texts',
  consumerGroup: 'text',
  topic: 'text',
  lagThreshold: true,
  activationLagThreshold: true,
  offsetResetPolicy: true,
  allowIdleConsumers: 'boolean',
  excludePersistentLag: 'boolean',
  limitToPartitionsWithLag: 'boolean',
  version: 'text',
  sasl: true,
  tls: 'boolean',
};
const SASL: readonly KafkaSasl[] = ['plaintext', 'scram_sha256', 'scram_sha512', 'aws_msk_iam'];
const PARAMETERS = ['username', 'password', 'ca', 'cert', 'key', 'keyPassword'];

export function kafkaTrigger(props: KafkaTriggerProps): TriggerModel {
  const check = new Check('ScaleTrigger.kafka');
  check.keys<KafkaTriggerProps>('props', props ?? null, PROPS);
  const { topic, lagThreshold, activationLagThreshold, offsetResetPolicy, version, sasl } = props;
  const { allowIdleConsumers, excludePersistentLag, limitToPartitionsWithLag } = props;
  const bootstrapServers = brokers(check, props.bootstrapServers);
  const consumerGroup = check.text('consumerGroup', props.consumerGroup);
  for (const [field, value] of Object.entries({ topic, version })) {
    if (value !== undefined) {
      check.text(field, value);
    }
  }
  if (lagThreshold !== undefined) {
    check.integer('lagThreshold', lagThreshold, 1);
  }
  if (activationLagThreshold !== undefined) {
    check.integer('activationLagThreshold', activationLagThreshold, 0);
  }
  if (offsetResetPolicy !== undefined) {
    check.oneOf('offsetResetPolicy', offsetResetPolicy, ['latest', 'earliest']);
  }
  for (const [field, value] of Object.entries({ allowIdleConsumers, excludePersistentLag, limitToPartitionsWithLag })) {
    check.typed(field, value, 'boolean');
  }
  if (limitToPartitionsWithLag && (allowIdleConsumers || topic === undefined)) {
    check.fail(
      'forbidden',
      'limitToPartitionsWithLag',
      `limitToPartitionsWithLag must not be set ${topic === undefined ? 'without topic' : 'with allowIdleConsumers'}`,
      topic === undefined ? 'write the topic' : 'leave one of them out',
    );
  }
  const byRole = sasl === 'aws_msk_iam';
  const tls = checkLogin(check, props);
  return sourceTrigger(
    check,
    props,
    { parameters: PARAMETERS, asks: byRole ? (region) => mskPermissions(region, props) : undefined },
    {
      type: 'kafka',
      metadata: (region) => ({
        bootstrapServers,
        consumerGroup,
        topic,
        lagThreshold,
        activationLagThreshold,
        offsetResetPolicy,
        allowIdleConsumers,
        excludePersistentLag,
        limitToPartitionsWithLag,
        version,
        sasl: byRole ? 'oauthbearer' : sasl,
        saslTokenProvider: byRole ? 'aws_msk_iam' : undefined,
        tls: tls ? 'enable' : undefined,
        awsRegion: byRole ? region : undefined,
      }),
      activation: activationOf('activationLagThreshold', activationLagThreshold),
    },
  );
}

function brokers(check: Check, servers: unknown): string {
  if (!Array.isArray(servers) || servers.length === 0) {
    check.fail(
      servers === undefined ? 'required' : 'type',
      'bootstrapServers',
      `bootstrapServers must be a list of brokers with at least one entry, but is ${describe(servers)}`,
      "write ['kafka.example.com:9092']",
    );
  }
  return servers
    .map((server: unknown, i: number) => {
      const field = `bootstrapServers[${i}]`;
      const text = check.text(field, server);
      if (!/^[^\s,/]+:\d+$/.test(text)) {
        check.fail('invalid', field, `${field} must be host:port, but is '${text}'`, "write 'kafka.example.com:9092'");
      }
      return text;
    })
    .join(',');
}

function checkLogin(check: Check, { sasl, tls, authentication, authenticationRef }: KafkaTriggerProps): boolean {
  check.typed('tls', tls, 'boolean');
  if (sasl === undefined) {
    return tls ?? false;
  }
  check.oneOf('sasl', sasl, SASL);
  if (sasl === 'aws_msk_iam') {
    if (tls === false) {
      check.fail('forbidden', 'tls', "tls must not be false with sasl 'aws_msk_iam'", 'leave tls out');
    }
    return true;
  }
  for (const name of authenticationRef === undefined ? ['username', 'password'] : []) {
    if (authentication?.secrets?.[name] === undefined) {
      check.fail(
        'required',
        `authentication.secrets.${name}`,
        `authentication.secrets.${name} is required with sasl '${sasl}'`,
        `write secrets: { ${name}: secret.key('${name}') }, or authenticationRef`,
      );
    }
  }
  return tls ?? false;
}

/** Of all clusters in the region, since the addresses of brokers do not tell the ARN. */
function mskPermissions(region: Region | undefined, { topic = '*', consumerGroup }: KafkaTriggerProps): Permissions {
  const prefix = `arn:${region ? partitionOf(region) : 'aws'}:kafka:${region ?? '*'}:*`;
  return {
    managedPolicies: [],
    statements: [
      {
        actions: ['kafka-cluster:Connect', 'kafka-cluster:DescribeGroup', 'kafka-cluster:DescribeTopic'],
        resources: [`${prefix}:cluster/*`, `${prefix}:topic/*/*/${topic}`, `${prefix}:group/*/*/${consumerGroup}`],
      },
    ],
  };
}
