import type { RuleCase } from './case';

const POLICY = 'arn:aws:iam::aws:policy/ReadOnlyAccess';
const ORDERS = { metadata: { name: 'orders', namespace: 'shop' }, attachPolicyARNs: [POLICY] };
const accounts = (...serviceAccounts: unknown[]) => ({ iam: { withOIDC: true, serviceAccounts } });

export const IAM_CASES: readonly RuleCase[] = [
  { rule: 'A3a', tried: 'with OIDC', config: accounts(ORDERS), eksctl: 'accepts', finds: [] },
  {
    rule: 'A3a',
    tried: 'without OIDC',
    config: { iam: { serviceAccounts: [ORDERS] } },
    eksctl: 'refuses',
    finds: ['A3a'],
  },
  {
    rule: 'A3a',
    tried: 'none, without OIDC',
    config: { iam: { withOIDC: false, serviceAccounts: [] } },
    eksctl: 'accepts',
    finds: [],
  },
  {
    rule: 'A3b',
    tried: 'no name',
    config: accounts({ attachPolicyARNs: [POLICY] }),
    eksctl: 'refuses',
    finds: ['A3b'],
  },
  {
    rule: 'A3c',
    tried: 'the same, once with the default namespace written',
    config: accounts(
      { ...ORDERS, metadata: { name: 'orders' } },
      { ...ORDERS, metadata: { name: 'orders', namespace: 'default' } },
    ),
    eksctl: 'refuses',
    finds: ['A3c'],
  },
  {
    rule: 'A3c',
    tried: 'another namespace',
    config: accounts(ORDERS, { ...ORDERS, metadata: { name: 'orders' } }),
    eksctl: 'accepts',
    finds: [],
  },
  {
    rule: 'A3d',
    tried: 'no permission',
    config: accounts({ metadata: { name: 'orders' } }),
    eksctl: 'refuses',
    finds: ['A3d'],
  },
  {
    rule: 'A3d',
    tried: 'an empty document',
    config: accounts({ metadata: { name: 'orders' }, attachPolicy: {} }),
    eksctl: 'accepts',
    finds: [],
  },
  {
    rule: 'A3d',
    tried: 'a well-known policy',
    config: accounts({ metadata: { name: 'orders' }, wellKnownPolicies: { externalDNS: true } }),
    eksctl: 'accepts',
    finds: [],
  },
  {
    rule: 'A11',
    tried: 'a key',
    config: { secretsEncryption: { keyARN: 'arn:aws:kms:us-west-2:111122223333:key/1234abcd' } },
    eksctl: 'accepts',
    finds: [],
  },
  { rule: 'A11', tried: 'no key', config: { secretsEncryption: {} }, eksctl: 'refuses', finds: ['A11'] },
  {
    rule: 'A11',
    tried: 'an alias without ARN',
    config: { secretsEncryption: { keyARN: 'alias/secrets' } },
    eksctl: 'refuses',
    finds: ['A11'],
  },
  {
    rule: 'X42',
    tried: 'a role as key',
    config: { secretsEncryption: { keyARN: 'arn:aws:iam::111122223333:role/admin' } },
    eksctl: 'accepts',
    finds: ['X42'],
  },
  {
    rule: 'X42',
    tried: 'a key of another region',
    config: { secretsEncryption: { keyARN: 'arn:aws:kms:eu-west-1:111122223333:key/1234abcd' } },
    eksctl: 'accepts',
    finds: ['X42'],
  },
];
