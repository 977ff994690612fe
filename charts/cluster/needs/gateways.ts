import { LOAD_BALANCER_GROUP } from '../../../eks/compute-modes';
import { controllerOfGateways } from '../../../eks/controllers';
import { AWS_GATEWAY_GROUP, GATEWAY_API } from '../../../eks/gateway-api';
import { groupOf } from '../../../kube/kinds';
import type { Manifest } from '../../../kube/objects';
import { type ClusterFacts, type Prerequisite, type Requirement, Requirements } from '../../core/requirements';
import { because, controllerRequirement, type Derivation, isBrought } from './derivation';

const isOfApi = ({ apiVersion }: Pick<Manifest, 'apiVersion'>): boolean => groupOf(apiVersion) === GATEWAY_API.group;

/** The definitions of the Gateway API, and who serves the classes of Gateways. */
export const gateways: Derivation = {
  may: (object) => isOfApi(object) || groupOf(object.apiVersion) === AWS_GATEWAY_GROUP,
  needs: (manifest, { brought }) => {
    const resource = isOfApi(manifest) ? `${manifest.apiVersion}/${manifest.kind}` : GATEWAY;
    return [
      ...(brought.has(GATEWAY_API.group)
        ? []
        : [Requirements.api(resource, because(manifest, 'is of the Gateway API'))]),
      ...servedBy(manifest, brought),
    ];
  },
};

/** The controller of the load balancers looks at no Gateway without the definitions. */
const GATEWAY = `${GATEWAY_API.group}/v1/Gateway`;

function servedBy(manifest: Manifest, brought: ReadonlySet<string>): Requirement[] {
  const reason = because(manifest, 'is served by its controller');
  const { controllerName = '', gatewayClassName = '' } = manifest.spec ?? {};
  const isOfLoadBalancers = isOfApi(manifest)
    ? manifest.kind === 'GatewayClass' && String(controllerName).startsWith(`${AWS_GATEWAY_GROUP}/`)
    : true;
  if (isOfLoadBalancers) {
    return brought.has(LOAD_BALANCER_GROUP['node-groups']) ? [] : [Requirements.feature('load-balancer', reason)];
  }
  const controller =
    manifest.kind === 'GatewayClass'
      ? controllerOfGateways(String(controllerName), 'controllers')
      : controllerOfGateways(String(gatewayClassName), 'classes');
  return controller === undefined || isBrought(controller, brought) ? [] : [controllerRequirement(controller, reason)];
}

/** How a cluster gets the definitions: from EKS in Auto Mode, which keeps them as its load balancing reads them. */
export function gatewayDefinitions({ name, region, compute }: ClusterFacts): Prerequisite {
  const network = { elasticLoadBalancing: { enabled: true, gatewayApi: { crds: { managed: true } } } };
  const place = `--name ${name} --region ${region}`;
  return {
    name: GATEWAY_API.name,
    commands:
      compute === 'auto'
        ? [
            `aws eks update-cluster-config ${place} \\\n  --kubernetes-network-config '${JSON.stringify(network)}'`,
            `aws eks wait cluster-active ${place}`,
          ]
        : [`kubectl apply --server-side -f ${GATEWAY_API.manifest}`],
  };
}
