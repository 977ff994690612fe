import * as fs from 'node:fs';
import * as path from 'node:path';
import { REPOSITORY } from '../app/support';

interface Locked {
  readonly version?: string;
  readonly resolved?: string;
  readonly integrity?: string;
  readonly inBundle?: boolean;
  readonly hasInstallScript?: boolean;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}
type Packages = Readonly<Record<string, Locked>>;

const read = (file: string) => JSON.parse(fs.readFileSync(path.join(REPOSITORY, file), 'utf8'));
const PACKAGES: Packages = read('package-lock.json').packages;

/** Dependencies that the lock file names without locking them, which makes `npm ci` refuse it. */
function notLocked(packages: Packages): string[] {
  const found = (from: string, name: string): boolean => {
    const at = `${from}${from && '/'}node_modules/${name}`;
    return at in packages || (from !== '' && found(from.replace(/\/?node_modules\/(?:@[^/]+\/)?[^/]+$/, ''), name));
  };
  return Object.entries(packages).flatMap(([from, { dependencies, devDependencies, optionalDependencies }]) =>
    Object.keys({ ...dependencies, ...devDependencies, ...optionalDependencies })
      .filter((name) => !found(from, name))
      .map((name) => `${from}: ${name}`),
  );
}

test('the lock file has every dependency, also those that only other platforms install', () => {
  expect(Object.keys(PACKAGES).length).toBeGreaterThan(400);
  expect(notLocked(PACKAGES)).toEqual([]);
  const { 'node_modules/@esbuild/darwin-arm64': _, ...partial } = PACKAGES;
  expect(notLocked(partial)).toEqual(['node_modules/esbuild: @esbuild/darwin-arm64']);
});

test('the lock file has a checksum for each package, and no address', () => {
  const packages = Object.entries(PACKAGES).filter(([from, { inBundle }]) => from !== '' && !inBundle);
  const bad = packages.filter(([, { resolved, integrity }]) => resolved !== undefined || integrity === undefined);
  expect(bad.map(([from]) => from)).toEqual([]);
});

test('the lock file is that of package.json', () => {
  const { name, version, dependencies, devDependencies, peerDependencies } = read('package.json');
  expect(PACKAGES['']).toMatchObject({ name, version, dependencies, devDependencies, peerDependencies });
});

test('no further dependency runs a script when it is installed', () => {
  const having = Object.keys(PACKAGES).filter((from) => PACKAGES[from]?.hasInstallScript);
  // they check or fetch a binary that their optional dependencies bring already
  const known = ['@parcel/watcher', '@swc/core', 'esbuild'].map((name) => `node_modules/${name}`);
  expect(having.filter((from) => !known.includes(from))).toEqual([]);
});
