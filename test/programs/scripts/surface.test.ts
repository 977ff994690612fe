import * as fs from 'node:fs';
import * as path from 'node:path';
import { temporaryFolder } from '../../support/app';
import { callAll } from '../../support/script-module';

// the compiler alone takes seconds to load when every core is busy
jest.setTimeout(60_000);

const ENTRIES = [{ specifier: 'x', declaration: 'lib/a/index.d.ts' }];
const FILES = {
  'lib/a/index.d.ts':
    "export { Box as Case, size } from './box';\nexport type { Lid } from './lid';\nexport * as k from '../imports/k';\n",
  'lib/a/box.d.ts': `import type { Lid } from './lid';
    import type { Lock } from './lock';
    import type { Pod } from '../imports/k';
    /** A comment. */
    export declare class Box { #key: string; private hidden: Lock; readonly lid: Lid; lock(by: Lock): Pod; }
    export declare const size: number;`,
  'lib/a/lid.d.ts': 'export type Lid = { readonly shut: boolean };',
  'lib/a/lock.d.ts': 'export interface Lock { readonly spring: Spring }\nexport interface Spring { readonly n: 1 }',
  'lib/imports/k.d.ts': 'export interface Pod { a: string }',
};

test('the report has what is exported and what that names, without comments, private members and generated fields', async () => {
  const folder = temporaryFolder();
  for (const [file, text] of Object.entries(FILES)) {
    fs.mkdirSync(path.dirname(path.join(folder, file)), { recursive: true });
    fs.writeFileSync(path.join(folder, file), text);
  }
  const [report] = await callAll('scripts/lib/surface.mjs', [['surfaceReport', folder, ENTRIES]]);
  const blocks = [...report.matchAll(/^## (.*)\n\n```ts\n([\s\S]*?)\n```/gm)].map(([, title, text]) => ({
    title,
    text,
  }));
  expect(blocks).toEqual([
    {
      title: 'x',
      text: `class Box {
    readonly lid: Lid;
    lock(by: Lock): Pod;
}
// exported as Case
type Lid = {
    readonly shut: boolean;
};
namespace k {
    Pod
}
const size: number;`,
    },
    {
      title: 'Not exported',
      text: `interface Lock {
    readonly spring: Spring;
}
interface Spring {
    readonly n: 1;
}`,
    },
  ]);
});
