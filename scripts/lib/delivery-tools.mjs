// The tools that read the files of examples/delivery/, each of a pinned version, and where they are kept.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { CACHE } from './cache.mjs';

const PYTHON = [
  'cfn-lint==1.58.0',
  'yamllint==1.38.0',
  'ansible-lint==26.10.1',
  'ansible-core==2.19.14',
  'kubernetes==37.0.2',
];
/** PyPI has the collections of Ansible as one package of 54 MB, of which one is taken. */
const COLLECTIONS = 'ansible==12.3.0';
const COLLECTION = 'ansible_collections/kubernetes/core/';
const ACTIONLINT = 'github.com/rhysd/actionlint/cmd/actionlint@v1.7.12';
const TERRAFORM_READER = 'github.com/hashicorp/terraform-config-inspect@v0.0.0-20260904064934-75d64de68c31';

const FOLDER = join(CACHE, 'delivery-1');
const bin = (name) => join(FOLDER, 'python', 'bin', name);

export const TOOLS = {
  actionlint: join(FOLDER, 'actionlint'),
  terraformReader: join(FOLDER, 'terraform-config-inspect'),
  cfnLint: bin('cfn-lint'),
  yamllint: bin('yamllint'),
  ansibleLint: bin('ansible-lint'),
  ansiblePlaybook: bin('ansible-playbook'),
};
/** For ANSIBLE_COLLECTIONS_PATH. */
export const COLLECTIONS_PATH = join(FOLDER, 'collections');

/** The collection comes last. */
export const isInstalled = () => [...Object.values(TOOLS), COLLECTIONS_PATH].every((file) => existsSync(file));

/** Installs all of them into their folder. Programs of Python know the folder they are in, so that they are made in place. */
export function install() {
  if (isInstalled()) {
    return;
  }
  // what an installation that was stopped has left
  rmSync(FOLDER, { recursive: true, force: true });
  mkdirSync(FOLDER, { recursive: true });
  for (const module of [ACTIONLINT, TERRAFORM_READER]) {
    run('go', ['install', '-trimpath', module], { GOBIN: FOLDER, CGO_ENABLED: '0' });
  }
  run('python3', ['-m', 'venv', join(FOLDER, 'python')]);
  run(bin('python'), ['-m', 'pip', 'install', '--quiet', ...PYTHON]);
  const wheels = join(FOLDER, 'wheels');
  run(bin('python'), ['-m', 'pip', 'download', '--quiet', '--no-deps', '--dest', wheels, COLLECTIONS]);
  run(bin('python'), ['-c', EXTRACT, wheels, COLLECTION, COLLECTIONS_PATH]);
  rmSync(wheels, { recursive: true });
}

const EXTRACT = `
import pathlib, sys, zipfile
wheels, prefix, target = sys.argv[1:]
wheel, = pathlib.Path(wheels).glob('*.whl')
with zipfile.ZipFile(wheel) as archive:
    archive.extractall(target, [name for name in archive.namelist() if name.startswith(prefix)])
`;

function run(command, args, env) {
  console.log(`$ ${command} ${args.filter((arg) => !arg.includes('\n')).join(' ')}`);
  execFileSync(command, args, { stdio: 'inherit', env: { ...process.env, ...env } });
}
