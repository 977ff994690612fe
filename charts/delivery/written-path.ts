import * as path from 'node:path';
import { App, YamlOutputType } from 'cdk8s';
import type { Construct } from 'constructs';
import { describe } from '../../kube/describe';
import { isDnsLabel } from '../../kube/names';
import { isUnderEksApp } from '../core/app-state';
import type { Check } from '../core/check';

/** Subfolders of the output that nothing but a person applies. */
export const NOT_APPLIED = ['cluster', 'gitops'] as const;

/** The file of what delivers the app: outside of what it delivers, or it would be its own keeper. */
export const gitopsFile = (id: string): string => `gitops/${id}.k8s.yaml`;

/** The folder of the manifests in the repository. */
export interface WrittenPath {
  /** Without './' and '/' at its ends: 'dist'; '.' for the repository itself. */
  readonly path: string;
  /** Whether manifests lie in subfolders too. */
  readonly recursive: boolean;
}

/** The id is the name of the objects and of their file. */
export function checkId(check: Check, id: string): void {
  if (!isDnsLabel(id)) {
    check.fail(
      'invalid',
      '',
      `invalid id '${id}': the name must be at most 63 lowercase letters, digits and '-'`,
      "write for example 'shop'",
    );
  }
}

export function checkName(check: Check, field: string, value: unknown, fits: (name: string) => boolean): string {
  const name = check.text(field, value);
  if (!fits(name)) {
    check.fail(
      'invalid',
      field,
      `${field} must be a name in lowercase letters, digits and '-', but is ${describe(name)}`,
      'write the name of the object',
    );
  }
  return name;
}

export function checkScope(scope: Construct, check: Check, kind: string): void {
  if (!isUnderEksApp(scope)) {
    check.fail(
      'forbidden',
      '',
      `${kind} must be in an EksApp: a plain cdk8s App would write it among what it applies`,
      'begin the program with new EksApp() instead of new App()',
    );
  }
}

/** The folder that is given, or the one that the app writes. */
export function writtenPath(scope: Construct, check: Check, given: unknown): WrittenPath {
  const { yamlOutputType } = App.of(scope);
  const recursive = yamlOutputType === YamlOutputType.FOLDER_PER_CHART_FILE_PER_RESOURCE;
  if (given !== undefined) {
    return { path: checkFolder(check, 'path', given), recursive };
  }
  const { outdir } = App.of(scope);
  const path =
    outdirOf(scope) ??
    check.fail(
      'required',
      'path',
      `path is required, since outdir '${outdir}' does not lie below the working directory`,
      "write for example path: 'dist'",
    );
  return { path, recursive };
}

/** The outdir of an app as a folder of the repository; undefined where it lies elsewhere. */
export function outdirOf(scope: Construct): string | undefined {
  return folderOf(App.of(scope).outdir.replaceAll(path.sep, '/'));
}

/** A folder of the repository, which something applies: not one of those that nothing but a person does. */
export function checkFolder(check: Check, field: string, value: unknown): string {
  const given = check.text(field, value);
  const folder =
    folderOf(given) ??
    check.fail(
      'invalid',
      field,
      `${field} must be a folder of the repository, relative to it, but is ${describe(given)}`,
      `write for example ${field.split('.').pop()}: 'dist'`,
    );
  const last = folder.split('/').at(-1)!;
  if (NOT_APPLIED.some((one) => one === last)) {
    check.fail(
      'invalid',
      field,
      `${field} must be the folder of the manifests, but is ${describe(given)}: '${last}/' is for ${last === 'cluster' ? 'eksctl' : 'a person'}`,
      `write '${folder.slice(0, -last.length - 1) || '.'}'`,
    );
  }
  return folder;
}

function folderOf(given: string): string | undefined {
  const clean = path.posix.normalize(given).replace(/\/$/, '');
  return isOutside(clean) || /[\s\\*?[\]{}]/.test(clean) ? undefined : clean;
}

/** Whether a normalized path leads out of the repository. */
export const isOutside = (clean: string): boolean => clean.startsWith('/') || clean === '..' || clean.startsWith('../');

const BRANCH = /^[\w][\w./+@-]*$/;

/** A branch, a tag or the like. */
export function checkRevision(check: Check, field: string, value: unknown): string {
  const revision = check.text(field, value);
  if (!BRANCH.test(revision)) {
    check.fail(
      'invalid',
      field,
      `${field} must be a name of Git, but is ${describe(revision)}`,
      "write for example 'main'",
    );
  }
  return revision;
}

/** The address of a repository. What logs in belongs in a Secret. */
export function checkRepository(check: Check, value: unknown, ways: RegExp, example: string): string {
  const repository = check.text('repository', value);
  // a token is written as a user without a password; by ssh the user is no secret
  if (/^(?:\w+:\/\/[^/@]*:|https?:\/\/)[^/@]*@/.test(repository)) {
    check.fail(
      'forbidden',
      'repository',
      'repository must not contain a password or a token, since the manifests are committed',
      'leave it out of the address, and give it to the controller in a Secret',
    );
  }
  // the page of a folder or file, as the address bar of a browser has it
  const [, own] = /^(https:\/\/[^/]+(?:\/[^/]+){2,6}?)\/(?:-\/)?(?:tree|blob)\//.exec(repository) ?? [];
  if (!ways.test(repository) || own !== undefined) {
    check.fail(
      'invalid',
      'repository',
      `repository must be the address of a Git repository, but is ${own === undefined ? describe(repository) : `the page '${repository}'`}`,
      `write ${own === undefined ? `for example '${example}'` : `'${own}.git', and the folder as path`}`,
    );
  }
  return repository;
}
