import type { Arn, Region } from '../../../eks/values';
import type { AwsStatement } from '../statement';

/** Where a grant is used: what the ARN of a resource by name has besides its name. */
export interface GrantSite {
  /** Of the cluster; undefined where no cluster is known. */
  readonly region: Region | undefined;
  /** `aws.account`. */
  readonly account: string | undefined;
}

/** A variable that tells a program of a resource. */
export interface GrantVariable {
  readonly name: string;
  /** Undefined where it needs a region or an account that is not known. */
  readonly value: (site: GrantSite) => string | undefined;
}

/** Permissions on one resource, for `allow` of `aws`. Made by `Aws`: `Aws.s3('assets').read()`. */
export class AwsGrant {
  /** @internal */
  constructor(
    /** @internal What made it, for messages. */
    readonly of: string,
    /** @internal */
    readonly statements: (site: GrantSite) => readonly AwsStatement[],
    /** @internal */
    readonly variable: GrantVariable | undefined,
  ) {}
}

/** A statement, in short. */
export const allow = (
  actions: readonly string[],
  resources: readonly Arn[],
  conditions?: AwsStatement['conditions'],
): AwsStatement => ({ actions, resources, ...(conditions === undefined ? {} : { conditions }) });
