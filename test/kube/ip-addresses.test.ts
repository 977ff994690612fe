import * as net from 'node:net';
import * as fc from 'fast-check';
import { isIP, isIPv4, isIPv6 } from '../../kube/cidr';

const octets = fc
  .array(fc.oneof(fc.integer({ min: -1, max: 300 }).map(String), fc.constantFrom('', '00', '01', '1e1', ' 1', '1a')), {
    minLength: 3,
    maxLength: 5,
  })
  .map((parts) => parts.join('.'));

test('agrees with Node', () => {
  fc.assert(
    fc.property(
      fc.oneof(
        octets,
        fc.ipV4(),
        fc.ipV6(),
        fc.ipV6().map((text) => `${text}%eth0`),
        fc.string(),
      ),
      (text) => {
        expect(isIPv4(text)).toBe(net.isIPv4(text));
        expect(isIPv6(text)).toBe(net.isIPv6(text));
        expect(isIP(text)).toBe(net.isIP(text) !== 0);
      },
    ),
    { numRuns: 1000 },
  );
});
