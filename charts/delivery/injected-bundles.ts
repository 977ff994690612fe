import type { ApiObject } from 'cdk8s';
import type { IConstruct } from 'constructs';
import type { Manifest } from '../../kube/objects';
import { apiObjectsOf, manifestOf } from '../core/app-objects';
import type { ResourceDifference } from '../core/gitops';

const KINDS: ReadonlySet<string> = new Set(['MutatingWebhookConfiguration', 'ValidatingWebhookConfiguration']);

/** The bundles of webhooks that somebody else writes: cert-manager, or the program that answers. */
export function injectedBundles(construct: IConstruct): ResourceDifference[] {
  return apiObjectsOf(construct.node.root)
    .filter((object: ApiObject) => KINDS.has(object.kind))
    .map((object) => manifestOf(object))
    .filter(hasNoBundle)
    .map(({ kind, metadata: { name } }) => ({
      group: 'admissionregistration.k8s.io',
      kind,
      name,
      jqPathExpressions: ['.webhooks[]?.clientConfig.caBundle'],
    }));
}

interface Webhooks {
  readonly webhooks?: readonly { readonly clientConfig?: { readonly caBundle?: string } }[];
}

function hasNoBundle(manifest: Manifest): boolean {
  const { webhooks = [] } = manifest as Webhooks;
  return webhooks.some(({ clientConfig }) => clientConfig?.caBundle === undefined);
}
