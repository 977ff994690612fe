import { isCertificateArn, isIamArn, isKmsKeyArn, isRoleOrUserArn, parseArn, roleNameOf } from '../../eks/arn';

const ROLE = 'arn:aws:iam::111122223333:role/team/admin';

test('the parts of an ARN', () => {
  expect(parseArn('arn:aws:s3:::bucket:a')).toEqual({
    partition: 'aws',
    service: 's3',
    region: '',
    account: '',
    resource: 'bucket:a',
  });
  expect(parseArn('arn:aws:s3')).toBeUndefined();
  expect(parseArn(5)).toBeUndefined();
});

test.each([
  [ROLE, undefined, 'admin'],
  [ROLE, 'aws', 'admin'],
  [ROLE, 'aws-cn', undefined],
  ['arn:aws-us-gov:iam::111122223333:role/nodes', undefined, 'nodes'],
  ['arn:aws:iam::1111:role/nodes', undefined, undefined],
  ['arn:aws:iam::111122223333:user/anna', undefined, undefined],
  ['arn:aws:sts::111122223333:assumed-role/nodes/session', undefined, undefined],
  ['arn:aws:iam::111122223333:role/', undefined, undefined],
  ['arn::iam::111122223333:role/nodes', undefined, undefined],
  ['nodes', undefined, undefined],
  [undefined, undefined, undefined],
])('the role of %p in %p is %p', (arn, partition, name) => {
  expect(roleNameOf(arn, partition)).toBe(name);
});

test.each([
  [ROLE, true],
  ['arn:aws:iam::111122223333:user/anna', true],
  ['arn:aws:iam::111122223333:group/all', false],
  ['arn:aws:sts::111122223333:assumed-role/nodes/session', false],
  ['arn:aws:iam::111122223333:role/a b', false],
])('%s is a role or a user: %p', (arn, expected) => {
  expect(isRoleOrUserArn(arn)).toBe(expected);
  expect(isRoleOrUserArn(arn, 'aws')).toBe(expected);
  expect(isRoleOrUserArn(arn, 'aws-cn')).toBe(false);
});

test.each([
  ['arn:aws:kms:us-west-2:111122223333:key/1234abcd', true],
  ['arn:aws:kms:us-west-2:111122223333:alias/secrets', true],
  ['arn:aws:kms:us-west-2:111122223333:key/', false],
  ['arn:aws:kms:eu-west-1:111122223333:key/1234abcd', false],
  ['arn:aws-cn:kms:us-west-2:111122223333:key/1234abcd', false],
  ['arn:aws:s3:us-west-2:111122223333:key/1234abcd', false],
])('%s is a KMS key of us-west-2: %p', (arn, expected) => {
  expect(isKmsKeyArn(arn, 'us-west-2')).toBe(expected);
});

test.each([
  ['arn:aws:acm:us-west-2:111122223333:certificate/1234', true],
  ['arn:aws:iam::111122223333:server-certificate/web', true],
  ['arn:aws:acm:us-west-2:1111:certificate/1234', false],
  ['arn:aws:acm::111122223333:certificate/1234', false],
  ['arn:aws:acm:us-west-2:111122223333:certificate/', false],
  ['arn:aws:acm:us-west-2:111122223333:1234', false],
  ['arn:aws:iam::111122223333:role/web', false],
  ['arn:aws:s3:::certificate', false],
  ['certificate/1234', false],
])('%s is a certificate: %p', (arn, expected) => {
  expect(isCertificateArn(arn)).toBe(expected);
});

test.each([
  ['arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess', true],
  [ROLE, true],
  ['arn:aws:s3:::bucket', false],
])('%s is of IAM: %p', (arn, expected) => {
  expect(isIamArn(arn)).toBe(expected);
});
