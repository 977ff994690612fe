/** What users need of this folder; charts/index.ts exports it. */
export type { ApiAccess, ApiRule } from './api-access';
export { Api } from './api-rules';
export type { AwsAccess, AwsIdentityWay, AwsPermissions, AwsRole, WellKnownPolicy } from './aws-props';
export { Aws } from './grants/aws';
export type { AwsBucket } from './grants/bucket';
export type { AwsCache } from './grants/caches';
export type { AwsAssumedRole, AwsFunction, AwsModel, AwsStateMachine } from './grants/calls';
export type { AwsDatabaseUser, AwsTable } from './grants/databases';
export { AwsGrant } from './grants/grant';
export type { AwsKafka } from './grants/kafka';
export type { AwsMailIdentity, AwsMailOptions } from './grants/mail';
export type {
  AwsDeliveryStream,
  AwsEventBus,
  AwsQueue,
  AwsStream,
  AwsTopic,
} from './grants/messages';
export type { AwsLogGroup } from './grants/observed';
export type { AwsEncryptedOptions, AwsResource, AwsResourceOptions } from './grants/resource';
export type { AwsKey, AwsParameter, AwsSecretValue } from './grants/secrets';
export type { AwsStatement } from './statement';
