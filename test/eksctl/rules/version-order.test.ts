import { parseKubernetesVersion, parseVersion } from '../../../eksctl/rules/version-order';
import { ended } from '../../support/work';

describe('versions', () => {
  test.each([
    ['1.20.0', [1, 20, 0], false],
    ['v1', [1], false],
    ['v1.10.1-eksbuild.1', [1, 10, 1], true],
    ['1.0-5a.b', [1, 0], true],
    ['1.0-', [1, 0], true],
    ['1.0--x', [1, 0], true],
    ['1.0rc1', [1, 0], true],
    ['1.0~a+b.c', [1, 0], true],
    ['1.0+5-x', [1, 0], false],
  ])('%s', (text, numbers, pre) => {
    expect(parseVersion(text)).toEqual({ numbers, pre });
  });

  test.each(['', 'v', '1.', '1.0-a.', '1.0+', '1.0+a+b', '1.0-a b', 'x1'])("'%s' is none", (text) => {
    expect(parseVersion(text)).toBeUndefined();
  });

  test.each([`1${'-'.repeat(300_000)}!`, `v1-${'0'.repeat(300_000)}!`, `v1${'a'.repeat(300_000)}!`])(
    'long ones are read in time that grows with their length',
    (text) => {
      expect(ended(() => parseVersion(text))).toBeUndefined();
    },
  );

  test('and so are those of Kubernetes', () => {
    expect(ended(() => parseKubernetesVersion(`1.2.3-${' '.repeat(300_000)}\nx`))).toBeUndefined();
    expect(parseKubernetesVersion(' v1.35 ')).toEqual({ numbers: [1, 35, 0], pre: false });
    expect(parseKubernetesVersion('1.35.1-eks-1')).toEqual({ numbers: [1, 35, 1], pre: true });
  });
});
