import fc from 'fast-check';
import { mergeConfig } from '../../eksctl/merge-config';

describe('a config over another', () => {
  test('maps are merged at any depth', () => {
    expect(
      mergeConfig({ vpc: { cidr: 'a', nat: { gateway: 'Single' } } }, { vpc: { nat: { gateway: 'Disable' } } }),
    ).toEqual({ vpc: { cidr: 'a', nat: { gateway: 'Disable' } } });
  });

  test.each<[string, object, object]>([
    ['managedNodeGroups', { name: 'a', minSize: 1 }, { name: 'a', maxSize: 5 }],
    ['nodeGroups', { name: 'a', minSize: 1 }, { name: 'a', maxSize: 5 }],
    ['addons', { name: 'a', version: 'v1' }, { name: 'a', tags: { x: 'y' } }],
    ['fargateProfiles', { name: 'a', selectors: [] }, { name: 'a', tags: { x: 'y' } }],
    [
      'podIdentityAssociations',
      { namespace: 'n', serviceAccountName: 's', roleARN: 'r' },
      { namespace: 'n', serviceAccountName: 's', tags: {} },
    ],
    ['accessEntries', { principalARN: 'p', type: 'STANDARD' }, { principalARN: 'p', kubernetesGroups: ['g'] }],
  ])('an entry of %s with the same name is merged, another one is added', (list, below, over) => {
    const other = Object.fromEntries(Object.keys(over).map((key) => [key, 'other']));
    expect(mergeConfig({ [list]: [below] }, { [list]: [over, other] })).toEqual({
      [list]: [{ ...below, ...over }, other],
    });
  });

  test('any other list is replaced', () => {
    expect(mergeConfig({ availabilityZones: ['a', 'b'] }, { availabilityZones: ['c'] })).toEqual({
      availabilityZones: ['c'],
    });
  });

  test.each([
    [{ maxUnavailablePercentage: 33 }, { maxUnavailable: 1 }],
    [{ instanceType: 'm5.large' }, { instanceTypes: ['m5.large', 'm5a.large'] }],
    [{ availabilityZones: ['a'] }, { subnets: ['subnet-00000001'] }],
  ])('of %j and %j there may be one: the one over the other', (below, over) => {
    expect(mergeConfig({ ...below, name: 'a' }, over)).toStrictEqual({ ...over, name: 'a' });
    expect(mergeConfig({ ...below, name: 'a' }, { name: 'b' })).toStrictEqual({ ...below, name: 'b' });
  });

  test('undefined takes out what is below, and leaves no key where there was nothing', () => {
    const merged = mergeConfig({ a: { b: 1, c: 2 } }, { a: { b: undefined }, d: undefined, e: { f: undefined, g: 1 } });
    expect(merged).toStrictEqual({ a: { c: 2 }, e: { g: 1 } });
  });

  test('neither side is changed or shared', () => {
    const plain = fc.letrec((tie) => ({
      value: fc.oneof({ maxDepth: 3 }, fc.integer(), fc.string(), tie('map'), fc.array(tie('map'), { maxLength: 2 })),
      map: fc.dictionary(fc.constantFrom('name', 'addons', 'vpc', 'x'), tie('value'), { maxKeys: 3 }),
    })).map;
    fc.assert(
      fc.property(plain, plain, (below, over) => {
        const [b, o] = [JSON.stringify(below), JSON.stringify(over)];
        scramble(mergeConfig(below, over));
        expect([JSON.stringify(below), JSON.stringify(over)]).toEqual([b, o]);
      }),
    );
  });
});

/** Changes everything that can be reached. */
function scramble(value: unknown): void {
  if (typeof value === 'object' && value !== null) {
    for (const item of Object.values(value)) {
      scramble(item);
    }
    if (Array.isArray(value)) {
      value.push('scrambled');
    } else {
      (value as Record<string, unknown>).scrambled = true;
    }
  }
}
