import { CLUSTER_ORIGINALS } from './cluster-originals';
import { NETWORK_ORIGINALS, SLICES } from './network-originals';
import { POD_ORIGINALS } from './pod-originals';
import { RICH_ORIGINALS } from './rich-originals';
import { STORAGE_ORIGINALS } from './storage-originals';

/** Objects of every kind, each with little and with much said, in the namespace 'default'. */
export const ORIGINALS = [
  ...POD_ORIGINALS,
  ...NETWORK_ORIGINALS,
  ...SLICES,
  ...STORAGE_ORIGINALS,
  ...CLUSTER_ORIGINALS,
  ...RICH_ORIGINALS,
];
