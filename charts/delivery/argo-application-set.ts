import { App, Chart, YamlOutputType } from 'cdk8s';
import type { Construct } from 'constructs';
import { ARGO_CD } from '../../eks/controllers';
import { MANAGED_BY } from '../../kube/labels';
import { isDnsLabel, isSubdomain } from '../../kube/names';
import { Check } from '../core/check';
import { applyCustomize } from '../core/customize';
import type { ApplicationDestination, ApplicationSet, AppProject, ResourceDifference } from '../core/gitops';
import { declareDeliverer } from '../core/kept';
import { KubeObject } from '../core/kube-object';
import { Requirements } from '../core/requirements';
import { setOutputFile } from '../core/synthesis/output';
import { checkDifferences, IN_CLUSTER } from './argo-application-props';
import { type ArgoApplicationSetProps, checkApps, checkGenerator, SET_KEYS } from './argo-application-set-props';
import type { GeneratorModel } from './argo-generator';
import { argoRequirements, automation, projectOf, REPOSITORY, SUBFOLDERS, syncOf } from './argo-parts';
import { matches, notApplied } from './folder-pattern';
import { injectedBundles } from './injected-bundles';
import {
  checkId,
  checkName,
  checkRepository,
  checkRevision,
  checkScope,
  gitopsFile,
  outdirOf,
  writtenPath,
} from './written-path';

/** Names of applications are values of a label. */
const MAX_NAME = 63;

/**
 * Argo CD makes an Application for each environment or cluster, and applies the committed files of each: an ApplicationSet and
 * its AppProject, in `gitops/<id>.k8s.yaml` of the output. The folders `cluster/` and `gitops/` are never applied.
 *
 * @example
 * new ArgoApplicationSet(new EksApp({ outdir: 'dist/delivery' }), 'shop', {
 *   repository: 'https://github.com/acme/shop.git',
 *   generator: ArgoGenerator.directories({ pattern: 'dist/*' }),
 *   apps: [staging, prod],
 * });
 * @see https://argo-cd.readthedocs.io/en/stable/operator-manual/applicationset/
 */
export class ArgoApplicationSet extends Chart {
  /** The ApplicationSet. */
  readonly applicationSet: KubeObject<ApplicationSet>;
  /** The AppProject; undefined if `project` names one that exists. */
  readonly project: KubeObject<AppProject> | undefined;

  constructor(scope: Construct, id: string, props: ArgoApplicationSetProps) {
    super(scope, id);
    const check = Check.of(this);
    checkScope(this, check, 'an ArgoApplicationSet');
    check.keys<ArgoApplicationSetProps>('props', props ?? null, SET_KEYS);
    checkId(check, id);
    const repoURL = checkRepository(check, props.repository, REPOSITORY, 'https://github.com/acme/shop.git');
    const revision = checkRevision(check, 'revision', props.revision ?? 'main');
    const model = checkGenerator(check, props.generator);
    const apps = checkApps(this, check, props.apps, model);
    checkNames(check, id, model);
    const namespace = checkName(check, 'namespace', props.namespace ?? ARGO_CD.namespace, isDnsLabel);
    const project = checkName(check, 'project', props.project ?? id, isSubdomain);
    const automated = automation(check, props);
    const ignored = checkDifferences(check, props.ignoreDifferences ?? []);
    const { onRemoval = 'keep' } = props;
    check.oneOf('onRemoval', onRemoval, ['keep', 'delete']);
    const { name, path, destination } = templateOf(model, () => writtenPath(this, check, undefined).path);

    for (const app of apps) {
      declareDeliverer(app, 'argo');
    }
    setOutputFile(this, gitopsFile(id));
    const labels = { 'app.kubernetes.io/managed-by': MANAGED_BY };
    const destinations = destinationsOf(model);
    this.project =
      props.project === undefined
        ? projectOf(this, { name: project, namespace, labels, repoURL, destinations })
        : undefined;
    const recursive = apps.some(
      ({ yamlOutputType }) => yamlOutputType === YamlOutputType.FOLDER_PER_CHART_FILE_PER_RESOURCE,
    );
    const written = (ignoreDifferences: ResourceDifference[]): ApplicationSet => ({
      apiVersion: 'argoproj.io/v1alpha1',
      kind: 'ApplicationSet',
      metadata: { name: id, namespace, labels },
      spec: {
        goTemplate: true,
        goTemplateOptions: ['missingkey=error'],
        generators: [generatorOf(model, { repoURL, revision }, this.ownFolder(apps))],
        template: {
          metadata: { name: `${id}-${name}`, labels: { ...labels } },
          spec: {
            project,
            source: { repoURL, targetRevision: revision, path, ...(recursive ? SUBFOLDERS : {}) },
            destination: { ...destination },
            ...syncOf(automated, ignoreDifferences),
          },
        },
        syncPolicy: { preserveResourcesOnDeletion: onRemoval === 'keep' },
      },
    });
    this.applicationSet = new KubeObject<ApplicationSet>(this, 'ApplicationSet', written([]), () =>
      written([...distinct(apps.flatMap((app) => injectedBundles(app))), ...ignored]),
    );
    applyCustomize(check, props.customize, { applicationSet: this.applicationSet, project: this.project });
    const here = destinations.some(({ server }) => server === IN_CLUSTER);
    Requirements.add(this, ...argoRequirements(this, here));
  }

