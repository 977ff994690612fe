import { describe } from '../../kube/describe';
import { isObject } from '../../kube/loose';
import { type EnvModel, type EnvSource, resolveEnv } from '../config/env';
import { type FileContent, type FilesModel, resolveFiles } from '../config/files';
import type { Check } from '../core/check';
import { PatternError } from '../core/errors';
import { cached } from '../core/render-cache';
import type { PodSelf } from '../core/workload-info';
import type { WorkloadContext } from './shape';

/** Variables and files of one container. */
export interface Texts {
  readonly env: EnvModel;
  readonly files: FilesModel;
}
/** Variables and files: what the constructor knows of them, and what is written. */
export interface Content extends Texts {
  /** Calls the functions, once per synthesis; they can name workloads that were created after this one. */
  readonly written: () => Texts;
}

/** What has variables and files. */
export interface ContentInput {
  readonly env?: object | undefined;
  readonly files?: object | undefined;
}

/**
 * The constructor calls each function as well, to refuse what it can see. A function that fails there is called again when
 * the pod is rendered.
 *
 * @param keyPrefix of the keys in the ConfigMap of the files
 */
export function resolveContent<S extends PodSelf>(
  { construct, check, namespace }: Pick<WorkloadContext, 'construct' | 'check' | 'namespace'>,
  { env, files }: ContentInput,
  self: S,
  keyPrefix = '',
): Content {
  checkMap(check, 'env', env);
  checkMap(check, 'files', files);
  if (!hasFunctions(env) && !hasFunctions(files)) {
    return new Unchanging(
      resolveEnv(check, (env ?? {}) as Readonly<Record<string, EnvSource<S>>>, self, namespace),
      resolveFiles(check, (files ?? {}) as Readonly<Record<string, FileContent<S>>>, self, keyPrefix),
    );
  }
  const resolved = (
    variables: Readonly<Record<string, EnvSource<S>>>,
    contents: Readonly<Record<string, FileContent<S>>>,
  ): Texts => ({
    env: resolveEnv(check, variables, self, namespace),
    files: resolveFiles(check, contents, self, keyPrefix),
  });
  const known = resolved(tentative(env), tentative(files));
  return {
    env: known.env,
    files: known.files,
    written: () => cached(construct, known, () => resolved(check.guarded('env', env), check.guarded('files', files))),
  };
}

/** What is written as the constructor knows it. It keeps nothing of the props. */
class Unchanging implements Content {
  constructor(
    readonly env: EnvModel,
    readonly files: FilesModel,
  ) {}

  written(): Texts {
    return this;
  }
}

interface Container {
  readonly content: Content;
}

/** Whether the constructor knows what is written. */
export const isKnown = (field: 'env' | 'files', main: Content, others: readonly Container[]): boolean =>
  main instanceof Unchanging &&
  (field === 'env' || others.length === 0 || others.every(({ content }) => content instanceof Unchanging));

/** The files of all containers, as far as the constructor knows them. */
export const earlyFiles = (main: Content, others: readonly Container[]): FilesModel['data'] =>
  others.length === 0
    ? main.files.data
    : Object.assign({}, main.files.data, ...others.map(({ content }) => content.files.data));

/** The texts of a ConfigMap as they are written: the literals of the workload's own container, or the files of all. */
export function writtenTexts(field: 'env' | 'files', main: Content, others: readonly Container[]): FilesModel['data'] {
  return field === 'env'
    ? main.written().env.data
    : Object.assign({}, main.written().files.data, ...others.map(({ content }) => content.written().files.data));
}

/** What is written to the pod of the variables of all containers. */
export const referencesIn = (main: Content, others: readonly Container[]): EnvModel['references'] =>
  others.length === 0
    ? main.env.references
    : [...main.env.references, ...others.flatMap(({ content }) => content.env.references)];

function checkMap(check: Check, field: 'env' | 'files', values: unknown): void {
  if (values !== undefined && !isObject(values)) {
    check.fail(
      'type',
      field,
      `${field} must be an object, but is ${describe(values)}`,
      field === 'env' ? "write env: { NAME: 'value' }" : "write files: { '/etc/app.yaml': '...' }",
    );
  }
}

function hasFunctions(values: object | undefined): boolean {
  for (const name in values) {
    if (typeof values[name as keyof typeof values] === 'function') {
      return true;
    }
  }
  return false;
}

/** Functions that give an empty text where they fail or give nothing; what this library refuses stays an error. */
function tentative<T>(values: object = {}): Readonly<Record<string, T>> {
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => [name, typeof value === 'function' ? attempt(value) : value]),
  );
}

function attempt(call: (...args: unknown[]) => unknown) {
  return (...args: unknown[]) => {
    try {
      return call(...args) ?? '';
    } catch (e) {
      if (e instanceof PatternError) {
        throw e;
      }
      return '';
    }
  };
}
