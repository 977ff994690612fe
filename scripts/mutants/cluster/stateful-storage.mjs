export default [
  ['claims outlive members', "retention.whenScaled ?? 'Retain'", "retention.whenScaled ?? 'Delete'"],
  ['claims outlive the set', "retention.whenDeleted ?? 'Retain'", "retention.whenDeleted ?? 'Delete'"],
  ['volumes are where their pod is', "'WaitForFirstConsumer'", "'Immediate'", { in: 'storageClasses' }],
  [
    'volumes outlive claims',
    "storageClass(STORAGE_CLASS.retain, 'Retain')",
    "storageClass(STORAGE_CLASS.retain, 'Delete')",
  ],
  [
    'volumes are kept unless asked otherwise',
    'storage.className ?? STORAGE_CLASS.retain',
    'storage.className ?? STORAGE_CLASS.standard',
  ],
  [
    'volumes of gp3 go with their claim',
    "storageClass(STORAGE_CLASS.standard, 'Delete'",
    "storageClass(STORAGE_CLASS.standard, 'Retain'",
  ],
  ['volumes are encrypted', "encrypted: 'true'", "encrypted: 'false'"],
  ['volumes can grow', 'allowVolumeExpansion: true', 'allowVolumeExpansion: false'],
  ['a size is not in the pods', 'storage.folder ?? name)', 'storage.folder ?? `${name}-${storage.size}`)'],
];