  /** The folder of an app that has the set and nothing to apply. */
  private ownFolder(apps: readonly App[]): string | undefined {
    const app = App.of(this);
    return apps.includes(app) ? undefined : outdirOf(app);
  }
}

/** What differs from one application to the next, in the language of Argo CD's templates. */
function templateOf(
  model: GeneratorModel,
  written: () => string,
): { readonly name: string; readonly path: string; readonly destination: ApplicationDestination } {
  switch (model.kind) {
    case 'list': {
      const key = model.targets[0]!.to.server === undefined ? 'name' : 'server';
      return { name: '{{.name}}', path: '{{.path}}', destination: { [key]: '{{.destination}}' } };
    }
    case 'clusters':
      return {
        name: '{{.nameNormalized}}',
        path: model.path ?? written(),
        destination: { server: '{{.server}}' },
      };
    case 'directories':
      return {
        name: '{{.path.basenameNormalized}}',
        path: '{{.path.path}}',
        destination: model.to ?? { name: '{{.path.basename}}' },
      };
  }
}

function generatorOf(
  model: GeneratorModel,
  { repoURL, revision }: { readonly repoURL: string; readonly revision: string },
  ownFolder: string | undefined,
): Record<string, unknown> {
  switch (model.kind) {
    case 'list':
      return {
        list: {
          elements: model.targets.map(({ name, path, to }) => ({ name, path, destination: to.server ?? to.name })),
        },
      };
    case 'clusters':
      return { clusters: { selector: { matchLabels: { ...model.labels } } } };
    case 'directories': {
      const { pattern, exclude } = model;
      const own = ownFolder !== undefined && matches(pattern, ownFolder) ? [ownFolder] : [];
      const left = new Set([...notApplied(pattern), ...own, ...exclude.map(({ text }) => text)]);
      return {
        git: {
          repoURL,
          revision,
          directories: [{ path: pattern.text }, ...[...left].map((path) => ({ path, exclude: true }))],
        },
      };
    }
  }
}

/** The clusters of the project: those that are known. */
function destinationsOf(model: GeneratorModel): ApplicationDestination[] {
  switch (model.kind) {
    case 'list':
      return distinct(model.targets.map(({ to }) => to));
    case 'clusters':
      return [{ server: '*' }];
    case 'directories':
      return [model.to ?? { server: '*' }];
  }
}

const distinct = <T>(all: readonly T[]): T[] => [...new Map(all.map((one) => [JSON.stringify(one), one])).values()];

function checkNames(check: Check, id: string, model: GeneratorModel): void {
  for (const { name } of model.kind === 'list' ? model.targets : []) {
    if (id.length + 1 + name.length > MAX_NAME) {
      check.fail(
        'invalid',
        'generator',
        `generator makes the application '${id}-${name}', whose name must have at most ${MAX_NAME} characters`,
        'choose a shorter id of the set, or a shorter name of the target',
      );
    }
  }
}
