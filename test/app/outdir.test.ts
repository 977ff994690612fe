import * as fs from 'node:fs';
import { EksApp } from '../../charts/app/eks-app';
import { PropsError } from '../../charts/core/errors';
import { OutputError } from '../../charts/core/synthesis/output-error';
import { LIST } from '../../charts/core/synthesis/own-files';
import { names, nextRun, plainChart, put, shop, tree, useWorkingFolder } from './support';

useWorkingFolder();

/** Synthesizes an app with one plain chart, so that only the place of its file matters. */
function synth(props: ConstructorParameters<typeof EksApp>[0], id = 'plain'): EksApp {
  const app = new EksApp(props);
  plainChart(app, id);
  app.synth();
  return app;
}

describe('the output folder', () => {
  test('is dist', () => {
    expect(synth({}).outdir).toBe('dist');
    expect(names('.')).toEqual(['dist/plain.k8s.yaml']);
  });

  test('is CDK8S_OUTDIR where that is set', () => {
    process.env.CDK8S_OUTDIR = 'given/by/env';
    synth({});
    expect(names('.')).toEqual(['given/by/env/plain.k8s.yaml']);
  });

  test('is the prop before CDK8S_OUTDIR', () => {
    process.env.CDK8S_OUTDIR = 'given/by/env';
    synth({ outdir: 'dist/prod' });
    expect(names('.')).toEqual(['dist/prod/plain.k8s.yaml']);
  });

  test('is dist with a copy in the staging folder under the CLI', () => {
    process.env.CDK8S_OUTDIR = '.synth';
    expect(synth({}).outdir).toBe('dist');
    expect(names('.')).toEqual(['.synth/plain.k8s.yaml', 'dist/plain.k8s.yaml']);
    expect(tree('.synth')).toEqual(tree('dist'));
  });

  test('is known by its last part: the CLI can give the staging folder as a whole path', () => {
    process.env.CDK8S_OUTDIR = `${process.cwd()}/.synth`;
    synth({});
    expect(names('.')).toEqual(['.synth/plain.k8s.yaml', 'dist/plain.k8s.yaml']);
  });

  test('only the name .synth is staging', () => {
    process.env.CDK8S_OUTDIR = 'x.synth';
    synth({});
    expect(names('.')).toEqual(['x.synth/plain.k8s.yaml']);
  });

  test('is dist where CDK8S_OUTDIR is empty', () => {
    process.env.CDK8S_OUTDIR = '';
    expect(synth({}).outdir).toBe('dist');
  });

  test.each(['', ' ', 'a\0b', 7 as unknown as string])('is refused as %j', (outdir) => {
    expect(() => new EksApp({ outdir })).toThrow(PropsError);
  });

  test('above the working folder has its copy inside the staging folder', () => {
    process.env.CDK8S_OUTDIR = '.synth';
    fs.mkdirSync('project');
    process.chdir('project');
    synth({ outdir: '../out' });
    process.chdir('..');
    expect(names('.')).toEqual(['out/plain.k8s.yaml', 'project/.synth/__/out/plain.k8s.yaml']);
  });
});

describe('several apps in one program', () => {
  test('keep to their folders', () => {
    synth({ outdir: 'dist/staging' }, 'a');
    synth({ outdir: 'dist/prod' }, 'b');
    expect(names('.')).toEqual(['dist/prod/b.k8s.yaml', 'dist/staging/a.k8s.yaml']);
  });

  test('keep apart below the staging folder, and each reaches its own', () => {
    process.env.CDK8S_OUTDIR = '.synth';
    for (const environment of ['staging', 'prod']) {
      const app = new EksApp({ outdir: `dist/${environment}` });
      shop(app, environment);
      app.synth();
    }
    const files = (environment: string) => [
      `_cluster.k8s.yaml`,
      `cluster/${environment}.md`,
      `cluster/${environment}.yaml`,
      'shop.k8s.yaml',
    ];
    for (const environment of ['staging', 'prod']) {
      expect(names(`dist/${environment}`)).toEqual(files(environment));
      expect(tree(`.synth/dist/${environment}`)).toEqual(tree(`dist/${environment}`));
    }
    expect(names('.')).toHaveLength(16);
    expect(tree('dist/prod')['cluster/prod.yaml']).toContain('name: prod');
  });

  test('the second one synthesized leaves the files of the first, even in a folder above', () => {
    synth({ outdir: 'dist/staging' }, 'a');
    synth({}, 'b');
    expect(names('dist')).toEqual(['b.k8s.yaml', 'staging/a.k8s.yaml']);
  });

  test('of one folder are refused, both named, however the folder is written', () => {
    synth({ outdir: 'dist' }, 'one');
    const before = tree('.');
    fs.symlinkSync('dist', 'link');
    for (const outdir of ['dist', './dist/', `${process.cwd()}/dist`, 'link']) {
      const refused = errorOf(() => synth({ outdir }, 'two'));
      expect(refused).toBeInstanceOf(OutputError);
      expect(refused).toMatchObject({ file: outdir, message: expect.stringMatching(/'one'.*'two'/) });
    }
    expect(tree('.')).toEqual(before);
  });

  test('an app may be synthesized again', () => {
    const app = synth({});
    plainChart(app, 'more');
    app.synth();
    expect(names('dist')).toEqual(['more.k8s.yaml', 'plain.k8s.yaml']);
  });

  test('an app that failed leaves the folder to another', () => {
    const broken = new EksApp();
    plainChart(broken, 'b').node.addValidation({ validate: () => ['no good'] });
    expect(() => broken.synth()).toThrow('no good');
    synth({});
    expect(names('dist')).toEqual(['plain.k8s.yaml']);
  });

  test('one that fails leaves its own folder and those of the others as they were', () => {
    process.env.CDK8S_OUTDIR = '.synth';
    put('dist/prod/old.k8s.yaml');
    synth({ outdir: 'dist/staging' }, 'a');
    const broken = new EksApp({ outdir: 'dist/prod' });
    plainChart(broken, 'b').node.addValidation({ validate: () => ['no good'] });
    expect(() => broken.synth()).toThrow('no good');
    expect(names('dist')).toEqual(['prod/old.k8s.yaml', 'staging/a.k8s.yaml']);
    expect(names('.synth')).toEqual(['dist/staging/a.k8s.yaml']);
  });
});

