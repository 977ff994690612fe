import { podTotal } from '../../kube/pod-resources';
import { ONE } from '../../kube/quantity';

const NONE = { limits: {}, requests: {} };
const asking = (cpu: string, more: object = {}) => ({ name: 'a', resources: { requests: { cpu } }, ...more });
const total = (containers: object[], initContainers: object[] = []) =>
  podTotal({ containers, initContainers } as never, 'requests', 'cpu', NONE);

test('containers run together, beside sidecars; what runs first counts where it asks for more', () => {
  expect(total([asking('1'), asking('2')], [asking('3', { restartPolicy: 'Always' })])).toBe(6n * ONE);
  expect(total([asking('1')], [asking('4'), asking('5')])).toBe(5n * ONE);
});

test('an amount that cannot be read counts as none', () => {
  expect(total([asking('1'), asking('text'), { name: 'b' }])).toBe(ONE);
});

test('a RuntimeClass adds what it takes, but no limit where there is none', () => {
  const sandboxed = (of: 'requests' | 'limits', resources: object) =>
    podTotal({ containers: [{ name: 'a', resources }], overhead: { cpu: '1' } } as never, of, 'cpu', NONE);
  expect(sandboxed('requests', { requests: { cpu: '2' } })).toBe(3n * ONE);
  expect(sandboxed('requests', {})).toBe(ONE);
  expect(sandboxed('limits', { limits: { cpu: '2' } })).toBe(3n * ONE);
  expect(sandboxed('limits', {})).toBe(0n);
});
