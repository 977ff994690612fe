import { CONTROLLERS } from './controllers';

/** @see https://github.com/vmware-tanzu/velero-plugin-for-aws */
export const VELERO = {
  namespace: CONTROLLERS.velero.namespace,
  /** The plugin, as locations name it. */
  provider: 'aws',
} as const;
