export default [
  ['claims outlive members', 'charts/workloads/members.ts', "whenScaled: 'Retain'", "whenScaled: 'Delete'"],
  ['claims outlive the set', 'charts/workloads/members.ts', "whenDeleted: 'Retain'", "whenDeleted: 'Delete'"],
  ['volumes are where their pod is', 'charts/storage/storage-classes.ts', "'WaitForFirstConsumer'", "'Immediate'"],
  [
    'volumes outlive claims',
    'charts/storage/storage-classes.ts',
    "storageClass(STORAGE_CLASS.retain, 'Retain')",
    "storageClass(STORAGE_CLASS.retain, 'Delete')",
  ],
  [
    'volumes are kept unless asked otherwise',
    'charts/storage/volumes.ts',
    'storage.className ?? STORAGE_CLASS.retain',
    'storage.className ?? STORAGE_CLASS.standard',
  ],
  [
    'volumes of gp3 go with their claim',
    'charts/storage/storage-classes.ts',
    "storageClass(STORAGE_CLASS.standard, 'Delete'",
    "storageClass(STORAGE_CLASS.standard, 'Retain'",
  ],
  ['volumes are encrypted', 'charts/storage/storage-classes.ts', "encrypted: 'true'", "encrypted: 'false'"],
  [
    'volumes can grow',
    'charts/storage/storage-classes.ts',
    'allowVolumeExpansion: true',
    'allowVolumeExpansion: false',
  ],
  [
    'a size is not in the pods',
    'charts/storage/volumes.ts',
    'subPath: storage.name }',
    'subPath: `${storage.name}-${storage.size}` }',
  ],
];
