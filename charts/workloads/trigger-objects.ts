import type { IConstruct } from 'constructs';
import { managedPolicyArn } from '../../eks/arn';
import { CONTROLLERS } from '../../eks/controllers';
import { isUtilization } from '../../kube/keda-triggers';
import { Check } from '../core/check';
import { clusterOf } from '../core/cluster-context';
import type { TriggerAuthentication } from '../core/k8s';
import type { KubeObject } from '../core/kube-object';
import { checkOwnNamespace } from '../core/own-namespace';
import { type Requirement, Requirements } from '../core/requirements';
import type { PodSelf } from '../core/workload-info';
import { policyDocument } from '../identity/policy-document';
import type { ScaleTrigger } from '../scaling/scale-trigger';
import { triggerAuthentication } from '../scaling/triggers/authentication';
import { allowOperator, operatorPermissions } from '../scaling/triggers/permissions';
import type { TriggerSpec } from '../scaling/triggers/trigger';
import { readByKeda } from './keda-reader';
import type { ObjectFactory } from './objects';

/** The triggers of a workload as they are written, and what they log in with. */
export interface TriggerObjects {
  readonly authentications: readonly KubeObject<TriggerAuthentication>[];
  readonly render: () => readonly TriggerSpec[];
}

const NO_TRIGGERS: TriggerObjects = { authentications: [], render: () => [] };

/** @param field the prop of the triggers */
export function triggerObjects(
  workload: IConstruct & PodSelf,
  field: string,
  triggers: readonly ScaleTrigger[],
  make: ObjectFactory,
): TriggerObjects {
  if (triggers.length === 0) {
    return NO_TRIGGERS;
  }
  const check = Check.of(workload);
  const region = () => clusterOf(workload)?.facts.region;
  const made = new Map<string, { readonly name: string; readonly object: KubeObject<TriggerAuthentication> }>();
  const names = new Set<string>();
  const references = triggers.map(({ model }, i) => {
    const at = `${field}[${i}]`;
    const { type, metadata } = model.spec(region());
    readByKeda(workload, metadata);
    allowOperator(workload, () => model.permissions(region()));
    if (model.needsRegion && metadata.awsRegion === undefined) {
      check.fail(
        'required',
        at,
        `${at} must have a region of AWS, but neither the trigger nor a Cluster of the app has one`,
        type === 'aws-cloudwatch' ? 'write awsRegion' : 'create a Cluster in the app',
      );
    }
    const { login } = model;
    if (login === undefined) {
      return undefined;
    }
    for (const [name, { source }] of Object.entries(login.secrets)) {
      checkOwnNamespace(check, `${at}.authentication.secrets.${name}`, 'Secret', source.secret, workload.namespace);
    }
    const spec = () => triggerAuthentication(login, region());
    const key = JSON.stringify(spec());
    const known = made.get(key);
    if (known) {
      return known.name;
    }
    const name = [type, ...triggers.map((_, n) => `${type}-${n + 2}`)]
      .map((part) => `${workload.name}-${part}`)
      .find((free) => !names.has(free)) as string;
    names.add(name);
    const object = make<TriggerAuthentication>(
      `TriggerAuthentication${made.size === 0 ? '' : made.size + 1}`,
      'keda.sh/v1alpha1',
      'TriggerAuthentication',
      (metadata) => ({ apiVersion: 'keda.sh/v1alpha1', kind: 'TriggerAuthentication', metadata, spec: spec() }),
      name,
    );
    made.set(key, { name, object });
    return name;
  });
  return {
    authentications: [...made.values()].map(({ object }) => object),
    render: () =>
      triggers.map(({ model }, i) => {
        const name = references[i];
        return { ...model.spec(region()), ...(name === undefined ? {} : { authenticationRef: { name } }) };
      }),
  };
}

/** The requirements of triggers on the cluster. @param kind the object that has them */
export function triggerRequirements(
  construct: IConstruct,
  kind: 'ScaledObject' | 'ScaledJob',
  triggers: readonly ScaleTrigger[],
): Requirement[] {
  if (triggers.length === 0) {
    return [];
  }
  const because = { because: `'${construct.node.path}' scales by events` };
  const found = [Requirements.api(`keda.sh/v1alpha1/${kind}`, because)];
  if (triggers.some(({ model }) => isUtilization(model.spec(undefined).type))) {
    found.push(Requirements.feature('metrics', because));
  }
  const { managedPolicies, statements } = operatorPermissions(construct);
  if (managedPolicies.length + statements.length > 0) {
    found.push(kedaReads(construct));
  }
  return found;
}

/** KEDA reads with the role of its operator. The same for every workload, so that it is added once. */
function kedaReads(construct: IConstruct): Requirement {
  const { managedPolicies, statements } = operatorPermissions(construct);
  const { namespace } = CONTROLLERS.keda;
  return {
    id: `pod-identity/${namespace}/keda-operator`,
    because: 'KEDA asks AWS for the values of triggers',
    check: ({ region }) => ({
      status: 'provided',
      addition: {
        kind: 'pod-identity',
        association: {
          namespace,
          serviceAccountName: 'keda-operator',
          createServiceAccount: false,
          ...(statements.length > 0 ? { permissionPolicy: policyDocument(statements) } : {}),
          ...(managedPolicies.length > 0
            ? { permissionPolicyARNs: managedPolicies.map((name) => managedPolicyArn(region, name)) }
            : {}),
        },
      },
    }),
  };
}
