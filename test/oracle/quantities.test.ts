import * as fc from 'fast-check';
import { formatQuantity, ONE, parseQuantity } from '../../kube/quantity';
import { type GoQuantity, readQuantities } from './kubernetes';

const RUNS = 100_000;
const SEED = Number(process.env.ORACLE_SEED ?? 1);

const SUFFIXES = ['', 'n', 'u', 'm', 'k', 'M', 'G', 'T', 'P', 'E', 'Ki', 'Mi', 'Gi', 'Ti', 'Pi', 'Ei'];
const digits = (maxLength: number) => fc.string({ unit: fc.constantFrom(...'0001234567899'), maxLength });
const length = fc.oneof({ weight: 5, arbitrary: fc.constant(4) }, fc.constant(20), fc.constant(45));
const number = fc
  .tuple(
    fc.constantFrom('', '', '', '+', '-'),
    length.chain(digits),
    fc.constantFrom('', '', '.'),
    length.chain(digits),
  )
  .map(([sign, whole, dot, fraction]) => `${sign}${whole}${dot}${dot === '' ? '' : fraction}`);
const exponent = fc
  .tuple(fc.constantFrom('e', 'E'), fc.constantFrom('', '+', '-'), fc.constantFrom('', '0', '00'), fc.nat(40))
  .map((parts) => parts.join(''));
const quantity = fc
  .tuple(number, fc.oneof(fc.constantFrom(...SUFFIXES), fc.constantFrom(...SUFFIXES), exponent))
  .map(([amount, suffix]) => `${amount}${suffix}`);
/** One character too many, too few or another. */
const miss = fc
  .tuple(quantity, fc.nat(), fc.constantFrom(0, 1), fc.constantFrom('', ...'0.+-eEinumkKMGTPB _,x\té٣\n'))
  .map(([text, at, cut, put]) => {
    const place = at % (text.length + 1);
    return text.slice(0, place) + put + text.slice(place + cut);
  });

/** With an exponent beyond 9999, which we refuse, since Kubernetes itself cannot calculate with all of them. */
const isHuge = (text: string) => /[eE][+-]?0*[1-9]\d{4,}$/.test(text);

/** Every text of up to `length` of these characters. */
function allTexts(alphabet: string, length: number): string[] {
  const longer = (texts: readonly string[]) => texts.flatMap((text) => [...alphabet].map((c) => text + c));
  let last = [''];
  const all = [''];
  for (let i = 0; i < length; i++) {
    last = longer(last);
    all.push(...last);
  }
  return all;
}

/** The amount in billionths, of which Kubernetes keeps no part. */
function amountOf({ unscaled, scale }: GoQuantity): bigint {
  const places = 9 - scale;
  return places >= 0 ? BigInt(unscaled!) * 10n ** BigInt(places) : BigInt(unscaled!) / 10n ** BigInt(-places);
}

/** apimachinery reads some texts without a digit before their suffix, as zero; we refuse them. */
const isMeant = (text: string, theirs: GoQuantity) => /^[+-]?\.?(?![0-9.])/.test(text) && theirs.unscaled === '0';

function compare(texts: readonly string[]) {
  const theirs = readQuantities(texts);
  expect(theirs).toHaveLength(texts.length);
  const differences = texts.flatMap((text, i) => {
    const [ours, go] = [parseQuantity(text), theirs[i]!];
    const alike = ours === undefined ? !go.ok || isMeant(text, go) : go.ok && ours === amountOf(go);
    return alike ? [] : [{ text, ours: String(ours), go }];
  });
  expect(differences.slice(0, 20)).toEqual([]);
  return theirs;
}

test(`${RUNS} random texts have the verdict and the amount that apimachinery gives them`, () => {
  const texts = fc.sample(
    fc.oneof({ weight: 2, arbitrary: quantity }, miss).filter((text) => !isHuge(text)),
    { numRuns: RUNS, seed: SEED },
  );
  const accepted = compare(texts).filter(({ ok }) => ok).length / texts.length;
  expect(accepted).toBeGreaterThan(0.5);
  expect(accepted).toBeLessThan(0.95);
});

test.each([
  ['019.+-eEimkKG', 4],
  ['12.-e', 6],
  ['0.9nuMPTEi', 4],
])('so have all texts of the characters %s, up to %d', (alphabet, size) => {
  const texts = allTexts(alphabet, size).filter((text) => text !== '');
  const accepted = compare(texts).filter(({ ok }) => ok).length;
  expect(accepted).toBeGreaterThan(100);
  expect(accepted).toBeLessThan(texts.length);
});

test('texts without a digit before their suffix are zero to apimachinery, and refused here', () => {
  const texts = ['k', '+', '-', '.', '+.', 'Ki', '.m', 'e3', 'E'];
  expect(readQuantities(texts).map(({ unscaled }) => unscaled)).toEqual(texts.map(() => '0'));
  expect(texts.map(parseQuantity)).toEqual(texts.map(() => undefined));
});

test('amounts are written as apimachinery writes them', () => {
  const amount = fc
    .tuple(
      fc.bigInt({ min: -(10n ** 6n), max: 10n ** 6n }),
      fc.constantFrom(1000n, 1024n),
      fc.bigInt({ min: 0n, max: 4n }),
      fc.constantFrom(1n, ONE),
    )
    .map(([count, step, power, unit]) => count * step ** power * unit);
  const amounts = fc.sample(fc.tuple(amount, fc.constantFrom('', 'Ki')), { numRuns: 20_000, seed: SEED });
  const texts = amounts.map(([value, suffix]) => `${withPoint(value)}${suffix}`);
  const theirs = readQuantities(texts);
  const differences = texts.flatMap((text, i) => {
    const ours = formatQuantity(parseQuantity(text)!, text.endsWith('i') ? 'binary' : 'decimal');
    return ours === theirs[i]!.canonical ? [] : [{ text, ours, theirs: theirs[i]!.canonical }];
  });
  expect(differences.slice(0, 20)).toEqual([]);
});

/** Billionths as a decimal: '-0.000000001'. */
function withPoint(amount: bigint): string {
  const text = String(amount < 0n ? -amount : amount).padStart(10, '0');
  return `${amount < 0n ? '-' : ''}${text.slice(0, -9)}.${text.slice(-9)}`;
}
