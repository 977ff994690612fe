import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { ApiObject, App, Chart, YamlOutputType } from 'cdk8s';
import { type OutputSummary, writeOutput } from '../../../charts/core/synthesis/files';
import { LinearApp } from './linear-app';

let root: string;
let dir: string;
beforeEach(() => {
  root = fs.mkdtempSync(path.join(os.tmpdir(), 'output-'));
  dir = root;
});
afterEach(() => {
  fs.rmSync(root, { recursive: true, force: true });
});

function put(name: string, text = name): void {
  fs.mkdirSync(path.dirname(path.join(dir, name)), { recursive: true });
  fs.writeFileSync(path.join(dir, name), text);
}

/** All files with their text, and empty folders with a slash. */
function tree(folder = dir): Record<string, string> {
  const found: Record<string, string> = {};
  for (const entry of fs.readdirSync(folder, { withFileTypes: true, recursive: true })) {
    const full = path.join(entry.parentPath ?? entry.path, entry.name);
    if (!entry.isDirectory()) {
      found[path.relative(folder, full)] = fs.readFileSync(full, 'utf8');
    } else if (fs.readdirSync(full).length === 0) {
      found[`${path.relative(folder, full)}/`] = '';
    }
  }
  return found;
}

function write(files: Record<string, string>, recursive = false, extension = '.k8s.yaml'): OutputSummary {
  return writeOutput({ dir, files: new Map(Object.entries(files)), extension, recursive });
}

test('makes the folder, its sub-folders and the files', () => {
  dir = path.join(dir, 'not', 'there');
  const files = { 'a.k8s.yaml': 'é\n', 'cluster/prod.yaml': '', 'x/y/z.txt': 'z' };
  expect(write(files)).toEqual({ written: Object.keys(files), removed: [] });
  expect(tree()).toEqual(files);
});

test('leaves a file alone whose bytes are the same', () => {
  write({ 'a.k8s.yaml': 'a', 'b.k8s.yaml': 'b' });
  const past = new Date(2001, 1, 1);
  for (const name of ['a.k8s.yaml', 'b.k8s.yaml']) {
    fs.utimesSync(path.join(dir, name), past, past);
  }
  expect(write({ 'a.k8s.yaml': 'a', 'b.k8s.yaml': 'B' })).toEqual({ written: ['b.k8s.yaml'], removed: [] });
  expect(fs.statSync(path.join(dir, 'a.k8s.yaml')).mtime).toEqual(past);
  expect(fs.statSync(path.join(dir, 'b.k8s.yaml')).mtime).not.toEqual(past);
});

test('replaces a file rather than writing into it', () => {
  put('a.k8s.yaml', 'old');
  const reader = fs.openSync(path.join(dir, 'a.k8s.yaml'), 'r');
  write({ 'a.k8s.yaml': 'new' });
  expect(fs.readFileSync(reader, 'utf8')).toBe('old');
  fs.closeSync(reader);
});

const FOREIGN = [
  'README.md',
  'other.yaml',
  '.hidden.k8s.yaml',
  'construct-metadata.json',
  'folder/README.md',
  'cluster/notes.txt',
  'cluster/deeper/x.yaml',
  'folder.k8s.yaml/x.txt',
  '.git/x.k8s.yaml',
  'node_modules/x.k8s.yaml',
];

test('removes what it no longer makes, and nothing else', () => {
  const stale = ['gone.k8s.yaml', 'cluster/gone.yaml', 'cluster/gone.md'];
  for (const name of [...FOREIGN, ...stale, 'folder/kept.k8s.yaml']) {
    put(name);
  }
  fs.mkdirSync(path.join(dir, 'empty'));
  const { removed } = write({ 'a.k8s.yaml': 'a', 'cluster/prod.yaml': 'p' });
  expect(removed).toEqual([...stale].sort());
  expect(Object.keys(tree()).sort()).toEqual(
    [...FOREIGN, 'folder/kept.k8s.yaml', 'empty/', 'a.k8s.yaml', 'cluster/prod.yaml'].sort(),
  );
});

test('with folders it looks into them too, and removes those it has emptied', () => {
  for (const name of [...FOREIGN, 'one/gone.k8s.yaml', 'two/deep/gone.k8s.yaml', 'folder/gone.k8s.yaml']) {
    put(name);
  }
  fs.mkdirSync(path.join(dir, 'empty'));
  const { removed } = write({ 'new/a.k8s.yaml': 'a' }, true);
  expect(removed).toEqual(['folder/gone.k8s.yaml', 'one/gone.k8s.yaml', 'two/deep/gone.k8s.yaml']);
  expect(Object.keys(tree()).sort()).toEqual([...FOREIGN, 'empty/', 'new/a.k8s.yaml'].sort());
});

test('without an extension nothing can be told from the files of others', () => {
  put('README.md');
  write({ a: 'a' }, true, '');
  expect(Object.keys(tree()).sort()).toEqual(['README.md', 'a']);
});

test('a link is neither followed nor removed', () => {
  const outside = fs.mkdtempSync(path.join(os.tmpdir(), 'outside-'));
  fs.writeFileSync(path.join(outside, 'x.k8s.yaml'), '');
  fs.symlinkSync(outside, path.join(dir, 'link'));
  write({}, true);
  expect(fs.readdirSync(outside)).toEqual(['x.k8s.yaml']);
  expect(fs.readdirSync(dir)).toEqual(['link']);
  fs.rmSync(outside, { recursive: true });
});

test('when a file cannot be written, none is, nothing is removed, and no temporary file stays', () => {
  put('a.k8s.yaml', 'old');
  put('stale.k8s.yaml');
  put('file');
  const before = tree();
  expect(() => write({ 'a.k8s.yaml': 'new', 'file/below.yaml': 'x' })).toThrow(/EEXIST|ENOTDIR/);
  expect(tree()).toEqual(before);
});

test('when a file cannot be replaced, no temporary file stays', () => {
  put('b.k8s.yaml/in-the-way', '');
  expect(() => write({ 'b.k8s.yaml': 'b', 'c.k8s.yaml': 'c' })).toThrow(/EISDIR/);
  expect(Object.keys(tree())).toEqual(['b.k8s.yaml/in-the-way']);
});

test.each([
  YamlOutputType.FILE_PER_APP,
  YamlOutputType.FILE_PER_CHART,
  YamlOutputType.FILE_PER_RESOURCE,
  YamlOutputType.FOLDER_PER_CHART_FILE_PER_RESOURCE,
])('the folder on disk is the one that App writes (type %s)', (yamlOutputType) => {
  const trees = [App, LinearApp].map((AppClass) => {
    const outdir = path.join(dir, AppClass.name);
    const app = new AppClass({ outdir, yamlOutputType, recordConstructMetadata: true });
    for (const id of ['one', 'two']) {
      const chart = new Chart(app, id);
      new ApiObject(chart, 'a', { apiVersion: 'v1', kind: 'ConfigMap', data: { text: 'é\nb\n' } });
      new ApiObject(chart, 'b', { apiVersion: 'v1', kind: 'Secret' });
    }
    app.synth();
    return tree(outdir);
  });
  expect(trees[1]).toEqual(trees[0]);
  expect(Object.keys(trees[0] ?? {}).length).toBeGreaterThan(1);
});
