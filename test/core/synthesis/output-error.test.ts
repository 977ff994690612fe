import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { REAL_DISK } from '../../../charts/core/synthesis/disk';
import { writeOutput } from '../../../charts/core/synthesis/files';
import { OutputError, outputError } from '../../../charts/core/synthesis/output-error';

let dir: string;
beforeEach(() => {
  dir = fs.mkdtempSync(path.join(os.tmpdir(), 'output-error-'));
});
afterEach(() => {
  fs.rmSync(dir, { recursive: true, force: true });
});

const at = (name: string): string => path.join(dir, name);

function failure(options: { readonly dir?: string; readonly disk?: Partial<typeof REAL_DISK> } = {}): OutputError {
  const files = new Map([
    ['a.k8s.yaml', 'a'],
    ['cluster/prod.yaml', 'prod'],
  ]);
  const all = { dir: options.dir ?? dir, files, extension: '.k8s.yaml', recursive: false };
  try {
    writeOutput(all, { ...REAL_DISK, ...options.disk });
  } catch (error) {
    expect(error).toBeInstanceOf(OutputError);
    return error as OutputError;
  }
  throw new Error('nothing was thrown');
}

/** Every entry below the folder, links not followed. */
const entries = (): string[] => (fs.readdirSync(dir, { recursive: true }) as string[]).sort();

test('a file where a folder must be is named', () => {
  fs.writeFileSync(at('cluster'), 'of the user');
  expect(failure()).toMatchObject({ file: at('cluster'), code: 'ENOTDIR' });
  expect(entries()).toEqual(['cluster']);
});

test('a file as the output folder, or above it', () => {
  fs.writeFileSync(at('dist'), '');
  expect(failure({ dir: at('dist') })).toMatchObject({ file: at('dist'), code: 'ENOTDIR' });
  expect(failure({ dir: at('dist/prod/x') })).toMatchObject({ file: at('dist'), code: 'ENOTDIR' });
});

test('a folder where a file must be is named', () => {
  fs.mkdirSync(at('a.k8s.yaml'));
  expect(failure()).toMatchObject({ file: at('a.k8s.yaml'), code: 'EISDIR' });
  expect(entries()).toEqual(['a.k8s.yaml']);
});

test('a link to nothing is named, as the output folder and in it', () => {
  fs.symlinkSync('nowhere', at('dist'));
  expect(failure({ dir: at('dist') })).toMatchObject({ file: at('dist'), code: 'ENOENT' });
  fs.symlinkSync('nowhere', at('cluster'));
  expect(failure()).toMatchObject({ file: at('cluster'), code: 'ENOENT' });
});

test('links in a circle', () => {
  fs.symlinkSync('dist', at('dist'));
  expect(failure({ dir: at('dist') })).toMatchObject({ file: at('dist'), code: 'ELOOP' });
});

test('a full disk leaves the folder as it was', () => {
  fs.writeFileSync(at('other.txt'), '');
  const write: typeof REAL_DISK.write = (file, bytes, shown) => {
    if (shown.endsWith('prod.yaml')) {
      throw outputError('write', shown, Object.assign(new Error('ENOSPC: no space'), { code: 'ENOSPC' }));
    }
    REAL_DISK.write(file, bytes, shown);
  };
  expect(failure({ disk: { write } })).toMatchObject({ file: at('cluster/prod.yaml'), code: 'ENOSPC' });
  expect(entries()).toEqual(['other.txt']);
});

test('a file that cannot be replaced when others have been is replaced by the next synthesis', () => {
  const rename: typeof REAL_DISK.rename = (from, to) => {
    if (to.endsWith('prod.yaml')) {
      throw outputError('replace', to, Object.assign(new Error('EBUSY: busy'), { code: 'EBUSY' }));
    }
    REAL_DISK.rename(from, to);
  };
  expect(failure({ disk: { rename } })).toMatchObject({ file: at('cluster/prod.yaml'), code: 'EBUSY' });
  expect(fs.readFileSync(at('a.k8s.yaml'), 'utf8')).toBe('a');
  writeOutput({ dir, files: new Map([['a.k8s.yaml', 'a']]), extension: '.k8s.yaml', recursive: false });
  expect(entries()).toEqual(['.cdk8s-eks-patterns.files', 'a.k8s.yaml']);
});

test.each(['EACCES', 'EPERM', 'EROFS', 'ENOSPC', 'EDQUOT', 'EBUSY', 'ENAMETOOLONG', 'EWHATEVER'])(
  'the message of %s holds the file, what is wrong and what to do',
  (code) => {
    const system = Object.assign(new Error(`${code}: as the system says it`), { code });
    const error = outputError('write', 'dist/a.k8s.yaml', system);
    expect(error).toMatchObject({ file: 'dist/a.k8s.yaml', code, constructPath: '' });
    const [{ message, fix = '' }] = error.findings as [(typeof error.findings)[0]];
    expect(message).toContain("'dist/a.k8s.yaml'");
    expect(message).toContain(`(${code})`);
    expect(fix.length).toBeGreaterThan(10);
  },
);
