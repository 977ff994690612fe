// Reads the workflows, pipelines, playbooks and templates of examples/delivery/ with the linter of each:
//   node scripts/lint-delivery.mjs [--install]
// Any finding fails. The linters are shown a broken file first, since one that reads nothing finds nothing.
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { COLLECTIONS_PATH, install, isInstalled, TOOLS } from './lib/delivery-tools.mjs';

const DELIVERY = 'examples/delivery';
const YAML_RULES =
  '{extends: default, rules: {line-length: disable, document-start: disable, truthy: {check-keys: false}}}';
const offline = { ANSIBLE_COLLECTIONS_PATH: COLLECTIONS_PATH, ANSIBLE_LOCALHOST_WARNING: 'False' };

/** Each linter: its arguments before the files, the files, and one of them with a mistake that it must find. */
const LINTERS = [
  {
    tool: TOOLS.actionlint,
    args: [],
    files: ['.github/workflows/ci.yml', `${DELIVERY}/github/deploy.yml`, `${DELIVERY}/github/plan.yml`],
    mistake: [`${DELIVERY}/github/deploy.yml`, 'needs: check', 'needs: checks'],
  },
  {
    tool: TOOLS.cfnLint,
    args: [],
    files: [`${DELIVERY}/codepipeline/pipeline.yaml`, `${DELIVERY}/cloudformation/database.yaml`],
    mistake: [`${DELIVERY}/codepipeline/pipeline.yaml`, '!GetAtt ApplyRole.Arn', '!GetAtt AplyRole.Arn'],
  },
  {
    tool: TOOLS.yamllint,
    args: ['--strict', '-d', YAML_RULES],
    files: ['github', 'codepipeline', 'ansible', 'cloudformation'].map((folder) => `${DELIVERY}/${folder}`),
    mistake: [`${DELIVERY}/codepipeline/check.yml`, 'version: 0.2', 'version: 0.2\nversion: 0.2'],
  },
  {
    tool: TOOLS.ansibleLint,
    args: ['--offline', '--strict', '--profile', 'production'],
    files: [`${DELIVERY}/ansible/apply.yml`],
    mistake: [`${DELIVERY}/ansible/apply.yml`, 'ansible.builtin.find', 'find'],
    env: offline,
  },
];

/** Whether a linter is content; what it says otherwise is printed. */
function passes({ tool, args, env }, files, { quiet = false } = {}) {
  const { status, stdout, stderr, error } = spawnSync(tool, [...args, ...files], {
    encoding: 'utf8',
    env: { ...process.env, ...env },
  });
  if (error) {
    throw error;
  }
  if (status !== 0 && !quiet) {
    console.error(`${stdout}${stderr}`);
  }
  return status === 0;
}

/** The file with a mistake in it, somewhere else. */
function broken([file, right, wrong], folder) {
  const text = readFileSync(file, 'utf8');
  if (!text.includes(right)) {
    throw new Error(`${file} has no '${right}' to break`);
  }
  const copy = join(folder, file.split('/').at(-1));
  writeFileSync(copy, text.replace(right, wrong));
  return copy;
}

/** What the module declares, by a reader of HCL; its own mistakes are an exit code. */
function terraform() {
  const folder = `${DELIVERY}/terraform`;
  const {
    variables,
    outputs,
    managed_resources: resources,
  } = JSON.parse(execFileSync(TOOLS.terraformReader, ['--json', folder], { encoding: 'utf8' }));
  const names = [variables, outputs, resources].map((part) => Object.keys(part).sort().join(' '));
  return names.join(', ') === 'cluster dist, cluster, terraform_data.manifests';
}

if (process.argv.includes('--install')) {
  install();
} else if (!isInstalled()) {
  console.error('the linters are missing; run: npm run test:delivery -- --install');
  process.exit(1);
}
const scratch = mkdtempSync(join(tmpdir(), 'delivery-'));
let failed = 0;
const report = (what, ok) => {
  console.log(`${ok ? 'ok    ' : 'FAILED'}  ${what}`);
  failed += ok ? 0 : 1;
};
try {
  for (const linter of LINTERS) {
    const name = linter.tool.split('/').at(-1);
    report(`${name}: ${linter.files.join(' ')}`, passes(linter, linter.files));
    report(`${name} finds a mistake`, !passes(linter, [broken(linter.mistake, scratch)], { quiet: true }));
  }
  report(`terraform-config-inspect: ${DELIVERY}/terraform`, terraform());
} finally {
  rmSync(scratch, { recursive: true, force: true });
}
process.exitCode = failed > 0 ? 1 : 0;
