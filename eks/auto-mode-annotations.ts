import { ALB_PREFIX, NLB_PREFIX } from './load-balancer-annotations';

const ATTRIBUTES = `write it in ${NLB_PREFIX}attributes`;
const CERTIFICATE = `create the certificate in ACM, and write its ARN in certificateARNs of the IngressClassParams, or ${ALB_PREFIX}certificate-arn`;
const WAF = `use ${ALB_PREFIX}wafv2-acl-arn`;

/**
 * Annotations of the AWS Load Balancer Controller that EKS Auto Mode does not read, and what it has instead: those of
 * Ingresses as of October 2026, those of Services as of 2025. That of Shield is no longer among them.
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
    [`${ALB_PREFIX}dry-run-plan`]: 'delete it: Auto Mode makes no plans',
    [`${ALB_PREFIX}create-acm-cert`]: CERTIFICATE,
    [`${ALB_PREFIX}acm-pca-arn`]: CERTIFICATE,
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
