import type { Inventory, InventoryObject } from '../kube/inventory';
import { groupOf } from '../kube/kinds';
import { asList, asObject, type Loose } from '../kube/loose';
import { indexPath } from '../kube/text';

/** A Service that the API server calls. */
export interface CalledService {
  readonly object: InventoryObject;
  /** "webhook 'check.example.com'", 'the conversion webhook', 'the API'. */
  readonly what: string;
  readonly namespace: string;
  readonly name: string;
  readonly port: number;
  /** 'webhooks[0].clientConfig.service'. */
  readonly field: string;
}

/** An admission webhook with the object that holds it. */
export interface AdmissionWebhook {
  readonly object: InventoryObject;
  readonly webhook: Loose;
  readonly field: string;
}

/** The Services behind admission webhooks, conversion webhooks and aggregated APIs. */
export function calledServices(inventory: Inventory): readonly CalledService[] {
  return inventory.view(called);
}

export function admissionWebhooks(inventory: Inventory): readonly AdmissionWebhook[] {
  return ['ValidatingWebhookConfiguration', 'MutatingWebhookConfiguration'].flatMap((kind) =>
    inventory.ofKind(kind, 'admissionregistration.k8s.io').flatMap((object) =>
      asList((object.manifest as unknown as Loose).webhooks).map((webhook, i) => ({
        object,
        webhook,
        field: indexPath('webhooks', i),
      })),
    ),
  );
}

/** The Service of a webhook's `clientConfig`; undefined for a URL. */
export function serviceOfWebhook({ object, webhook, field }: AdmissionWebhook): CalledService | undefined {
  const what = `webhook '${webhook.name ?? field}'`;
  return serviceAt(object, what, asObject(webhook.clientConfig).service, `${field}.clientConfig.service`);
}

function called(inventory: Inventory): readonly CalledService[] {
  return [
    ...admissionWebhooks(inventory).map(serviceOfWebhook),
    ...inventory.ofKind('CustomResourceDefinition', 'apiextensions.k8s.io').map((object) => {
      const { service } = asObject(asObject(asObject(object.manifest.spec?.conversion).webhook).clientConfig);
      return serviceAt(object, 'the conversion webhook', service, 'spec.conversion.webhook.clientConfig.service');
    }),
    ...inventory
      .ofKind('APIService', 'apiregistration.k8s.io')
      .filter(({ manifest }) => groupOf(manifest.apiVersion) === 'apiregistration.k8s.io')
      .map((object) => serviceAt(object, 'the API', object.manifest.spec?.service, 'spec.service')),
  ].filter((service) => service !== undefined);
}

function serviceAt(object: InventoryObject, what: string, value: unknown, field: string): CalledService | undefined {
  const { namespace, name, port = 443 } = asObject(value);
  return typeof namespace === 'string' && typeof name === 'string' && typeof port === 'number'
    ? { object, what, namespace, name, port, field }
    : undefined;
}
