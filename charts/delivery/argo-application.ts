import { Chart } from 'cdk8s';
import type { Construct } from 'constructs';
import { ARGO_CD } from '../../eks/controllers';
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
import { argoRequirements, automation, projectOf, REPOSITORY, SUBFOLDERS, syncOf } from './argo-parts';
import { injectedBundles } from './injected-bundles';
import {
  checkId,
  checkName,
  checkRepository,
  checkRevision,
  checkScope,
  gitopsFile,
  writtenPath,
} from './written-path';

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
        ? projectOf(this, { name: project, namespace, labels, repoURL, destinations: [destination] })
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
          ...(recursive ? SUBFOLDERS : {}),
        },
        destination: { ...destination },
        ...syncOf(automated, ignoreDifferences),
      },
    });
    this.application = new KubeObject<Application>(this, 'Application', applied([]), () =>
      applied([...injectedBundles(this), ...ignored]),
    );
    applyCustomize(check, props.customize, { application: this.application, project: this.project });
    Requirements.add(this, ...argoRequirements(this, destination.server === IN_CLUSTER));
  }
}
