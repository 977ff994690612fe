import {
  agent,
  newApp,
  newCluster,
  newTenant,
  PATTERN_NAMES,
  PATTERNS,
  podOf,
  privilegedTenant,
  web,
} from '../support/app';
import { refusedBy } from '../support/findings';

const because = 'the test says so';

describe('names', () => {
  it.each(PATTERN_NAMES)('of %s are asked for once when they have two dots', (pattern) => {
    expect(podOf(PATTERNS[pattern]()).spec.dnsConfig).toEqual({ options: [{ name: 'ndots', value: '2' }] });
  });

  it('are asked for as often as the user says, by workload, tenant or app', () => {
    const five = { ndots: 5 };
    const value = (workload: Parameters<typeof podOf>[0]) => podOf(workload).spec.dnsConfig!.options![0]!.value;
    expect(value(web({ dns: five }))).toBe('5');
    expect(value(web({}, newTenant({ defaults: { dns: five } })))).toBe('5');
    expect(value(web({}, newTenant({}, newCluster(newApp({ defaults: { dns: five } })))))).toBe('5');
    expect(value(web({ dns: { ndots: 0 } }))).toBe('0');
  });

  it('on the network of the node are those of the cluster as well', () => {
    expect(podOf(agent({ hostNetwork: { because } }, privilegedTenant())).spec).toMatchObject({
      dnsPolicy: 'ClusterFirstWithHostNet',
      dnsConfig: { options: [{ name: 'ndots', value: '2' }] },
    });
  });

  it.each([
    [{ ndots: 16 }, 'props/invalid', 'dns.ndots'],
    [{ ndots: '2' }, 'props/type', 'dns.ndots'],
    [{ ndot: 2 }, 'props/unknown', 'dns.ndot'],
    [2, 'props/type', 'dns'],
  ])('%j is refused', (dns, rule, field) => {
    expect(refusedBy(() => web({ dns }))).toEqual([rule, field]);
  });
});
