import { allSpecs, knownInstanceSpec } from '../../eks/instance-specs';
import { similarTypes } from '../../eks/similar-types';

test.each([
  ['m5.large', ['m5a.large', 'm6a.large']],
  ['m6g.large', ['m7g.large', 'm8g.large']],
  ['c5.xlarge', ['c5a.xlarge', 'c6a.xlarge']],
  ['t3.medium', ['t3a.medium']],
  ['g5.xlarge', ['g6.xlarge']],
  ['x99.large', []],
])('what a Spot group of %s can have as well', (type, expected) => {
  expect(similarTypes(type).slice(0, 2)).toEqual(expected);
});

test('has the same processor architecture, CPUs, memory and GPUs', () => {
  const some = allSpecs().filter((_, i) => i % 29 === 0);
  const differences = some.flatMap((own) =>
    similarTypes(own.name).filter((name) => {
      const other = knownInstanceSpec(name)!;
      return (['vcpu', 'memoryMiB', 'gpus', 'architecture'] as const).some((key) => own[key] !== other[key]);
    }),
  );
  expect(differences).toEqual([]);
});
