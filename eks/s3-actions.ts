/** Actions of S3 on objects, whose resource is 'arn:aws:s3:::bucket/*'. @see https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazons3.html */
const ON_OBJECTS =
  /^s3:(AbortMultipartUpload|BypassGovernanceRetention|ListMultipartUploadParts|ObjectOwnerOverrideToBucketOwner|RestoreObject|(Get|Put|Delete|Replicate|Initiate)[a-z]*Object[a-z]*|(Replicate|Initiate)[a-z]+)$/i;
/** Actions on buckets whose names hold 'Object'. */
const ON_BUCKETS =
  /^s3:(ListBucket(Versions|MultipartUploads)?|(Create|Delete)Bucket(Policy|Website|OwnershipControls|PublicAccessBlock)?|(Get|Put)Bucket[a-z]*|(Get|Put)(Accelerate|Analytics|Encryption|IntelligentTiering|Inventory|Lifecycle|Metrics|Replication)Configuration)$/i;
const OBJECT_LOCK_OF_BUCKET = /^s3:(Get|Put)BucketObjectLockConfiguration$/i;

/** What an action works on; undefined for wildcards and what is not known. */
export function s3ResourceOf(action: string): 'objects' | 'bucket' | undefined {
  if (action.includes('*') || action.includes('?')) {
    return undefined;
  }
  if (OBJECT_LOCK_OF_BUCKET.test(action) || ON_BUCKETS.test(action)) {
    return 'bucket';
  }
  return ON_OBJECTS.test(action) ? 'objects' : undefined;
}

/** Which of both a resource of a policy covers; both where it may be either. */
export function s3Covers(resource: string, what: 'objects' | 'bucket'): boolean {
  const [, name] = /^arn:[a-z*-]*:s3:::(.*)$/.exec(resource) ?? [];
  if (name === undefined || name.includes('${')) {
    return true;
  }
  const slash = name.indexOf('/');
  return what === 'objects' ? slash >= 0 || name.includes('*') : slash < 0;
}
