import { isObject } from '../../../../kube/loose';
import { isEmpty } from '../values';
import type { Default, Defaults } from './default';

const WEBHOOK = {
  failurePolicy: 'Fail',
  matchPolicy: 'Equivalent',
  namespaceSelector: {},
  objectSelector: {},
  timeoutSeconds: 10,
};
const SCOPE: Default = { values: { scope: '*' } };
const FAILS: Default = { values: { failurePolicy: 'Fail' } };
const HTTPS: Default = { values: { port: 443 } };

export const ADMISSION_DEFAULTS: Defaults = {
  CustomResourceConversion: {
    fill: (draft) => {
      if (isObject(draft.webhook) && isEmpty(draft.webhook)) {
        draft.webhook = undefined;
      }
    },
  },
  CustomResourceDefinitionNames: {
    fill: (draft) => {
      const kind = typeof draft.kind === 'string' ? draft.kind : '';
      draft.singular ||= kind.toLowerCase();
      draft.listKind ||= kind === '' ? '' : `${kind}List`;
    },
  },
  CustomResourceDefinitionSpec: { values: { conversion: { strategy: 'None' } } },
  MatchResources: { values: { matchPolicy: 'Equivalent', namespaceSelector: {}, objectSelector: {} } },
  MutatingAdmissionPolicySpec: FAILS,
  MutatingWebhook: { values: { ...WEBHOOK, reinvocationPolicy: 'Never' } },
  NamedRuleWithOperations: SCOPE,
  RuleWithOperations: SCOPE,
  ValidatingAdmissionPolicySpec: FAILS,
  ValidatingWebhook: { values: WEBHOOK },
  'admissionregistration.ServiceReference': HTTPS,
  'apiextensions.ServiceReference': HTTPS,
  'apiregistration.ServiceReference': HTTPS,
};
