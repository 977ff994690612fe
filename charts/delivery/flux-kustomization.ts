import { Chart } from 'cdk8s';
import type { Construct } from 'constructs';
import { CONTROLLERS } from '../../eks/controllers';
import { describe } from '../../kube/describe';
import { MANAGED_BY } from '../../kube/labels';
import { isDnsLabel, isSubdomain } from '../../kube/names';
import { Check } from '../core/check';
import { applyCustomize } from '../core/customize';
import type { GitRepository, Kustomization } from '../core/gitops';
import { declareDeliverer } from '../core/kept';
import { KubeObject } from '../core/kube-object';
import { Requirements } from '../core/requirements';
import { setOutputFile } from '../core/synthesis/output';
import { checkFluxRevision, FLUX_KEYS, type FluxKustomizationProps } from './flux-kustomization-props';
import { fluxStep } from './steps';
import { checkId, checkName, checkRepository, checkScope, gitopsFile, NOT_APPLIED, writtenPath } from './written-path';

const REPOSITORY = /^(https|ssh):\/\/\S+$/;

/**
 * Flux applies the committed files of the app: a GitRepository, which leaves the folders out that are not for it, and a Kustomization,
 * in `gitops/<id>.k8s.yaml` of the output, which is outside of what it applies.
 *
 * @example
 * new FluxKustomization(app, 'shop', { repository: 'https://github.com/acme/shop.git', path: 'dist' });
 * @see https://fluxcd.io/flux/components/kustomize/kustomizations/
 */
export class FluxKustomization extends Chart {
  /** The GitRepository. */
  readonly gitRepository: KubeObject<GitRepository>;
  /** The Kustomization. */
  readonly kustomization: KubeObject<Kustomization>;

  constructor(scope: Construct, id: string, props: FluxKustomizationProps) {
    super(scope, id);
    const check = Check.of(this);
    checkScope(this, check, 'a FluxKustomization');
    check.keys<FluxKustomizationProps>('props', props ?? null, FLUX_KEYS);
    checkId(check, id);
    const url = checkRepository(check, props.repository, REPOSITORY, 'ssh://git@github.com/acme/shop.git');
    const ref = checkFluxRevision(check, props.revision ?? { branch: 'main' });
    const { path } = writtenPath(this, check, props.path);
    const namespace = checkName(check, 'namespace', props.namespace ?? CONTROLLERS.flux.namespace, isDnsLabel);
    const interval = `${check.seconds('interval', props.interval ?? '5m', 10)}s`;
    const timeout = `${check.seconds('timeout', props.timeout ?? '15m', 30)}s`;
    const { secret, provider, serviceAccount, prune = true, wait = true } = props;
    if (secret !== undefined) {
      checkName(check, 'secret', secret, isSubdomain);
    }
    if (serviceAccount !== undefined) {
      checkName(check, 'serviceAccount', serviceAccount, isSubdomain);
    }
    if (provider !== undefined) {
      check.oneOf('provider', provider, ['aws']);
      if (secret !== undefined) {
        check.fail(
          'forbidden',
          'provider',
          'provider must not be set together with secret: there is one way to log in',
          'leave one of them out',
        );
      }
    }
    if (secret === undefined && url.startsWith('ssh://')) {
      check.fail(
        'required',
        'secret',
        'secret is required with ssh: Flux logs in by a key, and knows the host by it',
        "name the Secret that `flux create secret git` makes, or write the address with 'https://'",
      );
    }
    if (provider === 'aws' && !/^https:\/\/git-codecommit[.-]/.test(url)) {
      check.fail(
        'invalid',
        'provider',
        `provider 'aws' is for CodeCommit, but the repository is ${describe(url)}`,
        'leave provider out, and name a secret for a repository that is not public',
      );
    }

    declareDeliverer(this, 'flux');
    setOutputFile(this, gitopsFile(id));
    const metadata = { name: id, namespace, labels: { 'app.kubernetes.io/managed-by': MANAGED_BY } };
    this.gitRepository = new KubeObject<GitRepository>(
      this,
      'GitRepository',
      {
        apiVersion: 'source.toolkit.fluxcd.io/v1',
        kind: 'GitRepository',
        metadata,
        spec: {
          url,
          ref,
          interval,
          // Flux reads subfolders too
          ignore: NOT_APPLIED.map((folder) => `/${path === '.' ? '' : `${path}/`}${folder}/\n`).join(''),
          ...(provider === undefined ? {} : { provider }),
          ...(secret === undefined ? {} : { secretRef: { name: secret } }),
        },
      },
      undefined,
    );
    this.kustomization = new KubeObject<Kustomization>(
      this,
      'Kustomization',
      {
        apiVersion: 'kustomize.toolkit.fluxcd.io/v1',
        kind: 'Kustomization',
        metadata,
        spec: {
          sourceRef: { kind: 'GitRepository', name: id },
          path: path === '.' ? './' : `./${path}`,
          interval,
          // a claim waits for its new quota
          retryInterval: '60s',
          timeout,
          prune,
          wait,
          ...(serviceAccount === undefined ? {} : { serviceAccountName: serviceAccount }),
        },
      },
      undefined,
    );
    applyCustomize(check, props.customize, { gitRepository: this.gitRepository, kustomization: this.kustomization });
    const because = `'${this.node.path}' is applied by Flux`;
    const login = secret === undefined ? undefined : { name: secret, namespace };
    Requirements.add(this, fluxStep(id, because, login));
  }
}
