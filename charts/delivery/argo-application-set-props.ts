import { App } from 'cdk8s';
import { Construct, type IConstruct } from 'constructs';
import { describe } from '../../kube/describe';
import { indexPath } from '../../kube/text';
import type { KeyTable } from '../../kube/values';
import { isUnderEksApp } from '../core/app-state';
import type { Check } from '../core/check';
import type { ApplicationSet, AppProject } from '../core/gitops';
import type { Customize } from '../core/values';
import { type ArgoSync, SYNC_KEYS } from './argo-application-props';
import { ArgoGenerator, type GeneratorModel } from './argo-generator';
import { matches } from './folder-pattern';
import { outdirOf } from './written-path';

/** Objects of an ArgoApplicationSet, by their name in `customize`. */
export interface ArgoApplicationSetObjects {
  applicationSet: ApplicationSet;
  project: AppProject;
}

/** Props of an ArgoApplicationSet. */
export interface ArgoApplicationSetProps extends ArgoSync {
  /** The address of the repository with the committed files, as of an ArgoApplication. A password in it is refused. */
  readonly repository: string;
  /** A branch, tag or commit. @default 'main' */
  readonly revision?: string;
  /** What it makes applications for: a list, clusters by labels, or folders by a pattern. */
  readonly generator: ArgoGenerator;
  /**
   * The apps whose output it applies, created before each of them is synthesized. Their namespaces and claims get the annotations
   * with which Argo CD keeps them. An app whose folder the generator does not reach is refused.
   *
   * @default - the app of the set, for clusters; required for a list and for directories
   */
  readonly apps?: readonly App[];
  /**
   * What happens to the objects of an application that the generator no longer makes: when a folder, a cluster or a target is
   * gone. 'delete' deletes them in the cluster, but for what Argo CD keeps.
   *
   * @default 'keep' - a folder that is moved by mistake must not take an environment with it
   */
  readonly onRemoval?: 'keep' | 'delete';
  /**
   * The name of an AppProject that exists.
   *
   * @default - one of the name of the set, which takes this repository alone, and the clusters of the list or every cluster
   * that Argo CD knows where the generator finds them
   */
  readonly project?: string;
  /** The namespace that Argo CD watches. @default 'argocd' */
  readonly namespace?: string;
  /** Edits of the finished objects. @default - none */
  readonly customize?: Customize<ArgoApplicationSetObjects>;
}

export const SET_KEYS: KeyTable<ArgoApplicationSetProps> = {
  ...SYNC_KEYS,
  repository: 'text',
  revision: 'text',
  generator: 'object',
  apps: 'list',
  onRemoval: true,
  project: 'text',
  namespace: 'text',
  customize: 'object',
};

export function checkGenerator(check: Check, generator: unknown): GeneratorModel {
  if (generator instanceof ArgoGenerator) {
    return generator.model;
  }
  return check.fail(
    generator === undefined ? 'required' : 'type',
    'generator',
    `generator must be an ArgoGenerator, but is ${describe(generator)}`,
    "write for example ArgoGenerator.directories({ pattern: 'dist/*' })",
  );
}

/** The apps that are applied. */
export function checkApps(scope: IConstruct, check: Check, apps: unknown, model: GeneratorModel): readonly App[] {
  if (apps === undefined && model.kind === 'clusters') {
    return [App.of(scope)];
  }
  if (apps === undefined || (apps as readonly unknown[]).length === 0) {
    check.fail(
      'required',
      'apps',
      'apps must have the apps whose output is applied: their namespaces and claims are kept by annotations',
      'write for example apps: [staging, prod]',
    );
  }
  for (const [i, app] of (apps as readonly unknown[]).entries()) {
    const field = indexPath('apps', i);
    if (!Construct.isConstruct(app) || app.node.scope !== undefined || !isUnderEksApp(app)) {
      check.fail('type', field, `${field} must be an EksApp, but is ${describe(app)}`, 'write the app itself');
    }
    checkReached(check, field, outdirOf(app as App), model);
  }
  return apps as readonly App[];
}

/** Whether the generator reaches the folder of an app; one outside of the working directory is not known. */
function checkReached(check: Check, field: string, outdir: string | undefined, model: GeneratorModel): void {
  if (outdir === undefined || model.kind === 'clusters') {
    return;
  }
  const isReached =
    model.kind === 'list'
      ? model.targets.some(({ path }) => path === outdir)
      : matches(model.pattern, outdir) && !model.exclude.some((one) => matches(one, outdir));
  if (!isReached) {
    check.fail(
      'invalid',
      field,
      `${field} writes '${outdir}', for which the generator makes no application`,
      model.kind === 'list' ? `add a target with path: '${outdir}'` : 'change the pattern, or leave the app out',
    );
  }
}
