import { Chart } from 'cdk8s';
import type { Construct } from 'constructs';
import { ARGO_CD, type Controller } from '../../eks/controllers';
import { MANAGED_BY } from '../../kube/labels';
import { isDnsLabel, isSubdomain } from '../../kube/names';
import { Check } from '../core/check';
import { applyCustomize } from '../core/customize';
import type { Application, AppProject, ResourceDifference } from '../core/gitops';
import { declareDeliverer } from '../core/kept';
import { KubeObject } from '../core/kube-object';
import { Requirements } from '../core/requirements';
import { setOutputFile } from '../core/synthesis/output';
import {
  ARGO_KEYS,
  type ArgoApplicationProps,
  checkDestination,
  checkDifferences,
  IN_CLUSTER,
} from './argo-application-props';
import { injectedBundles } from './injected-bundles';
import { argoStep } from './steps';
import {
  checkId,
  checkName,
  checkRepository,
  checkRevision,
  checkScope,
  gitopsFile,
  NOT_APPLIED,
  writtenPath,
} from './written-path';

const REPOSITORY = /^(https:\/\/|ssh:\/\/|[\w.-]+@[\w.-]+:)\S+$/;

/**
 * Argo CD applies the committed files of the app: an Application, and the AppProject that it belongs to, in `gitops/<id>.k8s.yaml`
 * of the output, which is outside of what it applies. It applies on the server, beside autoscalers and other owners of fields.
 *
 * @example
 * new ArgoApplication(app, 'shop', { repository: 'https://github.com/acme/shop.git', path: 'dist' });
 * @see https://argo-cd.readthedocs.io/en/stable/operator-manual/declarative-setup/
 */
export class ArgoApplication extends Chart {
  /** The Application. */
  readonly application: KubeObject<Application>;
  /** The AppProject; undefined if `project` names one that exists. */
  readonly project: KubeObject<AppProject> | undefined;

  constructor(scope: Construct, id: string, props: ArgoApplicationProps) {
    super(scope, id);
    const check = Check.of(this);
    checkScope(this, check, 'an ArgoApplication');
    check.keys<ArgoApplicationProps>('props', props ?? null, ARGO_KEYS);
    checkId(check, id);
    const repoURL = checkRepository(check, props.repository, REPOSITORY, 'https://github.com/acme/shop.git');
    const targetRevision = checkRevision(check, 'revision', props.revision ?? 'main');
    const { path, recursive } = writtenPath(this, check, props.path);
    const destination = checkDestination(check, props.destination ?? IN_CLUSTER);
    const namespace = checkName(check, 'namespace', props.namespace ?? ARGO_CD.namespace, isDnsLabel);
    const project = checkName(check, 'project', props.project ?? id, isSubdomain);
    const automated = automation(check, props);
    const ignored = checkDifferences(check, props.ignoreDifferences ?? []);

    declareDeliverer(this, 'argo');
    setOutputFile(this, gitopsFile(id));
    const labels = { 'app.kubernetes.io/managed-by': MANAGED_BY };
    this.project =
      props.project === undefined
        ? new KubeObject<AppProject>(
            this,
            'AppProject',
            {
              apiVersion: 'argoproj.io/v1alpha1',
              kind: 'AppProject',
              metadata: { name: project, namespace, labels },
              spec: {
                sourceRepos: [repoURL],
                destinations: [{ ...destination, namespace: '*' }],
                clusterResourceWhitelist: [{ group: '*', kind: '*' }],
              },
            },
            undefined,
          )
        : undefined;
    const applied = (ignoreDifferences: ResourceDifference[]): Application => ({
      apiVersion: 'argoproj.io/v1alpha1',
      kind: 'Application',
      metadata: { name: id, namespace, labels },
      spec: {
        project,
        source: {
          repoURL,
          targetRevision,
          path,
          ...(recursive ? { directory: { recurse: true, exclude: `{${NOT_APPLIED.map((f) => `${f}/*`)}}` } } : {}),
        },
        destination: { ...destination },
        ...(ignoreDifferences.length > 0 ? { ignoreDifferences } : {}),
        syncPolicy: {
          ...(automated ? { automated } : {}),
          syncOptions: [
            'ServerSideApply=true',
            ...(ignoreDifferences.length > 0 ? ['RespectIgnoreDifferences=true'] : []),
          ],
          // a claim waits for its new quota, and an object for the webhook that is rolled out with it
          retry: { limit: 5, backoff: { duration: '10s', factor: 2, maxDuration: '3m' } },
        },
      },
    });
    this.application = new KubeObject<Application>(this, 'Application', applied([]), () =>
      applied([...injectedBundles(this), ...ignored]),
    );
    applyCustomize(check, props.customize, { application: this.application, project: this.project });
    Requirements.add(this, ...this.requirements(id, destination.server === IN_CLUSTER));
  }

  /** Its controller, where it runs in the cluster of the app, and the step that hands over. */
  private requirements(id: string, here: boolean) {
    const because = `'${this.node.path}' is applied by Argo CD`;
    const { name, chart, repository, namespace }: Controller = ARGO_CD;
    const install = `helm upgrade --install ${chart} ${chart} \\\n  --repo ${repository} \\\n  --namespace ${namespace} --create-namespace \\\n  --wait`;
    const controller = {
      ...Requirements.api('argoproj.io/v1alpha1/Application', { because }),
      check: () => ({
        status: 'provided' as const,
        addition: { kind: 'prerequisite' as const, prerequisite: { name, commands: [install] } },
      }),
    };
    return [...(here ? [controller] : []), argoStep(id, because, here)];
  }
}

/** What Argo CD does by itself; nothing where somebody asks for each sync. */
function automation(check: Check, { sync = 'automatic', prune, selfHeal }: ArgoApplicationProps) {
  check.oneOf('sync', sync, ['automatic', 'manual']);
  if (sync === 'automatic') {
    return { prune: prune ?? true, selfHeal: selfHeal ?? true };
  }
  for (const [field, value] of [
    ['prune', prune],
    ['selfHeal', selfHeal],
  ] as const) {
    if (value !== undefined) {
      check.fail(
        'forbidden',
        field,
        `${field} must not be set with sync 'manual', where Argo CD does nothing by itself`,
        `leave ${field} out, or write sync: 'automatic'`,
      );
    }
  }
  return undefined;
}