describe('what stands in the folder already', () => {
  const FOREIGN = [
    'README.md',
    'kustomization.yaml',
    'notes.yml',
    '.hidden.k8s.yaml',
    'sub/other.k8s.yaml',
    'cluster/notes.txt',
    'cluster/sub/prod.yaml',
  ];

  test('files that a former synthesis made are removed and reported, and nothing else', () => {
    const gone = ['gone.k8s.yaml', 'cluster/old.yaml', 'cluster/old.md'];
    for (const file of [...FOREIGN, ...gone]) {
      put(`dist/${file}`);
    }
    put(`dist/${LIST}`, gone.join('\n'));
    const app = new EksApp();
    shop(app);
    app.synth();
    const made = ['_cluster.k8s.yaml', 'cluster/prod.md', 'cluster/prod.yaml', 'shop.k8s.yaml'];
    expect(names('dist')).toEqual([...FOREIGN, ...made].sort());
    for (const file of FOREIGN) {
      expect(fs.readFileSync(`dist/${file}`, 'utf8')).toBe(`dist/${file}`);
    }
    expect(console.warn).toHaveBeenCalledTimes(app.warnings.length + 1);
    expect(console.warn).toHaveBeenLastCalledWith(
      'removed 3 files: dist/cluster/old.md, dist/cluster/old.yaml, dist/gone.k8s.yaml',
    );
  });

  test('without a list, as 0.1.0 leaves the folder, what shows that it was made is removed', () => {
    const former = new EksApp();
    shop(former, 'old');
    former.synth();
    fs.rmSync(`dist/${LIST}`);
    for (const file of FOREIGN) {
      put(`dist/${file}`);
    }
    put('dist/by-hand.k8s.yaml');
    put('dist/cluster/by-hand.yaml', 'apiVersion: eksctl.io/v1alpha5\nkind: ClusterConfig\n');
    put('dist/cluster/notes.md');
    nextRun();
    synth({});
    const kept = ['by-hand.k8s.yaml', 'cluster/by-hand.yaml', 'cluster/notes.md', 'plain.k8s.yaml'];
    expect(names('dist')).toEqual([...FOREIGN, ...kept].sort());
  });

  test('without a list the program replaces its own files', () => {
    const make = (changed: string) => {
      nextRun();
      const app = new EksApp();
      shop(app);
      plainChart(app, 'changes', { value: changed });
      app.synth();
    };
    make('1');
    fs.rmSync(`dist/${LIST}`);
    make('2');
    expect(tree('dist')['changes.k8s.yaml']).toContain('value: "2"');
  });

  test('the folder that is committed loses stale files under the CLI too, which empties only the staging folder', () => {
    process.env.CDK8S_OUTDIR = '.synth';
    put('dist/gone.k8s.yaml');
    put(`dist/${LIST}`, 'gone.k8s.yaml\n');
    put('dist/README.md');
    synth({});
    expect(names('dist')).toEqual(['README.md', 'plain.k8s.yaml']);
    expect(console.warn).toHaveBeenCalledTimes(1);
  });

  test('a file is written only when its content changes', () => {
    const past = new Date(2001, 1, 1);
    const make = (changed: string) => {
      nextRun();
      const app = new EksApp();
      shop(app);
      plainChart(app, 'same');
      plainChart(app, 'changes', { value: changed });
      app.synth();
    };
    make('1');
    const files = names('dist');
    for (const file of files) {
      fs.utimesSync(`dist/${file}`, past, past);
    }
    make('2');
    expect(files).toHaveLength(6);
    const touched = files.filter((file) => fs.statSync(`dist/${file}`).mtime.getTime() !== past.getTime());
    expect(touched).toEqual(['changes.k8s.yaml']);
    expect(fs.readFileSync('dist/changes.k8s.yaml', 'utf8')).toContain('value: "2"');
  });

  test('an interrupted synthesis is completed even by a program that fails', () => {
    put('dist/plain.k8s.yaml', 'old');
    put('dist/.plain.k8s.yaml.999999999.tmp', 'new');
    put('dist/.cdk8s-eks-patterns.999999999.x.writing', '#\n{"replace":["plain.k8s.yaml"],"remove":[]}\ncomplete\n');
    const broken = new EksApp();
    plainChart(broken, 'b').node.addValidation({ validate: () => ['no good'] });
    expect(() => broken.synth()).toThrow('no good');
    expect(tree('.')).toEqual({ 'dist/plain.k8s.yaml': 'new' });
    expect(console.warn).toHaveBeenCalledTimes(1);
  });
});

function errorOf(run: () => unknown): unknown {
  try {
    run();
  } catch (error) {
    return error;
  }
  throw new Error('nothing was thrown');
}
