import type { Arn } from '../../../eks/values';
import { type AwsGrant, allow } from './grant';
import { type AwsEncryptedOptions, AwsResource, type AwsResourceOptions, KEY_OF_READING } from './resource';

/**
 * A function of Lambda. Made by `Aws.lambda`. Lambda decrypts its variables and code by the function's own role; who invokes it
 * needs nothing, so a `kmsKey` is refused.
 */
export class AwsFunction extends AwsResource {
  /** @internal */
  constructor(name: string, options?: AwsResourceOptions) {
    const names = /^[A-Za-z0-9_-]{1,64}$/;
    super(
      {
        factory: 'Aws.lambda',
        service: 'lambda',
        prefix: 'function:',
        names,
        example: 'resize',
        keyUsedBy: 'Lambda, by the role of the function,',
      },
      name,
      options,
    );
  }

  /** To invoke the function, and its versions and aliases. */
  invoke(): AwsGrant {
    return this.grant((arn) => [allow(['lambda:InvokeFunction'], [arn, `${arn}:*`])]);
  }
}

/**
 * A state machine of Step Functions. Made by `Aws.stateMachine`. Its own role uses its KMS key to run; who reads a result
 * decrypts it, so `startSync` and `run` allow `kmsKey` for that.
 */
export class AwsStateMachine extends AwsResource<AwsEncryptedOptions> {
  /** @internal */
  constructor(name: string, options?: AwsEncryptedOptions) {
    super(
      {
        factory: 'Aws.stateMachine',
        service: 'states',
        prefix: 'stateMachine:',
        names: /^[A-Za-z0-9_-]{1,80}$/,
        example: 'refund',
        hasKey: true,
      },
      name,
      options,
    );
  }

  /** To start executions. No permission on the key is needed. */
  start(): AwsGrant {
    return this.grant((arn) => [allow(['states:StartExecution'], [arn])]);
  }

  /** To start executions of an Express state machine and wait for the result. */
  startSync(): AwsGrant {
    return this.grant((arn) => [allow(['states:StartSyncExecution'], [arn])], KEY_OF_READING);
  }

  /** To start executions, look at them, and stop them. */
  run(): AwsGrant {
    return this.grant(
      (arn) => [
        allow(['states:StartExecution'], [arn]),
        allow(
          ['states:DescribeExecution', 'states:StopExecution'],
          [`${arn.replace(':stateMachine:', ':execution:')}:*`],
        ),
      ],
      KEY_OF_READING,
    );
  }
}

/** A model of Bedrock, by its ID or that of an inference profile. Made by `Aws.bedrock`. */
export class AwsModel extends AwsResource {
  /** @internal */
  constructor(model: string, options?: AwsResourceOptions) {
    super(
      {
        factory: 'Aws.bedrock',
        service: 'bedrock',
        prefix: 'foundation-model/',
        names: /^[a-z0-9-]+\.[A-Za-z0-9._:-]+$/,
        example: 'amazon.nova-lite-v1:0',
        isOfAws: true,
      },
      model,
      options,
    );
  }

  /** To invoke the model, at once or as a stream. */
  invoke(): AwsGrant {
    const actions = ['bedrock:InvokeModel', 'bedrock:InvokeModelWithResponseStream'];
    const profile = /^(?:us|us-gov|eu|apac|au|ca|jp|global)\.(.+)$/.exec(this.name);
    if (profile === null) {
      return this.grant((arn) => [allow(actions, [arn])]);
    }
    return this.grant((_, { region, account }) => {
      const [, partition] = this.arn({ region, account }).split(':');
      const own = `arn:${partition}:bedrock:${region ?? '*'}:${account ?? '*'}:inference-profile/${this.name}`;
      // the profile calls the model in whichever of its regions has room
      return [
        allow(actions, [own]),
        allow(actions, [`arn:${partition}:bedrock:*::foundation-model/${profile[1]}`], {
          ArnLike: { 'bedrock:InferenceProfileArn': own },
        }),
      ];
    });
  }

  /** @internal */
  protected override value(): string {
    return this.name;
  }
}

/** A role that the program assumes. Made by `Aws.role`. */
export class AwsAssumedRole extends AwsResource {
  /** @internal */
  constructor(role: Arn, options?: AwsResourceOptions) {
    const names = /^([\w+=,.@-]+\/)*[\w+=,.@-]{1,64}$/;
    super(
      { factory: 'Aws.role', service: 'iam', prefix: 'role/', names, example: 'partner', isRegionless: true },
      role,
      options,
    );
    if (!role.startsWith('arn:')) {
      this.check.fail(
        'invalid',
        'resource',
        `resource must be the ARN of a role, but is '${role}': roles of that name in every account would be granted`,
        "write 'arn:aws:iam::111122223333:role/NAME'",
      );
    }
  }

  /** To assume the role, with the session tags that EKS Pod Identity adds. The role has to trust that of the workload. */
  assume(): AwsGrant {
    return this.grant((arn) => [allow(['sts:AssumeRole', 'sts:TagSession'], [arn])]);
  }
}
