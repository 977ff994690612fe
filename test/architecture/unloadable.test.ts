import * as path from 'node:path';
import { REPOSITORY } from '../app/support';
import { ROOMS, sourcesIn } from './sources';

const UNLOADABLE = ['cdk8s', 'cdk8s-plus-28', 'constructs'];
const ENGINES = ROOMS.filter((room) => !['charts', 'imports', 'testing'].includes(room));

function withoutPackages(run: () => void): void {
  jest.isolateModules(() => {
    for (const name of UNLOADABLE) {
      jest.doMock(name, () => {
        throw new Error(`${name} is loaded`);
      });
    }
    run();
  });
}

const load = (file: string): unknown => require(path.join(REPOSITORY, file));

test.each(ENGINES)('every file of %s loads without cdk8s and constructs', (room) => {
  const files = sourcesIn(room);
  expect(files.length).toBeGreaterThan(5);
  withoutPackages(() => {
    for (const file of files) {
      expect(load(file)).toBeDefined();
    }
  });
});

test('a file that loads them would be found', () => {
  withoutPackages(() => {
    expect(() => load('charts/core/app-objects.ts')).toThrow(/is loaded/);
  });
});
