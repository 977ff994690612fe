import { partitionOf } from './arn';
import type { Region } from './values';

/**
 * The domain of AWS services by partition, as the SDKs of AWS know them on 2026-08-22.
 * @see https://docs.aws.amazon.com/AmazonECR/latest/userguide/Registries.html
 */
const DOMAINS: Readonly<Record<string, string>> = {
  aws: 'amazonaws.com',
  'aws-us-gov': 'amazonaws.com',
  'aws-cn': 'amazonaws.com.cn',
  'aws-iso': 'c2s.ic.gov',
  'aws-iso-b': 'sc2s.sgov.gov',
  'aws-iso-e': 'cloud.adc-e.uk',
  'aws-iso-f': 'csp.hci.ic.gov',
  'aws-eusc': 'amazonaws.eu',
};

/** The host of an account's private registry. */
export function ecrHost(account: string, region: Region): string {
  return `${account}.dkr.ecr.${region}.${DOMAINS[partitionOf(region)] ?? DOMAINS.aws}`;
}

/** The region of the private registry that an image is in; undefined for other registries. */
export function ecrRegion(image: string): string | undefined {
  return /^\d{12}\.dkr(?:\.|-)ecr(?:-fips)?\.([a-z]+(?:-[a-z]+)+-\d+)\.[^/]+\//.exec(image)?.[1];
}
