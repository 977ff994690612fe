/** What is asked of each program of which nothing may be reported. */
import type { Tenant } from 'cdk8s-eks-patterns';
import { appOf, find, type Manifest, manifests, newTenant } from '../../support/app';
import { rulesOf } from './support';

/** A number of the trials, what is asked for, a program in a tenant, and what its objects have. */
export type Expressed = readonly [
  id: string,
  what: string,
  make: (tenant: Tenant) => void,
  has: (objectIn: (kind: string, name?: string) => Manifest) => void,
  tenant?: () => Tenant,
];

export function judgeExpressed(cases: readonly Expressed[]): void {
  describe.each(cases.map((one) => [one[0], one[1], one] as const))(
    '%s %s',
    (_id, _what, [, , make, has, tenant = newTenant]) => {
      const program = () => {
        const shop = tenant();
        make(shop);
        return appOf(shop);
      };

      test('is reported by nothing', () => {
        expect(rulesOf(program)).toEqual([]);
      });

      test('is what is applied', () => {
        const objects = manifests(program());
        has((kind, name) => find(objects, kind, name));
      });
    },
  );
}
