import { isTargetGroupArn, parseArn } from '../../../eks/arn';
import { TARGET_GROUP_BINDING } from '../../../eks/compute-modes';
import { isEc2Id } from '../../../eks/ec2-ids';
import type { Arn } from '../../../eks/values';
import { describe } from '../../../kube/describe';
import type { KeyTable } from '../../../kube/values';
import type { Check } from '../../core/check';
import type { ObjectMeta, TargetGroupBinding } from '../../core/k8s';
import type { ElsewhereProps } from './elsewhere';
import { calledPorts, checkLoadBalancer, loadBalancer } from './load-balancer';
import type { ExposedService, ExposeWay, ObjectSpecs } from './way';

/** Props of a target group that something else makes, such as Terraform. P is the union of the port names of the workload. */
export interface TargetGroupProps<P extends string> extends ElsewhereProps<P> {
  /**
   * The ARN of the target group, with IP targets and in the region of the cluster:
   * 'arn:aws:elasticloadbalancing:us-west-2:111122223333:targetgroup/web/0123456789abcdef'.
   */
  readonly arn: Arn;
  /**
   * The security group of the load balancer, which the controller lets in to the port: 'sg-0123456789abcdef0'.
   *
   * @default - none: the security groups of the nodes must let it in already
   */
  readonly securityGroup?: string;
}
/** Objects of a target group, by their name in `customize`. */
export interface TargetGroupObjects {
  targetGroupBinding: TargetGroupBinding;
}

const TARGET_GROUP: KeyTable<TargetGroupProps<string>> = {
  arn: 'text',
  port: 'text',
  scheme: true,
  securityGroup: 'text',
};

/** The pods are registered in a target group, whose load balancer something else makes. */
export function targetGroupBinding(props: TargetGroupProps<string>): ExposeWay {
  const way = loadBalancer(props);
  return {
    ...way,
    kind: 'target-group',
    check(check) {
      check.keys<TargetGroupProps<string>>('expose', props ?? null, TARGET_GROUP);
      checkLoadBalancer(check, props);
      checkTarget(check, props);
    },
    objects: (service): ObjectSpecs<{ targetGroupBinding: TargetGroupBinding }> => ({
      targetGroupBinding: {
        id: 'TargetGroupBinding',
        apiVersion: TARGET_GROUP_BINDING['node-groups'],
        kind: 'TargetGroupBinding',
        render: (metadata) => binding(metadata, props, service),
      },
    }),
    checkApp(service, report) {
      way.checkApp(service, report);
      const region = parseArn(props.arn)?.region;
      const own = service.cluster?.facts.region;
      if (own !== undefined && region !== own) {
        report({
          rule: 'load-balancer/target-group-region',
          field: 'expose.arn',
          message: `expose.arn must be in the region of the cluster, ${own}, but is in ${region}`,
          fix: 'write the ARN of a target group of that region',
        });
      }
    },
  };
}

function checkTarget(check: Check, { arn, securityGroup }: TargetGroupProps<string>): void {
  if (!isTargetGroupArn(arn)) {
    check.fail(
      arn === undefined ? 'required' : 'invalid',
      'expose.arn',
      arn === undefined
        ? 'expose.arn is required'
        : `expose.arn must be the ARN of a target group, but is ${describe(arn)}`,
      "write 'arn:aws:elasticloadbalancing:REGION:ACCOUNT:targetgroup/NAME/ID'",
    );
  }
  if (securityGroup !== undefined && !isEc2Id(securityGroup, 'sg')) {
    check.fail(
      'invalid',
      'expose.securityGroup',
      `expose.securityGroup must be the id of a security group, but is ${describe(securityGroup)}`,
      "write for example 'sg-0123456789abcdef0'",
    );
  }
}

function binding(
  metadata: ObjectMeta & { name: string },
  { arn, securityGroup }: TargetGroupProps<string>,
  service: ExposedService,
): TargetGroupBinding {
  return {
    apiVersion: TARGET_GROUP_BINDING[service.cluster?.facts.compute ?? 'node-groups'],
    kind: 'TargetGroupBinding',
    metadata,
    spec: {
      serviceRef: { name: service.name, port: service.port.name },
      targetGroupARN: arn,
      targetType: 'ip',
      networking: securityGroup === undefined ? undefined : { ingress: [letIn(securityGroup, service)] },
    },
  };
}

function letIn(groupID: string, service: ExposedService) {
  return {
    from: [{ securityGroup: { groupID } }],
    ports: calledPorts(service).map(
      ({ port, protocol }) => ({ port, protocol: protocol === 'UDP' ? 'UDP' : 'TCP' }) as const,
    ),
  };
}
