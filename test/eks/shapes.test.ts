import { partitionOf } from '../../eks/arn';
import { architectureOf, isInstanceType } from '../../eks/instance-types';
import { defaultZones, isRegion } from '../../eks/regions';
import { versionState } from '../../eks/versions';

describe('regions', () => {
  test.each([
    ['us-west-2', 'aws'],
    ['ap-southeast-5', 'aws'],
    ['eu-central-2', 'aws'],
    ['il-central-1', 'aws'],
    ['cn-north-1', 'aws-cn'],
    ['us-gov-west-1', 'aws-us-gov'],
    ['us-iso-east-1', 'aws-iso'],
    ['us-isob-east-1', 'aws-iso-b'],
    ['eu-isoe-west-1', 'aws-iso-e'],
    ['eusc-de-east-1', 'aws-eusc'],
  ])('%s is one, in the partition %s', (region, partition) => {
    expect(isRegion(region)).toBe(true);
    expect(partitionOf(region)).toBe(partition);
  });

  test.each(['us-west-2a', 'US-WEST-2', 'us-west', 'west-2', 'us_west_2', 'us-west-22', '', undefined, 2])(
    '%p is none',
    (region) => {
      expect(isRegion(region)).toBe(false);
    },
  );

  test.each([
    ['us-west-2', ['us-west-2a', 'us-west-2b', 'us-west-2c']],
    ['ap-northeast-1', ['ap-northeast-1a', 'ap-northeast-1c', 'ap-northeast-1d']],
    ['ca-central-1', ['ca-central-1a', 'ca-central-1b', 'ca-central-1d']],
    ['us-west-1', []],
  ])('the zones of %s', (region, zones) => {
    expect(defaultZones(region)).toEqual(zones);
  });
});

describe('versions', () => {
  test.each([
    ['1.31', 'listed'],
    ['1.36', 'listed'],
    ['1.30', 'older'],
    ['1.37', 'newer'],
    ['1.100', 'newer'],
    ['1.3', 'malformed'],
    ['1.35.1', 'malformed'],
    ['2.35', 'malformed'],
    ['latest', 'malformed'],
    [1.35, 'malformed'],
    [undefined, 'malformed'],
  ])('%p is %s', (version, state) => {
    expect(versionState(version)).toBe(state);
  });
});

describe('instance types', () => {
  test.each([
    'a1.large',
    'm7g.large',
    'c6gn.16xlarge',
    't4g.nano',
    'r8gd.metal-24xl',
    'x2gd.medium',
    'im4gn.large',
    'is4gen.large',
    'g5g.xlarge',
    'hpc7g.4xlarge',
    'i8ge.large',
  ])('%s is Graviton', (type) => {
    expect(isInstanceType(type)).toBe(true);
    expect(architectureOf(type)).toBe('arm64');
  });

  test.each([
    'm5.large',
    'g5.xlarge',
    'g4dn.xlarge',
    'gr6.4xlarge',
    'u-6tb1.112xlarge',
    'u7i-12tb.224xlarge',
    'm7i-flex.large',
    'x2iedn.metal',
    'p5en.48xlarge',
    'trn1n.32xlarge',
    'inf2.xlarge',
  ])('%s is x86', (type) => {
    expect(isInstanceType(type)).toBe(true);
    expect(architectureOf(type)).toBe('amd64');
  });

  test.each(['m5', 'large', 'm5.', '.large', 'm5.largest', 'M5.large', 'm5-large', 'm5.large ', 5, undefined])(
    '%p has not the shape of one',
    (type) => {
      expect(isInstanceType(type)).toBe(false);
    },
  );
});
