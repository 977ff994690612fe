import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import * as path from 'node:path';
import type { AnyKind } from '../../eksctl/schema/field';
import * as SHAPES from '../../eksctl/schema/shapes';
import { REPOSITORY } from '../app/support';
import { oracleSchema } from './oracle';

interface Schema {
  readonly definitions: Readonly<Record<string, { readonly properties?: object }>>;
}

test('the tables are up to date: `npm run shapes` writes them', () => {
  const program = path.join(REPOSITORY, 'scripts/import-eksctl.mjs');
  const text = execFileSync(process.execPath, [program, '--stdout'], { encoding: 'utf8' });
  expect(text).toBe(readFileSync(path.join(REPOSITORY, 'eksctl/schema/shapes.ts'), 'utf8'));
});

test("every object of eksctl's schema has a table with its properties", () => {
  const { definitions } = oracleSchema() as Schema;
  const wanted = Object.entries(definitions).flatMap(([name, { properties = {} }]) =>
    Object.keys(properties).map((key) => `${name}.${key}`),
  );
  const oidc = Object.keys(SHAPES.OIDC_IDENTITY_PROVIDER.properties).map((key) => `IdentityProvider.${key}`);
  const found = Object.values<AnyKind>(SHAPES).flatMap((kind) =>
    kind.kind === 'struct' ? Object.keys(kind.properties).map((key) => `${kind.name}.${key}`) : [],
  );
  expect(found.sort()).toEqual([...wanted, ...oidc].sort());
  expect(found.length).toBeGreaterThan(420);
});
