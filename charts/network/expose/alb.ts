import type { IConstruct } from 'constructs';
import { Check } from '../../core/check';
import { addCheck, type Problem } from '../../core/checks';
import { LOAD_BALANCER_GROUPS } from '../../core/declarations';
import type { Ingress } from '../../core/k8s';
import type { Requirement } from '../../core/requirements';
import type { WrittenIngress } from '../../core/written';
import type { PolicyRule } from '../policy';
import { checkAlb } from './alb-check';
import { type GroupMember, joinGroup, sameOrder } from './alb-groups';
import { type AlbProps, listOf } from './alb-props';
import { checkAuthenticationSecret } from './authentication';
import { ingress } from './ingress';
import { balancedPorts, balancerNeeds, balancerPeers, checkBalanced, checkTcp } from './load-balancer';
import { countConditions } from './request-conditions';
import { differences } from './target-differences';
import { backendProtocol, checkAskable } from './target-group';
import { clusterIp, type ExposedPort, type ExposedService, type ExposeWay, type ObjectSpecs } from './way';
import { checkParked, joinWeights, type ResolvedWeight } from './weights';

/** Objects of an Application Load Balancer, by their name in `customize`. */
export interface AlbObjects {
  ingress: WrittenIngress;
}

/** An Application Load Balancer terminates TLS and sends HTTP to the pods. */
export const alb = (props: AlbProps<string>): ExposeWay => new AlbWay(props);

/** A class, whose methods all workloads share: most services of an app have one. */
class AlbWay implements ExposeWay {
  readonly kind = 'alb';
  readonly traffic = 'load-balancer';
  readonly readinessGate = true;
  readonly clientService: ExposeWay['clientService'] = clusterIp().clientService;
  readonly scheme: ExposeWay['scheme'];

  constructor(private readonly props: AlbProps<string>) {
    this.scheme = props?.scheme;
  }

  check(check: Check): void {
    checkAlb(check, this.props);
  }

  portNames(): ReturnType<ExposeWay['portNames']> {
    return balancedPorts(this.props);
  }

  checkPort(check: Check, target: ExposedPort): void {
    checkTcp(check, target.port);
    checkAskable(check, target, backendProtocol(target, this.props.protocol));
  }

  objects(service: ExposedService): ObjectSpecs<{ ingress: Ingress }> {
    const { props } = this;
    const member = memberOf(props, service.construct);
    if (member) {
      joinGroup(member);
      LOAD_BALANCER_GROUPS.declare(service.construct, member.group);
    }
    if (props.authentication !== undefined) {
      checkAuthenticationSecret(Check.of(service.construct), props.authentication, service.namespace);
    }
    const weights = this.weightsOf(service);
    return {
      ingress: {
        id: 'Ingress',
        apiVersion: 'networking.k8s.io/v1',
        kind: 'Ingress',
        render: (metadata) => ingress(metadata, props, service, member, weights),
      },
    };
  }

  private weightsOf(service: ExposedService): readonly ResolvedWeight[] {
    const { props } = this;
    if (props.weights === undefined) {
      return NO_WEIGHTS;
    }
    const weights = joinWeights(service, props, {
      peers: (target) => this.ingressPeers(target),
      annotations: (target) => differences(service, target, props),
      sameNamespace: true,
    });
    addCheck(service.construct, (report) => checkParked(service, weights, report));
    return weights;
  }

  ingressPeers(service: ExposedService): PolicyRule | undefined {
    return balancerPeers(this.props, service);
  }

  needs(service: ExposedService): readonly Requirement[] {
    return balancerNeeds(service);
  }

  checkApp(service: ExposedService, report: (problem: Problem) => void): void {
    const { props } = this;
    checkBalanced(props, service, report);
    const member = props.order === undefined ? undefined : memberOf(props, service.construct);
    const other = member && sameOrder(member);
    if (other) {
      report({
        rule: 'load-balancer/group-order',
        field: 'expose.order',
        message: `expose.order must be unique in group '${props.group}', but '${other.construct.node.path}' has ${props.order} too`,
        fix: 'write another number, or leave it out',
      });
    }
  }
}

const NO_WEIGHTS: readonly ResolvedWeight[] = [];
const ROOT = ['/'];

/** The Ingress as a member of its group; undefined without one. */
function memberOf(
  { group, host, paths = ROOT, order, conditions }: AlbProps<string>,
  construct: IConstruct,
): GroupMember | undefined {
  return group === undefined
    ? undefined
    : {
        construct,
        group,
        hosts: listOf(host),
        paths,
        order,
        conditions: conditions === undefined ? 0 : countConditions(conditions),
      };
}
