import type { IConstruct } from 'constructs';
import { Check } from '../../core/check';
import { addCheck } from '../../core/checks';
import { LOAD_BALANCER_GROUPS } from '../../core/declarations';
import type { Ingress } from '../../core/k8s';
import type { WrittenIngress } from '../../core/written';
import { checkAlb } from './alb-check';
import { type GroupMember, joinGroup, sameOrder } from './alb-groups';
import { type AlbProps, listOf } from './alb-props';
import { checkAuthenticationSecret } from './authentication';
import { ingress } from './ingress';
import { checkTcp, loadBalancer } from './load-balancer';
import { countConditions } from './request-conditions';
import { differences } from './target-differences';
import { backendProtocol, checkAskable } from './target-group';
import type { ExposeWay, ObjectSpecs } from './way';
import { checkParked, joinWeights } from './weights';

/** Objects of an Application Load Balancer, by their name in `customize`. */
export interface AlbObjects {
  ingress: WrittenIngress;
}

/** An Application Load Balancer terminates TLS and sends HTTP to the pods. */
export function alb(props: AlbProps<string>): ExposeWay {
  const balancer = loadBalancer(props);
  return {
    ...balancer,
    kind: 'alb',
    check: (check) => checkAlb(check, props),
    checkPort(check, target) {
      checkTcp(check, target.port);
      checkAskable(check, target, backendProtocol(target, props.protocol));
    },
    objects(service): ObjectSpecs<{ ingress: Ingress }> {
      const member = memberOf(props, service.construct);
      if (member) {
        joinGroup(member);
        LOAD_BALANCER_GROUPS.declare(service.construct, member.group);
      }
      checkAuthenticationSecret(Check.of(service.construct), props.authentication, service.namespace);
      const weights = joinWeights(service, props, {
        peers: balancer.ingressPeers,
        annotations: (target) => differences(service, target, props),
        sameNamespace: true,
      });
      addCheck(service.construct, (report) => checkParked(service, weights, report));
      return {
        ingress: {
          id: 'Ingress',
          apiVersion: 'networking.k8s.io/v1',
          kind: 'Ingress',
          render: (metadata) => ingress(metadata, props, service, member, weights),
        },
      };
    },
    checkApp(service, report) {
      balancer.checkApp(service, report);
      const member = memberOf(props, service.construct);
      const other = member && sameOrder(member);
      if (other) {
        report({
          rule: 'load-balancer/group-order',
          field: 'expose.order',
          message: `expose.order must be unique in group '${props.group}', but '${other.construct.node.path}' has ${props.order} too`,
          fix: 'write another number, or leave it out',
        });
      }
    },
  };
}

/** The Ingress as a member of its group; undefined without one. */
function memberOf(
  { group, host, paths = ['/'], order, conditions = {} }: AlbProps<string>,
  construct: IConstruct,
): GroupMember | undefined {
  return group === undefined
    ? undefined
    : { construct, group, hosts: listOf(host), paths, order, conditions: countConditions(conditions) };
}
