import { homedir } from 'node:os';
import { join } from 'node:path';

/** Where tools that take long to build are kept: outside the checkout, so that every clone shares them. */
export const CACHE = process.env.CDK8S_EKS_PATTERNS_CACHE ?? join(homedir(), '.cache', 'cdk8s-eks-patterns');
