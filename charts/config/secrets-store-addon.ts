/** The add-on with the driver that mounts secrets of AWS. */
export const SECRETS_STORE = 'aws-secrets-store-csi-driver-provider';

const DRIVER = 'secrets-store-csi-driver';
const syncSecret = { enabled: true };

/** The driver makes Secrets of what it mounts, for variables, only where this is switched on. */
export const SYNC_SECRETS = { [DRIVER]: { syncSecret } };

/** What a `Secret` needs: the token requests let the provider read with the identity of the pod. */
export const DRIVER_CONFIGURATION = {
  [DRIVER]: {
    syncSecret,
    enableSecretRotation: true,
    tokenRequests: [{ audience: 'sts.amazonaws.com' }, { audience: 'pods.eks.amazonaws.com' }],
  },
};
