import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { ApiObject, App, Chart, YamlOutputType } from 'cdk8s';
import { type OutputSummary, writeOutput } from '../../../charts/core/synthesis/files';
import { OutputError } from '../../../charts/core/synthesis/output-error';
import { LIST, parseList, renderList } from '../../../charts/core/synthesis/own-files';
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

/** All files with their text, without the list of them, and empty folders with a slash. */
function tree(folder = dir): Record<string, string> {
  const found: Record<string, string> = {};
  for (const entry of fs.readdirSync(folder, { withFileTypes: true, recursive: true })) {
    const full = path.join(entry.parentPath ?? entry.path, entry.name);
    if (entry.name === LIST) {
      continue;
    }
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

test('asks for each text once', () => {
  const asked: string[] = [];
  const writeLate = (files: Record<string, string>) => {
    const texts = new Map(Object.entries(files));
    const get = (name: string) => {
      asked.push(name);
      return texts.get(name);
    };
    writeOutput({
      dir,
      files: { get, has: (name) => texts.has(name), keys: () => texts.keys() },
      extension: '.k8s.yaml',
      recursive: false,
    });
    return asked.splice(0);
  };
  expect(writeLate({ 'a.k8s.yaml': 'a', 'b.k8s.yaml': 'b' })).toEqual(['a.k8s.yaml', 'b.k8s.yaml']);
  expect(writeLate({ 'a.k8s.yaml': 'a', 'b.k8s.yaml': 'b' })).toEqual(['a.k8s.yaml', 'b.k8s.yaml']);
  expect(writeLate({ 'a.k8s.yaml': 'a', 'b.k8s.yaml': 'B', 'c.k8s.yaml': 'c' })).toEqual([
    'a.k8s.yaml',
    'b.k8s.yaml',
    'c.k8s.yaml',
  ]);
  expect(tree()).toEqual({ 'a.k8s.yaml': 'a', 'b.k8s.yaml': 'B', 'c.k8s.yaml': 'c' });
});

test('replaces more than it keeps of the texts that it compared', () => {
  const large = { 'a.k8s.yaml': 'a', 'b.k8s.yaml': 'b'.repeat(17 * 1024 * 1024) };
  write({ 'a.k8s.yaml': '', 'b.k8s.yaml': '' });
  expect(write(large).written).toEqual(['a.k8s.yaml', 'b.k8s.yaml']);
  expect(fs.readFileSync(path.join(dir, 'b.k8s.yaml'), 'utf8') === large['b.k8s.yaml']).toBe(true);
});

test('a text that cannot be made leaves the folder as it was', () => {
  write({ 'a.k8s.yaml': 'a' });
  const files = new Map([
    ['a.k8s.yaml', 'A'],
    ['b.k8s.yaml', 'b'],
  ]);
  const get = (name: string): string => {
    if (name === 'b.k8s.yaml') {
      throw new Error('no text');
    }
    return files.get(name)!;
  };
  const late = { get, has: (name: string) => files.has(name), keys: () => files.keys() };
  expect(() => writeOutput({ dir, files: late, extension: '.k8s.yaml', recursive: false })).toThrow('no text');
  expect(tree()).toEqual({ 'a.k8s.yaml': 'a' });
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

const list = (...paths: string[]): void => put(LIST, renderList(paths));

test('removes what it has made and no longer makes, folders that this empties, and nothing else', () => {
  const stale = ['gone.k8s.yaml', 'cluster/gone.yaml', 'cluster/gone.md', 'one/two/gone.k8s.yaml', 'any.txt'];
  for (const name of [...FOREIGN, ...stale, 'folder/kept.k8s.yaml', 'kept.k8s.yaml', 'cluster/kept.yaml']) {
    put(name);
  }
  list(...stale, 'not-there.k8s.yaml');
  fs.mkdirSync(path.join(dir, 'empty'));
  const { removed } = write({ 'a.k8s.yaml': 'a' });
  expect(removed).toEqual([...stale].sort());
  const kept = [...FOREIGN, 'folder/kept.k8s.yaml', 'kept.k8s.yaml', 'cluster/kept.yaml'];
  expect(Object.keys(tree()).sort()).toEqual([...kept, 'empty/', 'a.k8s.yaml'].sort());
});

test('what it has made it removes at the next change, and not twice', () => {
  write({ 'a.k8s.yaml': 'a', 'x/b.txt': 'b' });
  expect(write({ 'a.k8s.yaml': 'a' })).toEqual({ written: [], removed: ['x/b.txt'] });
  expect(Object.keys(tree())).toEqual(['a.k8s.yaml']);
  put('x/b.txt', 'of the user');
  expect(write({})).toEqual({ written: [], removed: ['a.k8s.yaml'] });
  expect(Object.keys(tree())).toEqual(['x/b.txt']);
});

const MANAGED = 'metadata:\n  labels:\n    app.kubernetes.io/managed-by: cdk8s-eks-patterns\n';

test('without a list, name and content both have to tell that a file was made here', () => {
  const ours = ['gone.k8s.yaml', 'one/gone.k8s.yaml', 'two/deep/gone.k8s.yaml'];
  for (const name of ours) {
    put(name, `kind: A\n${MANAGED}---\nkind: B\n${MANAGED}`);
  }
  const kept = ['other.yaml', '.hidden.k8s.yaml', '.git/x.k8s.yaml', 'node_modules/x.k8s.yaml', 'folder/x.txt'];
  for (const name of kept) {
    put(name, MANAGED);
  }
  put('mixed.k8s.yaml', `${MANAGED}---\nkind: OfTheUser\n`);
  put('template.k8s.yaml', MANAGED.replaceAll('\n', '\n    '));
  expect(write({ 'new/a.k8s.yaml': 'a' }, true)).toEqual({ written: ['new/a.k8s.yaml'], removed: ours });
  expect(Object.keys(tree()).sort()).toEqual([...kept, 'mixed.k8s.yaml', 'template.k8s.yaml', 'new/a.k8s.yaml'].sort());
});

test('without an extension nothing is known by its name', () => {
  put('README.md', MANAGED);
  write({ a: 'a' }, true, '');
  expect(Object.keys(tree()).sort()).toEqual(['README.md', 'a']);
});

test('an entry of the list leads nowhere outside of the folder', () => {
  dir = path.join(root, 'dist');
  const outside = ['victim.k8s.yaml', 'elsewhere/x.k8s.yaml'];
  for (const name of outside) {
    put(`../${name}`);
  }
  put('inside.k8s.yaml');
  fs.symlinkSync('../elsewhere', path.join(dir, 'link'));
  fs.symlinkSync('../victim.k8s.yaml', path.join(dir, 'file-link.k8s.yaml'));
  const entries = ['../victim.k8s.yaml', `${root}/victim.k8s.yaml`, 'x/../../victim.k8s.yaml', '"../victim.k8s.yaml"'];
  put(LIST, [...entries, 'link/x.k8s.yaml', 'file-link.k8s.yaml', 'link', '.', '', 'x\\..\\y'].join('\n'));
  expect(write({}).removed).toEqual([]);
  for (const name of outside) {
    expect(fs.existsSync(path.join(root, name))).toBe(true);
  }
  expect(fs.readdirSync(dir).sort()).toEqual([LIST, 'file-link.k8s.yaml', 'inside.k8s.yaml', 'link']);
});

test('a link that a file would replace is kept', () => {
  put('target.txt', 'of the user');
  fs.symlinkSync('target.txt', path.join(dir, 'a.k8s.yaml'));
  expect(() => write({ 'a.k8s.yaml': 'a' })).toThrow(OutputError);
  expect(fs.readlinkSync(path.join(dir, 'a.k8s.yaml'))).toBe('target.txt');
});

test('a file that is not in the list and not ours by its content is not replaced, and nothing is written', () => {
  put('a.k8s.yaml', 'of the user');
  list('b.k8s.yaml');
  const before = tree();
  expect(() => write({ 'a.k8s.yaml': 'a', 'c.k8s.yaml': 'c' })).toThrow(OutputError);
  expect(tree()).toEqual(before);
  put('a.k8s.yaml', MANAGED);
  write({ 'a.k8s.yaml': 'a' });
  expect(tree()).toEqual({ 'a.k8s.yaml': 'a' });
});

describe('the list', () => {
  test('gives back what was put in, in one order', () => {
    const odd = ['#a', '<<<<<<< x', 'é', ' b ', 'c d', '"e"', 'line\nbreak', 'plain/x.k8s.yaml'];
    expect(parseList(renderList(odd))).toEqual([...odd].sort());
    expect(renderList([...odd].reverse())).toBe(renderList(odd));
  });

  test('of a merge conflict counts with the paths of both sides', () => {
    const conflict = 'a.k8s.yaml\n<<<<<<< HEAD\nb.k8s.yaml\n||||||| base\n=======\r\nc.k8s.yaml\r\n>>>>>>> x/y\n';
    expect(parseList(conflict)).toEqual(['a.k8s.yaml', 'b.k8s.yaml', 'c.k8s.yaml']);
  });

  test('has a name that kubectl does not read', () => {
    expect(LIST).not.toMatch(/\.(json|ya?ml)$/);
  });
});

test('when a file cannot be written, none is, nothing is removed, and no temporary file stays', () => {
  put('a.k8s.yaml', 'old');
  put('stale.k8s.yaml');
  put('file');
  const before = tree();
  expect(() => write({ 'a.k8s.yaml': 'new', 'file/below.yaml': 'x' })).toThrow(OutputError);
  expect(tree()).toEqual(before);
});

test('when a file cannot be replaced, no temporary file stays', () => {
  put('b.k8s.yaml/in-the-way', '');
  expect(() => write({ 'b.k8s.yaml': 'b', 'c.k8s.yaml': 'c' })).toThrow(OutputError);
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
