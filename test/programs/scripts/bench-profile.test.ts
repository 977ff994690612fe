import { execFileSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { pathToFileURL } from 'node:url';
import { REPOSITORY } from '../../app/support';
import { temporaryFolder } from '../../support/app';

const BUNDLE = `"use strict";
// kube/names.ts
function name() {}
// charts/core/check.ts
function check() {}
`;

test('a profile counts for the room of its source, for packages, for Node and for the collector', () => {
  const bundle = path.join(temporaryFolder(), 'constructs.js');
  fs.writeFileSync(bundle, BUNDLE);
  const frame = (functionName: string, url: string, lineNumber = 0) => ({ functionName, url, lineNumber });
  const ours = String(pathToFileURL(bundle));
  const nodes = [
    { id: 1, callFrame: frame('(root)', ''), children: [2, 3, 5, 6, 7, 8] },
    { id: 2, callFrame: frame('name', ours, 2) },
    { id: 3, callFrame: frame('check', ours, 4), children: [4] },
    { id: 4, callFrame: frame('map', '') },
    { id: 5, callFrame: frame('get', 'file:///app/node_modules/@x/y/lib/z.js') },
    { id: 6, callFrame: frame('readFileSync', 'node:fs') },
    { id: 7, callFrame: frame('(garbage collector)', '') },
    { id: 8, callFrame: frame('(program)', '') },
  ];
  const profile = { nodes, samples: [2, 3, 4, 4, 5, 6, 7, 8], timeDeltas: Array(8).fill(1000) };
  const script = `
    import { byFile, roomOf, shares } from '${pathToFileURL(path.join(REPOSITORY, 'bench/lib/profile.mjs'))}';
    console.log(JSON.stringify(shares(byFile(${JSON.stringify(profile)}), roomOf)));`;
  const said = execFileSync(process.execPath, ['--input-type=module', '-e', script], { encoding: 'utf8' });
  expect(JSON.parse(said)).toEqual([
    ['charts/core', '3.0', '37.5 %'],
    ['kube', '1.0', '12.5 %'],
    ['@x/y', '1.0', '12.5 %'],
    ['node', '1.0', '12.5 %'],
    ['GC', '1.0', '12.5 %'],
    ['engine', '1.0', '12.5 %'],
  ]);
});
