import fc from 'fast-check';
import { Check } from '../../charts/core/check';
import { apiServerHost, defaultServiceRange, dnsHost } from '../../eks/service-range';
import { subnetLayout } from '../../eks/subnets';
import { contains, formatRange, overlap, parseCidr, parseRange } from '../../kube/cidr';

const range = (cidr: string) => parseRange(cidr)!;

describe('ranges of addresses', () => {
  test.each([
    ['10.0.0.0/8', '10.0.0.0/8'],
    ['192.168.5.7/16', '192.168.0.0/16'],
    ['255.255.255.255/32', '255.255.255.255/32'],
    ['203.0.113.7/0', '0.0.0.0/0'],
  ])('%s begins at %s', (cidr, expected) => {
    expect(formatRange(range(cidr))).toBe(expected);
  });

  test.each([
    '',
    '10.0.0.0',
    '10.0.0/8',
    '256.0.0.0/8',
    '10.0.0.0/33',
    '10.0.0.0/8/8',
    '2001:db8::/64',
    '010.0.0.0/8',
    ' 10.0.0.0/8',
    5,
  ])('%p is none', (cidr) => {
    expect(parseRange(cidr)).toBeUndefined();
  });

  test.each([
    ['10.0.0.0/8', '10.200.0.0/16', true],
    ['10.200.0.0/16', '10.0.0.0/8', true],
    ['10.0.0.0/16', '10.1.0.0/16', false],
    ['10.0.0.0/17', '10.0.128.0/17', false],
  ])('%s and %s overlap: %p', (a, b, expected) => {
    expect(overlap(range(a), range(b))).toBe(expected);
  });

  test('a range contains itself and its parts, not what contains it', () => {
    expect(contains(range('10.0.0.0/8'), range('10.0.0.0/8'))).toBe(true);
    expect(contains(range('10.0.0.0/8'), range('10.9.0.0/16'))).toBe(true);
    expect(contains(range('10.9.0.0/16'), range('10.0.0.0/8'))).toBe(false);
    expect(contains(range('10.0.0.0/8'), range('11.0.0.0/16'))).toBe(false);
  });
});

describe("eksctl's layout of subnets", () => {
  test.each([
    ['192.168.0.0/16', 2, ['192.168.0.0/19', '192.168.32.0/19'], ['192.168.64.0/19', '192.168.96.0/19']],
    [
      '192.168.0.0/16',
      3,
      ['192.168.0.0/19', '192.168.32.0/19', '192.168.64.0/19'],
      ['192.168.96.0/19', '192.168.128.0/19', '192.168.160.0/19'],
    ],
    [
      '10.42.0.0/16',
      4,
      ['10.42.0.0/19', '10.42.32.0/19', '10.42.64.0/19', '10.42.96.0/19'],
      ['10.42.128.0/19', '10.42.160.0/19', '10.42.192.0/19', '10.42.224.0/19'],
    ],
    [
      '10.0.0.0/16',
      6,
      ['10.0.0.0/20', '10.0.16.0/20', '10.0.32.0/20', '10.0.48.0/20', '10.0.64.0/20', '10.0.80.0/20'],
      ['10.0.96.0/20', '10.0.112.0/20', '10.0.128.0/20', '10.0.144.0/20', '10.0.160.0/20', '10.0.176.0/20'],
    ],
    [
      '10.7.9.0/24',
      3,
      ['10.7.9.0/27', '10.7.9.32/27', '10.7.9.64/27'],
      ['10.7.9.96/27', '10.7.9.128/27', '10.7.9.160/27'],
    ],
  ])('%s over %i zones', (vpc, zones, publicSubnets, privateSubnets) => {
    expect(subnetLayout(range(vpc), zones)).toEqual({ public: publicSubnets, private: privateSubnets });
  });

  test('subnets lie in the VPC and share no address', () => {
    const vpcs = fc.record({
      octet: fc.nat(255),
      bits: fc.integer({ min: 16, max: 24 }),
      zones: fc.integer({ min: 2, max: 8 }),
    });
    fc.assert(
      fc.property(vpcs, ({ octet, bits, zones }) => {
        const vpc = range(`10.${octet}.77.0/${bits}`);
        const layout = subnetLayout(vpc, zones);
        const all = [...layout.public, ...layout.private].map(range);
        expect(all).toHaveLength(zones * 2);
        for (const [i, subnet] of all.entries()) {
          expect(contains(vpc, subnet)).toBe(true);
          expect(all.slice(i + 1).some((other) => overlap(subnet, other))).toBe(false);
        }
      }),
    );
  });
});

describe('the range of Services', () => {
  test.each([
    ['192.168.0.0/16', '10.100.0.0/16'],
    ['10.0.0.0/16', '10.100.0.0/16'],
    ['10.100.0.0/16', '172.20.0.0/16'],
    ['10.100.64.0/18', '172.20.0.0/16'],
  ])('beside the VPC %s it is %s', (vpc, expected) => {
    expect(defaultServiceRange(range(vpc))).toBe(expected);
  });

  test('the cluster DNS is its tenth host, the API server its first', () => {
    expect(dnsHost(range('10.100.0.0/16'))).toBe('10.100.0.10/32');
    expect(dnsHost(range('172.16.5.128/25'))).toBe('172.16.5.138/32');
    expect(apiServerHost(range('10.100.0.0/16'))).toBe('10.100.0.1/32');
  });
});

describe('texts of ranges', () => {
  test.each([
    ['10.0.0.0/8', 4, 8],
    ['0.0.0.0/0', 4, 0],
    ['2001:db8::/64', 6, 64],
    ['::/0', 6, 0],
    ['::ffff:10.0.0.1/128', 6, 128],
  ])('%s', (text, family, bits) => {
    expect(parseCidr(text)).toMatchObject({ family, bits });
  });

  test.each([
    '::::/3',
    'abcd/16',
    ':/0',
    '1:2:3/64',
    '2001:db8::/129',
    '2001:db8::',
    'fe80::1%eth0/64',
    '010.0.0.0/8',
    '10.0.0/8',
    '10.0.0.0/33',
    '10.0.0.0/',
    '10.0.0.0/-1',
    '10.0.0.0/8/8',
    '',
    undefined,
    8,
  ])('%p is none, also for a construct', (text) => {
    expect(parseCidr(text)).toBeUndefined();
    expect(() => new Check('web').cidr('the range', text)).toThrow();
  });
});
