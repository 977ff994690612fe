import * as fs from 'node:fs';
import * as path from 'node:path';
import { Files } from 'cdk8s-eks-patterns';
import { appOf, newTenant, podOf, synth, temporaryFolder, web } from '../support/app';
import { refusedBy } from '../support/findings';

const PNG = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0x00, 0xff]);

/** A folder with these files. */
function folderOf(files: Readonly<Record<string, string | Buffer>>): string {
  const folder = temporaryFolder();
  for (const [name, content] of Object.entries(files)) {
    fs.mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
    fs.writeFileSync(path.join(folder, name), content);
  }
  return folder;
}

describe('the files of a folder', () => {
  it('are files of a workload, with those of the folders in it', () => {
    const folder = folderOf({
      'b.yaml': 'b: 1\n',
      'sub/deep/a.txt': 'ä',
      '.hidden': 'x',
      '.git/config': 'x',
      'logo.png': PNG,
    });
    const files = Files.folder(folder, '/etc/web/');
    expect(files).toEqual({ '/etc/web/b.yaml': 'b: 1\n', '/etc/web/logo.png': PNG, '/etc/web/sub/deep/a.txt': 'ä' });
    expect(Object.keys(files)).toEqual(['/etc/web/b.yaml', '/etc/web/logo.png', '/etc/web/sub/deep/a.txt']);
    const workload = web({ files });
    expect(podOf(workload).spec.containers[0]!.volumeMounts!.map(({ mountPath }) => mountPath)).toEqual(
      expect.arrayContaining(Object.keys(files)),
    );
    expect(Files.folder(folder, '/')).toHaveProperty(['/b.yaml']);
  });

  it('that are no text are bytes, which the ConfigMap has as binaryData', () => {
    const workload = web({ files: { '/logo.png': PNG, '/a.txt': 'a' } });
    const { data, binaryData } = workload.filesConfigMap!.toJson();
    expect(data).toEqual({ 'a.txt': 'a' });
    expect(binaryData).toEqual({ 'logo.png': PNG.toString('base64') });
    const { manifests } = synth(appOf(workload));
    expect(manifests.find(({ kind, binaryData: found }) => kind === 'ConfigMap' && found)).toBeDefined();
  });

  it('of bytes alone make a ConfigMap, and another name when they change', () => {
    const nameOf = (bytes: Uint8Array) => web({ files: { '/logo.png': bytes } }).filesConfigMap!.name;
    expect(nameOf(PNG)).toMatch(/^web-files-[0-9a-f]{10}$/);
    expect(nameOf(PNG)).toBe(nameOf(Uint8Array.from(PNG)));
    expect(nameOf(PNG)).not.toBe(nameOf(PNG.subarray(1)));
  });

  it('with a zero byte or a byte order mark are taken as they are', () => {
    const folder = folderOf({ zero: 'a\0b', mark: '\ufeffa' });
    expect(Files.folder(folder, '/x')).toEqual({ '/x/mark': '\ufeffa', '/x/zero': Buffer.from('a\0b') });
  });

  it('count in Base64', () => {
    const files = (bytes: number) => () => web({ files: { '/a': Buffer.alloc(bytes) } });
    expect(files(180 * 1024)).not.toThrow();
    expect(refusedBy(files(200 * 1024))).toEqual(['props/invalid', 'files']);
  });

  it.each<[string, () => unknown, string, string]>([
    ['a folder that is not there', () => Files.folder('/none', '/etc'), 'props/invalid', 'folder'],
    ['a file', () => Files.folder(path.join(folderOf({ a: 'a' }), 'a'), '/etc'), 'props/invalid', 'folder'],
    ['an empty folder', () => Files.folder(temporaryFolder(), '/etc'), 'props/invalid', 'folder'],
    ['a folder of hidden files', () => Files.folder(folderOf({ '.a': 'a' }), '/etc'), 'props/invalid', 'folder'],
    ['a relative path', () => Files.folder(folderOf({ a: 'a' }), 'etc'), 'props/invalid', 'at'],
    ['no path', () => Files.folder(folderOf({ a: 'a' }), undefined as never), 'props/type', 'at'],
    ['no folder', () => Files.folder(undefined as never, '/etc'), 'props/required', 'folder'],
    ['a number as a file', () => web({ files: { '/a': 7 } }, newTenant()), 'props/type', "files['/a']"],
    [
      'a password in a file',
      () => web({ files: Files.folder(folderOf({ a: `${'pass'}word: hunter2hunter2` }), '/etc') }),
      'props/forbidden',
      "files['/etc/a']",
    ],
  ])('%s is refused', (_, program, rule, field) => {
    expect(refusedBy(program)).toEqual([rule, field]);
  });
});
