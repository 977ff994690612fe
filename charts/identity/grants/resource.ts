import { parseArn, partitionOf } from '../../../eks/arn';
import { isKeyArn, viaService } from '../../../eks/kms';
import { isRegion } from '../../../eks/regions';
import type { Arn } from '../../../eks/values';
import { isEnvName } from '../../../kube/names';
import type { KeyTable } from '../../../kube/values';
import { Check } from '../../core/check';
import type { AwsStatement } from '../statement';
import { AwsGrant, allow, type GrantSite } from './grant';

/** Options of a resource. */
export interface AwsResourceOptions {
  /**
   * A variable of the workload's container that tells the program of the resource, such as 'QUEUE_URL': a bucket, a table, a
   * stream, a secret and a parameter by name, a queue by its URL, all others by their ARN. Refused where `env` has it too, and
   * where the region or the account of the value is not known.
   *
   * @default - none
   */
  readonly env?: string;
}

/** Options of a resource that can be encrypted by a key of one's own. */
export interface AwsEncryptedOptions extends AwsResourceOptions {
  /**
   * The ARN of the KMS key that encrypts it. The grant then allows what the service does with the key for the workload, and
   * only through that service. The policy of the key has to leave permissions to IAM, as the default one does. An alias is
   * refused, since policies name keys.
   *
   * @default - a key of AWS, which needs no permission
   */
  readonly kmsKey?: Arn;
}

const OPTIONS: KeyTable<AwsEncryptedOptions> = { env: 'text', kmsKey: 'text' };

/** A kind of resource: how its ARN is made, and what its names are. */
export interface ResourceKind {
  /** The factory, for messages: 'Aws.sqs'. */
  readonly factory: string;
  /** Of the ARN. */
  readonly service: string;
  /** Before the name in the ARN: 'table/'. */
  readonly prefix: string;
  readonly names: RegExp;
  readonly example: string;
  /** Whether the ARN has neither region nor account. @default false */
  readonly isGlobal?: boolean;
  /** Whether the ARN has an account and no region. @default false */
  readonly isRegionless?: boolean;
  /** Whether the ARN has a region and no account. @default false */
  readonly isOfAws?: boolean;
  /** Whether it takes a `kmsKey`. @default false */
  readonly hasKey?: boolean;
  /** Who uses the key of an encrypted one in place of the caller, so that a `kmsKey` is refused: 'Firehose, by a grant'. @default - nobody */
  readonly keyUsedBy?: string;
}

const partsOf = ({ isGlobal = false, isRegionless = false, isOfAws = false }: ResourceKind) => ({
  hasRegion: !isGlobal && !isRegionless,
  hasAccount: !isGlobal && !isOfAws,
});

/** A resource of AWS, by its name in the account and region of the cluster, or by its ARN. */
export abstract class AwsResource<O extends AwsResourceOptions = AwsResourceOptions> {
  /** The name, without what stands before it in the ARN. */
  readonly name: string;
  /** @internal */
  protected readonly check: Check;
  /** @internal */
  protected readonly options: AwsEncryptedOptions;
  private readonly given: Arn | undefined;

  /** @internal */
  protected constructor(
    private readonly kind: ResourceKind,
    /** @internal As it was given. */
    protected readonly resource: string,
    options: O | undefined,
  ) {
    const { factory, hasKey = false, keyUsedBy } = kind;
    this.check = new Check(factory);
    this.given = this.check.text('resource', resource).startsWith('arn:') ? resource : undefined;
    this.name = this.given === undefined ? this.checkedName(resource) : this.nameIn(resource);
    if (keyUsedBy !== undefined && (options as AwsEncryptedOptions | undefined)?.kmsKey !== undefined) {
      this.check.fail(
        'unsupported',
        'options.kmsKey',
        `options.kmsKey must not be set: ${keyUsedBy} uses the key, and the caller needs no permission for it`,
        'leave it out',
      );
    }
    const { kmsKey: _, ...withoutKey } = OPTIONS;
    this.check.keys<AwsEncryptedOptions>('options', options, hasKey ? OPTIONS : (withoutKey as typeof OPTIONS));
    this.options = { ...options };
    this.checkEnv();
    this.checkKey();
  }

