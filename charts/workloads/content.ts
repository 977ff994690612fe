import { describe } from '../../kube/describe';
import { isObject } from '../../kube/loose';
import { type EnvModel, type EnvSource, resolveEnv } from '../config/env';
import { type FileContent, type FilesModel, resolveFiles } from '../config/files';
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
  const resolved = (
    variables: Readonly<Record<string, EnvSource<S>>>,
    contents: Readonly<Record<string, FileContent<S>>>,
  ): Texts => ({
    env: resolveEnv(check, variables, self, namespace),
    files: resolveFiles(check, contents, self, keyPrefix),
  });
  for (const [field, values] of Object.entries({ env, files })) {
    if (values !== undefined && !isObject(values)) {
      check.fail(
        'type',
        field,
        `${field} must be an object, but is ${describe(values)}`,
        field === 'env' ? "write env: { NAME: 'value' }" : "write files: { '/etc/app.yaml': '...' }",
      );
    }
  }
  const known = resolved(tentative(env), tentative(files));
  const hasFunctions = [env, files].some((values) => Object.values(values ?? {}).some((v) => typeof v === 'function'));
  return {
    ...known,
    written: hasFunctions
      ? () => cached(construct, known, () => resolved(check.guarded('env', env), check.guarded('files', files)))
      : () => known,
  };
}

/** Functions that give an empty text where they fail or give nothing; what this library refuses stays an error. */
function tentative<T>(values: object = {}): Readonly<Record<string, T>> {
  if (!Object.values(values).some((value) => typeof value === 'function')) {
    return values as Readonly<Record<string, T>>;
  }
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
