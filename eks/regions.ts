import type { Region } from './values';

const REGION = /^(?:[a-z]{2}(?:-gov|-iso[a-z]?)?|eusc-de)-(?:central|(?:north|south)(?:east|west)?|east|west)-[1-9]$/;

/** Whether a text has the shape of a region; the list of regions grows, so membership is left to AWS. */
export function isRegion(region: unknown): region is Region {
  return typeof region === 'string' && REGION.test(region);
}

/** Regions in which not every account has the zones a, b and c. */
const ZONE_LETTERS: Readonly<Record<string, string>> = {
  'ap-northeast-1': 'acd',
  'ca-central-1': 'abd',
  'cn-north-1': 'abd',
  // two zones an account, and not the same two in each
  'us-west-1': '',
};

/**
 * Three zones of a region, or none where no choice is right for every account. AWS deals the letters out anew to each
 * account, so a letter says nothing of the place.
 */
export function defaultZones(region: Region): string[] {
  return [...(ZONE_LETTERS[region] ?? 'abc')].map((letter) => `${region}${letter}`);
}

/** The regions that eksctl v0.230.0 knows; it refuses every other. */
export const EKSCTL_REGIONS: readonly string[] = [
  'af-south-1',
  'ap-east-1',
  'ap-east-2',
  'ap-northeast-1',
  'ap-northeast-2',
  'ap-northeast-3',
  'ap-south-1',
  'ap-south-2',
  'ap-southeast-1',
  'ap-southeast-2',
  'ap-southeast-3',
  'ap-southeast-4',
  'ap-southeast-5',
  'ap-southeast-6',
  'ap-southeast-7',
  'ca-central-1',
  'ca-west-1',
  'cn-north-1',
  'cn-northwest-1',
  'eu-central-1',
  'eu-central-2',
  'eu-isoe-west-1',
  'eu-north-1',
  'eu-south-1',
  'eu-south-2',
  'eu-west-1',
  'eu-west-2',
  'eu-west-3',
  'il-central-1',
  'me-central-1',
  'me-south-1',
  'mx-central-1',
  'sa-east-1',
  'us-east-1',
  'us-east-2',
  'us-gov-east-1',
  'us-gov-west-1',
  'us-iso-east-1',
  'us-iso-west-1',
  'us-isob-east-1',
  'us-isob-west-1',
  'us-isof-east-1',
  'us-isof-south-1',
  'us-west-1',
  'us-west-2',
];

/**
 * The region of a workspace of Amazon Managed Service for Prometheus, by its URL; undefined for any other Prometheus.
 *
 * @see https://docs.aws.amazon.com/prometheus/latest/userguide/AMP-APIReference-Prometheus-Compatible-Apis.html
 */
export function regionOfPrometheus(url: string): string | undefined {
  return /^https:\/\/aps-workspaces(?:-fips)?\.([a-z0-9-]+)\.(?:amazonaws\.com(?:\.cn)?|api\.aws)\//.exec(url)?.[1];
}