  private checkEnv(): void {
    const { env } = this.options;
    if (env !== undefined && !isEnvName(env)) {
      this.check.fail(
        'invalid',
        'options.env',
        `options.env must be the name of a variable, but is '${env}'`,
        "write for example 'QUEUE_URL'",
      );
    }
  }

  private checkKey(): void {
    const { kmsKey: key } = this.options;
    if (key !== undefined && !isKeyArn(key)) {
      this.check.fail(
        'invalid',
        'options.kmsKey',
        `options.kmsKey must be the ARN of a KMS key, but is '${key}'`,
        "write 'arn:aws:kms:REGION:ACCOUNT:key/ID'; an alias is not matched by policies",
      );
    }
  }

  private checkedName(name: string): string {
    const { names, example } = this.kind;
    if (!names.test(name)) {
      this.check.fail(
        'invalid',
        'resource',
        `resource must be a name or an ARN, but is '${name}'`,
        `write for example '${example}', or the ARN`,
      );
    }
    return name;
  }

  private nameIn(arn: Arn): string {
    const { service, prefix, example } = this.kind;
    const { hasRegion, hasAccount } = partsOf(this.kind);
    const { region, account, ...parts } = parseArn(arn) ?? {
      partition: '',
      service: '',
      region: '',
      account: '',
      resource: '',
    };
    const fix = `write for example 'arn:aws:${service}:${hasRegion ? 'us-west-2' : ''}:${hasAccount ? '111122223333' : ''}:${prefix}${example}'`;
    const fail = (what: string): never =>
      this.check.fail('invalid', 'resource', `resource must be an ARN with ${what}, but is '${arn}'`, fix);
    if (parts.service !== service || !parts.resource.startsWith(prefix)) {
      fail(`the service '${service}'${prefix === '' ? '' : ` and '${prefix}' before the name`}`);
    }
    if (hasRegion ? !isRegion(region) : region !== '') {
      fail(hasRegion ? 'a region' : 'no region');
    }
    if (hasAccount ? !/^\d{12}$/.test(account) : account !== '') {
      fail(hasAccount ? 'an account of 12 digits' : 'no account');
    }
    const name = parts.resource.slice(prefix.length);
    if (!this.kind.names.test(name)) {
      fail(`a name such as '${example}'`);
    }
    return name;
  }

  /** @internal The ARN in a cluster; '*' where the region or the account is not known. */
  protected arn({ region, account }: GrantSite): Arn {
    const { service, prefix } = this.kind;
    const { hasRegion, hasAccount } = partsOf(this.kind);
    const partition = region === undefined ? '*' : partitionOf(region);
    return (
      this.given ??
      `arn:${partition}:${service}:${hasRegion ? (region ?? '*') : ''}:${hasAccount ? (account ?? '*') : ''}:${prefix}${this.name}`
    );
  }

  /** @internal The ARN, where nothing of it is unknown. */
  protected wholeArn(site: GrantSite): Arn | undefined {
    const arn = this.arn(site);
    return arn.slice(0, arn.length - this.name.length).includes('*') ? undefined : arn;
  }

  /** @internal What a variable says of it. */
  protected value(site: GrantSite): string | undefined {
    return this.wholeArn(site);
  }

  /** @internal */
  protected grant(
    statements: (arn: Arn, site: GrantSite) => readonly AwsStatement[],
    ofKey: readonly string[] = [],
  ): AwsGrant {
    const { env, kmsKey: key } = this.options;
    return new AwsGrant(
      this.kind.factory,
      (site) => [
        ...statements(this.arn(site), site),
        ...(key === undefined || ofKey.length === 0 ? [] : [this.keyStatement(key, ofKey)]),
      ],
      env === undefined ? undefined : { name: env, value: (site) => this.value(site) },
    );
  }

  private keyStatement(key: Arn, actions: readonly string[]): AwsStatement {
    return allow(actions, [key], viaService(this.kind.service, key));
  }
}

/** What the service does with the key of a resource when a workload reads or writes. */
export const KEY_OF_READING = ['kms:Decrypt'];
export const KEY_OF_WRITING = ['kms:Decrypt', 'kms:GenerateDataKey'];
