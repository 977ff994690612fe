import { managedPolicyArn } from '../../eks/arn';
import { ARGO_ROLLOUTS, type Controller } from '../../eks/controllers';
import { regionOfPrometheus } from '../../eks/regions';
import { type Requirement, Requirements } from '../core/requirements';
import type { Analysis } from './analysis';

/** What a Rollout needs of the cluster: its controller, and for its analyses the permission to query. */
export function argoRequirements(path: string, analyses: readonly Analysis[]): Requirement[] {
  const because = `'${path}' is rolled out by Argo Rollouts`;
  const { name, chart, repository, namespace }: Controller = ARGO_ROLLOUTS;
  const install: Requirement = {
    ...Requirements.api('argoproj.io/v1alpha1/Rollout', { because }),
    check: () => ({
      status: 'provided',
      addition: {
        kind: 'prerequisite',
        prerequisite: {
          name,
          commands: [
            `helm upgrade --install ${chart} ${chart} \\\n  --repo ${repository} \\\n  --namespace ${namespace} --create-namespace \\\n  --wait`,
          ],
        },
      },
    }),
  };
  return analyses.some(({ props }) => regionOfPrometheus(props.address) !== undefined)
    ? [install, queriesWorkspaces]
    : [install];
}

/** The controller queries workspaces with its own role. The same for every workload, so that it is added once. */
const queriesWorkspaces: Requirement = {
  id: `pod-identity/${ARGO_ROLLOUTS.namespace}/argo-rollouts`,
  because: 'Argo Rollouts queries Amazon Managed Service for Prometheus',
  check: ({ region }) => ({
    status: 'provided',
    addition: {
      kind: 'pod-identity',
      association: {
        namespace: ARGO_ROLLOUTS.namespace,
        serviceAccountName: 'argo-rollouts',
        createServiceAccount: false,
        permissionPolicyARNs: [managedPolicyArn(region, 'AmazonPrometheusQueryAccess')],
      },
    },
  }),
};
