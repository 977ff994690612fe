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
