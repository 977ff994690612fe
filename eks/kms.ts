import { parseArn } from './arn';
import { isRegion } from './regions';
import type { Arn } from './values';

/** Whether a text is the ARN of a key of KMS. That of an alias is not: policies name keys. */
export function isKeyArn(text: unknown): text is Arn {
  const { service, region, account = '', resource = '' } = parseArn(text) ?? {};
  return service === 'kms' && isRegion(region) && /^\d{12}$/.test(account) && /^key\/[\w-]+$/.test(resource);
}

/**
 * The condition by which a key is used through one service alone.
 *
 * @see https://docs.aws.amazon.com/kms/latest/developerguide/conditions-kms.html#conditions-kms-via-service
 */
export function viaService(service: string, key: Arn): { readonly StringEquals: Readonly<Record<string, string>> } {
  const { region, partition } = parseArn(key)!;
  const domain = partition === 'aws-cn' ? 'amazonaws.com.cn' : 'amazonaws.com';
  return { StringEquals: { 'kms:ViaService': `${service}.${region}.${domain}` } };
}
