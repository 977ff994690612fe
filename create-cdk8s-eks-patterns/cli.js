#!/usr/bin/env node
// Writes a project into an empty folder: npm create cdk8s-eks-patterns my-app. Needs no other package.
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, relative, resolve } from 'node:path';
import { createInterface } from 'node:readline/promises';
import { fileURLToPath } from 'node:url';

const OWN = dirname(fileURLToPath(import.meta.url));
const TEMPLATE = join(OWN, 'template');

/** npm leaves out files of these names when it packs, or reads them as its own. */
const RENAMED = { gitignore: '.gitignore', github: '.github', 'package.template.json': 'package.json' };

const HELP = `Usage: npm create cdk8s-eks-patterns [folder]

Writes a cdk8s project for Amazon EKS into the folder, which must be empty or new: a cluster, a tenant and a
service in main.ts, the configuration of the cdk8s CLI and of TypeScript, and a workflow of GitHub that
synthesizes and checks. The name of the folder becomes the name of the package.

  folder         such as my-app, or . for the working directory; asked for when it is left out
  -h, --help     this text
  -v, --version  the version
`;

/** What a user can mend: told without a trace. */
class UsageError extends Error {}

/** The folder of the arguments, or undefined. */
function parse(args) {
  const option = args.find((arg) => arg.startsWith('-'));
  if (option !== undefined) {
    throw new UsageError(`unknown option '${option}'. Run it with --help for what there is.`);
  }
  if (args.length > 1) {
    throw new UsageError(`takes one folder, but got ${args.length}: ${args.join(' ')}. Quote a name with spaces.`);
  }
  return args[0];
}

async function ask() {
  if (!process.stdin.isTTY) {
    throw new UsageError('the folder is required: npm create cdk8s-eks-patterns my-app');
  }
  const terminal = createInterface({ input: process.stdin, output: process.stdout });
  try {
    return (await terminal.question('Folder of the project (my-app): ')).trim() || 'my-app';
  } finally {
    terminal.close();
  }
}

/** The name of the package: that of the folder, as npm takes it. */
function packageName(folder) {
  const name = basename(folder);
  if (!/^[a-z0-9][a-z0-9._-]{0,213}$/.test(name)) {
    throw new UsageError(
      `the name of the folder must be one that npm takes: lower-case letters, digits, '-', '_' and '.', but is '${name}'. Give the folder such a name.`,
    );
  }
  return name;
}

/** An existing repository without files counts as empty. */
function refuseFull(folder) {
  if (!existsSync(folder)) {
    return;
  }
  if (!statSync(folder).isDirectory()) {
    throw new UsageError(`'${folder}' is a file. Give the name of a new folder.`);
  }
  const found = readdirSync(folder).filter((name) => name !== '.git');
  if (found.length > 0) {
    throw new UsageError(
      `the folder must be empty, but '${folder}' has ${found.slice(0, 3).join(', ')}${found.length > 3 ? ' and more' : ''}. Give the name of a new folder.`,
    );
  }
}

/** Paths below the template, with the text of each file under the name that it gets. */
function files() {
  const entries = readdirSync(TEMPLATE, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return entries.map((entry) => {
    const file = join(entry.parentPath ?? entry.path, entry.name);
    const parts = relative(TEMPLATE, file).split(/[\\/]/);
    return [join(...parts.map((part) => RENAMED[part] ?? part)), readFileSync(file, 'utf8')];
  });
}

function write(folder, name) {
  for (const [file, text] of files()) {
    const target = join(folder, file);
    mkdirSync(dirname(target), { recursive: true });
    writeFileSync(target, file === 'package.json' ? text.replace('"name": "app"', `"name": "${name}"`) : text);
  }
}

function nextSteps(folder) {
  const to = relative(process.cwd(), folder);
  return `The project is in ${to === '' ? 'this folder' : to}. Next:

${to === '' ? '' : `  cd ${/\s/.test(to) ? `'${to}'` : to}\n`}  npm install
  npm run synth    # main.ts into dist/, which is committed
  npm run check    # reviews dist/

dist/cluster/prod.md has the steps from there to a running cluster.
`;
}

async function main(args) {
  if (args.includes('-h') || args.includes('--help')) {
    return HELP;
  }
  if (args.includes('-v') || args.includes('--version')) {
    return `${JSON.parse(readFileSync(join(OWN, 'package.json'), 'utf8')).version}\n`;
  }
  const folder = resolve(parse(args) ?? (await ask()));
  const name = packageName(folder);
  refuseFull(folder);
  write(folder, name);
  return nextSteps(folder);
}

try {
  process.stdout.write(await main(process.argv.slice(2)));
} catch (error) {
  console.error(`create-cdk8s-eks-patterns: ${error instanceof UsageError ? error.message : error.stack}`);
  process.exitCode = error instanceof UsageError ? 2 : 1;
}
