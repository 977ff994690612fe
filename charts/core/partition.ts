import type { Region } from './values';

/** The partition of AWS in which a region lies: the second part of its ARNs. */
export function partitionOf(region: Region): string {
  if (region.startsWith('cn-')) {
    return 'aws-cn';
  }
  return region.startsWith('us-gov-') ? 'aws-us-gov' : 'aws';
}
