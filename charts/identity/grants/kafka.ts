import { type AwsGrant, allow, type GrantSite } from './grant';
import { AwsResource, type AwsResourceOptions } from './resource';

const NAME = /^[A-Za-z0-9._-]{1,249}$/;
const UUID = /^[0-9a-f-]{36}-[0-9a-z]+$/;

/** A cluster of MSK whose clients log in by IAM. Made by `Aws.msk`. */
export class AwsKafka extends AwsResource {
  /** @internal */
  constructor(cluster: string, options?: AwsResourceOptions) {
    super(
      {
        factory: 'Aws.msk',
        service: 'kafka',
        prefix: 'cluster/',
        names: /^[A-Za-z0-9][A-Za-z0-9-]{0,63}(?:\/[0-9a-f-]{36}-[0-9a-z]+)?$/,
        example: 'orders',
      },
      cluster,
      options,
    );
    if (this.options.env !== undefined && !this.name.includes('/')) {
      this.check.fail(
        'forbidden',
        'options.env',
        'options.env must not be set with the name of a cluster alone: its ARN has an ID at the end',
        "write the name with the ID, 'orders/12345678-1234-1234-1234-123456789012-7', or the ARN",
      );
    }
  }

  /** To produce to a topic, also idempotently, as producers do by default. @param topic its name; a pattern is refused */
  produce(topic: string): AwsGrant {
    this.checkName('topic', topic);
    return this.grant((_, site) => [
      allow(['kafka-cluster:Connect', 'kafka-cluster:WriteDataIdempotently'], [this.part('cluster', site)]),
      allow(['kafka-cluster:DescribeTopic', 'kafka-cluster:WriteData'], [this.part('topic', site, topic)]),
    ]);
  }

  /** To consume a topic as a member of a consumer group. @param topic its name @param group the `group.id`; patterns are refused */
  consume(topic: string, group: string): AwsGrant {
    this.checkName('topic', topic);
    this.checkName('group', group);
    return this.grant((_, site) => [
      allow(['kafka-cluster:Connect'], [this.part('cluster', site)]),
      allow(['kafka-cluster:DescribeTopic', 'kafka-cluster:ReadData'], [this.part('topic', site, topic)]),
      allow(['kafka-cluster:AlterGroup', 'kafka-cluster:DescribeGroup'], [this.part('group', site, group)]),
    ]);
  }

  /** To produce to a topic in transactions. @param topic its name @param id the `transactional.id`; patterns are refused */
  transact(topic: string, id: string): AwsGrant {
    this.checkName('topic', topic);
    this.checkName('id', id);
    return this.grant((_, site) => [
      allow(['kafka-cluster:Connect', 'kafka-cluster:WriteDataIdempotently'], [this.part('cluster', site)]),
      allow(['kafka-cluster:DescribeTopic', 'kafka-cluster:WriteData'], [this.part('topic', site, topic)]),
      allow(
        ['kafka-cluster:AlterTransactionalId', 'kafka-cluster:DescribeTransactionalId'],
        [this.part('transactional-id', site, id)],
      ),
    ]);
  }

  /** The ARN of the cluster or of something in it. The ID at its end is known where the cluster is given with it. */
  private part(kind: string, site: GrantSite, name?: string): string {
    const arn = this.arn(site);
    const before = arn.slice(0, arn.length - `cluster/${this.name}`.length);
    const own = UUID.test(this.name.split('/')[1] ?? '') ? this.name : `${this.name}/*`;
    return `${before}${kind}/${own}${name === undefined ? '' : `/${name}`}`;
  }

  private checkName(field: string, name: string): void {
    if (!NAME.test(this.check.text(field, name))) {
      this.check.fail(
        'invalid',
        field,
        `${field} must be a name of letters, digits, '.', '_' and '-', but is '${name}'`,
        "write for example 'orders'",
      );
    }
  }
}
