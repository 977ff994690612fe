import { ALB_PREFIX, NLB_PREFIX } from './load-balancer-annotations';

const ATTRIBUTES = `write it in ${NLB_PREFIX}attributes`;
const WAF = `use ${ALB_PREFIX}wafv2-acl-arn`;

/**
 * Annotations of the AWS Load Balancer Controller that EKS Auto Mode does not read, and what it has instead.
 *
 * @see https://docs.aws.amazon.com/eks/latest/userguide/auto-configure-alb.html#_considerations
 * @see https://docs.aws.amazon.com/eks/latest/userguide/auto-configure-nlb.html#_considerations
 */
export const UNREAD_IN_AUTO_MODE: Readonly<Record<'Ingress' | 'Service', Readonly<Record<string, string>>>> = {
  Ingress: {
    'kubernetes.io/ingress.class': 'write spec.ingressClassName',
    [`${ALB_PREFIX}group.name`]: 'write spec.group.name in the IngressClassParams of the class',
    [`${ALB_PREFIX}waf-acl-id`]: WAF,
    [`${ALB_PREFIX}web-acl-id`]: WAF,
    [`${ALB_PREFIX}shield-advanced-protection`]: 'delete it: Auto Mode has no integration of Shield',
  },
  Service: {
    'service.beta.kubernetes.io/load-balancer-source-ranges': 'write spec.loadBalancerSourceRanges',
    [`${NLB_PREFIX}type`]: 'write spec.loadBalancerClass: eks.amazonaws.com/nlb',
    [`${NLB_PREFIX}internal`]: `write ${NLB_PREFIX}scheme`,
    [`${NLB_PREFIX}proxy-protocol`]: `write proxy_protocol_v2.enabled=true in ${NLB_PREFIX}target-group-attributes`,
    [`${NLB_PREFIX}access-log-enabled`]: ATTRIBUTES,
    [`${NLB_PREFIX}access-log-s3-bucket-name`]: ATTRIBUTES,
    [`${NLB_PREFIX}access-log-s3-bucket-prefix`]: ATTRIBUTES,
    [`${NLB_PREFIX}cross-zone-load-balancing-enabled`]: ATTRIBUTES,
  },
};
