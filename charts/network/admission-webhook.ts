import { Construct } from 'constructs';
import { MANAGED_BY } from '../../kube/labels';
import { Check } from '../core/check';
import type { MutatingWebhookConfiguration, ValidatingWebhookConfiguration } from '../core/k8s';
import { KubeObject } from '../core/kube-object';
import { type AdmissionWebhookProps, checkWebhook, type ResolvedWebhook } from './admission-webhook-props';

/**
 * Objects that the API server asks a WebService about before it stores them. The id is the name of the webhook and of its
 * configuration: at least three parts with dots between them. The network policy of the service lets the control plane in,
 * which calls from the subnets of the cluster.
 *
 * @example
 * new AdmissionWebhook(tenant, 'validate.policy.example.com', {
 *   type: 'validating',
 *   service: policy.on('https'),
 *   path: '/validate',
 *   rules: [{ apiGroups: ['apps'], apiVersions: ['v1'], operations: ['CREATE'], resources: ['deployments'] }],
 *   ca: { certificate: 'policy' },
 * });
 * @see https://kubernetes.io/docs/reference/access-authn-authz/extensible-admission-controllers/
 */
export class AdmissionWebhook extends Construct {
  /** A ValidatingWebhookConfiguration or a MutatingWebhookConfiguration, by `type`. */
  readonly configuration: KubeObject<ValidatingWebhookConfiguration> | KubeObject<MutatingWebhookConfiguration>;

  constructor(scope: Construct, id: string, props: AdmissionWebhookProps) {
    super(scope, id);
    const webhook = checkWebhook(this, Check.of(this), id, props);
    const parts = { metadata: metadataOf(id, webhook), webhooks: [entry(id, props, webhook)] };
    this.configuration =
      props.type === 'mutating'
        ? new KubeObject<MutatingWebhookConfiguration>(this, 'Configuration', {
            apiVersion: 'admissionregistration.k8s.io/v1',
            kind: 'MutatingWebhookConfiguration',
            ...parts,
          })
        : new KubeObject<ValidatingWebhookConfiguration>(this, 'Configuration', {
            apiVersion: 'admissionregistration.k8s.io/v1',
            kind: 'ValidatingWebhookConfiguration',
            ...parts,
          });
  }
}

/** The cainjector of cert-manager reads the annotations, and writes the bundle. */
function metadataOf(name: string, { ca, service: { namespace } }: ResolvedWebhook) {
  const key = ca.secret === undefined ? 'inject-ca-from' : 'inject-ca-from-secret';
  const source = ca.secret ?? ca.certificate;
  return {
    name,
    labels: { 'app.kubernetes.io/managed-by': MANAGED_BY },
    ...(source === undefined ? {} : { annotations: { [`cert-manager.io/${key}`]: `${namespace}/${source}` } }),
  };
}

function entry(name: string, props: AdmissionWebhookProps, { service, port, ca, timeout }: ResolvedWebhook) {
  const { path, rules, failurePolicy = 'Fail', sideEffects = 'None' } = props;
  const { namespaceSelector, objectSelector, matchConditions } = props;
  return {
    name,
    admissionReviewVersions: ['v1'],
    clientConfig: {
      service: { namespace: service.namespace, name: service.name, port: port.port, path },
      caBundle: ca.bundle === undefined ? undefined : Buffer.from(ca.bundle).toString('base64'),
    },
    failurePolicy,
    // the API server fills in the scope, and kubectl would replace the rules at each apply
    rules: rules.map(({ apiGroups, apiVersions, operations, resources, scope = '*' }) => ({
      apiGroups: [...apiGroups],
      apiVersions: [...apiVersions],
      operations: [...operations],
      resources: [...resources],
      scope,
    })),
    sideEffects,
    timeoutSeconds: timeout,
    namespaceSelector,
    objectSelector,
    matchConditions: matchConditions && [...matchConditions],
  };
}
