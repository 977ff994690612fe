import * as fs from 'node:fs';
import { EksApp } from '../../charts/app/eks-app';
import { names, plainChart, put, shop, tree, useWorkingFolder } from './support';

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

  test('files of ours that are no longer made are removed, and nothing else', () => {
    for (const file of [...FOREIGN, 'gone.k8s.yaml', 'cluster/old.yaml', 'cluster/old.md']) {
      put(`dist/${file}`);
    }
    const app = new EksApp();
    shop(app);
    app.synth();
    const made = ['_cluster.k8s.yaml', 'cluster/prod.md', 'cluster/prod.yaml', 'shop.k8s.yaml'];
    expect(names('dist')).toEqual([...FOREIGN, ...made].sort());
    for (const file of FOREIGN) {
      expect(fs.readFileSync(`dist/${file}`, 'utf8')).toBe(`dist/${file}`);
    }
  });

  test('the folder that is committed loses them under the CLI too, which empties only the staging folder', () => {
    process.env.CDK8S_OUTDIR = '.synth';
    put('dist/gone.k8s.yaml');
    put('dist/README.md');
    synth({});
    expect(names('dist')).toEqual(['README.md', 'plain.k8s.yaml']);
  });

  test('a file is written only when its content changes', () => {
    const past = new Date(2001, 1, 1);
    const make = (changed: string) => {
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

  test('another file extension is the one that is removed', () => {
    put('dist/gone.yml');
    put('dist/kept.k8s.yaml');
    synth({ outputFileExtension: '.yml' });
    expect(names('dist')).toEqual(['kept.k8s.yaml', 'plain.yml']);
  });
});
