/** What a parameter of a StorageClass takes. */
export type ParameterForm =
  | 'text'
  | 'integer'
  | 'boolean'
  | 'json'
  | 'subnet'
  | 'security groups'
  | 'file system'
  /** One of these. */
  | readonly string[];

/** The parameters of a kind of volumes. */
export interface ParameterTable {
  readonly forms: Readonly<Record<string, ParameterForm>>;
  readonly required: readonly string[];
}

/**
 * Of file systems of FSx for Lustre, as of driver 1.8 (2026-04).
 * @see https://github.com/kubernetes-sigs/aws-fsx-csi-driver/blob/master/examples/kubernetes/dynamic_provisioning/README.md
 */
export const LUSTRE: ParameterTable = {
  required: ['subnetId', 'securityGroupIds'],
  forms: {
    subnetId: 'subnet',
    securityGroupIds: 'security groups',
    deploymentType: ['SCRATCH_1', 'SCRATCH_2', 'PERSISTENT_1', 'PERSISTENT_2'],
    storageType: ['SSD', 'HDD', 'INTELLIGENT_TIERING'],
    driveCacheType: ['NONE', 'READ'],
    dataCompressionType: ['NONE', 'LZ4'],
    metadataConfigurationMode: ['AUTOMATIC', 'USER_PROVISIONED'],
    autoImportPolicy: ['NONE', 'NEW', 'NEW_CHANGED', 'NEW_CHANGED_DELETED'],
    perUnitStorageThroughput: 'integer',
    automaticBackupRetentionDays: 'integer',
    metadataIops: 'integer',
    copyTagsToBackups: 'boolean',
    efaEnabled: 'boolean',
    kmsKeyId: 'text',
    s3ImportPath: 'text',
    s3ExportPath: 'text',
    dailyAutomaticBackupStartTime: 'text',
    weeklyMaintenanceStartTime: 'text',
    fileSystemTypeVersion: 'text',
    extraTags: 'text',
  },
};

/**
 * MB/s for each TiB, by deployment type and storage type; the scratch types have none to choose.
 * @see https://docs.aws.amazon.com/fsx/latest/APIReference/API_CreateFileSystemLustreConfiguration.html
 */
export const LUSTRE_THROUGHPUT: Readonly<Record<string, readonly string[]>> = {
  'PERSISTENT_1 SSD': ['50', '100', '200'],
  'PERSISTENT_1 HDD': ['12', '40'],
  'PERSISTENT_2 SSD': ['125', '250', '500', '1000'],
};

const ON_DELETION = { OptionsOnDeletion: 'json', Tags: 'json' } as const;

/**
 * Of file systems and of volumes of FSx for OpenZFS, by ResourceType, as of driver 1.4 (2026-01). Every value but that of
 * ResourceType is JSON, and the driver refuses keys that the API does not have.
 * @see https://github.com/kubernetes-sigs/aws-fsx-openzfs-csi-driver/blob/main/docs/parameters.md
 */
export const OPENZFS: Readonly<Record<string, ParameterTable>> = {
  filesystem: {
    required: ['DeploymentType', 'ThroughputCapacity', 'SubnetIds', 'SkipFinalBackupOnDeletion'],
    forms: {
      ...ON_DELETION,
      ...json('DeploymentType', 'ThroughputCapacity', 'SubnetIds', 'SkipFinalBackupOnDeletion'),
      ...json('FinalBackupTagsOnDeletion', 'KmsKey', 'AutomaticBackupRetentionDays', 'CopyTagsToBackups'),
      ...json('CopyTagsToVolumes', 'DailyAutomaticBackupStartTime', 'DiskIopsConfiguration', 'StorageType'),
      ...json('EndpointIpAddressRange', 'PreferredSubnetId', 'RootVolumeConfiguration', 'RouteTableIds'),
      ...json('WeeklyMaintenanceStartTime', 'SecurityGroupIds', 'ReadCacheConfiguration'),
    },
  },
  volume: {
    required: ['ParentVolumeId'],
    forms: {
      ...ON_DELETION,
      ...json('ParentVolumeId', 'CopyTagsToSnapshots', 'DataCompressionType', 'NfsExports', 'ReadOnly'),
      ...json('RecordSizeKiB', 'StorageCapacityReservationGiB', 'StorageCapacityQuotaGiB', 'UserAndGroupQuotas'),
      ...json('OriginSnapshot'),
    },
  },
};

/** What the driver of OpenZFS sets itself, and refuses in a class. */
export const OPENZFS_OF_DRIVER: readonly string[] = [
  'ClientRequestToken',
  'FileSystemType',
  'Name',
  'OpenZFSConfiguration',
  'StorageCapacity',
  'VolumeId',
  'VolumeType',
];

/**
 * Of volumes of FSx for NetApp ONTAP, by the driver Trident (2026-06).
 * @see https://docs.netapp.com/us-en/trident/trident-use/trident-fsx-storageclass-pvc.html
 */
export const TRIDENT: ParameterTable = {
  required: [],
  forms: {
    fsxFilesystemID: 'file system',
    storageDriverName: ['ontap-nas', 'ontap-nas-economy', 'ontap-nas-flexgroup', 'ontap-san', 'ontap-san-economy'],
    credentialsName: 'text',
    media: ['hdd', 'hybrid', 'ssd'],
    provisioningType: ['thin', 'thick'],
    IOPS: 'integer',
    snapshots: 'boolean',
    clones: 'boolean',
    encryption: 'boolean',
    backendType: 'text',
    storagePools: 'text',
    additionalStoragePools: 'text',
    excludeStoragePools: 'text',
    selector: 'text',
    fsType: 'text',
  },
};

/** With one of these, Trident makes its backend itself, and takes all of them. */
export const TRIDENT_BACKEND: readonly string[] = ['fsxFilesystemID', 'storageDriverName', 'credentialsName'];

/** The provisioners of the classes. */
export const FSX_DRIVERS = {
  lustre: 'fsx.csi.aws.com',
  openZfs: 'fsx.openzfs.csi.aws.com',
  ontap: 'csi.trident.netapp.io',
} as const;

function json(...keys: readonly string[]): Record<string, 'json'> {
  return Object.fromEntries(keys.map((key) => [key, 'json' as const]));
}
