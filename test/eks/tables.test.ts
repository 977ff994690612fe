import * as fs from 'node:fs';
import * as path from 'node:path';
import { ADDONS } from '../../eks/addons';
import { FACTS_DATE, KUBERNETES_VERSIONS, VERSIONS, versionState } from '../../eks/versions';

const DATA = path.resolve(__dirname, '../../../shared/data');
const read = (name: string) => JSON.parse(fs.readFileSync(path.join(DATA, name), 'utf8'));
const collected = fs.existsSync(path.join(DATA, 'eks-versions.json'));

describe('the table of versions', () => {
  test('is in order, without a gap', () => {
    const minors = VERSIONS.map((version) => Number(version.slice(2)));
    expect(minors).toEqual(minors.map((_, i) => minors[0]! + i));
  });

  test('tells the state of any other', () => {
    expect(['1.30', '1.31', '1.36', '1.37', '1.35.1', 35].map(versionState)).toEqual([
      'older',
      'listed',
      'listed',
      'newer',
      'malformed',
      'malformed',
    ]);
  });
});

// the collected data lies beside the checkout of its authors only
(collected ? describe : describe.skip)('against the collected data, where it is there', () => {
  test('the days of each version are those of the calendar', () => {
    const { source, versions } = read('eks-versions.json');
    expect(source.commitDate).toBe(FACTS_DATE);
    const calendar = new Map(versions.map((v: { version: string }) => [v.version, v]));
    for (const [version, facts] of Object.entries(KUBERNETES_VERSIONS)) {
      expect(calendar.get(version)).toMatchObject({
        releaseDate: facts.released,
        endOfStandardSupport: facts.standardSupportUntil,
        endOfExtendedSupport: facts.extendedSupportUntil,
      });
    }
  });

  test('the add-ons are those of the list, with owner, service account and what Auto Mode has built in', () => {
    const { addons } = read('eks-addons.json');
    const known = addons.map((a: Record<string, unknown>) => [
      a.name,
      a.owner,
      a.serviceAccount,
      a.redundantOnAutoMode,
    ]);
    const ours = Object.entries(ADDONS).map(([name, a]) => [name, a.owner, a.serviceAccount, a.inAutoMode]);
    const withAccount = (list: unknown[][]) =>
      list.map(([name, owner, account, auto]) => [name, owner, account ?? null, auto ?? false]);
    // the list has no service account of the vpc-cni
    expect(
      withAccount(ours)
        .map((a) => (a[0] === 'vpc-cni' ? [a[0], a[1], null, a[3]] : a))
        .sort(),
    ).toEqual(withAccount(known).sort());
  });
});
