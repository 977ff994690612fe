/** The ECR pull-through cache of the account, which needs no account at the public registry and has none of its rate limits. */
const CACHE = '111122223333.dkr.ecr.us-west-2.amazonaws.com/ecr-public';

/**
 * The images of the store, by digest, so that a node never runs anything else; the tag is for the reader. Like the account
 * number, the digests are placeholders: `docker buildx imagetools inspect NAME` prints the one of an image.
 */
export const image = {
  cart: `${CACHE}/aws-containers/retail-store-sample-cart:1.6.2@sha256:5b834d1eb5ff5ac3580135c52e1862b2e0ede76142cbfd0b0eaf9e5b6af87ae2`,
  catalog: `${CACHE}/aws-containers/retail-store-sample-catalog:1.6.2@sha256:dc26e713de5493d8c24fb580417ba93e16efccdfdb6e144535a218c88fb5fcc8`,
  checkout: `${CACHE}/aws-containers/retail-store-sample-checkout:1.6.2@sha256:4e90b2daf65162a35523854df558fc4f1044742b482fb9c05db9e371ebc83ba3`,
  orders: `${CACHE}/aws-containers/retail-store-sample-orders:1.6.2@sha256:8d2f4600880d235f2efa0da1d2aaf667637fd1f58d865cc687ca5268041a981d`,
  ui: `${CACHE}/aws-containers/retail-store-sample-ui:1.6.2@sha256:582637c4fdb15c9af858bbeb4aa78374364e996fe12eed33c7709ac38ea77eee`,
  mysql: `${CACHE}/docker/library/mysql:8.0@sha256:275c58f333a87de155137bc41bc3eb01ef991852690ded55c2083bbd9ffe1e1e`,
  postgres: `${CACHE}/docker/library/postgres:16.1@sha256:c313d130f56d4a1841b0abfc9ce093e52ddde14abe605abc9d2e68d9b6681aa8`,
  rabbitmq: `${CACHE}/docker/library/rabbitmq:3-management@sha256:6daccaf43dcabbe96a279d6bdc27abb09eb126b0187f24cadd8d87bac7de1506`,
  redis: `${CACHE}/docker/library/redis:6.0-alpine@sha256:54ef61c32385e2f888c50080d40aaaf71c6d041379e646e2e75e54fa0059e3c8`,
  fluentBit: `${CACHE}/aws-observability/aws-for-fluent-bit:2.34.0@sha256:eb03c7a077fd91a9760ec01f4d9d8e0c2fdde7cd473d2b0cf1a6f62e0f1202c2`,
} as const;
