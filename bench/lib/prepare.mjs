import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import ts from 'typescript';
import { stringify } from 'yaml';

const node = (args, cwd) => {
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { cwd, encoding: 'utf8' });
  if (status !== 0) {
    throw new Error(`${args.join(' ')} ended with ${status}\n${stdout}${stderr}`);
  }
};

/** The package as its users have it, compiled, and the programs of this folder, which import it by its name. */
export function compile(root, folder) {
  cpSync(join(root, 'package.json'), join(folder, 'package.json'));
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'), 'dir');
  node([join(root, 'scripts', 'bundle.mjs'), join(folder, 'lib')], root);
  mkdirSync(join(folder, 'bench'));
  for (const name of readdirSync(join(root, 'bench')).filter((file) => file.endsWith('.ts'))) {
    const { outputText } = ts.transpileModule(readFileSync(join(root, 'bench', name), 'utf8'), {
      fileName: name,
      compilerOptions: { target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.CommonJS },
    });
    writeFileSync(join(folder, 'bench', `${basename(name, '.ts')}.js`), outputText);
  }
}

/** What the variants start from: the objects as JSON, and the values of the chart. */
export function inputs(folder, count) {
  const objects = join(folder, `objects-${count}.json`);
  const values = join(folder, `values-${count}.yaml`);
  node([join(folder, 'bench', 'capture.js'), String(count), objects], folder);
  writeFileSync(
    values,
    stringify(helmValues(JSON.parse(readFileSync(objects, 'utf8'))), { aliasDuplicateObjects: false }),
  );
  return { objects, values };
}

/** What a team would write down for the chart; what follows from it is up to the templates. */
function helmValues(charts) {
  const tenants = charts
    .filter(([, objects]) => objects.some(({ kind }) => kind === 'Namespace'))
    .map(([name, objects]) => ({
      name,
      quota: objects.find(({ kind }) => kind === 'ResourceQuota').spec.hard,
      services: objects
        .filter(({ kind }) => kind === 'Deployment')
        .map((deployment) => serviceValues(deployment, objects)),
    }));
  const all = tenants.flatMap(({ name, services }) => services.map((service) => ({ tenant: name, service })));
  const peer = (index) => all[index] && { name: all[index].service.name, tenant: all[index].tenant };
  for (const [i, { service }] of all.entries()) {
    Object.assign(service, { upstream: peer(i - 1), caller: peer(i + 1) });
  }
  return { tenants };
}

function serviceValues({ metadata: { name, labels } }, objects) {
  const env = objects.find(
    ({ kind, metadata }) => kind === 'ConfigMap' && metadata.labels['app.kubernetes.io/name'] === name,
  );
  return { name, version: labels['app.kubernetes.io/version'], env: env.data };
}
